package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Inputs as the bytes that go to a topic. */
final class InputRecords {

    private final Topics topics;
    private final Function<SpecificRecord, byte[]> patients;
    private final Function<SpecificRecord, byte[]> consents;
    private final Function<SpecificRecord, byte[]> readings;
    private final Function<SpecificRecord, byte[]> reports;
    private final Function<SpecificRecord, byte[]> alerts;
    private final Function<SpecificRecord, byte[]> actions;
    private final Function<SpecificRecord, byte[]> ticks;

    InputRecords(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.patients = writer(topics.patients(), PatientContext.class, ids);
        this.consents = writer(topics.consents(), ConsentRecord.class, ids);
        this.readings = writer(topics.readings(), ReadingBatch.class, ids);
        this.reports = writer(topics.reports(), PatientReport.class, ids);
        this.alerts = writer(topics.alerts(), AlertEvent.class, ids);
        this.actions = writer(topics.alertActions(), AlertAction.class, ids);
        this.ticks = writer(topics.ticks(), Tick.class, ids);
    }

    String topic(Input input) {
        return switch (input.kind()) {
            case PATIENT -> topics.patients().name();
            case CONSENT -> topics.consents().name();
            case READING -> topics.readings().name();
            case REPORT -> topics.reports().name();
            case ALERT -> topics.alerts().name();
            case ACTION -> topics.alertActions().name();
            case TICK -> topics.ticks().name();
        };
    }

    /** Null for a tick, which belongs to no patient. */
    byte @Nullable [] key(Input input) {
        return input.kind() == Input.Kind.TICK ? null : input.key().getBytes(StandardCharsets.UTF_8);
    }

    byte[] value(Input input) {
        return (switch (input.kind()) {
            case PATIENT -> patients;
            case CONSENT -> consents;
            case READING -> readings;
            case REPORT -> reports;
            case ALERT -> alerts;
            case ACTION -> actions;
            case TICK -> ticks;
        }).apply(input.value());
    }

    private static <T extends SpecificRecord> Function<SpecificRecord, byte[]> writer(Topic<T> topic, Class<T> type, SchemaIds ids) {
        AvroSerde<T> serde = new AvroSerde<>(topic, ids);
        return value -> {
            byte[] bytes = serde.serialize(topic.name(), type.cast(value));
            if (bytes == null) {
                throw new IllegalStateException("an input of a scenario is never a tombstone");
            }
            return bytes;
        };
    }
}
