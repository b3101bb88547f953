package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.quality.DeviceClock;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the twin knows of one device: how far its count of batches has come, which batches wait because one before them is missing, and how
 * wrong its clock is, and its health. Length of the id + some 20 bytes while nothing waits, 12 of them the clock's.
 */
public final class DeviceState {

    /** A batch that came before one that the device sent earlier. */
    public record Held(long sequence, long untilMillis) {
    }

    /** Numbers that were given up as lost, both ends included: a batch that still comes is no duplicate. */
    private record Hole(long from, long to) {
    }

    private static final int MOST_HOLES = 8;

    /** Beside the number of holes: when the device was last sighted follows. */
    private static final int IS_SIGHTED = 1 << 4;

    private static final long MINUTE_MILLIS = 60_000;
    private static final long MINUTES_OF_HOUR = 60;

    /** Project default, no source. */
    static final int ERROR_SPAN = 64;

    private final String id;
    private long nextSequence;
    private boolean started;
    private final List<Hole> holes = new ArrayList<>(0);
    private final List<Held> held = new ArrayList<>(0);
    private final DeviceClock clock;
    /** In half percents, plus one; 0: not told. */
    private int battery;
    /** Moving share of readings that were not ACCEPT, in 1/65536. */
    private int errors;
    /** Readings that the device has taken in its life, plus one; 0: not told. */
    private long memoryCount;
    /** Minutes since the epoch; 0: not told, or the device has no serial number. */
    private long sightedMinute;

    public DeviceState(String id) {
        this(id, new DeviceClock());
    }

    private DeviceState(String id, DeviceClock clock) {
        this.id = id;
        this.clock = clock;
    }

    public String id() {
        return id;
    }

    public DeviceClock clock() {
        return clock;
    }

    /** The number that the next batch has when none is missing. */
    public long nextSequence() {
        return nextSequence;
    }

    public void nextSequence(long sequence) {
        nextSequence = sequence;
        started = true;
    }

    /** Whether any counted batch has been taken. */
    public boolean isStarted() {
        return started;
    }

    /** Gives up what lies before this number; of many holes the oldest are forgotten. */
    public void skipTo(long sequence) {
        if (sequence > nextSequence) {
            holes.add(new Hole(nextSequence, sequence - 1));
            if (holes.size() > MOST_HOLES) {
                holes.remove(0);
            }
            nextSequence = sequence;
        }
    }

    /** The device has begun to count anew. */
    public void restart(long sequence) {
        holes.clear();
        nextSequence = sequence;
    }

    /** Whether a batch with this number was taken before, as far as the numbers tell. */
    public boolean isTaken(long sequence) {
        if (!started || sequence >= nextSequence) {
            return false;
        }
        for (Hole hole : holes) {
            if (hole.from <= sequence && sequence <= hole.to) {
                return false;
            }
        }
        return true;
    }

    /** A batch that had been given up has come. */
    public void fill(long sequence) {
        for (int i = 0; i < holes.size(); i++) {
            Hole hole = holes.get(i);
            if (hole.from <= sequence && sequence <= hole.to) {
                holes.remove(i);
                if (sequence < hole.to) {
                    holes.add(i, new Hole(sequence + 1, hole.to));
                }
                if (hole.from < sequence) {
                    holes.add(i, new Hole(hole.from, sequence - 1));
                }
                return;
            }
        }
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

    /** Charge of the battery, 0 to 100; empty when the device does not tell. */
    public OptionalDouble batteryPercent() {
        return battery == 0 ? OptionalDouble.empty() : OptionalDouble.of((battery - 1) / 2.0);
    }

    /** @param percent what is no charge counts as not told */
    public void batteryPercent(float percent) {
        battery = percent >= 0 && percent <= 100 ? 1 + Math.round(percent * 2) : 0;
    }

    /** Share of the last readings, some {@value #ERROR_SPAN}, that were not ACCEPT. */
    public double errorRate() {
        return errors / 65536.0;
    }

    /** A reading was judged. */
    public void judged(boolean accepted) {
        errors += ((accepted ? 0 : 65536) - errors) / ERROR_SPAN;
    }

    /**
     * Takes note of the device's own count of readings: DQ-27.
     *
     * @param readings how many came with it
     * @return whether it has taken more since than have come
     */
    public boolean counted(long count, int readings) {
        boolean selective = memoryCount > 0 && count - (memoryCount - 1) > readings;
        memoryCount = Math.max(memoryCount, count + 1);
        return selective;
    }

    /**
     * Takes note of a reading of a device with a serial number: DQ-22.
     *
     * @return whether it is the first of a later hour than any before, by effective time
     */
    public boolean sighted(long effectiveMillis) {
        long minute = Math.floorDiv(effectiveMillis, MINUTE_MILLIS);
        if (minute / MINUTES_OF_HOUR <= sightedMinute / MINUTES_OF_HOUR) {
            return false;
        }
        sightedMinute = minute;
        return true;
    }

    /** Effective time of the reading that {@link #sighted} last said yes to, in whole minutes; 0 before the first. */
    public long sightedMillis() {
        return sightedMinute * MINUTE_MILLIS;
    }

    void encode(ByteBuffer out, long baseMillis) {
        Packed.putText(out, id);
        out.put((byte) battery);
        Packed.put(out, errors);
        Packed.put(out, memoryCount);
        clock.encode(out, baseMillis);
        Packed.put(out, started ? nextSequence + 1 : 0);
        Packed.put(out, holes.size() | (sightedMinute == 0 ? 0 : IS_SIGHTED));
        if (sightedMinute != 0) {
            Packed.putSigned(out, Math.floorDiv(baseMillis, MINUTE_MILLIS) - sightedMinute);
        }
        for (Hole hole : holes) {
            Packed.put(out, nextSequence - hole.from);
            Packed.put(out, hole.to - hole.from);
        }
        Packed.put(out, held.size());
        long before = nextSequence;
        for (Held one : held) {
            Packed.putSigned(out, one.sequence() - before);
            Packed.putSigned(out, one.untilMillis() - baseMillis);
            before = one.sequence();
        }
    }

    static DeviceState decode(ByteBuffer in, long baseMillis) {
        String id = Packed.getText(in);
        int battery = in.get() & 0xFF;
        int errors = Packed.getInt(in);
        long memoryCount = Packed.get(in);
        DeviceState device = new DeviceState(id, DeviceClock.decode(in, id, baseMillis));
        device.battery = battery;
        device.errors = errors;
        device.memoryCount = memoryCount;
        long next = Packed.get(in);
        device.started = next > 0;
        device.nextSequence = Math.max(0, next - 1);
        int holes = Packed.getInt(in);
        if ((holes & IS_SIGHTED) != 0) {
            device.sightedMinute = Math.floorDiv(baseMillis, MINUTE_MILLIS) - Packed.getSigned(in);
        }
        for (int rest = holes & ~IS_SIGHTED; rest > 0; rest--) {
            long from = device.nextSequence - Packed.get(in);
            device.holes.add(new Hole(from, from + Packed.get(in)));
        }
        long before = device.nextSequence;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            before += Packed.getSigned(in);
            device.held.add(new Held(before, baseMillis + Packed.getSigned(in)));
        }
        return device;
    }
}
