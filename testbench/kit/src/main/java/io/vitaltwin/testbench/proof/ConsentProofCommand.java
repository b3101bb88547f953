package io.vitaltwin.testbench.proof;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "2000", description = "Patients, each with a story of its own. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--first-seed", paramLabel = "N", defaultValue = "1", description = "Where to begin. Default: ${DEFAULT-VALUE}.")
    private long firstSeed;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "The result is the same for any number. Default: one for each core.")
    private int threads;

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || threads < 0) {
            throw CliException.wrongCall("--seeds must be at least 1 and --threads at least 0, found " + seeds + " and " + threads);
        }
        long from = System.nanoTime();
        Proof proof = new Proof(Fault.NONE);
        Proof.Result result = proof.run(firstSeed, seeds, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads, this::progress);
        double seconds = (System.nanoTime() - from) / 1e9;
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("firstSeed", firstSeed);
        report.put("seconds", Math.round(seconds * TENTHS) / (double) TENTHS);
        report.put("counts", result.tally().counts());
        result.failure().map(proof::shrunk).ifPresent(failure -> {
            report.put("failedSeed", failure.story().seed());
            report.put("problems", failure.problems());
            report.put("story", StoryText.lines(failure.story()));
        });
        print(report, result);
        return result.failure().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void print(Map<String, Object> report, Proof.Result result) {
        if (output.json()) {
            output.printJson(report);
            return;
        }
        result.tally().counts().forEach((what, count) -> output.out().println(String.format("%-28s %d", what, count)));
        output.out().println(seeds + " seeds in " + report.get("seconds") + " s: "
                + (result.failure().isEmpty() ? "nothing was used without consent" : "FAILED, seed " + report.get("failedSeed")));
        for (String part : List.of("problems", "story")) {
            if (report.get(part) instanceof List<?> lines) {
                output.out().println(part + ":");
                lines.forEach(line -> output.out().println("  " + line));
            }
        }
    }

    private final AtomicInteger done = new AtomicInteger();

    private void progress(int more) {
        int count = done.addAndGet(more);
        if (count / (seeds / TENTHS + 1) != (count - more) / (seeds / TENTHS + 1)) {
            output.err().println(count + " of " + seeds + " seeds");
            output.err().flush();
        }
    }
}
