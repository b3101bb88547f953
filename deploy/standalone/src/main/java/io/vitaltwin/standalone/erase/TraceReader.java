package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads, from the topics, what is known of a patient. */
final class TraceReader {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final Topics topics;
    private final List<Topic<AlertEvent>> replayed;
    private final SchemaIds ids;
    private final Privacy privacy;

    /**
     * @param consumer with patients as keys, values opened
     * @param replayed alerts of replays, which may have raised others
     */
    TraceReader(Consumer<String, byte[]> consumer, Topics topics, List<Topic<AlertEvent>> replayed, SchemaIds ids, Privacy privacy) {
        this.replayed = replayed;
        this.consumer = consumer;
        this.privacy = privacy;
        this.topics = topics;
        this.ids = ids;
    }

    Traces read(String patient) {
        Traces traces = new Traces(patient);
        read(topics.patients(), (owner, plan) -> plan.getDevices().forEach(device -> {
            traces.device(owner, device.getDeviceId());
            if (device.getSerial() != null) {
                traces.device(owner, device.getSerial());
            }
        }));
        read(topics.deviceSightings(), (hash, sighting) -> {
            if (privacy.toPeople(sighting.getPatientId()).equals(patient)) {
                traces.sighted(hash);
            }
        });
        read(topics.consents(), (owner, consent) -> traces.consent(owner, consent.getConsentId()));
        read(topics.readings(), (owner, batch) -> {
            traces.device(owner, batch.getDeviceId());
            if (owner.equals(patient)) {
                batch.getReadings().forEach(traces::reading);
            }
        });
        if (traces.hasReadings()) {
            read(topics.readings(), (owner, batch) -> {
                if (!owner.equals(patient)) {
                    batch.getReadings().forEach(traces::othersReading);
                }
            });
        }
        readAlerts(patient, traces);
        read(topics.disclosures(), (owner, disclosure) -> {
            if (owner.equals(patient)) {
                traces.recipient(disclosure.getActor());
            }
        });
        return traces;
    }

    private void readAlerts(String patient, Traces traces) {
        List<Topic<AlertEvent>> raised = new ArrayList<>(replayed);
        raised.addFirst(topics.alerts());
        raised.forEach(topic -> read(topic, (owner, event) -> {
            if (owner.equals(patient)) {
                traces.alert(event.getAlertId());
            }
        }));
        read(topics.alertActions(), (owner, action) -> Optional.ofNullable(action.getText()).ifPresent(text -> traces.note(owner, text)));
        if (traces.hasNotes()) {
            read(topics.alertActions(), (owner, action) -> {
                if (!owner.equals(patient) && action.getText() != null) {
                    traces.othersNote(action.getText());
                }
            });
        }
    }

    private <T extends SpecificRecord> void read(Topic<T> topic, BiConsumer<String, T> each) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream().map(PartitionInfo::partition)
                .map(partition -> new TopicPartition(topic.name(), partition)).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        AvroSerde<T> serde = new AvroSerde<>(topic, ids);
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.key() != null) {
                    decode(serde, record).ifPresent(value -> each.accept(record.key(), value));
                }
            }
        }
    }

    /** Bytes that are no record of this topic say nothing that could be looked for by name; the search itself looks at all bytes. */
    private static <T extends SpecificRecord> Optional<T> decode(AvroSerde<T> serde, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(serde.deserialize(record.topic(), record.value()));
        } catch (SchemaProblem e) {
            if (!e.kind().isOfTheRecord()) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
