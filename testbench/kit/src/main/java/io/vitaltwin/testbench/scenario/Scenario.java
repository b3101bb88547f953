package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.ProvisionType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario file. Every duration counts from {@code start} and may be negative.
 *
 * @param consents empty: each patient permits TREAT for everything, from before the start
 * @param reverseBlocks length of the blocks of arrival time in which records come in reverse; empty: as they are sent
 * @param replay whether the whole log is played once more into an empty application
 */
record Scenario(
        Path file,
        String name,
        String title,
        Instant start,
        Duration until,
        ZoneId timezone,
        List<Patient> patients,
        List<Device> devices,
        Optional<List<Consent>> consents,
        List<Sink> sinks,
        List<Series> series,
        List<Single> records,
        Optional<Duration> reverseBlocks,
        boolean replay,
        Expectations expect) {

    /** Time between measuring and arriving, unless the scenario says otherwise. */
    static final Duration DEFAULT_DELAY = Duration.ofSeconds(2);

    Scenario {
        patients = List.copyOf(patients);
        devices = List.copyOf(devices);
        consents = consents.map(List::copyOf);
        sinks = List.copyOf(sinks);
        series = List.copyOf(series);
        records = List.copyOf(records);
    }

    /** The patient who wears the device. */
    String patientOf(String deviceId) {
        return device(deviceId).patient();
    }

    Device device(String id) {
        return devices.stream().filter(d -> d.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalStateException("scenario " + name + " has no device " + id));
    }

    /** What people do with alerts, in the order of the file. */
    List<Single.Action> actions() {
        return records.stream().filter(Single.Action.class::isInstance).map(Single.Action.class::cast).toList();
    }

    /**
     * @param oxygen the active prescription, {@code air} or {@code oxygen}
     * @param monitor empty: every vital that the patient's devices may send
     * @param rules rule -> parameter -> value
     */
    record Patient(
            String id,
            Optional<LocalDate> birthDate,
            String sex,
            Map<String, String> attributes,
            List<String> conditions,
            int spo2Scale,
            Optional<String> oxygen,
            List<String> monitor,
            Map<String, Duration> cadence,
            Map<String, Map<String, Double>> rules,
            boolean news2,
            List<Baseline> baselines) {

        Patient {
            attributes = inOrder(attributes);
            conditions = List.copyOf(conditions);
            monitor = List.copyOf(monitor);
            cadence = inOrder(cadence);
            rules = inOrder(rules);
            baselines = List.copyOf(baselines);
        }
    }

    /** A personal baseline known from before, in the vital's canonical unit. */
    record Baseline(String vital, ActivityContext context, double median, double mad, int days) {
    }

    /** @param registered false: the registry does not know it, and its grade is only its claim */
    record Device(
            String id,
            String patient,
            String kind,
            DeviceGrade grade,
            List<String> vitals,
            Optional<Duration> interval,
            boolean registered) {

        Device {
            vitals = List.copyOf(vitals);
        }
    }

    /**
     * @param at when it is recorded
     * @param effective from when on it is meant to hold
     */
    record Consent(Duration at, Duration effective, String patient, ConsentStatus status, List<Rule> rules) {

        Consent {
            rules = List.copyOf(rules);
        }
    }

    /** One provision; an empty list or an empty bound means any. */
    record Rule(ProvisionType type, List<String> purposes, List<String> vitals, Period period, Period dataPeriod) {

        Rule {
            purposes = List.copyOf(purposes);
            vitals = List.copyOf(vitals);
        }
    }

    /** Start included, end excluded; empty: open. */
    record Period(Optional<Duration> from, Optional<Duration> to) {

        static final Period ANY = new Period(Optional.empty(), Optional.empty());
    }

    /** Someone else who asks for every reading. */
    record Sink(String id, String purpose) {
    }

    /**
     * How things travel.
     *
     * @param delay arrival after effective time
     * @param copies how often each record is sent, at least 1
     */
    record Transport(Duration delay, int copies) {

        static final Transport DEFAULT = new Transport(DEFAULT_DELAY, 1);
    }

    /**
     * Readings of one vital at a rhythm.
     *
     * @param every time from one value to the next; ignored when {@code beats}
     * @param beats each value is the time to the next beat in milliseconds
     * @param contexts as many as values
     * @param clockOffset added to the effective time that the device stamps, not to the arrival
     * @param batch readings per record
     */
    record Series(
            String device,
            String vital,
            String unit,
            Duration from,
            Duration every,
            boolean beats,
            List<Sample> values,
            List<ActivityContext> contexts,
            Transport transport,
            Duration clockOffset,
            int batch) {

        Series {
            values = List.copyOf(values);
            contexts = List.copyOf(contexts);
        }
    }

    /** Something that happens once. */
    sealed interface Single {

        Duration at();

        Transport transport();

        /** One record of one device with several vitals. */
        record Readings(Duration at, String device, Map<String, Quantity> values, ActivityContext context, Transport transport)
                implements Single {

            public Readings {
                values = inOrder(values);
            }
        }

        record Symptom(Duration at, String patient, String symptom, Transport transport) implements Single {}

        record Dispute(Duration at, String patient, String rule, Transport transport) implements Single {}

        /** @param kind acknowledge, snooze, resolve or comment */
        record Action(
                Duration at,
                String patient,
                String kind,
                String rule,
                Optional<String> by,
                Optional<Duration> length,
                Optional<String> text,
                Transport transport) implements Single {}
    }

    record Quantity(Sample value, String unit) {
    }

    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
