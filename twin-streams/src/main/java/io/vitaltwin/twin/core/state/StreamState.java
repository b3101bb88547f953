package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.QualityMemory;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the twin remembers of one vital from one device. A settled stream takes some 70 bytes: 3 for device, vital and flags, 2 for runs
 * (none), 3 for levels and the window of high readings, 15 for the newest usable reading, 8 for times, the rest for the memory of the
 * quality checks.
 */
public final class StreamState {

    private static final int SILENT = 1;
    private static final int HAS_LATEST = 2;

    private final DeviceState device;
    private final Vital vital;
    private final QualityMemory memory;
    private Optional<Point> latest = Optional.empty();
    private final Run[] runs = new Run[Slot.ALL.length];
    private int levels;
    private RecentBits highReadings = new RecentBits();
    private long heardMillis;
    private long usableMillis;
    private boolean silent;
    /** Not stored: what was newest before, for a reading that is taken back by its own record. */
    private Optional<Point> displaced = Optional.empty();
    private long usableBefore;

    public StreamState(DeviceState device, Vital vital) {
        this(device, vital, new QualityMemory());
    }

    private StreamState(DeviceState device, Vital vital, QualityMemory memory) {
        this.device = device;
        this.vital = vital;
        this.memory = memory;
    }

    public String deviceId() {
        return device.id();
    }

    public Vital vital() {
        return vital;
    }

    public QualityMemory memory() {
        return memory;
    }

    /** The newest reading that may be shown and scored; empty before the first. */
    public Optional<Point> latest() {
        return latest;
    }

    public void latest(Point point) {
        displaced = latest;
        latest = Optional.of(point);
    }

    public Optional<Run> run(Slot slot) {
        return Optional.ofNullable(runs[slot.ordinal()]);
    }

    public void set(Slot slot, Run run) {
        runs[slot.ordinal()] = run;
    }

    public void clear(Slot slot) {
        runs[slot.ordinal()] = null;
    }

    /** Whether this stream keeps the level open that this slot stands for. */
    public boolean holds(Slot slot) {
        return (levels & slot.bit()) != 0;
    }

    public void hold(Slot slot) {
        levels |= slot.bit();
    }

    public void release(Slot slot) {
        levels &= ~slot.bit();
    }

    /** Which of the last readings were very high; used by glucose only. */
    public RecentBits highReadings() {
        return highReadings;
    }

    /** When the last reading of any verdict, permitted or not, was taken or came; 0 before the first. */
    public long heardMillis() {
        return heardMillis;
    }

    public void heard(long millis) {
        heardMillis = Math.max(heardMillis, millis);
    }

    /** Effective time of the newest ACCEPT reading; 0 before the first. */
    public long usableMillis() {
        return usableMillis;
    }

    public void usable(long millis) {
        if (millis > usableMillis) {
            usableBefore = usableMillis;
            usableMillis = millis;
        }
    }

    /**
     * A later reading showed what readings of this span were worth, both ends included: the newest is shown as that, or no longer. What it took the
     * place of comes back only within the same record: later the twin does not know it any more.
     *
     * @param offset of the record that showed it
     */
    public void revise(long fromMillis, long untilMillis, Verdict verdict, long reasons, long offset) {
        memory.dropAccepted(fromMillis, untilMillis);
        Point shown = latest.filter(point -> fromMillis <= point.effectiveMillis() && point.effectiveMillis() <= untilMillis).orElse(null);
        if (shown == null) {
            return;
        }
        boolean sameRecord = shown.offset() == offset;
        if (usableMillis == shown.effectiveMillis()) {
            usableMillis = sameRecord ? usableBefore : 0;
        }
        latest = verdict == Verdict.REJECT ? displaced.filter(point -> sameRecord) : Optional.of(shown.revised(verdict, reasons));
    }

    /** Nothing has come for too long. */
    public boolean isSilent() {
        return silent;
    }

    public void silent(boolean now) {
        silent = now;
    }

    void encode(ByteBuffer out, int deviceIndex, long baseMillis, long baseOffset) {
        Packed.put(out, deviceIndex);
        out.put((byte) vital.ordinal());
        out.put((byte) ((silent ? SILENT : 0) | (latest.isPresent() ? HAS_LATEST : 0)));
        Packed.putSigned(out, baseMillis - heardMillis);
        Packed.putSigned(out, baseMillis - usableMillis);
        out.put((byte) levels);
        latest.ifPresent(point -> point.encode(out, baseMillis, baseOffset));
        int present = 0;
        for (int i = 0; i < runs.length; i++) {
            present |= runs[i] == null ? 0 : 1 << i;
        }
        out.put((byte) present);
        for (Run run : runs) {
            if (run != null) {
                run.encode(out, baseMillis, baseOffset);
            }
        }
        highReadings.encode(out, baseMillis);
        memory.encode(out);
    }

    static StreamState decode(ByteBuffer in, java.util.List<DeviceState> devices, long baseMillis, long baseOffset) {
        DeviceState device = devices.get(Packed.getInt(in));
        Vital vital = Vital.ofOrdinal(in.get());
        int flags = in.get();
        long heard = baseMillis - Packed.getSigned(in);
        long usable = baseMillis - Packed.getSigned(in);
        int levels = in.get();
        Optional<Point> latest = (flags & HAS_LATEST) != 0 ? Optional.of(Point.decode(in, baseMillis, baseOffset)) : Optional.empty();
        Run[] runs = new Run[Slot.ALL.length];
        int present = in.get();
        for (int i = 0; i < runs.length; i++) {
            if ((present & 1 << i) != 0) {
                runs[i] = Run.decode(in, baseMillis, baseOffset);
            }
        }
        RecentBits high = RecentBits.decode(in, baseMillis);
        StreamState stream = new StreamState(device, vital, QualityMemory.decode(in));
        stream.latest = latest;
        System.arraycopy(runs, 0, stream.runs, 0, runs.length);
        stream.levels = levels & 0xFF;
        stream.highReadings = high;
        stream.heardMillis = heard;
        stream.usableMillis = usable;
        stream.silent = (flags & SILENT) != 0;
        return stream;
    }
}
