package io.vitaltwin.testbench.scenario;

import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
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
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private final AtomicReference<@Nullable Exception> unwritten = new AtomicReference<>();
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
        try (TwinApp app = new TwinApp(config, ids); KafkaOutputs outputs = outputs(topics, topics.topologyInputs())) {
            app.start();
            Observed observed = outputs.awaitAll(application, () -> failure(app.failure()));
            return Deeds.matterTo(plan.scenario()) ? observed.handled(handle(plan, observed, topics, prefix)) : observed;
        } finally {
            forget(prefix);
        }
    }

    /** A topic is known before its leader serves; asking the leader for something waits for it. */
    private void awaitLeaders(Topics topics) {
        await(admin.listOffsets(topics.all().stream().map(topic -> new TopicPartition(topic.name(), 0))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()))).all());
    }

    /** The workflow reads a backlog too: the alerts, and what people did with them. */
    private List<AlertWorkflowEvent> handle(ScenarioPlan plan, Observed observed, Topics topics, String prefix) {
        InputRecords records = new InputRecords(topics, ids);
        Deeds.of(plan.scenario(), observed.alerts()).inOrder().forEach(deed -> send(records,
                new Input(Input.Kind.ACTION, deed.arrival(), deed.action().getPatientId(), deed.action())));
        flush();
        String application = prefix + "alerts";
        AlertsConfig config = AlertsConfig.of(broker.bootstrapServers(), topics, folder.path().resolve(application)).withApplicationId(application)
                .withoutCatchUp();
        try (AlertsApp app = new AlertsApp(config, ids); KafkaOutputs outputs = outputs(topics, topics.workflowInputs())) {
            app.start();
            return outputs.awaitAll(application, () -> failure(app.failure())).workflow();
        }
    }

    private KafkaOutputs outputs(Topics topics, List<Topic<?>> read) {
        return new KafkaOutputs(broker.bootstrapServers(), admin, read, topics, ids);
    }

    private Optional<Throwable> failure(Optional<Throwable> ofApplication) {
        return ofApplication.or(broker::failure);
    }

    private void write(ScenarioPlan plan, Topics topics) {
        InputRecords records = new InputRecords(topics, ids);
        QuietTicks quiet = new QuietTicks();
        plan.forEach(input -> {
            if (!quiet.leavesOut(input)) {
                send(records, input);
            }
        });
        flush();
    }

    private void send(InputRecords records, Input input) {
        producer.send(new ProducerRecord<>(records.topic(input), 0, input.arrival().toEpochMilli(), records.key(input), records.value(input)),
                (written, e) -> {
                    if (e != null) {
                        unwritten.compareAndSet(null, e);
                    }
                });
    }

    private void flush() {
        producer.flush();
        Exception problem = unwritten.getAndSet(null);
        if (problem != null) {
            throw new EngineProblem("an input could not be written: " + problem.getMessage(), problem);
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
