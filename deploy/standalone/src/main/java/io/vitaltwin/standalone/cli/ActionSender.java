package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.WorkflowEventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Sends one action and tells what became of it. */
final class ActionSender {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ClusterOptions cluster;
    private final ActorOptions options;

    ActionSender(ClusterOptions cluster, ActorOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    /**
     * @param alertId whole, or its beginning if no other alert of the worklist begins so
     * @return exit code: 1 when it was refused or nobody answered
     */
    int send(String alertId, Consumer<AlertAction.Builder> details) {
        AlertAction.Builder action = AlertAction.newBuilder().setActionId(UUID.randomUUID().toString()).setActor(options.actor()).setTime(Instant.now());
        address(action, alertId);
        details.accept(action);
        AlertAction built = action.build();
        Topic<AlertWorkflowEvent> answers = cluster.topics().alertWorkflow();
        try (TopicReader reader = new TopicReader(cluster, answers); AvroSerde<AlertWorkflowEvent> serde = new AvroSerde<>(answers, cluster.schemaIds())) {
            reader.fromEnd();
            Topic<AlertAction> topic = cluster.topics().alertActions();
            RecordWriter.writeQuietly(cluster, topic, producer -> List.of(new ProducerRecord<>(topic.name(), built.getPatientId(), built)));
            return options.longestWait().isZero() ? print(built, Optional.empty()) : print(built, await(reader, serde, built));
        }
    }

    /** Whose alert it is, and how urgent it was when it was looked up. */
    private void address(AlertAction.Builder action, String alertId) {
        List<WorklistLog.Row> found = WorklistLog.read(cluster).rows().stream()
                .filter(row -> row.alert().getAlertId().startsWith(alertId))
                .filter(row -> options.patient().isEmpty() || row.patient().equals(options.patient())).toList();
        if (found.size() == 1 && !alertId.isEmpty()) {
            WorklistLog.Row row = found.getFirst();
            action.setAlertId(row.alert().getAlertId()).setPatientId(row.patient()).setSeenPriority(row.alert().getPriority());
        } else if (found.isEmpty() && !options.patient().isEmpty()) {
            action.setAlertId(alertId).setPatientId(options.patient());
        } else {
            throw CliException.failed(found.isEmpty()
                    ? "no such alert in " + cluster.topics().worklist().name() + "; './vitaltwin alert list' shows them, and --patient is needed for one that is resolved"
                    : found.size() + " open alerts have ids that begin so: give more of it");
        }
    }

    private Optional<AlertWorkflowEvent> await(TopicReader reader, AvroSerde<AlertWorkflowEvent> serde, AlertAction action) {
        long end = System.nanoTime() + options.longestWait().toNanos();
        while (System.nanoTime() - end < 0) {
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                Optional<AlertWorkflowEvent> event = event(serde, record).filter(answer -> answer.getActionId().equals(action.getActionId()));
                if (event.isPresent()) {
                    return event;
                }
            }
        }
        throw CliException.failed("sent, but nothing was said about it within " + options.longestWait().toSeconds()
                + " s; does './vitaltwin run alerts' run? What it says will be in " + cluster.topics().alertWorkflow().name());
    }

    /** A record that cannot be read is not the answer that is waited for. */
    private static Optional<AlertWorkflowEvent> event(AvroSerde<AlertWorkflowEvent> serde, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(serde.deserialize(record.topic(), record.value()));
        } catch (SchemaProblem problem) {
            if (problem.kind().isOfTheRecord()) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    private int print(AlertAction action, Optional<AlertWorkflowEvent> answer) {
        boolean refused = answer.filter(event -> event.getType() == WorkflowEventType.REFUSED).isPresent();
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("actionId", action.getActionId());
            line.put("alertId", action.getAlertId());
            line.put("result", answer.map(event -> event.getType().name()).orElse("SENT"));
            answer.ifPresent(event -> line.put("state", event.getState() == null ? null : event.getState().name()));
            answer.filter(event -> refused).ifPresent(event -> line.put("refusal", event.getRefusal()));
            cluster.printJson(line);
        } else if (!refused) {
            cluster.out().println(answer.map(event -> event.getType() + ": the alert is " + event.getState()).orElse("sent") + "; action " + action.getActionId());
        }
        if (refused) {
            AlertWorkflowEvent event = answer.orElseThrow();
            cluster.err().println("vitaltwin: refused, " + event.getRefusal() + ": " + event.getReason());
        }
        return refused ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}
