package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.daily.WeightMemory;
import io.vitaltwin.twin.core.part.Parts;

/**
 * DQ-08: the signature of a value that was measured in another unit than it says. Nothing is ever converted on a suspicion.
 *
 * <p>The median of a weight is that of the daily weights of 14 days. The others, and that of a weight before the first daily one, are those of
 * the accepted values that are remembered (up to seven) within the span that the reference names.
 *
 * @see "CLINICAL.md section 5.3"
 */
final class UnitConfusion {

    private static final long HOUR = 3_600_000;
    private static final long GLUCOSE_WINDOW = 6 * HOUR;
    private static final long WEIGHT_WINDOW = 14 * 24 * HOUR;

    private UnitConfusion() {
    }

    static boolean isSuspected(QualityMemory own, Measurement m, Parts parts) {
        long milli = m.value().milli();
        Unit unit = m.value().unit();
        return switch (m.vital()) {
            case GLUCOSE_INTERSTITIAL, GLUCOSE_CAPILLARY -> unit == Unit.MMOL_PER_L ? milli > 40_000 : isMolarGlucose(own, m, milli);
            case BODY_TEMPERATURE, SKIN_TEMPERATURE -> unit == Unit.CELSIUS ? in(milli, 90_000, 110_000) : in(milli, 30_000, 45_000);
            case BODY_WEIGHT -> unit == Unit.KILOGRAM && isPounds(own, m, milli, parts);
            case BP_SYSTOLIC -> unit == Unit.MM_HG && in(milli, 8_000, 35_000);
            case BP_DIASTOLIC -> unit == Unit.MM_HG && in(milli, 4_000, 20_000);
            case SPO2 -> milli > 0 && milli <= 1_000;
            case HEART_RATE -> in(milli, 300_000, 2_000_000);
            case HRV_RMSSD -> unit == Unit.MILLISECOND && milli < 1_000;
            case RESPIRATORY_RATE, BP_MEAN, HRV_SDNN, INTER_BEAT_INTERVAL, ECG_RHYTHM, STEPS, SLEEP_DURATION, CONSCIOUSNESS, O2_FLOW -> false;
        };
    }

    /** 2.0 to 30.0 with a decimal, or below 20 while the last six hours were at 60 or more. */
    private static boolean isMolarGlucose(QualityMemory own, Measurement m, long milli) {
        boolean decimal = milli % 1_000 != 0;
        if (decimal && in(milli, 2_000, 30_000)) {
            return true;
        }
        return milli < 20_000 && median(own, m.effectiveMillis(), GLUCOSE_WINDOW) >= 60_000;
    }

    /** A pound is 0.4536 kg: the value is 2.05 to 2.35 times the usual, or 0.43 to 0.48. */
    private static boolean isPounds(QualityMemory own, Measurement m, long milli, Parts parts) {
        long daily = parts.find(WeightMemory.TYPE).map(memory -> memory.medianMilli(m.effectiveMillis())).orElse(-1L);
        long usual = daily >= 0 ? daily : median(own, m.effectiveMillis(), WEIGHT_WINDOW);
        if (usual <= 0) {
            return false;
        }
        long hundredfold = milli * 100;
        return in(hundredfold, usual * 205, usual * 235) || in(hundredfold, usual * 43, usual * 48);
    }

    /** -1 without any value. */
    private static long median(QualityMemory own, long at, long window) {
        long[] inWindow = new long[QualityMemory.RECENT];
        int count = 0;
        for (int i = 0; i < own.recentCount(); i++) {
            if (own.recentMillis(i) < at && at - own.recentMillis(i) <= window) {
                int place = count++;
                while (place > 0 && inWindow[place - 1] > own.recentMilli(i)) {
                    inWindow[place] = inWindow[place - 1];
                    place--;
                }
                inWindow[place] = own.recentMilli(i);
            }
        }
        return count == 0 ? -1 : (inWindow[(count - 1) / 2] + inWindow[count / 2]) / 2;
    }

    private static boolean in(long value, long from, long to) {
        return value >= from && value <= to;
    }
}
