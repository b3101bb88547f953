package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.testbench.scenario.Scenario.Series;
import io.vitaltwin.testbench.scenario.Scenario.Single;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a device or a patient sends as one record, before anything is known about the others on the way. */
sealed interface Shipment {

    Instant arrival();

    int copies();

    /** @param clockOffset how far the device's clock is ahead, and so all its stamps */
    record Batch(String device, List<Reading> readings, Duration clockOffset, Instant arrival, int copies) implements Shipment {

        public Batch {
            readings = List.copyOf(readings);
        }

        /** The record, as the device's {@code sequence}th from 0. */
        ReadingBatch asRecord(long sequence) {
            return ReadingBatch.newBuilder().setBatchId(device + "-" + sequence).setDeviceId(device)
                    .setSentAt(arrival.plus(clockOffset)).setSequence(sequence).setReadings(readings).build();
        }
    }

    record Report(PatientReport report, Instant arrival, int copies) implements Shipment {
    }

    static List<Shipment> of(Scenario scenario, Series series) {
        List<Shipment> shipments = new ArrayList<>();
        List<Reading> waiting = new ArrayList<>();
        Instant lastEffective = scenario.start();
        Instant effective = scenario.start().plus(series.from());
        for (int i = 0; i < series.values().size(); i++) {
            Sample sample = series.values().get(i);
            if (!(sample instanceof Sample.Nothing)) {
                waiting.add(Reading.newBuilder().setVital(series.vital()).setEffectiveTime(millis(effective.plus(series.clockOffset())))
                        .setValue(avro(sample)).setUnit(series.unit()).setContext(series.contexts().get(i)).build());
                lastEffective = effective;
            }
            if (waiting.size() == series.batch()) {
                shipments.add(batch(series, waiting, lastEffective));
                waiting.clear();
            }
            effective = effective.plus(step(series, sample));
        }
        if (!waiting.isEmpty()) {
            shipments.add(batch(series, waiting, lastEffective));
        }
        return shipments;
    }

    /** Actions are no shipments: they are for the workflow of alerts, see {@link Deeds}. */
    static List<Shipment> of(Scenario scenario, Single single, int number) {
        Instant at = millis(scenario.start().plus(single.at()));
        Instant arrival = millis(at.plus(single.transport().delay()));
        int copies = single.transport().copies();
        return switch (single) {
            case Single.Readings r -> List.of(new Batch(r.device(), readings(r, at), Duration.ZERO, arrival, copies));
            case Single.Symptom s -> List.of(new Report(report(s.patient(), number, at, ReportKind.SYMPTOM)
                    .setSymptom(s.symptom()).build(), arrival, copies));
            case Single.Dispute d -> List.of(new Report(report(d.patient(), number, at, ReportKind.DISPUTE)
                    .setDisputedRule(d.rule()).build(), arrival, copies));
            case Single.Action a -> List.of();
        };
    }

    private static Batch batch(Series series, List<Reading> readings, Instant lastEffective) {
        return new Batch(series.device(), readings, series.clockOffset(), millis(lastEffective.plus(series.transport().delay())),
                series.transport().copies());
    }

    private static Duration step(Series series, Sample sample) {
        return series.beats() && sample instanceof Sample.Number interval
                ? Duration.ofNanos(Math.round(interval.value() * 1e6)) : series.every();
    }

    private static List<Reading> readings(Single.Readings single, Instant at) {
        List<Reading> readings = new ArrayList<>();
        single.values().forEach((vital, quantity) -> readings.add(Reading.newBuilder().setVital(vital).setEffectiveTime(at)
                .setValue(avro(quantity.value())).setUnit(quantity.unit()).setContext(single.context()).build()));
        return readings;
    }

    private static PatientReport.Builder report(String patient, int number, Instant at, ReportKind kind) {
        return PatientReport.newBuilder().setReportId(patient + "-report-" + number).setPatientId(patient).setEffectiveTime(at)
                .setKind(kind);
    }

    /** As exact as a record can say it. */
    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The value in Avro's words, where no value is null. */
    private static @Nullable Object avro(Sample sample) {
        return switch (sample) {
            case Sample.Number n -> n.value();
            case Sample.Text t -> t.value();
            case Sample.Nothing n -> null;
        };
    }
}
