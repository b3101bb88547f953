package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What NEWS2 must remember between two sets: the band last published, how many complete sets have been lower, and the complete totals of
 * the last day (changes only). 4 bytes without scores, some 4 more for each change of the total within a day.
 */
public final class ScoreState {

    /** A complete total and when it was reached. */
    public record Total(long effectiveMillis, int total) {
    }

    private static final int MOST_TOTALS = 16;

    private int band;
    private int lowerSets;
    private long lastSetMillis;
    private final Deque<Total> totals = new ArrayDeque<>(0);

    /** Number of the band last published; 0 before the first. */
    public int band() {
        return band;
    }

    public void band(int now) {
        band = now;
    }

    /** Complete sets in a row that were lower than the open episode. */
    public int lowerSets() {
        return lowerSets;
    }

    public void lowerSets(int now) {
        lowerSets = now;
    }

    /** Effective time of the newest set that was counted. */
    public long lastSetMillis() {
        return lastSetMillis;
    }

    public void lastSetMillis(long millis) {
        lastSetMillis = millis;
    }

    /** The last complete total; -1 before the first. */
    public int lastTotal() {
        return totals.isEmpty() ? -1 : totals.getLast().total();
    }

    /** Forgets what the totals were: one of their inputs may no longer be used. */
    public void forgetTotals() {
        totals.clear();
    }

    /** The lowest complete total that held within the window; -1 when there was none. */
    public int lowestSince(long fromMillis) {
        int lowest = -1;
        for (Total total : totals) {
            boolean heldInWindow = total.effectiveMillis() >= fromMillis || total == lastBefore(fromMillis);
            if (heldInWindow && (lowest < 0 || total.total() < lowest)) {
                lowest = total.total();
            }
        }
        return lowest;
    }

    private Total lastBefore(long fromMillis) {
        Total last = totals.getFirst();
        for (Total total : totals) {
            if (total.effectiveMillis() < fromMillis) {
                last = total;
            }
        }
        return last;
    }

    /** Remembers a complete total; what is older than the window goes, but for the one that held when it began. */
    public void add(long effectiveMillis, int total, long windowMillis) {
        if (lastTotal() != total) {
            totals.addLast(new Total(effectiveMillis, total));
        }
        while (totals.size() > 1 && second().effectiveMillis() <= effectiveMillis - windowMillis || totals.size() > MOST_TOTALS) {
            totals.removeFirst();
        }
    }

    private Total second() {
        var it = totals.iterator();
        it.next();
        return it.next();
    }

    void encode(ByteBuffer out, long baseMillis) {
        out.put((byte) band);
        out.put((byte) lowerSets);
        out.put((byte) totals.size());
        if (lastSetMillis == 0) {
            Packed.put(out, 0);
        } else {
            Packed.put(out, 1 + (baseMillis - lastSetMillis << 1 ^ baseMillis - lastSetMillis >> 63));
        }
        for (Total total : totals) {
            Packed.putSigned(out, baseMillis - total.effectiveMillis());
            out.put((byte) total.total());
        }
    }

    static ScoreState decode(ByteBuffer in, long baseMillis) {
        ScoreState score = new ScoreState();
        score.band = in.get();
        score.lowerSets = in.get();
        int count = in.get();
        long raw = Packed.get(in);
        if (raw != 0) {
            long zigzag = raw - 1;
            score.lastSetMillis = baseMillis - (zigzag >>> 1 ^ -(zigzag & 1));
        }
        for (int i = 0; i < count; i++) {
            score.totals.addLast(new Total(baseMillis - Packed.getSigned(in), in.get()));
        }
        return score;
    }
}
