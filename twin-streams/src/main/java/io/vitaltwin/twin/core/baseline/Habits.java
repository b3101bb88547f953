package io.vitaltwin.twin.core.baseline;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What one stream tells about a person's habits: what is usual in each context, and how many of the expected readings come.
 *
 * <p>Stored form: contexts known (1), the day of the newest reading (1), its readings (1-2), coverage (1), then each context ({@link Usual}).
 */
public final class Habits {

    private static final Context[] CONTEXTS = Context.values();
    private static final long HALF_DAY_MILLIS = 43_200_000L;
    private static final long DAY_MILLIS = 86_400_000L;

    /** So many readings make a day of a stream that measures continuously; of spot measurements one does. Project default. */
    private static final int ENOUGH_READINGS = 10;

    /** Coverage is kept in steps of 1/200. */
    private static final int FULL = 200;
    private static final int BEFORE_THE_FIRST_WHOLE_DAY = 255;
    /** Weight of a day in the coverage: that of about two weeks, the span of DQ-28. */
    private static final int COVERAGE_DAYS = 14;

    private final long quantumMilli;
    private final @Nullable Usual[] usual = new Usual[CONTEXTS.length];
    private long day = Long.MIN_VALUE;
    private int readings;
    private int coverage;

    public Habits(Vital vital) {
        this.quantumMilli = Quantum.milli(vital);
    }

    /** What is usual in this context; empty while nothing is known of it. */
    public Optional<Usual> usual(Context context) {
        return Optional.ofNullable(usual[context.ordinal()]);
    }

    /** Readings that came as a share of those expected, over some two weeks, before the day of the newest; empty in the first days. */
    public Optional<Double> coverage() {
        return coverage == 0 || coverage == BEFORE_THE_FIRST_WHOLE_DAY ? Optional.empty() : Optional.of((coverage - 1) / (double) FULL);
    }

    /** Takes note that a reading came, whatever its verdict. @param intervalMillis expected time between two */
    public void heard(long effectiveMillis, long intervalMillis, ZoneId zone) {
        long now = day(effectiveMillis, zone);
        if (now < day) {
            return;
        }
        if (now > day && day != Long.MIN_VALUE) {
            double expected = Math.max(1, (double) DAY_MILLIS / intervalMillis);
            endDay(Math.min(1, readings / expected));
            for (long missed = Math.min(now - day - 1, COVERAGE_DAYS); missed > 0; missed--) {
                endDay(0);
            }
        }
        readings = now > day ? 1 : readings + 1;
        day = now;
    }

    /** The first day began when the device did, and tells nothing. */
    private void endDay(double share) {
        if (coverage == 0) {
            coverage = BEFORE_THE_FIRST_WHOLE_DAY;
            return;
        }
        double before = coverage == BEFORE_THE_FIRST_WHOLE_DAY ? share : (coverage - 1) / (double) FULL;
        coverage = 1 + (int) Math.round((before + (share - before) / COVERAGE_DAYS) * FULL);
    }

    /**
     * Learns from a reading that may be learned from.
     *
     * @param sigmaMilli its uncertainty; what counts as far away follows from it
     * @param continuous whether the stream is expected to measure at least hourly
     * @param fromMillis what was usual before is no longer; Long.MIN_VALUE: nothing of the kind is known
     */
    public void learn(Context context, long effectiveMillis, long milli, long sigmaMilli, boolean continuous, ZoneId zone, long fromMillis) {
        Usual one = usual[context.ordinal()];
        if (one == null) {
            one = new Usual(quantumMilli);
            usual[context.ordinal()] = one;
        }
        long belongs = context == Context.SLEEP ? day(effectiveMillis + HALF_DAY_MILLIS, zone) : day(effectiveMillis, zone);
        if (fromMillis != Long.MIN_VALUE && fromMillis <= effectiveMillis) {
            one.forgetBefore(day(fromMillis, zone));
        }
        one.learn(belongs, milli, sigmaMilli < 0 ? 8 * quantumMilli : sigmaMilli, continuous ? ENOUGH_READINGS : 1);
    }

    public static boolean isLearned(Vital vital) {
        return Quantum.isLearned(vital);
    }

    /** Number of the local day. */
    private static long day(long millis, ZoneId zone) {
        int seconds = zone instanceof ZoneOffset fixed ? fixed.getTotalSeconds()
                : zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds();
        return Math.floorDiv(millis + seconds * 1_000L, DAY_MILLIS);
    }

    public boolean isEmpty() {
        return day == Long.MIN_VALUE;
    }

    /** @param baseMillis a time near to the newest reading */
    public void encode(ByteBuffer out, long baseMillis) {
        int known = 0;
        for (int i = 0; i < usual.length; i++) {
            Usual one = usual[i];
            known |= one != null && !one.isEmpty() ? 1 << i : 0;
        }
        out.put((byte) known);
        Packed.putSigned(out, Math.floorDiv(baseMillis, DAY_MILLIS) - day);
        Packed.put(out, readings);
        out.put((byte) coverage);
        for (Usual one : usual) {
            if (one != null && !one.isEmpty()) {
                one.encode(out, day);
            }
        }
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it. */
    public static Habits decode(ByteBuffer in, Vital vital, long baseMillis) {
        Habits habits = new Habits(vital);
        int known = in.get();
        habits.day = Math.floorDiv(baseMillis, DAY_MILLIS) - Packed.getSigned(in);
        habits.readings = Packed.getInt(in);
        habits.coverage = in.get() & 0xFF;
        for (int i = 0; i < CONTEXTS.length; i++) {
            if ((known & 1 << i) != 0) {
                habits.usual[i] = Usual.decode(in, habits.quantumMilli, habits.day);
            }
        }
        return habits;
    }
}
