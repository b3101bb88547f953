package io.vitaltwin.schemas.privacy;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * A producer that seals each value on its way out. Not an interceptor: Kafka logs what an interceptor throws and sends the record as it was, in
 * the clear; here nothing is sent.
 */
public final class SealedProducer<K> extends KafkaProducer<K, byte[]> {

    private final Serializer<K> keys;
    private final UnaryOperator<K> rename;
    private final Sealing sealing;

    private SealedProducer(Map<String, Object> settings, Serializer<K> keys, UnaryOperator<K> rename, Sealing sealing) {
        super(settings, keys, new ByteArraySerializer());
        this.keys = keys;
        this.rename = rename;
        this.sealing = sealing;
    }

    /** Records whose keys are aliases already. */
    public static SealedProducer<byte[]> ofBytes(Map<String, Object> settings, Sealing sealing) {
        return new SealedProducer<>(settings, new ByteArraySerializer(), UnaryOperator.identity(), sealing);
    }

    /** Records whose keys are patients as people know them: the alias takes their place. */
    static SealedProducer<String> ofPatients(Map<String, Object> settings, Sealing sealing, Pseudonyms pseudonyms) {
        return new SealedProducer<>(settings, new StringSerializer(), pseudonyms::aliasOf, sealing);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, byte[]> record) {
        return send(record, null);
    }

    /** @throws VaultProblem when the patient was erased, or the vault cannot be read: the record is not sent then */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, byte[]> record, @Nullable Callback callback) {
        K key = record.key() == null ? null : rename.apply(record.key());
        byte[] value = sealing.seal(record.topic(), keys.serialize(record.topic(), key), record.value());
        return super.send(new ProducerRecord<>(record.topic(), record.partition(), record.timestamp(), key, value, record.headers()), callback);
    }
}
