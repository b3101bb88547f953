package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Measurement;

/**
 * DQ-10: whether a value lies further from the last accepted one than its vital can move. Where the reference names a largest change within
 * a span, a gap longer than the span allows as much more.
 *
 * @see "CLINICAL.md section 1.2 (max plausible change), 5.2 and 3.12.6"
 */
final class RateLimits {

    /** Values further apart than this many expected intervals are not compared. */
    private static final int LONGEST_GAP_INTERVALS = 10;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private RateLimits() {
    }

    static boolean isExceeded(QualityMemory own, Measurement m, long milli, Context context, long intervalMillis) {
        int last = own.indexBefore(m.effectiveMillis());
        if (last < 0) {
            return false;
        }
        long gap = m.effectiveMillis() - own.recentMillis(last);
        if (gap > LONGEST_GAP_INTERVALS * intervalMillis) {
            return false;
        }
        long before = own.recentMilli(last);
        long change = milli - before;
        return switch (m.vital()) {
            case HEART_RATE -> pulse(change, gap);
            case SPO2 -> gap <= SECOND && -change > 4_000 || gap <= 5 * SECOND && -change > 10_000;
            case RESPIRATORY_RATE -> exceeds(Math.abs(change), 15_000, gap, MINUTE);
            case BP_SYSTOLIC -> isRepeatAtRest(gap, context) && Math.abs(change) > 40_000;
            case BP_DIASTOLIC -> isRepeatAtRest(gap, context) && Math.abs(change) > 25_000;
            case BODY_TEMPERATURE -> gap <= 10 * MINUTE ? Math.abs(change) > 1_000 : exceeds(Math.abs(change), 2_000, gap, HOUR);
            case SKIN_TEMPERATURE -> exceeds(Math.abs(change), 3_000, gap, 10 * MINUTE);
            case GLUCOSE_INTERSTITIAL -> glucose(own, last, change, gap);
            case BODY_WEIGHT -> exceeds(Math.abs(change), Math.max(2_500, before * 3 / 100), gap, 24 * HOUR);
            case HRV_RMSSD, HRV_SDNN -> milli > 3 * before || 3 * milli < before;
            case GLUCOSE_CAPILLARY, BP_MEAN, INTER_BEAT_INTERVAL, ECG_RHYTHM, STEPS, SLEEP_DURATION, CONSCIOUSNESS, O2_FLOW -> false;
        };
    }

    /** Rise: 3 /min each second up to 10 s, 80 /min in 60 s. Fall: 60 /min in 60 s. */
    private static boolean pulse(long change, long gap) {
        if (change <= 0) {
            return exceeds(-change, 60_000, gap, MINUTE);
        }
        return gap <= 10 * SECOND ? exceeds(change, 3_000, gap, SECOND) : exceeds(change, 80_000, gap, MINUTE);
    }

    /** A cuff measures at rest unless it says otherwise. */
    private static boolean isRepeatAtRest(long gap, Context context) {
        return gap <= 5 * MINUTE && context != Context.LIGHT && context != Context.VIGOROUS;
    }

    /**
     * More than 10 mg/dL a minute once, or more than 5 in two steps that follow each other in one direction. Readings come a minute apart at
     * the closest. After one that was not accepted the step is longer and its mean slower, so a sensor that stays at a wrong level is
     * named once for its jump and not again for the same jump.
     */
    private static boolean glucose(QualityMemory own, int last, long change, long gap) {
        if (isFaster(change, gap, 10_000)) {
            return true;
        }
        if (last == 0 || !isFaster(change, gap, 5_000)) {
            return false;
        }
        long changeBefore = own.recentMilli(last) - own.recentMilli(last - 1);
        long gapBefore = own.recentMillis(last) - own.recentMillis(last - 1);
        return Long.signum(change) == Long.signum(changeBefore) && isFaster(changeBefore, gapBefore, 5_000);
    }

    private static boolean isFaster(long change, long gap, long perMinute) {
        return exceeds(Math.abs(change), perMinute, gap, MINUTE);
    }

    /** change > limit x gap / span; a gap shorter than the span allows the whole limit. */
    private static boolean exceeds(long change, long limit, long gap, long span) {
        return change * span > limit * Math.max(gap, span);
    }
}
