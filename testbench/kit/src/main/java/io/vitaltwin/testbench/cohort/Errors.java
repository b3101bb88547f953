package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;

/**
 * How far the devices of one person are off. Standard deviations are those that studies found, where the reference has them (CR 4.2), else its
 * table of uncertainties (CR 4.4). How the variance divides into offset, wander and single measurement is a project default, no source: a
 * wrist sensor mostly loses contact for a moment, a fingertip sensor mostly fits a person well or badly, a glucose sensor wanders and shows a
 * smoothed value: two steps of five minutes differ by some 3 mg/dL (median deviation), as in the real traces of the demo.
 */
final class Errors {

    private static final double MINUTE = Equipment.MINUTE;

    // By context: SLEEP, REST, LIGHT, VIGOROUS, UNKNOWN (CR 4.4).
    private static final double[] PULSE_CLINICAL = {1, 1.5, 2.5, 4, 2.5};
    private static final double[] PULSE_MEDICAL = {2, 2.5, 4, 6, 4};
    private static final double[] PULSE_RING = {1.5, 3, 8, 14, 8};
    private static final double[] PULSE_WRIST = {2.5, 4, 8, 12, 9};

    /** CR 4.2: bias by skin pigmentation, % saturation: light, medium, dark. */
    private static final double[] PIGMENT_BIAS = {0.70, 0.27, 1.27};

    private final Person person;
    private final Dice dice;
    private final SensorError pulse;
    private final SensorError wrist;
    private final SensorError finger;
    private final SensorError breaths;
    private final SensorError systolic;
    private final SensorError diastolic;
    private final SensorError celsius;
    private final SensorError weight;
    private final SensorError glucose;

    Errors(long seed, Person person) {
        this.person = person;
        this.dice = Dice.of(seed, person.number(), Dice.Purpose.SENSORS);
        this.pulse = new SensorError(dice, 0, 0.4, 3 * MINUTE);
        this.wrist = new SensorError(dice, 0.15, 0.15, 20 * MINUTE);
        this.finger = new SensorError(dice, 0.5, 0.35, 20 * MINUTE);
        this.breaths = new SensorError(dice, 0, 0.3, 5 * MINUTE);
        this.systolic = new SensorError(dice, 0.4, 0, MINUTE);
        this.diastolic = new SensorError(dice, 0.4, 0, MINUTE);
        this.celsius = new SensorError(dice, 0.4, 0, MINUTE);
        this.weight = new SensorError(dice, 0, 0, MINUTE);
        this.glucose = new SensorError(dice, 0.3, 0.69, 60 * MINUTE, 15 * MINUTE);
    }

    double pulse(Device device, long millis, double truth, Context context) {
        double[] sigmas = switch (device.grade()) {
            case CLINICAL -> PULSE_CLINICAL;
            case MEDICAL_HOME -> PULSE_MEDICAL;
            case CONSUMER, UNKNOWN -> device.kind().equals("ring") ? PULSE_RING : PULSE_WRIST;
        };
        double shown = truth + pulse.at(millis, sigmas[context.ordinal()]);
        boolean artefact = device.grade() == Grade.CONSUMER && dice.chance(0.002);
        return Math.max(25, artefact ? shown + (dice.chance(0.5) ? 1 : -1) * dice.uniform(20, 50) : shown);
    }

    /** Watch: 3.1, below 90 % 4.1 (CR 4.2); fingertip: 3 (CR 4.4) below 90 %, 2 above, where makers promise more (project default, no source). */
    double saturation(Device device, long millis, double truth) {
        boolean consumer = device.grade() == Grade.CONSUMER;
        double error = (consumer ? wrist : finger).at(millis, saturationSigma(consumer, truth));
        double shown = truth + PIGMENT_BIAS[person.skinTone().ordinal()] + error;
        boolean artefact = consumer && dice.chance(0.01);
        return Math.clamp(artefact ? shown - dice.uniform(4, 10) : shown, 50, 100);
    }

    /**
     * What the device shows of this person in most nights, when saturation is lowest: the usual value, the bias of the sensor on this skin, and its offset
     * on this finger or wrist.
     */
    double usualSaturation(Device device) {
        double asleep = person.usual().saturation() - Life.LOWER_ASLEEP;
        boolean consumer = device.grade() == Grade.CONSUMER;
        SensorError sensor = consumer ? wrist : finger;
        return asleep + PIGMENT_BIAS[person.skinTone().ordinal()] + saturationSigma(consumer, asleep) * sensor.offset();
    }

    private static double saturationSigma(boolean consumer, double truth) {
        if (consumer) {
            return truth < 90 ? 4.1 : 3.1;
        }
        return truth < 90 ? 3 : 2;
    }

    double breaths(Device device, long millis, double truth) {
        return Math.max(0, truth + breaths.at(millis, device.grade() == Grade.CLINICAL ? 1 : 2));
    }

    double systolic(Device device, long millis, double truth) {
        return truth + systolic.at(millis, cuff(device));
    }

    double diastolic(Device device, long millis, double truth) {
        return truth + 0.6 * diastolic.at(millis, cuff(device));
    }

    private static double cuff(Device device) {
        return device.grade() == Grade.CONSUMER ? 12 : 8;
    }

    double celsius(Device device, long millis, double truth) {
        return truth + celsius.at(millis, device.grade() == Grade.CLINICAL ? 0.2 : 0.35);
    }

    double kilograms(Device device, long millis, double truth) {
        return truth + weight.at(millis, device.grade() == Grade.CONSUMER ? 0.3 : 0.1);
    }

    double glucose(long millis, double truth) {
        return Math.max(20, truth + glucose.at(millis, Math.max(10, 0.12 * truth)));
    }
}
