package io.vitaltwin.schemas.privacy;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A consumer that opens each value as it comes in. Positions are those of the log, whatever is left out. */
public final class SealedConsumer<K> extends KafkaConsumer<K, byte[]> {

    /** What becomes of a record that cannot be opened. */
    public enum Reading {
        /** Topics: one of a patient who was erased is left out; one that nobody can open comes as it is, to be refused by whoever reads it. */
        TOPIC,
        /** Changelogs: one of a patient who was erased comes as a removal; one that nobody can open is a visible stop, or state would be lost. */
        CHANGELOG
    }

    private final UnaryOperator<K> rename;
    private final Sealing sealing;
    private final Reading reading;

    private SealedConsumer(Map<String, Object> settings, Deserializer<K> keys, UnaryOperator<K> rename, Sealing sealing, Reading reading) {
        super(settings, keys, new ByteArrayDeserializer());
        this.rename = rename;
        this.sealing = sealing;
        this.reading = reading;
    }

    /** Keys stay as they are. */
    public static SealedConsumer<byte[]> ofBytes(Map<String, Object> settings, Sealing sealing, Reading reading) {
        return new SealedConsumer<>(settings, new ByteArrayDeserializer(), UnaryOperator.identity(), sealing, reading);
    }

    /** Keys are patients as people know them, where the vault knows them. */
    static SealedConsumer<String> ofPatients(Map<String, Object> settings, Sealing sealing, Pseudonyms pseudonyms) {
        return new SealedConsumer<>(settings, new StringDeserializer(), pseudonyms::patientOf, sealing, Reading.TOPIC);
    }

    /** @throws VaultProblem when the vault cannot be read */
    @Override
    public ConsumerRecords<K, byte[]> poll(Duration timeout) {
        return opened(super.poll(timeout));
    }

    private ConsumerRecords<K, byte[]> opened(ConsumerRecords<K, byte[]> sealed) {
        if (sealed.isEmpty()) {
            return sealed;
        }
        Map<TopicPartition, List<ConsumerRecord<K, byte[]>>> opened = new LinkedHashMap<>();
        for (TopicPartition partition : sealed.partitions()) {
            List<ConsumerRecord<K, byte[]>> records = new ArrayList<>();
            sealed.records(partition).forEach(record -> opened(record).ifPresent(records::add));
            if (!records.isEmpty()) {
                opened.put(partition, records);
            }
        }
        return new ConsumerRecords<>(opened, sealed.nextOffsets());
    }

    private Optional<ConsumerRecord<K, byte[]>> opened(ConsumerRecord<K, byte[]> record) {
        return switch (sealing.open(record.topic(), record.value())) {
            case Sealing.Opened.Value value -> Optional.of(with(record, value.bytes()));
            case Sealing.Opened.Erased erased -> reading == Reading.TOPIC ? Optional.empty() : Optional.of(with(record, null));
            case Sealing.Opened.Unreadable unreadable when reading == Reading.TOPIC -> Optional.of(with(record, record.value()));
            case Sealing.Opened.Unreadable unreadable -> throw new VaultProblem("topic " + record.topic() + ", partition " + record.partition()
                    + ", offset " + record.offset() + ": " + unreadable.reason() + "; check privacy.keys");
        };
    }

    private ConsumerRecord<K, byte[]> with(ConsumerRecord<K, byte[]> record, byte @Nullable [] value) {
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.timestamp(), record.timestampType(),
                record.serializedKeySize(), value == null ? -1 : value.length, record.key() == null ? null : rename.apply(record.key()), value, record.headers(), record.leaderEpoch());
    }
}
