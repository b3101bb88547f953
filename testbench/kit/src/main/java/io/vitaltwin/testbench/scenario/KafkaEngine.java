package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A real broker in this JVM for the whole run; topics and an application of their own for each play. The whole log is written before
 * the application starts: it then reads a backlog, whose topics it merges by append time, as a replay does.
 */
final class KafkaEngine implements Engine {

    private final TemporaryFolder folder = TemporaryFolder.create();
    private final SchemaIds ids = new BundledSchemaIds();
    private final EmbeddedBroker broker;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private int plays;

    KafkaEngine() {
        // Compaction must not take a snapshot away before it is read.
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.path().resolve("broker"))
                .with("log.cleaner.min.compaction.lag.ms", String.valueOf(Long.MAX_VALUE)));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Played play(ScenarioPlan plan) {
        try {
            String prefix = nextPrefix();
            Observed observed = playOnce(plan, prefix);
            Optional<Observed> replayed = plan.scenario().replay() ? Optional.of(playOnce(plan, nextPrefix())) : Optional.empty();
            return new Played(new Topics(prefix, 1).readings().name(), observed, replayed);
        } catch (KafkaException e) {
            throw new EngineProblem("Kafka failed: " + e.getMessage(), e);
        }
    }

    private String nextPrefix() {
        return "scenario-" + ++plays + ".";
    }

    private Observed playOnce(ScenarioPlan plan, String prefix) {
        Topics topics = new Topics(prefix, 1);
        new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
        awaitLeaders(topics);
        write(plan, topics);
        String application = prefix + "twin";
        Path state = folder.path().resolve(application);
        TwinConfig config = new TwinConfig(application, broker.bootstrapServers(), topics, state, 1, Duration.ZERO, Optional.empty(), Duration.ofSeconds(1), Map.of());
        try (TwinApp app = new TwinApp(config, ids); KafkaOutputs outputs = new KafkaOutputs(broker.bootstrapServers(), admin, topics, ids)) {
            app.start();
            return outputs.awaitAll(application, () -> failure(app));
        } finally {
            forget(prefix);
        }
    }

    /** A topic is known before its leader serves; asking the leader for something waits for it. */
    private void awaitLeaders(Topics topics) {
        await(admin.listOffsets(topics.all().stream().map(topic -> new TopicPartition(topic.name(), 0))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()))).all());
    }

    private Optional<Throwable> failure(TwinApp app) {
        return app.failure().or(broker::failure);
    }

    private void write(ScenarioPlan plan, Topics topics) {
        InputRecords records = new InputRecords(topics, ids);
        AtomicReference<Exception> problem = new AtomicReference<>();
        QuietTicks quiet = new QuietTicks();
        plan.forEach(input -> {
            if (quiet.leavesOut(input)) {
                return;
            }
            producer.send(new ProducerRecord<>(records.topic(input), 0, input.arrival().toEpochMilli(), records.key(input),
                    records.value(input)), (written, e) -> {
                        if (e != null) {
                            problem.compareAndSet(null, e);
                        }
                    });
        });
        producer.flush();
        if (problem.get() != null) {
            throw new EngineProblem("an input could not be written: " + problem.get().getMessage(), problem.get());
        }
    }

    /** Removes the topics of one play, those that the application made for itself included. */
    private void forget(String prefix) {
        await(admin.deleteTopics(await(admin.listTopics().names()).stream().filter(name -> name.startsWith(prefix)).toList()).all());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new EngineProblem("the broker refuses: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineProblem("interrupted", e);
        }
    }

    @Override
    public void close() {
        try (folder; broker) {
            producer.close();
            admin.close();
        }
    }
}
