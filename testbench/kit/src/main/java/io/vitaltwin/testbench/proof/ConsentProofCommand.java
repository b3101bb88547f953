package io.vitaltwin.testbench.proof;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.testbench.proof.Trial.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Random lives through the real topology, held against what consent says. */
@Command(name = "consent", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Plays random stories through the twin and holds every output against consent, by a checker of its own. Ends with 1 and the "
                + "shortest story that shows it when anything was used without consent, refused without reason, or counted wrongly.")
public final class ConsentProofCommand implements Callable<Integer> {

    private static final int TENTHS = 10;
    private static final int SEEDS_IN_MEMORY = 2_000;
    private static final int SEEDS_IN_KAFKA = 20;
    private static final int KILLS = 5;

    /** What plays the records. */
    enum EngineChoice { memory, kafka }

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "memory",
            description = "memory: the topology alone; kafka: with a real broker, embedded, and the program in a process that is killed. Default: ${DEFAULT-VALUE}.")
    private EngineChoice engine = EngineChoice.memory;

    @Option(names = "--seeds", paramLabel = "N", description = "Patients, each with a story of its own. Default: " + SEEDS_IN_MEMORY
            + "; " + SEEDS_IN_KAFKA + " with Kafka.")
    private @Nullable Integer seeds;

    @Option(names = "--first-seed", paramLabel = "N", defaultValue = "1", description = "Where to begin. Default: ${DEFAULT-VALUE}.")
    private long firstSeed;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "In memory: the result is the same for any number. Default: one for each core.")
    private int threads;

    @Option(names = "--kills", paramLabel = "N", description = "With Kafka: how often the program is killed. Default: " + KILLS + ".")
    private @Nullable Integer kills;

    @Override
    public Integer call() throws InterruptedException, IOException {
        int count = seeds == null ? engine == EngineChoice.memory ? SEEDS_IN_MEMORY : SEEDS_IN_KAFKA : seeds;
        if (count < 1 || threads < 0) {
            throw CliException.wrongCall("--seeds must be at least 1 and --threads at least 0, found " + count + " and " + threads);
        }
        if (kills != null && (kills < 0 || engine == EngineChoice.memory)) {
            throw CliException.wrongCall("--kills must be at least 0, and goes with --engine kafka");
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", engine.name());
        report.put("firstSeed", firstSeed);
        long from = System.nanoTime();
        Tally tally = engine == EngineChoice.memory ? memory(count, report) : kafka(count, report);
        report.put("seconds", Math.round((System.nanoTime() - from) / 1e9 * TENTHS) / (double) TENTHS);
        report.put("counts", tally.counts());
        print(report, tally);
        return report.containsKey("problems") ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private Tally memory(int count, Map<String, Object> report) throws InterruptedException {
        Proof proof = new Proof(Fault.NONE);
        AtomicInteger done = new AtomicInteger();
        Proof.Result result = proof.run(firstSeed, count, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                more -> progress(done.addAndGet(more), more, count));
        result.failure().map(proof::shrunk).ifPresent(failure -> report(report, failure));
        return result.tally();
    }

    private static void report(Map<String, Object> report, Failure failure) {
        report.put("failedSeed", failure.story().seed());
        report.put("problems", failure.problems());
        report.put("story", StoryText.lines(failure.story()));
        report.put("company", failure.company().stream()
                .flatMap(other -> StoryText.lines(other).stream().map(line -> other.patient() + "  " + line)).toList());
        report.put("restarts", failure.trial().restarts().stream().map(restart -> Instant.ofEpochMilli(restart).toString()).toList());
    }

    private Tally kafka(int count, Map<String, Object> report) throws InterruptedException, IOException {
        quieten();
        KafkaProof.Result result = KafkaProof.run(firstSeed, count, kills == null ? KILLS : kills, this::say);
        result.problems().entrySet().stream().findFirst().ifPresent(failed -> {
            report.put("failedPatient", failed.getKey());
            report.put("problems", failed.getValue());
            result.story(failed.getKey()).ifPresent(story -> report.put("story", StoryText.lines(story)));
        });
        return result.tally();
    }

    /** Kafka warns of clients that are gone, which is what this is about; with --debug that can be seen. */
    private void quieten() {
        if (!output.debug() && LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
    }

    private void print(Map<String, Object> report, Tally tally) {
        if (output.json()) {
            output.printJson(report);
            return;
        }
        tally.counts().forEach((what, number) -> output.out().println(String.format("%-28s %d", what, number)));
        Object failed = report.getOrDefault("failedSeed", report.getOrDefault("failedPatient", ""));
        output.out().println(tally.summary() + " in " + report.get("seconds") + " s: "
                + (report.containsKey("problems") ? "FAILED, seed or patient " + failed : "nothing was used without consent"));
        for (String part : List.of("problems", "story", "company", "restarts")) {
            if (report.get(part) instanceof List<?> lines && !lines.isEmpty()) {
                output.out().println(part + ":");
                lines.forEach(line -> output.out().println("  " + line));
            }
        }
    }

    private void progress(int done, int more, int of) {
        if (done / (of / TENTHS + 1) != (done - more) / (of / TENTHS + 1)) {
            say(done + " of " + of + " seeds");
        }
    }

    private void say(String what) {
        output.err().println(what);
        output.err().flush();
    }
}
