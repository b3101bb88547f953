package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices of a person. Grade and rhythm are drawn apart from the person; which vitals are measured follows from the conditions, and is the
 * same for every grade. No consumer device is used on the ward.
 *
 * @param grade of all that comes in several grades: wearable, oximeter, cuff, scale. A glucose sensor is always MEDICAL_HOME, and a prescribed
 *        saturation target is watched with a medical oximeter, never with a watch (project default, no source)
 * @param pulseMinutes minutes between two pulses of the wearable, 1 or 5
 * @param cadence what the care plan expects where it differs from the device, in milliseconds
 */
public record Equipment(Grade grade, int pulseMinutes, List<Device> devices, Map<Vital, Long> cadence) {

    static final String WEARABLE = "wearable";
    static final String OXIMETER = "oximeter";
    static final String CUFF = "cuff";
    static final String SCALE = "scale";
    static final String SENSOR = "cgm";
    static final String CAPNOGRAPH = "capnograph";
    static final String KIT = "kit";
    /** The rhythm check of a watch: beats when it is used, no rhythm of its own. */
    static final String RHYTHM = "rhythm";

    static final long MINUTE = Duration.ofMinutes(1).toMillis();
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    /** A day, in milliseconds. */
    public static final long DAY_MILLIS = DAY;

    public Equipment {
        devices = List.copyOf(devices);
        cadence = Map.copyOf(cadence);
    }

    Optional<Device> device(Person person, String name) {
        String id = id(person, name);
        return devices.stream().filter(device -> device.id().equals(id)).findFirst();
    }

    static String id(Person person, String name) {
        return person.id() + "-" + name;
    }

    static Equipment draw(long seed, Person person) {
        Dice dice = Dice.of(seed, person.number(), Dice.Purpose.EQUIPMENT);
        double share = dice.uniform();
        Grade grade = share < 0.50 ? Grade.CONSUMER : share < 0.80 ? Grade.MEDICAL_HOME : Grade.CLINICAL;
        boolean ring = dice.chance(0.2);
        int minutes = dice.chance(0.5) ? 1 : 5;
        if (person.ward()) {
            return ward(person, grade == Grade.CLINICAL ? Grade.CLINICAL : Grade.MEDICAL_HOME);
        }
        List<Device> devices = new ArrayList<>();
        boolean consumer = grade == Grade.CONSUMER;
        boolean prescribed = person.has(Person.Condition.HYPERCAPNIA);
        if (consumer) {
            devices.add(device(person, WEARABLE, ring ? "ring" : "watch", grade, minutes * MINUTE,
                    prescribed ? Set.of(Vital.HEART_RATE, Vital.STEPS) : Set.of(Vital.HEART_RATE, Vital.SPO2, Vital.STEPS)));
            if (!ring) {
                devices.add(device(person, RHYTHM, "watch", grade, 0, Set.of(Vital.INTER_BEAT_INTERVAL)));
            }
        } else {
            devices.add(device(person, WEARABLE, "patch", grade, minutes * MINUTE, Set.of(Vital.HEART_RATE, Vital.STEPS)));
        }
        if (prescribed || !consumer) {
            devices.add(device(person, OXIMETER, "finger-oximeter", consumer ? Grade.MEDICAL_HOME : grade, MINUTE, Set.of(Vital.SPO2)));
        }
        addForConditions(person, consumer, devices);
        return new Equipment(grade, minutes, devices, sessions());
    }

    private static void addForConditions(Person person, boolean consumer, List<Device> devices) {
        Grade home = consumer ? Grade.CONSUMER : Grade.MEDICAL_HOME;
        if (person.has(Person.Condition.HYPERTENSION)) {
            devices.add(device(person, CUFF, "cuff", home, 12 * HOUR, Set.of(Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC)));
        }
        if (person.has(Person.Condition.HEART_FAILURE)) {
            devices.add(device(person, SCALE, "scale", home, DAY, Set.of(Vital.BODY_WEIGHT)));
        }
        if (person.has(Person.Condition.DIABETES)) {
            devices.add(device(person, SENSOR, "cgm", Grade.MEDICAL_HOME, 5 * MINUTE, Set.of(Vital.GLUCOSE_INTERSTITIAL)));
        }
        if (person.has(Person.Condition.OPIOIDS)) {
            devices.add(device(person, CAPNOGRAPH, "capnograph", Grade.CLINICAL, MINUTE, Set.of(Vital.RESPIRATORY_RATE)));
        }
    }

    private static Equipment ward(Person person, Grade grade) {
        Device kit = device(person, KIT, "kit", grade, 12 * HOUR, Set.of(Vital.RESPIRATORY_RATE, Vital.SPO2, Vital.O2_FLOW, Vital.BP_SYSTOLIC,
                Vital.BP_DIASTOLIC, Vital.HEART_RATE, Vital.CONSCIOUSNESS, Vital.BODY_TEMPERATURE));
        return new Equipment(grade, 0, List.of(kit), Map.of());
    }

    /** What is measured by the session or the night and not all day long: at least once a day. Steps are sent when there are any. */
    private static Map<Vital, Long> sessions() {
        Map<Vital, Long> cadence = new EnumMap<>(Vital.class);
        cadence.put(Vital.SPO2, DAY);
        cadence.put(Vital.STEPS, DAY);
        cadence.put(Vital.RESPIRATORY_RATE, DAY);
        return cadence;
    }

    private static Device device(Person person, String name, String kind, Grade grade, long interval, Set<Vital> vitals) {
        return new Device(id(person, name), kind, grade, vitals, interval, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
