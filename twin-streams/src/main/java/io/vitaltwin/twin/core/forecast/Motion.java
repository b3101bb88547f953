package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.Vital;

import java.util.Optional;

/**
 * How restless a vital is: what its level and its slope gain in variance each minute that nobody measures.
 *
 * <p>Glucose as in CLINICAL.md section 7.3: 4 and 0.04 for five minutes. All others are project defaults after its pattern: the largest plausible
 * change of section 1.2 is ten standard deviations of a walk over its span, and the slope changes about as much as the level within two of the vital's
 * usual intervals.
 *
 * @param levelPerMinute variance of the level, canonical units squared
 * @param slopePerMinute variance of the slope, (canonical units a minute) squared
 * @param slopeAtFirst variance of the slope when only one reading is known
 */
record Motion(double levelPerMinute, double slopePerMinute, double slopeAtFirst) {

    private static final double DEVIATIONS = 10;
    private static final double USUAL_INTERVALS = 2;
    /** Usual intervals for which the slope is free at first. Project default. */
    private static final double FIRST_INTERVALS = 12;
    /** The interval that continuous sensors are taken for, minutes. */
    private static final double SENSOR = 5;
    private static final double HOUR = 60;
    private static final double DAY = 24 * HOUR;
    private static final Motion[] BY_VITAL = new Motion[Vital.values().length];

    static {
        // Each: largest plausible change, within so many minutes, measured every so many minutes.
        is(Vital.HEART_RATE, 80, 1, SENSOR);
        is(Vital.SPO2, 10, 1, SENSOR);                       // 10 points in 5 s are what a probe does, not blood: within a minute
        is(Vital.RESPIRATORY_RATE, 15, 1, SENSOR);
        is(Vital.BP_SYSTOLIC, 40, DAY / 2, DAY / 2);         // given for a repeat at rest; taken for the usual half day
        is(Vital.BP_DIASTOLIC, 25, DAY / 2, DAY / 2);
        is(Vital.BP_MEAN, 30, DAY / 2, DAY / 2);             // none given: a third of the way from diastolic to systolic
        is(Vital.BODY_TEMPERATURE, 2, HOUR, HOUR / 2);
        is(Vital.SKIN_TEMPERATURE, 3, 10, SENSOR);
        is(Vital.GLUCOSE_CAPILLARY, 180, HOUR, 6 * HOUR);    // none given: the sensor's 3 a minute
        is(Vital.BODY_WEIGHT, 2.5, DAY, DAY);
        is(Vital.HRV_RMSSD, 80, DAY, DAY);                   // three times a middle of 40 ms
        is(Vital.HRV_SDNN, 80, DAY, DAY);
        is(Vital.INTER_BEAT_INTERVAL, 1_000, 1, SENSOR);     // none given, as those below: half or all of the plausible range
        is(Vital.STEPS, 220, 1, SENSOR);
        is(Vital.SLEEP_DURATION, 15, DAY, DAY);
        is(Vital.O2_FLOW, 15, HOUR, HOUR);
        BY_VITAL[Vital.GLUCOSE_INTERSTITIAL.ordinal()] = of(4 / SENSOR, SENSOR);
    }

    private static void is(Vital vital, double largestChange, double withinMinutes, double everyMinutes) {
        double deviation = largestChange / DEVIATIONS;
        BY_VITAL[vital.ordinal()] = of(deviation * deviation / withinMinutes, everyMinutes);
    }

    private static Motion of(double levelPerMinute, double everyMinutes) {
        double slopePerMinute = levelPerMinute / (USUAL_INTERVALS * everyMinutes * USUAL_INTERVALS * everyMinutes);
        return new Motion(levelPerMinute, slopePerMinute, FIRST_INTERVALS * everyMinutes * slopePerMinute);
    }

    /** Empty for a vital that is a code: it has no level. */
    static Optional<Motion> of(Vital vital) {
        return Optional.ofNullable(BY_VITAL[vital.ordinal()]);
    }
}
