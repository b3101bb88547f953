package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Vital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Patients for tests, written minute by minute. */
final class Patients {

    static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    static final long MINUTE = 60_000;

    private final List<WardReading> readings = new ArrayList<>();
    private final List<WardPatient.StaffLimit> limits = new ArrayList<>();

    static Patients one() {
        return new Patients();
    }

    Patients at(long minute, Bed bed, Vital vital, double value) {
        return at(minute, minute, bed, vital, value);
    }

    Patients at(long minute, long storedMinute, Bed bed, Vital vital, double value) {
        readings.add(new WardReading(bed, vital, Values.of(vital, Math.round(value * 1_000)), T0 + minute * MINUTE, T0 + storedMinute * MINUTE));
        return this;
    }

    Patients oxygen(long minute, boolean given) {
        readings.add(new WardReading(Bed.NURSE, Vital.O2_FLOW, Values.oxygen(given), T0 + minute * MINUTE, T0 + minute * MINUTE));
        return this;
    }

    Patients awake(long minute, char letter) {
        readings.add(new WardReading(Bed.NURSE, Vital.CONSCIOUSNESS, Values.consciousness(letter), T0 + minute * MINUTE, T0 + minute * MINUTE));
        return this;
    }

    /** One value an hour. */
    Patients hourly(Bed bed, Vital vital, double... values) {
        for (int hour = 0; hour < values.length; hour++) {
            at(60L * hour, bed, vital, values[hour]);
        }
        return this;
    }

    Patients limit(long minute, StaffLimits.Side side, double value) {
        limits.add(new WardPatient.StaffLimit(side, T0 + minute * MINUTE, Math.round(value * 1_000)));
        return this;
    }

    WardPatient alive() {
        return patient(false);
    }

    WardPatient dead() {
        return patient(true);
    }

    private WardPatient patient(boolean died) {
        long end = readings.stream().mapToLong(WardReading::effectiveMillis).max().orElse(T0);
        return new WardPatient("p", readings, died, end, limits);
    }
}
