package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.state.Point;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Beats of one patient: a tracker for each device that sends them, and the beats of the newest minute (DQ-05). Nothing, and no byte, for a
 * patient whose beats are not sent.
 *
 * <p>Stored form: 1-12 bytes of the minute, 1 byte of number of devices; for each its id and 1 byte, what {@link RhythmTracker} says, and some 20
 * for the reading that ended the first window of a row of irregular ones.
 */
public final class RhythmMemory implements Part {

    public static final PartType<RhythmMemory> TYPE =
            new PartType<>(PartKind.RHYTHM, RhythmMemory.class, RhythmMemory::new, RhythmMemory::decode);

    /** Project default, no source: what a device sent so long ago says nothing of a row any more. */
    private static final long FORGOTTEN_MILLIS = 24 * 3_600_000L;

    private final List<Followed> devices = new ArrayList<>(1);
    private BeatMinute minute = new BeatMinute();

    /** One device with its tracker. */
    public static final class Followed {
        private final String deviceId;
        private final RhythmTracker tracker;
        private Optional<Point> first = Optional.empty();

        private Followed(String deviceId, RhythmTracker tracker) {
            this.deviceId = deviceId;
            this.tracker = tracker;
        }

        public String deviceId() {
            return deviceId;
        }

        public RhythmTracker tracker() {
            return tracker;
        }

        /** The reading that ended the first window of the row; empty when there is no row, or time alone ended the window. */
        public Optional<Point> first() {
            return first;
        }

        public void first(Optional<Point> point) {
            first = point;
        }
    }

    /** The device, followed from now on if it was not. Devices that have been silent for a day are forgotten then. */
    public Followed of(String deviceId, long effectiveMillis) {
        for (Followed one : devices) {
            if (one.deviceId.equals(deviceId)) {
                return one;
            }
        }
        devices.removeIf(one -> effectiveMillis - one.tracker.newestMillis() > FORGOTTEN_MILLIS);
        Followed fresh = new Followed(deviceId, new RhythmTracker());
        devices.add(fresh);
        return fresh;
    }

    /** The device, if its beats are known. */
    public Optional<Followed> find(String deviceId) {
        return devices.stream().filter(one -> one.deviceId.equals(deviceId)).findFirst();
    }

    /** Not to be changed by the caller. */
    public List<Followed> devices() {
        return devices;
    }

    public BeatMinute minute() {
        return minute;
    }

    @Override
    public boolean isEmpty() {
        return devices.isEmpty() && minute.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        minute.encode(out);
        Packed.put(out, devices.size());
        for (Followed one : devices) {
            Packed.putText(out, one.deviceId);
            one.tracker.encode(out);
            out.put((byte) (one.first.isPresent() ? 1 : 0));
            one.first.ifPresent(point -> point.encode(out, one.tracker.newestMillis(), 0));
        }
    }

    static RhythmMemory decode(ByteBuffer in) {
        RhythmMemory memory = new RhythmMemory();
        memory.minute = BeatMinute.decode(in);
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            Followed one = new Followed(Packed.getText(in), RhythmTracker.decode(in));
            if (in.get() != 0) {
                one.first = Optional.of(Point.decode(in, one.tracker.newestMillis(), 0));
            }
            memory.devices.add(one);
        }
        return memory;
    }
}
