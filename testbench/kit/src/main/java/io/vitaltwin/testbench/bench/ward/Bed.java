package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;

import java.util.Set;

/**
 * The devices at a bed, as the registry would know them. Of charted values the interval is that of charting: an hour.
 *
 * <p>CONSUMER is a what-if: the same numbers as if a watch and an unvalidated cuff had sent them.
 */
enum Bed {
    MONITOR("kit", "watch", 60, Vital.HEART_RATE, Vital.RESPIRATORY_RATE),
    OXIMETER("finger-oximeter", "watch", 60, Vital.SPO2),
    CUFF("cuff", "cuff", 60, Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC),
    ARTERIAL_LINE("arterial-line", "cuffless", 60, Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC),
    THERMOMETER("thermometer", "thermometer", 240, Vital.BODY_TEMPERATURE),
    NURSE("manual", "manual", 240, Vital.CONSCIOUSNESS, Vital.O2_FLOW);

    private static final long MINUTE = 60_000;

    private final String kind;
    private final String consumerKind;
    private final long minutes;
    private final Set<Vital> vitals;

    Bed(String kind, String consumerKind, long minutes, Vital... vitals) {
        this.kind = kind;
        this.consumerKind = consumerKind;
        this.minutes = minutes;
        this.vitals = Set.of(vitals);
    }

    String id() {
        return name();
    }

    /** @param spot the continuous ones are registered as spot devices: an interval just above an hour, which allows a day before a reading is late */
    Device device(Grade grade, boolean spot) {
        boolean consumer = grade == Grade.CONSUMER && this != NURSE;
        long interval = (spot && minutes <= 60 ? 61 : minutes) * MINUTE;
        return new Device(id(), consumer ? consumerKind : kind, consumer ? grade : Grade.CLINICAL, vitals, interval, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
