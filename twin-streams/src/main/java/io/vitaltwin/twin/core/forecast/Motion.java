package io.vitaltwin.twin.core.forecast;

import io.vitaltwin.twin.core.Vital;

import java.util.Optional;

/**
 * How restless a vital is: what its level and its slope gain in variance each minute that nobody measures.
 *
 * <p>Glucose as in clinical-reference.md section 7.3: 4 and 0.04 for five minutes. All others are project defaults, derived from the largest plausible
 * change of section 1.2: it is taken for ten standard deviations of a walk over its span, and the slope for as much
 * steadier than the level as it is for glucose (a hundredth of the variance).
 *
 * @param levelPerMinute variance of the level, canonical units squared
 * @param slopePerMinute variance of the slope, (canonical units a minute) squared
 */
record Motion(double levelPerMinute, double slopePerMinute) {

    private static final double DEVIATIONS = 10;
    private static final double SLOPE_SHARE = 0.01;
    private static final double HOUR = 60;
    private static final double DAY = 24 * HOUR;
    private static final Motion GLUCOSE = new Motion(4.0 / 5, 0.04 / 5);
    private static final Motion[] BY_VITAL = new Motion[Vital.values().length];

    static {
        BY_VITAL[Vital.HEART_RATE.ordinal()] = within(80, 1);
        BY_VITAL[Vital.SPO2.ordinal()] = within(10, 1);              // its 10 points in 5 s are those of a probe, not of blood
        BY_VITAL[Vital.RESPIRATORY_RATE.ordinal()] = within(15, 1);
        BY_VITAL[Vital.BP_SYSTOLIC.ordinal()] = within(40, 5);
        BY_VITAL[Vital.BP_DIASTOLIC.ordinal()] = within(25, 5);
        BY_VITAL[Vital.BP_MEAN.ordinal()] = within(30, 5);           // none given: a third of the way from diastolic to systolic
        BY_VITAL[Vital.BODY_TEMPERATURE.ordinal()] = within(1, 10);
        BY_VITAL[Vital.SKIN_TEMPERATURE.ordinal()] = within(3, 10);
        BY_VITAL[Vital.GLUCOSE_INTERSTITIAL.ordinal()] = GLUCOSE;
        BY_VITAL[Vital.GLUCOSE_CAPILLARY.ordinal()] = GLUCOSE;
        BY_VITAL[Vital.BODY_WEIGHT.ordinal()] = within(2.5, DAY);
        BY_VITAL[Vital.HRV_RMSSD.ordinal()] = within(80, DAY);       // nightly, to three times of a middle of 40 ms
        BY_VITAL[Vital.HRV_SDNN.ordinal()] = within(80, DAY);
        BY_VITAL[Vital.INTER_BEAT_INTERVAL.ordinal()] = within(1_000, 1);
        BY_VITAL[Vital.STEPS.ordinal()] = within(220, 1);            // none given: from rest to the plausible end
        BY_VITAL[Vital.SLEEP_DURATION.ordinal()] = within(15, DAY);  // none given: from end to end of the plausible range
        BY_VITAL[Vital.O2_FLOW.ordinal()] = within(15, HOUR);        // none given: from end to end of the plausible range
    }

    private static Motion within(double largestChange, double minutes) {
        double deviation = largestChange / DEVIATIONS;
        double level = deviation * deviation / minutes;
        return new Motion(level, level * SLOPE_SHARE);
    }

    /** Empty for a vital that is a code: it has no level. */
    static Optional<Motion> of(Vital vital) {
        return Optional.ofNullable(BY_VITAL[vital.ordinal()]);
    }
}
