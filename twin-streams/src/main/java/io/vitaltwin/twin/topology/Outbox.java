package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.rules.News2Rules;
import io.vitaltwin.twin.core.rules.Turn;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the gate's own records go. Header names of dead letters are those of Kafka's own dead letter queue (KIP-1034). */
final class Outbox {

    private final ProcessorContext<String, Object> context;
    private final String readingsTopic;
    private final ToAvro toAvro;
    private final TwinMetrics metrics;

    Outbox(ProcessorContext<String, Object> context, String readingsTopic, TwinMetrics metrics) {
        this.context = context;
        this.readingsTopic = readingsTopic;
        this.toAvro = new ToAvro(readingsTopic, context.taskId().partition());
        this.metrics = metrics;
    }

    /** Partition of this task: that of every record of its patients. */
    int partition() {
        return context.taskId().partition();
    }

    /** The step as a record to the next processor. */
    Record<String, Object> step(Step step) {
        return new Record<>(step.visit().patient, step, step.visit().nowMillis);
    }

    void next(Step step) {
        context.forward(step(step), GateProcessor.NEXT);
    }

    void violations(Visit visit, List<Violation> violations) {
        for (Violation violation : violations) {
            metrics.violation(violation.reason().name(), violation.count());
            context.forward(new Record<>(visit.patient, (Object) ToAvro.violation(visit.patient, violation), visit.nowMillis),
                    GateProcessor.VIOLATIONS);
        }
    }

    void disclosure(Visit visit, Disclosure disclosure) {
        context.forward(new Record<>(visit.patient, (Object) disclosure, visit.nowMillis), GateProcessor.DISCLOSURES);
    }

    void notification(Visit visit, Notification notification) {
        context.forward(new Record<>(visit.patient, (Object) notification, visit.nowMillis), GateProcessor.NOTIFICATIONS);
    }

    /** DQ-22. @param untilMillis end of the registration, excluded; Long.MAX_VALUE when open */
    void sighting(Visit visit, Device device, long effectiveMillis, long untilMillis) {
        context.forward(new Record<>(device.serialHash(), (Object) ToAvro.sighting(visit, device, effectiveMillis, untilMillis), visit.nowMillis),
                GateProcessor.SIGHTINGS);
    }

    void snapshot(Visit visit, int stateBytes) {
        Turn turn = new Turn(visit.twin, visit.plan, visit.nowMillis, change -> {
            throw new IllegalStateException("a score for a snapshot raises nothing");
        });
        Object snapshot = toAvro.snapshot(visit, News2Rules.score(turn, visit.nowMillis), stateBytes);
        context.forward(new Record<>(visit.patient, snapshot, visit.nowMillis), GateProcessor.SNAPSHOTS);
    }

    /** Takes the patient's snapshot off the topic. */
    void noSnapshot(String patient, long nowMillis) {
        context.forward(new Record<>(patient, (Object) null, nowMillis), GateProcessor.SNAPSHOTS);
    }

    void deadLetter(String patient, byte[] bytes, DeadReason reason, RecordMetadata from, long nowMillis) {
        deadLetter(patient, bytes, reason, from.topic(), from.partition(), from.offset(), nowMillis);
    }

    /** A reading of the readings topic that nobody can read or convert. */
    void deadReading(String patient, byte[] bytes, DeadReason reason, int partition, long offset, long nowMillis) {
        deadLetter(patient, bytes, reason, readingsTopic, partition, offset, nowMillis);
    }

    private void deadLetter(String patient, byte[] bytes, DeadReason reason, String topic, int partition, long offset, long nowMillis) {
        metrics.dead(reason.code());
        context.forward(new Record<>(patient, (Object) bytes, nowMillis, headers(reason, topic, partition, offset)), GateProcessor.DEAD_LETTERS);
    }

    static Headers headers(DeadReason reason, String topic, int partition, long offset) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, "__streams.errors.exception", reason.code());
        add(headers, "__streams.errors.message", reason.message());
        add(headers, "__streams.errors.topic", topic);
        add(headers, "__streams.errors.partition", Integer.toString(partition));
        add(headers, "__streams.errors.offset", Long.toString(offset));
        add(headers, "vitaltwin.reason", reason.code());
        if (reason.index() >= 0) {
            add(headers, "vitaltwin.index", Integer.toString(reason.index()));
        }
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
