package io.vitaltwin.testbench.verify;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topics;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether the evidence of alert events is what lies at its place in the log. */
final class EvidenceCheck {

    /** Reasons that say that the time of a reading is not the one that the device stamped. */
    private static final Set<String> OTHER_TIME = Set.of("CLOCK_CORRECTED");

    private final Topics topics;
    private final AvroSerde<ReadingBatch> readings;
    private final AvroSerde<PatientReport> reports;
    /** Records that some evidence names, by topic and offset. */
    private final Map<Place, Optional<byte[]>> named = new HashMap<>();

    private record Place(String topic, long offset) {
    }

    EvidenceCheck(Topics topics, SchemaIds ids, Iterable<AlertEvent> events) {
        this.topics = topics;
        this.readings = new AvroSerde<>(topics.readings(), ids);
        this.reports = new AvroSerde<>(topics.reports(), ids);
        for (AlertEvent event : events) {
            event.getEvidence().forEach(evidence -> named.put(new Place(evidence.getTopic(), evidence.getOffset()), Optional.empty()));
        }
    }

    /** Keeps a record if some evidence names it. */
    void take(LogRecord record) {
        Place place = new Place(record.topic(), record.offset());
        if (named.containsKey(place)) {
            named.put(place, Optional.ofNullable(record.value()));
        }
    }

    /** Whether everything that the event rests on is still in the log. @param beginnings the first offset that is there, by topic */
    static boolean isThere(AlertEvent event, Map<String, Long> beginnings) {
        return event.getEvidence().stream()
                .allMatch(evidence -> evidence.getOffset() >= beginnings.getOrDefault(evidence.getTopic(), Long.MAX_VALUE));
    }

    /** What is not as the event says; empty when all is. Never a measured value. */
    Set<String> differences(AlertEvent event) {
        Set<String> differences = new HashSet<>();
        for (Evidence evidence : event.getEvidence()) {
            difference(evidence).ifPresent(difference -> differences.add(evidence.getTopic() + "@" + evidence.getOffset() + "#"
                    + evidence.getIndex() + ": " + difference));
        }
        return differences;
    }

    private Optional<String> difference(Evidence evidence) {
        Optional<byte[]> bytes = named.getOrDefault(new Place(evidence.getTopic(), evidence.getOffset()), Optional.empty());
        if (bytes.isEmpty()) {
            return Optional.of("no such record");
        }
        try {
            if (evidence.getTopic().equals(topics.reports().name())) {
                PatientReport report = reports.deserialize(evidence.getTopic(), bytes.get());
                return report != null && report.getEffectiveTime().equals(evidence.getEffectiveTime()) ? Optional.empty() : Optional.of("another report");
            }
            return difference(evidence, readings.deserialize(evidence.getTopic(), bytes.get()));
        } catch (SchemaProblem e) {
            return Optional.of("cannot be read: " + e.kind());
        }
    }

    private static Optional<String> difference(Evidence evidence, @Nullable ReadingBatch batch) {
        if (batch == null || evidence.getIndex() >= batch.getReadings().size()) {
            return Optional.of("no such reading");
        }
        Reading reading = batch.getReadings().get(evidence.getIndex());
        boolean sameTime = reading.getEffectiveTime().equals(evidence.getEffectiveTime())
                || evidence.getReasons().stream().anyMatch(OTHER_TIME::contains);
        if (!batch.getDeviceId().equals(evidence.getDeviceId()) || !reading.getVital().equals(evidence.getVital())
                || !reading.getUnit().equals(evidence.getUnit()) || !sameTime) {
            return Optional.of("another reading");
        }
        return isSame(reading.getValue(), evidence.getValue(), evidence.getReasons()) ? Optional.empty() : Optional.of("another value");
    }

    /** A bound is shown as its limit, and values are kept in thousandths. */
    private static boolean isSame(@Nullable Object sent, @Nullable Object shown, List<String> reasons) {
        if (sent instanceof Double a && shown instanceof Double b) {
            return Math.abs(a - b) < 0.000501;
        }
        return reasons.contains("CENSORED") || Objects.equals(sent, shown);
    }
}
