package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.schemas.Erasure;
import io.vitaltwin.schemas.ErasureOrder;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SearchedPlace;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * What an erasure itself writes. Orders and removals are not sealed: they must be read when the key is gone, and with encryption they name an
 * alias only. Each call returns when the broker has the record.
 */
final class ErasureRecords implements AutoCloseable {

    /** Channel of the notices to those who were shown something (GDPR 19). */
    static final String CHANNEL = "erasure";

    private final ErasureContext context;
    private final String name;
    private final String erasureId;
    private final Producer<String, byte[]> plain;
    private final Producer<String, byte[]> sealed;
    private final int partition;

    /** @param name of the patient on topics */
    ErasureRecords(ErasureContext context, String name, String erasureId) {
        this.context = context;
        this.name = name;
        this.erasureId = erasureId;
        Map<String, Object> settings = new HashMap<>(context.client());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        this.plain = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.sealed = context.privacy().producer(settings);
        this.partition = Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8)))
                % plain.partitionsFor(context.topics().readings().name()).size();
    }

    /** The partitions of these topics in which an application finds the patient. */
    List<TopicPartition> partitionsOf(List<Topic<?>> inputs) {
        return inputs.stream().map(topic -> new TopicPartition(topic.name(), partition)).toList();
    }

    /** Tells somebody who was shown something that it is to be erased there, too. */
    void tell(String recipient, Instant now) {
        Notification notice = Notification.newBuilder().setNotificationId(erasureId + "/" + recipient).setAlertId("").setPatientId(name)
                .setChannel(CHANNEL).setRecipient(recipient).setStatus(DeliveryStatus.PLANNED).setTime(now).build();
        Topic<Notification> topic = context.topics().notifications();
        send(sealed, topic, name, bytes(topic, notice));
    }

    /** What is kept as the newest of the patient until somebody takes it away. */
    void removeNewest() {
        send(plain, context.topics().patients(), name, null);
        send(plain, context.topics().careTeams(), name, null);
        send(plain, context.topics().worklist(), name, null);
    }

    void order(Instant now) {
        Topic<ErasureOrder> topic = context.topics().erasureOrders();
        send(plain, topic, name, bytes(topic, new ErasureOrder(erasureId, name, now)));
    }

    /**
     * Has the twin forget whom these devices measured: others are told of again within the hour in which they are measured.
     *
     * @return where that stands
     */
    Set<TopicPartition> forgetDevices(Collection<String> serialHashes) {
        Topic<DeviceSighting> topic = context.topics().deviceSightings();
        Set<TopicPartition> written = new HashSet<>();
        for (String hash : serialHashes) {
            RecordMetadata metadata = send(plain, topic, hash, null);
            written.add(new TopicPartition(metadata.topic(), metadata.partition()));
        }
        return written;
    }

    void takeBackOrder() {
        send(plain, context.topics().erasureOrders(), name, null);
    }

    /** Says that it was done, and what the search found; not whom. */
    void proof(ErasureReport report, String actor, String ground) {
        Topic<Erasure> topic = context.topics().erasures();
        Erasure erasure = Erasure.newBuilder().setErasureId(erasureId).setRequested(report.requested()).setFinished(report.finished())
                .setActor(actor).setGround(ground).setRecipients(report.recipients())
                .setSearched(report.searched().stream()
                        .map(one -> new SearchedPlace(one.place(), one.items(), one.bytes(), one.findings())).toList())
                .build();
        send(plain, topic, erasureId, bytes(topic, erasure));
    }

    private <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T value) {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, context.ids())) {
            byte[] bytes = serde.serialize(topic.name(), value);
            if (bytes == null) {
                throw new IllegalStateException("a value became a tombstone");
            }
            return bytes;
        }
    }

    private static RecordMetadata send(Producer<String, byte[]> producer, Topic<?> topic, String key, byte @Nullable [] value) {
        try {
            return producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        plain.close();
        sealed.close();
    }
}
