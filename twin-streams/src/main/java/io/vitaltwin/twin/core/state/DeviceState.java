package io.vitaltwin.twin.core.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the twin knows of one device: how far its count of batches has come, and which batches wait because one before them is missing.
 * Length of the id + 2 to 8 bytes.
 */
public final class DeviceState {

    /** A batch that came before one that the device sent earlier. */
    public record Held(long sequence, long untilMillis) {
    }

    private final String id;
    private long nextSequence;
    private final List<Held> held = new ArrayList<>(0);

    public DeviceState(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** The number that the next batch has when none is missing. */
    public long nextSequence() {
        return nextSequence;
    }

    public void nextSequence(long sequence) {
        nextSequence = sequence;
    }

    /** Waiting batches in the order of their numbers. Not to be changed by the caller. */
    public List<Held> held() {
        return held;
    }

    public boolean isHeld(long sequence) {
        for (Held one : held) {
            if (one.sequence() == sequence) {
                return true;
            }
        }
        return false;
    }

    public void hold(long sequence, long untilMillis) {
        int place = 0;
        while (place < held.size() && held.get(place).sequence() < sequence) {
            place++;
        }
        held.add(place, new Held(sequence, untilMillis));
    }

    public void letGo(long sequence) {
        held.removeIf(one -> one.sequence() == sequence);
    }

    void encode(ByteBuffer out, long baseMillis) {
        Packed.putText(out, id);
        Packed.put(out, nextSequence);
        Packed.put(out, held.size());
        long before = nextSequence;
        for (Held one : held) {
            Packed.putSigned(out, one.sequence() - before);
            Packed.putSigned(out, one.untilMillis() - baseMillis);
            before = one.sequence();
        }
    }

    static DeviceState decode(ByteBuffer in, long baseMillis) {
        DeviceState device = new DeviceState(Packed.getText(in));
        device.nextSequence = Packed.get(in);
        long before = device.nextSequence;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            before += Packed.getSigned(in);
            device.held.add(new Held(before, baseMillis + Packed.getSigned(in)));
        }
        return device;
    }
}
