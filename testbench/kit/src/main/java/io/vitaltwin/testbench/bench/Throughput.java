package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One batch size: a broker of its own, the readings written beforehand, then each program alone on the same topic. The twin knows all
 * patients and their consents before it is measured.
 */
final class Throughput {

    /** A program that stops leaves the group only when its session ends; the next run of the same program waits for that. */
    private static final Map<String, String> SHORT_SESSIONS =
            Map.of("consumer.session.timeout.ms", "6000", "consumer.heartbeat.interval.ms", "1500");
    private static final String COPIES = "bench-copies";
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** What one batch size came to. */
    record Outcome(ThroughputReport.Result result, TwinSizes twins) {
    }

    private final EmbeddedStack stack;
    private final Admin admin;
    private final Path folder;
    private final int threads;
    private final Cohort cohort;
    private final long records;
    private final Optional<PrivacySettings> keys;
    private final Privacy privacy;
    private final Consumer<String> progress;

    private Throughput(EmbeddedStack stack, Admin admin, Path folder, int threads, Cohort cohort, long records, Optional<PrivacySettings> keys,
            Consumer<String> progress) {
        this.stack = stack;
        this.admin = admin;
        this.folder = folder;
        this.threads = threads;
        this.cohort = cohort;
        this.records = records;
        this.keys = keys;
        this.privacy = keys.map(settings -> Privacy.on(settings.open())).orElseGet(Privacy::off);
        this.progress = progress;
    }

    /**
     * @param folder empty; everything that is written is in it
     * @param records batches to measure
     * @param encryption whether records and changelogs are sealed
     * @param progress is told of each step
     */
    static Outcome measure(Path folder, int threads, Cohort cohort, long records, boolean encryption, Consumer<String> progress)
            throws InterruptedException {
        Optional<PrivacySettings> keys = encryption ? Optional.of(PrivacySettings.in(folder.resolve("keys"))) : Optional.empty();
        var settings = StackSettings.in(folder).withVirtualTime().withoutRegistry();
        try (EmbeddedStack stack = EmbeddedStack.start(settings); Admin admin = stack.admin()) {
            return new Throughput(stack, admin, folder, threads, cohort, records, keys, progress).measure();
        }
    }

    private Outcome measure() throws InterruptedException {
        try (var producer = Clients.writer(stack.bootstrapServers(), privacy)) {
            var loader = new Loader(producer, stack.topics(), stack.schemaIds(), cohort);
            step("registers " + cohort.patients() + " patients");
            loader.register();
            Measurement.Taken registered = runTwin(() -> { });
            step("knows them after " + seconds(registered) + " s; writes " + records + " records");
            long bytes = loader.send(records);
            createCopies();
            // The first run warms up what all programs share; its figure is not used.
            runPassThrough("warm-up");
            Measurement.Taken passThrough = runPassThrough("pass-through");
            step("passed through in " + seconds(passThrough) + " s");
            Measurement.Taken getAndPut = runGetAndPut();
            step("got and put in " + seconds(getAndPut) + " s");
            Measurement.Taken full = runTwin(() -> loader.tickOn(cohort.arrivalOf(records - 1), CLOSING));
            step("whole topology in " + seconds(full) + " s");
            return new Outcome(ThroughputReport.Result.of(cohort.batch(), records, bytes / (double) records,
                    rates(Measurement.Taken::time, full, passThrough, getAndPut), rates(Measurement.Taken::cpu, full, passThrough, getAndPut)), readTwins());
        }
    }

    private static ThroughputReport.Rates rates(Function<Measurement.Taken, Duration> what, Measurement.Taken full, Measurement.Taken passThrough,
            Measurement.Taken getAndPut) {
        return new ThroughputReport.Rates(what.apply(full).toNanos() / 1e9, what.apply(passThrough).toNanos() / 1e9, what.apply(getAndPut).toNanos() / 1e9);
    }

    private void step(String what) {
        progress.accept("batches of " + cohort.batch() + ": " + what);
    }

    private Measurement.Taken runPassThrough(String name) throws InterruptedException {
        var config = config("bench-" + name);
        return runAndClose(Program.floor(Floors.passThrough(stack.topics().readings().name(), COPIES), config), config, readings());
    }

    private Measurement.Taken runGetAndPut() throws InterruptedException {
        var config = config("bench-get-and-put");
        return runAndClose(Program.floor(Floors.getAndPut(stack.topics().readings().name()), config), config, readings());
    }

    private Measurement.Taken runAndClose(Program program, TwinConfig config, Collection<TopicPartition> inputs) throws InterruptedException {
        try (program) {
            return Measurement.run(program, config.applicationId(), admin, GroupProgress.ends(admin, inputs));
        }
    }

    /** @param afterwards writes what the twin must still take when the measuring is over */
    private Measurement.Taken runTwin(Runnable afterwards) throws InterruptedException {
        var config = config(TwinConfig.DEFAULT_APPLICATION_ID);
        try (Program twin = Program.twin(config, stack.schemaIds())) {
            Measurement.Taken taken = Measurement.run(twin, config.applicationId(), admin, GroupProgress.ends(admin, twinInputs()));
            afterwards.run();
            new GroupProgress(admin, config.applicationId()).awaitCommitted(GroupProgress.ends(admin, twinInputs()), Duration.ofMinutes(2),
                    () -> twin.failure().ifPresent(cause -> {
                        throw new IllegalStateException("the twin died: " + cause.getMessage(), cause);
                    }));
            return taken;
        }
    }

    private TwinConfig config(String applicationId) {
        TwinConfig config = TwinConfig.of(stack.bootstrapServers(), stack.topics(), folder.resolve("state")).withApplicationId(applicationId)
                .withThreads(threads).withTickInterval(Duration.ZERO).withKafka(SHORT_SESSIONS);
        return keys.map(config::withPrivacy).orElse(config);
    }

    private TwinSizes readTwins() throws InterruptedException {
        var ends = GroupProgress.ends(admin, partitions(stack.topics().twins()));
        try (var consumer = Clients.reader(stack.bootstrapServers(), privacy)) {
            return TwinSizes.read(consumer, stack.topics(), stack.schemaIds(), ends);
        }
    }

    private void createCopies() throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(COPIES, stack.topics().partitions(), (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not create a topic for the benchmark", e);
        }
    }

    private List<TopicPartition> readings() {
        return partitions(stack.topics().readings());
    }

    private List<TopicPartition> twinInputs() {
        List<TopicPartition> inputs = new ArrayList<>();
        stack.topics().topologyInputs().forEach(topic -> inputs.addAll(partitions(topic)));
        return inputs;
    }

    private static List<TopicPartition> partitions(Topic<?> topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < topic.partitions(); i++) {
            partitions.add(new TopicPartition(topic.name(), i));
        }
        return partitions;
    }

    private static String seconds(Measurement.Taken taken) {
        return String.format(java.util.Locale.ROOT, "%.1f", taken.time().toMillis() / 1000.0);
    }

    /** When the story of every benchmark begins: no result hangs on it. */
    static final Instant STORY_START = Instant.parse("2026-03-02T00:00:00Z");
}
