package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Collects what an application writes. Each topic's records must be given in the order of the topic. */
final class Outputs {

    private final SchemaIds ids;
    private final Map<String, Consumer<byte[]>> takers = new HashMap<>();
    private final List<AlertEvent> alerts = new ArrayList<>();
    private final List<ConsentViolation> violations = new ArrayList<>();
    private final List<QualityFlag> flags = new ArrayList<>();
    private final List<TwinSnapshot> twins = new ArrayList<>();
    private final List<ReadingBatch> deadLetters = new ArrayList<>();
    private final List<Disclosure> disclosures = new ArrayList<>();
    private final List<AlertWorkflowEvent> workflow = new ArrayList<>();

    Outputs(Topics topics, SchemaIds ids) {
        this.ids = ids;
        take(topics.alerts(), alerts);
        take(topics.violations(), violations);
        take(topics.qualityFlags(), flags);
        take(topics.twins(), twins);
        take(topics.disclosures(), disclosures);
        take(topics.alertWorkflow(), workflow);
        AvroSerde<ReadingBatch> batches = new AvroSerde<>(topics.readings(), ids);
        takers.put(topics.deadLetters().name(), bytes -> readable(batches, topics.readings().name(), bytes).ifPresent(deadLetters::add));
    }

    /** The topics that anything is taken from. */
    Set<String> topics() {
        return Set.copyOf(takers.keySet());
    }

    /** @param value not a tombstone */
    void add(String topic, byte[] value) {
        Consumer<byte[]> taker = takers.get(topic);
        if (taker == null) {
            throw new IllegalArgumentException("nothing is taken from topic " + topic);
        }
        taker.accept(value);
    }

    Observed observed() {
        return new Observed(alerts, violations, flags, twins, deadLetters, disclosures, workflow);
    }

    private <T extends SpecificRecord> void take(Topic<T> topic, List<T> records) {
        AvroSerde<T> serde = new AvroSerde<>(topic, ids);
        takers.put(topic.name(), bytes -> Optional.ofNullable(serde.deserialize(topic.name(), bytes)).ifPresent(records::add));
    }

    /** A dead letter may be dead because nobody can read it. */
    private static Optional<ReadingBatch> readable(AvroSerde<ReadingBatch> serde, String topic, byte[] bytes) {
        try {
            return Optional.ofNullable(serde.deserialize(topic, bytes));
        } catch (SchemaProblem e) {
            return Optional.empty();
        }
    }
}
