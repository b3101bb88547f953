package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the beats of one device: the entropy at each beat, windows of five minutes that begin every two and a half (a grid of the epoch), and
 * the row of irregular ones. A window is two neighbouring halves, so only counts of two halves are kept.
 *
 * <p>A beat older than the newest is not taken: what is missing then counts as not covered. Beats that a device flagged, and
 * those that no heart makes, are left out of the words and counted. A beat that was not taken at rest or asleep ends the words, and so does a gap
 * that is longer than what an evaluable window may lack: the next words begin with the next beats. Relative differences are never
 * filtered: that would delete the signal.
 *
 * <p>Stored form: 5-6 bytes of time, 1 head, the symbols (49 to 97 bytes when settled, 1 when none), 8-11 for each half with beats, 5 for a row of
 * irregular windows. About 80 bytes for a patient at rest, 105 in fibrillation.
 */
public final class RhythmTracker {

    public static final long STEP_MILLIS = 150_000;
    public static final long WINDOW_MILLIS = 2 * STEP_MILLIS;

    /** What an evaluable window may lack. */
    private static final long LONGEST_GAP_MILLIS = WINDOW_MILLIS * (1_000 - BeatWindow.COVERAGE_MILLI) / 1_000;

    /** Beats outside say nothing about rhythm: CLINICAL.md section 3.5, in thousandths of a millisecond. */
    private static final long SHORTEST_MILLI = 300_000;
    private static final long LONGEST_MILLI = 2_000_000;

    private static final int HAS_EARLIER = 1;
    private static final int HAS_CURRENT = 2;
    private static final int HAS_ROW = 4;

    private final SymbolEntropy entropy;
    private long newestMillis;
    private Half earlier = new Half();
    private Half current = new Half();
    /** Number of the half that is being counted, from the epoch. */
    private long step;
    private int row;
    private long rowStartMillis;

    public RhythmTracker() {
        this(new SymbolEntropy());
    }

    private RhythmTracker(SymbolEntropy entropy) {
        this.entropy = entropy;
    }

    /** Counts of half a window. */
    private static final class Half {
        private int beats;
        private int irregular;
        private int unknown;
        private int flagged;
        private long coveredMilli;
        private long firstOffset;
        private boolean moving;

        boolean isEmpty() {
            return beats + flagged == 0;
        }

        void encode(ByteBuffer out) {
            Packed.put(out, (long) beats << 1 | (moving ? 1 : 0));
            Packed.put(out, irregular);
            Packed.put(out, unknown);
            Packed.put(out, flagged);
            Packed.put(out, coveredMilli);
            Packed.put(out, firstOffset);
        }

        static Half decode(ByteBuffer in) {
            Half half = new Half();
            long beats = Packed.get(in);
            half.beats = (int) (beats >> 1);
            half.moving = (beats & 1) != 0;
            half.irregular = Packed.getInt(in);
            half.unknown = Packed.getInt(in);
            half.flagged = Packed.getInt(in);
            half.coveredMilli = Packed.get(in);
            half.firstOffset = Packed.get(in);
            return half;
        }
    }

    /**
     * Takes the next beat.
     *
     * @param milli the interval in thousandths of a millisecond
     * @param usable the device did not flag it and the quality checks did not reject it
     * @param resting at rest or asleep
     * @return the windows that are over with it, oldest first; those without any beat are left out
     */
    public List<BeatWindow> take(long effectiveMillis, long milli, boolean usable, boolean resting, RhythmLimits limits) {
        if (isOld(effectiveMillis)) {
            return List.of();
        }
        List<BeatWindow> over = advance(effectiveMillis, limits);
        boolean clean = usable && milli >= SHORTEST_MILLI && milli <= LONGEST_MILLI;
        if (!resting || newestMillis != 0 && effectiveMillis - newestMillis > LONGEST_GAP_MILLIS) {
            entropy.clear();
        }
        if (current.isEmpty()) {
            current.firstOffset = Math.floorMod(effectiveMillis, STEP_MILLIS);
        }
        newestMillis = effectiveMillis;
        current.moving |= !resting;
        if (!clean) {
            current.flagged++;
        } else {
            count(milli, resting, limits);
        }
        return over;
    }

    private void count(long milli, boolean resting, RhythmLimits limits) {
        current.beats++;
        current.coveredMilli += milli;
        if (!resting) {
            return;
        }
        entropy.add(milli);
        if (!entropy.isKnown()) {
            current.unknown++;
        } else if (entropy.value() * 1_000 >= limits.entropyMilli()) {
            current.irregular++;
        }
    }

    private boolean isOld(long effectiveMillis) {
        return newestMillis != 0 && (effectiveMillis < newestMillis || Math.floorDiv(effectiveMillis, STEP_MILLIS) < step);
    }

    /** Ends the windows that end until this moment, as if a beat had come. @return those that held a beat, oldest first */
    public List<BeatWindow> advance(long untilMillis, RhythmLimits limits) {
        long target = Math.floorDiv(untilMillis, STEP_MILLIS);
        if (newestMillis == 0 || earlier.isEmpty() && current.isEmpty()) {
            step = Math.max(step, target);
        }
        List<BeatWindow> over = List.of();
        while (step < target) {
            over = over.isEmpty() ? new ArrayList<>(2) : over;
            over.add(close(limits));
            if (earlier.isEmpty() && current.isEmpty()) {
                step = target;
            }
        }
        return over;
    }

    /** The window that ends when time comes this far; empty when none does or it holds no beat. */
    public Optional<BeatWindow> ending(long untilMillis) {
        boolean ends = windowEndMillis() != 0 && untilMillis >= windowEndMillis();
        return ends ? Optional.of(window()) : Optional.empty();
    }

    private BeatWindow close(RhythmLimits limits) {
        BeatWindow window = window();
        earlier = current;
        current = new Half();
        step++;
        extend(window, limits);
        return window;
    }

    /** The window of the two halves. */
    private BeatWindow window() {
        long end = (step + 1) * STEP_MILLIS;
        long start = end - WINDOW_MILLIS;
        long first = earlier.isEmpty() ? start + STEP_MILLIS + current.firstOffset : start + earlier.firstOffset;
        return new BeatWindow(start, end, first, earlier.beats + current.beats, earlier.irregular + current.irregular,
                earlier.unknown + current.unknown, earlier.flagged + current.flagged, (earlier.coveredMilli + current.coveredMilli) / 1_000,
                earlier.moving || current.moving);
    }

    private void extend(BeatWindow window, RhythmLimits limits) {
        switch (window.outcome(limits)) {
            case REGULAR -> row = 0;
            case IRREGULAR -> {
                if (row == 0 || window.endMillis() - rowStartMillis > limits.resetMillis()) {
                    row = 0;
                    rowStartMillis = window.firstMillis();
                }
                row = Math.min(row + 1, limits.windows());
            }
            case MOVING, POOR, UNDECIDED -> { }
        }
    }

    /** Effective time of the newest beat that was taken; 0 before the first. */
    public long newestMillis() {
        return newestMillis;
    }

    /** Irregular evaluable windows in a row, no more than are asked for. */
    public int row() {
        return row;
    }

    /** Effective time of the first beat of the row's first window. */
    public long rowStartMillis() {
        return rowStartMillis;
    }

    /** End of the newest window with beats in it, over or not; 0 when there is none. */
    public long windowEndMillis() {
        return earlier.isEmpty() && current.isEmpty() ? 0 : (step + 1) * STEP_MILLIS;
    }

    public void encode(ByteBuffer out) {
        Packed.putSigned(out, newestMillis);
        Packed.put(out, step - Math.floorDiv(newestMillis, STEP_MILLIS));
        out.put((byte) ((earlier.isEmpty() ? 0 : HAS_EARLIER) | (current.isEmpty() ? 0 : HAS_CURRENT) | (row == 0 ? 0 : HAS_ROW)));
        entropy.encode(out);
        if (!earlier.isEmpty()) {
            earlier.encode(out);
        }
        if (!current.isEmpty()) {
            current.encode(out);
        }
        if (row > 0) {
            Packed.put(out, row);
            Packed.put(out, newestMillis - rowStartMillis);
        }
    }

    public static RhythmTracker decode(ByteBuffer in) {
        long newest = Packed.getSigned(in);
        long step = Math.floorDiv(newest, STEP_MILLIS) + Packed.get(in);
        int head = in.get();
        RhythmTracker tracker = new RhythmTracker(SymbolEntropy.decode(in));
        tracker.newestMillis = newest;
        tracker.step = step;
        tracker.earlier = (head & HAS_EARLIER) != 0 ? Half.decode(in) : new Half();
        tracker.current = (head & HAS_CURRENT) != 0 ? Half.decode(in) : new Half();
        if ((head & HAS_ROW) != 0) {
            tracker.row = Packed.getInt(in);
            tracker.rowStartMillis = newest - Packed.get(in);
        }
        return tracker;
    }
}
