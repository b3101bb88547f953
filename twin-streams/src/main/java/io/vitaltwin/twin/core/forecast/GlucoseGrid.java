package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * The last 80 minutes of a glucose sensor in steps of five minutes. Cell 0 is the newest reading; what came at a wider rhythm is joined by a
 * straight line, which is known only when its far end is: nothing in here rests on what has not been measured yet.
 *
 * <p>A sensor that sends more often is thinned to every reading that comes five minutes after the last one taken: the newest of each clock
 * interval would lie one to nine minutes after the one before, and the differences between cells are what is learned from.
 */
public final class GlucoseGrid {

    public static final long STEP_MILLIS = 300_000;
    static final int CELLS = 16;
    /** How much earlier than five minutes a reading may come and be taken. Less than a minute: a 1-min sensor keeps its rhythm. Project default. */
    static final long EARLY_MILLIS = 45_000;
    /** Two missing readings are bridged, or a sensor that sends every 15 minutes; after more the grid begins anew. Project default. */
    static final int LONGEST_GAP_STEPS = 3;

    private final int[] mgPerDl = new int[CELLS];
    private int measured;
    private int size;
    private long newestMillis;

    /**
     * Takes a reading that is newer than all before.
     *
     * @param isMeasured false for a bound: it stands in the history as its limit, but the level itself is not known
     * @return false when it comes too soon after the last one taken; then nothing has changed
     */
    public boolean take(long millis, long milliMgPerDl, boolean isMeasured) {
        long elapsed = millis - newestMillis;
        if (size > 0 && elapsed < STEP_MILLIS - EARLY_MILLIS) {
            return false;
        }
        int value = Math.toIntExact(Math.floorDiv(milliMgPerDl + 500, 1_000));
        long steps = Math.floorDiv(elapsed + STEP_MILLIS / 2, STEP_MILLIS);
        if (size == 0 || steps > LONGEST_GAP_STEPS) {
            clear();
            steps = 1;
        }
        int before = mgPerDl[0];
        for (int i = 1; i <= steps; i++) {
            push(i == steps ? value : before + Math.floorDiv(2 * (value - before) * i + (int) steps, 2 * (int) steps));
        }
        measured |= isMeasured ? 1 : 0;
        newestMillis = millis;
        return true;
    }

    private void push(int value) {
        System.arraycopy(mgPerDl, 0, mgPerDl, 1, CELLS - 1);
        mgPerDl[0] = value;
        measured = measured << 1 & (1 << CELLS) - 1;
        size = Math.min(size + 1, CELLS);
    }

    void clear() {
        size = 0;
        measured = 0;
    }

    /** How many cells hold a value: 0 to 16. */
    public int size() {
        return size;
    }

    /** Time of cell 0; without meaning when the grid is empty. */
    public long newestMillis() {
        return newestMillis;
    }

    /** Whole mg/dL. @param back 0 for the newest, less than {@link #size()} */
    public int at(int back) {
        if (back < 0 || back >= size) {
            throw new IndexOutOfBoundsException("cell " + back + " of " + size);
        }
        return mgPerDl[back];
    }

    /** Whether a reading stands in this cell: no line between two, and no bound. */
    public boolean isMeasured(int back) {
        return back < size && (measured >> back & 1) != 0;
    }

    /** Time in 6 bytes, 1 for the size, 2 for what was measured, 2 for the newest value and 1 for each older one that is near to it. */
    void encode(ByteBuffer out) {
        Packed.put(out, newestMillis);
        out.put((byte) size);
        if (size == 0) {
            return;
        }
        out.putShort((short) measured);
        Packed.putSigned(out, mgPerDl[0]);
        for (int i = 1; i < size; i++) {
            Packed.putSigned(out, mgPerDl[i] - mgPerDl[i - 1]);
        }
    }

    static GlucoseGrid decode(ByteBuffer in) {
        GlucoseGrid grid = new GlucoseGrid();
        grid.newestMillis = Packed.get(in);
        grid.size = in.get();
        if (grid.size < 0 || grid.size > CELLS) {
            throw new IllegalStateException("state is damaged: a grid of " + grid.size + " cells");
        }
        if (grid.size > 0) {
            grid.measured = in.getShort() & 0xFFFF;
            grid.mgPerDl[0] = Math.toIntExact(Packed.getSigned(in));
            for (int i = 1; i < grid.size; i++) {
                grid.mgPerDl[i] = Math.toIntExact(grid.mgPerDl[i - 1] + Packed.getSigned(in));
            }
        }
        return grid;
    }
}
