package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;

/**
 * Measurement uncertainty: 1 sigma in the vital's canonical unit. The bias is taken as 0.
 *
 * <p>Where the table says "reject" the result is {@link #REJECTED}: the value is no measurement in that context. Where it says nothing the
 * result is NaN.
 *
 * @see "CLINICAL.md section 4.4, with 3.12.7 for what that table leaves out"
 */
public final class Sigma {

    /** The device cannot measure this vital in this context: CONTEXT_INVALID. */
    public static final double REJECTED = Double.POSITIVE_INFINITY;

    /** 4.4 and DQ-25: a glucose sensor in its first 24 hours. */
    private static final double WARM_UP_FACTOR = 1.5;

    private static final double NO = Double.NaN;
    private static final double REJ = REJECTED;

    /** 3.12.7: a device of unknown grade is a consumer's, and a quarter worse. */
    private static final double UNKNOWN_GRADE_FACTOR = 1.25;

    /** 4.4: pigmentation that is dark, or recorded as unknown. */
    private static final double PIGMENTATION_FACTOR = 1.2;

    // By context: SLEEP, REST, LIGHT, VIGOROUS, UNKNOWN.
    private static final double[] NOTHING = {NO, NO, NO, NO, NO};

    private static final double[] PULSE_CLINICAL = {1, 1.5, 2.5, 4, 2.5};
    private static final double[] PULSE_MEDICAL = {2, 2.5, 4, 6, 4};
    private static final double[] PULSE_RING = {1.5, 3, 8, 14, 8};
    private static final double[] PULSE_WRIST = {2.5, 4, 8, 12, 9};
    private static final double[] PULSE_CHEST_STRAP = {1.5, 2, 2.5, 4, 3};

    private static final double[] SPO2_MEDICAL = {3, 3, 4, REJ, 4};
    private static final double[] SPO2_CONSUMER_FINGER = {4, 4, 5, REJ, 5};
    private static final double[] SPO2_WATCH = {4, 4, REJ, REJ, 6};
    private static final double SPO2_WATCH_AT_REST_BELOW_90 = 5;

    private static final double[] BREATHS_CLINICAL = {1, 1, 2, 4, 2};
    private static final double[] BREATHS_MEDICAL = {1.5, 2, 4, REJ, 3};
    private static final double[] BREATHS_CONSUMER = {1.7, 3, 5, REJ, 5};
    private static final double BREATHS_NIGHTLY = 1;
    private static final double BREATHS_NIGHTLY_APNOEA = 3;

    private static final double[] PRESSURE_VALIDATED = {8, 8, 12, REJ, 10};
    private static final double[] PRESSURE_UNVALIDATED = {12, 12, 15, REJ, 14};
    private static final double[] PRESSURE_CUFFLESS = {15, 15, REJ, REJ, 18};

    private static final double[] TEMPERATURE_CLINICAL = {0.2, 0.2, 0.2, 0.4, 0.3};
    private static final double[] TEMPERATURE_MEDICAL = {0.35, 0.35, 0.4, 0.6, 0.5};
    private static final double[] TEMPERATURE_CONSUMER = {0.6, 0.6, 0.7, 0.8, 0.7};
    private static final double SKIN_TEMPERATURE = 0.3;

    private static final double[] WEIGHT_MEDICAL = {0.1, 0.1, NO, NO, 0.2};
    private static final double[] WEIGHT_CONSUMER = {0.3, 0.3, NO, NO, 0.5};

    private static final double[] RMSSD_RING = {0.08, NO, NO, NO, 0.30};
    private static final double[] RMSSD_BAND = {0.11, NO, NO, NO, 0.30};
    private static final double[] RMSSD_WATCH = {0.18, NO, NO, NO, 0.30};
    private static final double[] SDNN_WATCH = {0.36, 0.36, REJ, REJ, 0.40};

    private static final double[] STEPS = {NO, NO, 0.25, 0.20, 0.30};
    private static final double[] SLEEP = {0.5, NO, NO, NO, 0.7};

    private Sigma() {
    }

    /**
     * Without the widening for pigmentation and without sensor warm-up.
     *
     * @param canonicalMilli thousandths of the canonical unit: some uncertainties grow with the value
     * @return 1 sigma, {@link #REJECTED}, or NaN
     */
    public static double of(Vital vital, Device device, Context context, long canonicalMilli, PatientFacts facts) {
        double sigma = table(vital, device, context, canonicalMilli, facts);
        return device.grade() == Grade.UNKNOWN && vital != Vital.GLUCOSE_INTERSTITIAL ? sigma * UNKNOWN_GRADE_FACTOR : sigma;
    }

    /** With the widening for pigmentation, where it is recorded: CR 3.12.2 says when to use it. */
    public static double widened(Vital vital, double sigma, PatientFacts facts) {
        return vital == Vital.SPO2 && facts.widenSpo2() ? sigma * PIGMENTATION_FACTOR : sigma;
    }

    /** For a sensor in its first 24 hours, which the caller knows: wider for a medical glucose sensor, else unchanged. */
    public static double inWarmUp(Vital vital, Device device, double sigma) {
        return vital == Vital.GLUCOSE_INTERSTITIAL && isMedical(device) ? sigma * WARM_UP_FACTOR : sigma;
    }

    public static boolean isRejected(double sigma) {
        return sigma == REJECTED;
    }

    private static double table(Vital vital, Device device, Context context, long canonicalMilli, PatientFacts facts) {
        int column = context.ordinal();
        double value = canonicalMilli / 1_000.0;
        return switch (vital) {
            case HEART_RATE -> pulse(device)[column];
            case SPO2 -> saturation(device, context, canonicalMilli);
            case RESPIRATORY_RATE -> breaths(device, context, facts);
            case BP_SYSTOLIC, BP_DIASTOLIC, BP_MEAN -> pressure(device)[column];
            case BODY_TEMPERATURE -> byGrade(device, TEMPERATURE_CLINICAL, TEMPERATURE_MEDICAL, TEMPERATURE_CONSUMER)[column];
            case SKIN_TEMPERATURE -> SKIN_TEMPERATURE;
            case GLUCOSE_INTERSTITIAL -> interstitial(device, context, value);
            case GLUCOSE_CAPILLARY -> isMedical(device) ? Math.max(7.65, 0.0765 * value) : consumerGlucose(value);
            case BODY_WEIGHT -> byGrade(device, WEIGHT_MEDICAL, WEIGHT_MEDICAL, WEIGHT_CONSUMER)[column];
            case HRV_RMSSD -> value * rmssd(device)[column];
            case HRV_SDNN -> isWatch(device) ? scaled(value, SDNN_WATCH[column]) : NO;
            case INTER_BEAT_INTERVAL -> interBeat(device);
            case STEPS -> isMedical(device) ? NO : value * STEPS[column];
            case SLEEP_DURATION -> isMedical(device) ? NO : SLEEP[column];
            case ECG_RHYTHM, CONSCIOUSNESS, O2_FLOW -> NO;
        };
    }

    private static double[] pulse(Device device) {
        return byGrade(device, PULSE_CLINICAL, PULSE_MEDICAL, switch (device.kind()) {
            case "ring" -> PULSE_RING;
            case "chest-strap" -> PULSE_CHEST_STRAP;
            default -> PULSE_WRIST;
        });
    }

    private static double saturation(Device device, Context context, long canonicalMilli) {
        if (isMedical(device)) {
            return SPO2_MEDICAL[context.ordinal()];
        }
        if (device.kind().equals("finger-oximeter")) {
            return SPO2_CONSUMER_FINGER[context.ordinal()];
        }
        boolean lowAtRest = context == Context.REST && canonicalMilli < 90_000;
        return lowAtRest ? SPO2_WATCH_AT_REST_BELOW_90 : SPO2_WATCH[context.ordinal()];
    }

    /** A consumer device that sends less than hourly sends the mean of a night, whatever context it left out. */
    private static double breaths(Device device, Context context, PatientFacts facts) {
        if (isMedical(device) || VitalLimits.isContinuous(VitalLimits.intervalMillis(Vital.RESPIRATORY_RATE, device))) {
            return byGrade(device, BREATHS_CLINICAL, BREATHS_MEDICAL, BREATHS_CONSUMER)[context.ordinal()];
        }
        if (context != Context.SLEEP && context != Context.UNKNOWN) {
            return NO;
        }
        return facts.sleepApnoea() ? BREATHS_NIGHTLY_APNOEA : BREATHS_NIGHTLY;
    }

    /** Without a cuff the error is one of the method, whatever the grade. */
    private static double[] pressure(Device device) {
        return device.kind().equals("cuffless") ? PRESSURE_CUFFLESS
                : byGrade(device, PRESSURE_VALIDATED, PRESSURE_VALIDATED, PRESSURE_UNVALIDATED);
    }

    private static double interstitial(Device device, Context context, double value) {
        if (!isMedical(device)) {
            return consumerGlucose(value);
        }
        double sigma = Math.max(10, 0.12 * value);
        return context == Context.VIGOROUS ? sigma * 1.3 : sigma;
    }

    private static double consumerGlucose(double value) {
        return Math.max(15, 0.20 * value);
    }

    private static double[] rmssd(Device device) {
        if (isMedical(device)) {
            return NOTHING;
        }
        return switch (device.kind()) {
            case "ring" -> RMSSD_RING;
            case "tracker" -> RMSSD_BAND;
            case "watch" -> RMSSD_WATCH;
            default -> NOTHING;
        };
    }

    private static boolean isWatch(Device device) {
        return !isMedical(device) && device.kind().equals("watch");
    }

    private static double interBeat(Device device) {
        return switch (device.grade()) {
            case CLINICAL -> 5;
            case MEDICAL_HOME -> 10;
            case CONSUMER, UNKNOWN -> 25;
        };
    }

    /** A value of 0 does not make a rejected context valid. */
    private static double scaled(double value, double part) {
        return part == REJ ? REJ : value * part;
    }

    private static double[] byGrade(Device device, double[] clinical, double[] medical, double[] consumer) {
        return switch (device.grade()) {
            case CLINICAL -> clinical;
            case MEDICAL_HOME -> medical;
            case CONSUMER, UNKNOWN -> consumer;
        };
    }

    private static boolean isMedical(Device device) {
        return device.grade() == Grade.CLINICAL || device.grade() == Grade.MEDICAL_HOME;
    }
}
