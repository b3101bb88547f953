package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.testbench.scenario.Input.Kind;
import io.vitaltwin.testbench.scenario.Scenario.Consent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every record of a scenario with its append time, in the order of arrival. Within one instant: patients, consents, readings, reports,
 * tick. The same scenario gives the same plan, byte for byte.
 */
final class ScenarioPlan {

    /**
     * Ticks go on for this long after the end, so that what is counted up by the minute comes out. Of what else comes out then nothing
     * is looked at: see {@link Observed#until}.
     */
    static final Duration CLOSING = Duration.ofMinutes(2);

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int PARTITION = 0;

    private final Scenario scenario;
    private final List<Input> inputs = new ArrayList<>();
    private final List<SentReading> sent = new ArrayList<>();

    private ScenarioPlan(Scenario scenario) {
        this.scenario = scenario;
    }

    static ScenarioPlan of(Scenario scenario) {
        ScenarioPlan plan = new ScenarioPlan(scenario);
        List<Parcel> parcels = plan.parcels();
        List<Parcel> ordered = scenario.reverseBlocks().map(length -> plan.reversed(parcels, length)).orElse(parcels);
        plan.introducePeople(ordered);
        ordered.forEach(parcel -> plan.inputs.add(parcel.input()));
        plan.inputs.sort(Comparator.comparing(Input::arrival).thenComparing(Input::kind));
        plan.numberReadings(ordered);
        return plan;
    }

    Scenario scenario() {
        return scenario;
    }

    /** All but the ticks. */
    List<Input> inputs() {
        return List.copyOf(inputs);
    }

    /** Every reading of every record, copies too, in the order of arrival. */
    List<SentReading> sent() {
        return List.copyOf(sent);
    }

    /** The last instant that counts: of the scenario's time, or of the last arrival when that is later. */
    Instant end() {
        Instant until = scenario.start().plus(scenario.until());
        return inputs.isEmpty() || inputs.getLast().arrival().isBefore(until) ? until : inputs.getLast().arrival();
    }

    /** All inputs and the ticks between them, without holding the ticks of many days in memory. */
    void forEach(Consumer<Input> taker) {
        Instant until = scenario.start().plus(scenario.until());
        Instant tick = scenario.start();
        for (Input input : inputs) {
            for (; tick.isBefore(input.arrival()) && !tick.isAfter(until); tick = tick.plus(TICK)) {
                taker.accept(tick(tick));
            }
            taker.accept(input);
        }
        for (; !tick.isAfter(until); tick = tick.plus(TICK)) {
            taker.accept(tick(tick));
        }
        Instant closed = end().plus(CLOSING);
        for (tick = end().plus(TICK); !tick.isAfter(closed); tick = tick.plus(TICK)) {
            taker.accept(tick(tick));
        }
    }

    private static Input tick(Instant time) {
        return new Input(Kind.TICK, time, "", new Tick(PARTITION, time));
    }

    private List<Parcel> parcels() {
        List<Shipment> shipments = new ArrayList<>();
        scenario.series().forEach(series -> shipments.addAll(Shipment.of(scenario, series)));
        for (int i = 0; i < scenario.records().size(); i++) {
            shipments.addAll(Shipment.of(scenario, scenario.records().get(i), i));
        }
        shipments.sort(Comparator.comparing(Shipment::arrival));
        Map<String, Long> sequences = new HashMap<>();
        List<Parcel> parcels = new ArrayList<>();
        for (Shipment shipment : shipments) {
            Parcel parcel = parcel(shipment, sequences);
            for (int copy = 0; copy < shipment.copies(); copy++) {
                parcels.add(new Parcel(parcel.input(), parcel.clockOffset(), copy > 0));
            }
        }
        return parcels;
    }

    private Parcel parcel(Shipment shipment, Map<String, Long> sequences) {
        return switch (shipment) {
            case Shipment.Batch batch -> {
                long sequence = sequences.merge(batch.device(), 1L, Long::sum) - 1;
                yield new Parcel(new Input(Kind.READING, batch.arrival(), scenario.patientOf(batch.device()), batch.asRecord(sequence)),
                        batch.clockOffset(), false);
            }
            case Shipment.Report report -> new Parcel(
                    new Input(Kind.REPORT, report.arrival(), report.report().getPatientId(), report.report()), Duration.ZERO, false);
        };
    }

    /** Within each block the instants of arrival stay, and what arrives at them comes in reverse. Blocks are counted from the start. */
    private List<Parcel> reversed(List<Parcel> parcels, Duration length) {
        Map<Long, List<Parcel>> blocks = new TreeMap<>();
        for (Parcel parcel : parcels) {
            long millis = Duration.between(scenario.start(), parcel.input().arrival()).toMillis();
            blocks.computeIfAbsent(Math.floorDiv(millis, length.toMillis()), b -> new ArrayList<>()).add(parcel);
        }
        return blocks.values().stream().flatMap(ScenarioPlan::reversed).toList();
    }

    private static Stream<Parcel> reversed(List<Parcel> block) {
        List<Parcel> turned = new ArrayList<>(block.size());
        for (int i = 0; i < block.size(); i++) {
            turned.add(block.get(block.size() - 1 - i).arrivingAt(block.get(i).input().arrival()));
        }
        return turned.stream();
    }

    /**
     * Care plans come a second before anything can happen, so that no device seems silent for a time that the scenario does not tell of.
     */
    private void introducePeople(List<Parcel> parcels) {
        CarePlans plans = new CarePlans(scenario);
        Instant first = parcels.stream().map(parcel -> parcel.input().arrival()).filter(scenario.start()::isAfter)
                .min(Comparator.naturalOrder()).orElse(scenario.start());
        Instant before = first.minusSeconds(1);
        scenario.patients().forEach(patient -> inputs.add(new Input(Kind.PATIENT, before, patient.id(), plans.context(patient))));
        Optional<List<Consent>> consents = scenario.consents();
        if (consents.isPresent()) {
            addConsents(consents.get(), plans);
        } else {
            Instant effective = earliestStamp(parcels).filter(before::isAfter).orElse(before);
            scenario.patients().forEach(patient ->
                    inputs.add(new Input(Kind.CONSENT, before, patient.id(), plans.everything(patient.id(), effective))));
        }
    }

    private void addConsents(List<Consent> consents, CarePlans plans) {
        Map<String, Integer> versions = new HashMap<>();
        consents.stream().sorted(Comparator.comparing(Consent::at)).forEach(consent -> inputs.add(new Input(Kind.CONSENT,
                scenario.start().plus(consent.at()), consent.patient(),
                plans.consent(consent, versions.merge(consent.patient(), 1, Integer::sum)))));
    }

    private static Optional<Instant> earliestStamp(List<Parcel> parcels) {
        return parcels.stream().flatMap(parcel -> parcel.readings().stream()).map(Reading::getEffectiveTime)
                .min(Comparator.naturalOrder());
    }

    private void numberReadings(List<Parcel> parcels) {
        List<Parcel> batches = parcels.stream().filter(parcel -> parcel.input().kind() == Kind.READING)
                .sorted(Comparator.comparing((Parcel parcel) -> parcel.input().arrival())).toList();
        for (int offset = 0; offset < batches.size(); offset++) {
            Parcel parcel = batches.get(offset);
            List<Reading> readings = parcel.readings();
            for (int index = 0; index < readings.size(); index++) {
                Reading reading = readings.get(index);
                sent.add(new SentReading(parcel.input().key(), ((ReadingBatch) parcel.input().value()).getDeviceId(), reading.getVital(),
                        reading.getEffectiveTime(), parcel.clockOffset(), parcel.input().arrival(), parcel.copy(), offset, index));
            }
        }
    }

    private record Parcel(Input input, Duration clockOffset, boolean copy) {

        List<Reading> readings() {
            return input.value() instanceof ReadingBatch batch ? batch.getReadings() : List.of();
        }

        Parcel arrivingAt(Instant arrival) {
            return new Parcel(new Input(input.kind(), arrival, input.key(), input.value()), clockOffset, copy);
        }
    }
}
