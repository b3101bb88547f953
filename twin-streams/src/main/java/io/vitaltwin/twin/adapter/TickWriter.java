package io.vitaltwin.twin.adapter;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes a tick to every partition, so that stream time goes on when nobody sends and a replay sees the same time. Two writers do no harm:
 * a tick says nothing but that time has passed.
 */
public final class TickWriter implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TickWriter.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Topic<Tick> topic;
    private final Duration interval;
    private final InstantSource clock;
    private final AvroSerde<Tick> serde;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("vitaltwin-ticks").daemon().factory());

    public TickWriter(Topic<Tick> topic, Duration interval, SchemaIds ids, Map<String, Object> client, InstantSource clock) {
        this.topic = topic;
        this.interval = interval;
        this.clock = clock;
        this.serde = new AvroSerde<>(topic, ids);
        this.producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    public void start() {
        timer.scheduleAtFixedRate(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (int partition = 0; partition < topic.partitions(); partition++) {
            byte[] value = serde.serialize(topic.name(), new Tick(partition, clock.instant()));
            producer.send(new ProducerRecord<>(topic.name(), partition, null, value), (metadata, failure) -> {
                if (failure != null) {
                    LOGGER.atWarn().addKeyValue("topic", topic.name()).addKeyValue("reason", failure.getClass().getSimpleName())
                            .log("tick not written: timers wait until the next one");
                }
            });
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(CLOSE_TIMEOUT);
    }
}
