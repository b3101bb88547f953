package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Habits;
import io.vitaltwin.twin.core.forecast.VitalFilter;
import io.vitaltwin.twin.core.quality.QualityMemory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What the twin remembers of one vital from one device.
 *
 * <p>Stored form; a settled stream takes some 90 bytes:
 * <pre>
 *   4      place of its device, vital, flags: which of the fields below are there
 *   33     memory of the quality checks ({@link QualityMemory})
 *   0-8    when it was last heard and last usable, each left out where it is the time of the newest usable reading
 *   11     newest usable reading ({@link Point}), time and value as differences to the newest accepted one
 *   0-1    levels that it keeps open, while an alert is
 *   0      runs, while one of them is going on: some 50 bytes each ({@link Run})
 *   0-20   window of high readings, glucose above its limit only
 *   30     what is usual ({@link Habits}), when four weeks are known; one context
 *   6-8    filtered level and slope ({@link VitalFilter})
 * </pre>
 */
public final class StreamState {

    private static final int SILENT = 1;
    private static final int HAS_LATEST = 1 << 1;
    private static final int HEARD_OTHERWISE = 1 << 2;
    private static final int USABLE_OTHERWISE = 1 << 3;
    private static final int HAS_LEVELS = 1 << 4;
    private static final int HAS_RUNS = 1 << 5;
    private static final int HAS_HIGH = 1 << 6;
    private static final int HAS_HABITS = 1 << 7;
    private static final int HAS_FILTER = 1 << 8;
    private static final long NOT_YET = Long.MIN_VALUE;

    private final DeviceState device;
    private final Vital vital;
    private final QualityMemory memory;
    private final Habits habits;
    private VitalFilter filter;
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
    private VitalFilter filterBefore;

    public StreamState(DeviceState device, Vital vital) {
        this(device, vital, new QualityMemory(), new Habits(vital));
    }

    private StreamState(DeviceState device, Vital vital, QualityMemory memory, Habits habits) {
        this.device = device;
        this.vital = vital;
        this.memory = memory;
        this.habits = habits;
        this.filter = new VitalFilter(vital);
        this.filterBefore = filter;
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

    /** What is usual, and how much comes. */
    public Habits habits() {
        return habits;
    }

    /** The newest reading that may be shown and scored; empty before the first. */
    public Optional<Point> latest() {
        return latest;
    }

    public void latest(Point point) {
        displaced = latest;
        filterBefore = isHalf() ? filter.copy() : filter;
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

    /** Level and slope as of {@link #usableMillis()}. */
    public VitalFilter filter() {
        return filter;
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

    /** One of several readings of a moment, of which another may show what it is worth: DQ-04. */
    private boolean isHalf() {
        return vital == Vital.BP_SYSTOLIC || vital == Vital.BP_DIASTOLIC || vital == Vital.BP_MEAN;
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
            filter = sameRecord ? filterBefore : new VitalFilter(vital);
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
        int flags = flags();
        out.putShort((short) flags);
        memory.encode(out);
        if ((flags & HEARD_OTHERWISE) != 0) {
            Packed.putSigned(out, baseMillis - heardMillis);
        }
        if ((flags & USABLE_OTHERWISE) != 0) {
            Packed.putSigned(out, baseMillis - usableMillis);
        }
        latest.ifPresent(point -> point.encode(out, nearMillis(memory, baseMillis), baseOffset, nearMilli(memory)));
        if ((flags & HAS_LEVELS) != 0) {
            out.put((byte) levels);
        }
        if ((flags & HAS_RUNS) != 0) {
            encodeRuns(out, baseMillis, baseOffset);
        }
        if ((flags & HAS_HIGH) != 0) {
            highReadings.encode(out, baseMillis);
        }
        if ((flags & HAS_HABITS) != 0) {
            habits.encode(out, baseMillis);
        }
        if ((flags & HAS_FILTER) != 0) {
            filter.encode(out);
        }
    }

    /** The newest usable reading is mostly the newest accepted one: what the memory says of that need not be said twice. */
    private static long nearMillis(QualityMemory memory, long baseMillis) {
        return memory.recentCount() == 0 ? baseMillis : memory.recentMillis(memory.recentCount() - 1);
    }

    private static long nearMilli(QualityMemory memory) {
        return memory.recentCount() == 0 ? 0 : memory.recentMilli(memory.recentCount() - 1);
    }

    private int flags() {
        long latestMillis = latest.map(Point::effectiveMillis).orElse(0L);
        return flag(silent, SILENT) | flag(latest.isPresent(), HAS_LATEST) | flag(heardMillis != latestMillis, HEARD_OTHERWISE)
                | flag(usableMillis != latestMillis, USABLE_OTHERWISE) | flag(present() != 0, HAS_RUNS) | flag(levels != 0, HAS_LEVELS)
                | flag(!highReadings.isEmpty(), HAS_HIGH) | flag(!habits.isEmpty(), HAS_HABITS)
                | flag(!filter.isEmpty(), HAS_FILTER);
    }

    private static int flag(boolean holds, int bit) {
        return holds ? bit : 0;
    }

    /** A bit for each place that has a run. */
    private int present() {
        int present = 0;
        for (int i = 0; i < runs.length; i++) {
            present |= runs[i] == null ? 0 : 1 << i;
        }
        return present;
    }

    private void encodeRuns(ByteBuffer out, long baseMillis, long baseOffset) {
        out.put((byte) present());
        for (Run run : runs) {
            if (run != null) {
                run.encode(out, baseMillis, baseOffset);
            }
        }
    }

    static StreamState decode(ByteBuffer in, List<DeviceState> devices, long baseMillis, long baseOffset) {
        DeviceState device = devices.get(Packed.getInt(in));
        Vital vital = Vital.ofOrdinal(in.get());
        int flags = in.getShort();
        QualityMemory memory = QualityMemory.decode(in);
        long heard = (flags & HEARD_OTHERWISE) != 0 ? baseMillis - Packed.getSigned(in) : NOT_YET;
        long usable = (flags & USABLE_OTHERWISE) != 0 ? baseMillis - Packed.getSigned(in) : NOT_YET;
        Optional<Point> latest = (flags & HAS_LATEST) != 0 ? Optional.of(
                Point.decode(in, nearMillis(memory, baseMillis), baseOffset, nearMilli(memory))) : Optional.empty();
        long latestMillis = latest.map(Point::effectiveMillis).orElse(0L);
        int levels = (flags & HAS_LEVELS) != 0 ? in.get() & 0xFF : 0;
        Run[] runs = new Run[Slot.ALL.length];
        int present = (flags & HAS_RUNS) != 0 ? in.get() : 0;
        for (int i = 0; i < runs.length; i++) {
            if ((present & 1 << i) != 0) {
                runs[i] = Run.decode(in, baseMillis, baseOffset);
            }
        }
        RecentBits high = (flags & HAS_HIGH) != 0 ? RecentBits.decode(in, baseMillis) : new RecentBits();
        Habits habits = (flags & HAS_HABITS) != 0 ? Habits.decode(in, vital, baseMillis) : new Habits(vital);
        VitalFilter filter = (flags & HAS_FILTER) != 0 ? VitalFilter.decode(in, vital) : new VitalFilter(vital);
        StreamState stream = new StreamState(device, vital, memory, habits);
        stream.filter = filter;
        stream.latest = latest;
        System.arraycopy(runs, 0, stream.runs, 0, runs.length);
        stream.levels = levels;
        stream.highReadings = high;
        stream.heardMillis = heard == NOT_YET ? latestMillis : heard;
        stream.usableMillis = usable == NOT_YET ? latestMillis : usable;
        stream.silent = (flags & SILENT) != 0;
        return stream;
    }
}
