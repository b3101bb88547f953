package io.vitaltwin.testbench.interop;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import io.vitaltwin.standalone.registry.RegistryEndpoint;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.testbench.sim.Plans;
import io.vitaltwin.twin.TwinConfig;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Broker, registry, twin and one registered patient with consent and a glucose sensor, for a client that is another process. Prints one
 * line on standard output when a reading of that patient would be taken:
 *
 * <pre>ready bootstrap=127.0.0.1:PORT registry=http://127.0.0.1:PORT patient=interop-1 device=interop-cgm</pre>
 *
 * and stops, leaving nothing behind, when its standard input closes or on SIGTERM.
 */
public final class InteropStack implements AutoCloseable {

    static final String PATIENT = "interop-1";
    static final String DEVICE = "interop-cgm";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedStack stack;
    private final RegistryEndpoint registry;

    private InteropStack(Path folder, EmbeddedStack stack, RegistryEndpoint registry) {
        this.folder = folder;
        this.stack = stack;
        this.registry = registry;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try (InteropStack running = start(InstantSource.system())) {
            Thread onSignal = new Thread(running::close, "stop");
            Runtime.getRuntime().addShutdownHook(onSignal);
            System.out.println(running.readyLine());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    /** Starts everything and waits until the twin knows the patient and the consent. */
    static InteropStack start(InstantSource clock) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vitaltwin-interop");
        EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder).withoutRegistry().withTwin());
        var running = new InteropStack(folder, stack, new RegistryEndpoint(0).start());
        stack.awaitRunning(START);
        running.register(clock.instant());
        return running;
    }

    String readyLine() {
        return "ready bootstrap=" + stack.bootstrapServers() + " registry=" + registry.uri() + " patient=" + PATIENT + " device=" + DEVICE;
    }

    /** Where everything is kept until it stops. */
    Path folder() {
        return folder;
    }

    /** A second call does nothing: the main thread and the one of a signal may both come here. */
    @Override
    public synchronized void close() {
        if (Files.exists(folder)) {
            registry.close();
            stack.close();
            delete(folder);
        }
    }

    private void register(Instant now) throws InterruptedException {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(), new ByteArraySerializer())) {
            write(producer, stack.topics().patients(), Plans.plan(PATIENT,
                    Plans.device(DEVICE, "cgm", DeviceGrade.MEDICAL_HOME, Duration.ofMinutes(5), "glucose_interstitial")));
            write(producer, stack.topics().consents(), consent(now));
            producer.flush();
        }
        awaitTaken(stack.topics().patients(), stack.topics().consents());
    }

    private <T extends SpecificRecord> void write(Producer<String, byte[]> producer, Topic<T> topic, T value) {
        producer.send(new ProducerRecord<>(topic.name(), PATIENT, new AvroSerde<>(topic, stack.schemaIds()).serialize(topic.name(), value)));
    }

    private static ConsentRecord consent(Instant now) {
        Provision treatment = Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build();
        return ConsentRecord.newBuilder().setPatientId(PATIENT).setConsentId("interop-consent").setVersionId("1")
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(now.minus(Duration.ofDays(1))).setProvisions(List.of(treatment)).build();
    }

    /** Topics are merged as far as they are fetched: a reading right after its consent could be judged before it. */
    private void awaitTaken(Topic<?>... topics) throws InterruptedException {
        List<TopicPartition> partitions = Stream.of(topics)
                .flatMap(topic -> IntStream.range(0, topic.partitions()).mapToObj(number -> new TopicPartition(topic.name(), number)))
                .toList();
        try (Admin admin = stack.admin()) {
            new GroupProgress(admin, TwinConfig.DEFAULT_APPLICATION_ID).awaitCommitted(GroupProgress.ends(admin, partitions), START,
                    () -> stack.failure().ifPresent(cause -> {
                        throw new IllegalStateException("the twin died while it took the patient in", cause);
                    }));
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
