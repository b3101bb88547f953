package io.vitaltwin.standalone.replay;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The clock of a replay. The ticks that the twin wrote are kept for a day, so a replay has its own: one a minute over the range, and some more behind its
 * end, which let every timer of the range come due. That these are fewer changes no output, because a timer is decided as of its own time, whenever
 * it is looked at.
 */
final class ReplayClock {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    /** Behind the end: timers look a second back, and are taken so many at once. */
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration CLOSING_INTERVAL = Duration.ofSeconds(1);
    private static final int CLOSING = 60;

    private ReplayClock() {
    }

    /** Ticks in each partition. */
    static long length(ReplayRequest request) {
        return Duration.between(request.start(), request.to()).dividedBy(INTERVAL) + 1 + CLOSING;
    }

    static Instant at(ReplayRequest request, long number) {
        long regular = length(request) - CLOSING;
        return number < regular ? request.start().plus(INTERVAL.multipliedBy(number))
                : request.to().plus(REST).plus(CLOSING_INTERVAL.multipliedBy(number - regular));
    }

    /** @throws ReplayFailed if a tick is not taken */
    static void write(TwinConfig twin, SchemaIds ids, Topic<Tick> topic, ReplayRequest request) {
        Map<String, Object> client = new HashMap<>(twin.kafka());
        client.putAll(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, twin.bootstrapServers(), ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
                AvroSerde<Tick> serde = new AvroSerde<>(topic, ids)) {
            Future<?> last = null;
            for (int partition = 0; partition < topic.partitions(); partition++) {
                for (long number = 0; number < length(request); number++) {
                    Instant at = at(request, number);
                    last = producer.send(new ProducerRecord<>(topic.name(), partition, at.toEpochMilli(), null, serde.serialize(topic.name(), new Tick(partition, at))));
                }
                if (last != null) {
                    last.get();     // of a partition all were taken when the last one was
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailed("interrupted", e);
        } catch (ExecutionException e) {
            throw new ReplayFailed("the clock of the replay cannot be written to " + topic.name() + ": " + e.getCause().getMessage(), e);
        }
    }
}
