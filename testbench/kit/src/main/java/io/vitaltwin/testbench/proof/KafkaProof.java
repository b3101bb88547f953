package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.testbench.kafka.GroupProgress;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Plays seeds through a real broker and the real program, which is killed at random moments while the stories are written. What is committed in the end is
 * held against the log that was written.
 */
final class KafkaProof {

    private static final int PARTITIONS = 2;
    /** Between two kills so much is written. */
    private static final Duration PART = Duration.ofSeconds(6);
    private static final int SOON_MILLIS = 300;
    /** About as long as the program takes to start. */
    private static final int STARTING_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX, PARTITIONS);
    private final SchemaIds ids = new BundledSchemaIds();
    private final List<ProofStory> stories;
    private final SplittableRandom random;
    private final Consumer<String> progress;
    private final Tally tally = new Tally();

    private KafkaProof(List<ProofStory> stories, SplittableRandom random, Consumer<String> progress) {
        this.stories = stories;
        this.random = random;
        this.progress = progress;
    }

    /** @param problems by patient; empty when all is well */
    record Result(List<ProofStory> stories, Tally tally, Map<String, List<String>> problems) {

        /** Empty for a neighbour, who has none. */
        Optional<ProofStory> story(String patient) {
            return stories.stream().filter(story -> story.patient().equals(patient)).findFirst();
        }
    }

    /**
     * @param kills how often the program is killed and started again
     * @param progress told what is going on
     * @throws IllegalStateException if the program or the broker does not come to the end
     */
    static Result run(long firstSeed, int seeds, int kills, Consumer<String> progress) throws IOException, InterruptedException {
        List<ProofStory> stories = LongStream.range(firstSeed, firstSeed + seeds).mapToObj(StoryMaker::make).toList();
        Path folder = Files.createTempDirectory("vitaltwin-proof");
        try {
            return new KafkaProof(stories, new SplittableRandom(firstSeed), progress).run(folder, kills);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stories cannot be written: " + e.getCause(), e);
        } finally {
            Folders.delete(folder);
        }
    }

    private Result run(Path folder, int kills) throws IOException, InterruptedException, ExecutionException {
        // Compaction must not take a snapshot away before it is read.
        BrokerSettings settings = BrokerSettings.in(folder.resolve("broker")).with("group.min.session.timeout.ms", "1000")
                .with("log.cleaner.min.compaction.lag.ms", String.valueOf(Long.MAX_VALUE));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings);
                Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
            live(broker.bootstrapServers(), new GroupProgress(admin, TwinProcess.application()), folder, kills);
            progress.accept("all is written and taken: checking");
            WrittenLog inputs = WrittenLog.read(broker.bootstrapServers(), topics.topologyInputs().stream().map(Topic::name).toList(), PARTITIONS);
            WrittenLog outputs = WrittenLog.read(broker.bootstrapServers(), DrivenTopology.checked(topics).stream().map(Topic::name).toList(), PARTITIONS);
            return new Result(stories, tally, new KafkaCheck(topics, ids, folder).problems(stories, inputs, outputs, tally));
        }
    }

    private void live(String bootstrapServers, GroupProgress taken, Path folder, int kills) throws IOException, InterruptedException, ExecutionException {
        StoryWriter writer = new StoryWriter(topics, ids, stories);
        Map<TopicPartition, Long> ends = writer.ends();
        // The last record of each topic has none after it, so it is not taken.
        Map<TopicPartition, Long> end = new HashMap<>(ends);
        end.replaceAll((partition, records) -> records - 1);
        tally.count("records in the log", writer.size());
        try (ExecutorService writers = Executors.newSingleThreadExecutor(); TwinProcess twin = TwinProcess.start(bootstrapServers, topics, folder.resolve("twin"))) {
            for (int part = 0; part <= kills; part++) {
                int from = (int) ((long) writer.size() * part / (kills + 1));
                int until = (int) ((long) writer.size() * (part + 1) / (kills + 1));
                Duration lasting = part < kills ? PART : Duration.ZERO;
                Future<?> writing = writers.submit(() -> {
                    writer.write(bootstrapServers, from, until, lasting);
                    return true;
                });
                if (part < kills) {
                    // The last of each topic are not taken before more is written.
                    kill(twin, taken, ends, part, writer.size() - from - 1 - random.nextInt((until - from) * 3 / 4));
                }
                writing.get();
            }
            taken.awaitCommitted(end, PATIENCE, twin::assertAlive);
        }
    }

    /** Somewhere in what is being written; each third time while it starts, and each third time with the loss of all it had stored. */
    private void kill(TwinProcess twin, GroupProgress taken, Map<TopicPartition, Long> ends, int number, long left) throws IOException, InterruptedException {
        boolean starting = number % 3 == 1;
        boolean losing = number % 3 == 2;
        if (starting) {
            Thread.sleep(random.nextInt(STARTING_MILLIS));
        } else {
            awaitTaken(twin, taken, ends, left);
            Thread.sleep(random.nextInt(SOON_MILLIS));
        }
        twin.assertAlive();
        twin.killAndStart(losing);
        tally.count("kills", 1);
        tally.count("kills that lost the state", losing ? 1 : 0);
        progress.accept("killed, " + taken.behind(ends) + " records to go");
    }

    private static void awaitTaken(TwinProcess twin, GroupProgress taken, Map<TopicPartition, Long> ends, long left) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taken.behind(ends) > left) {
            twin.assertAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the twin takes nothing for " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
    }
}
