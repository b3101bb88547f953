package io.vitaltwin.testbench.verify;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.standalone.cli.ExitCodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Derives alert events again from the log; exit 1 when any does not match. */
@Command(name = "alerts", mixinStandardHelpOptions = true, description = {
        "Takes alert events from their topic, looks up their evidence by its offset, and derives each again from the patient's own records.",
        "Exit 1 if any event differs, is missing or was never told. Every event must match."})
final class VerifyAlertsCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--from-beginning", description = "All alert events. Else those of the last day.")
    private boolean fromBeginning;

    @Option(names = "--rules", paramLabel = "FILE", description = "The rule set that decided. Default: the one that comes with the program.")
    private @Nullable Path rules;

    @Override
    public Integer call() {
        Path file = rules;
        if (file != null && !Files.isReadable(file)) {
            throw CliException.wrongCall("--rules " + file + " cannot be read: name a rule set file");
        }
        Optional<Instant> since = fromBeginning ? Optional.empty() : Optional.of(Instant.now().minus(Duration.ofDays(1)));
        Verdict verdict = new Verification(cluster, Optional.ofNullable(file), since).run();
        print(verdict);
        return verdict.mismatches().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void print(Verdict verdict) {
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("events", verdict.events());
            line.put("matched", verdict.matched());
            line.put("gone", verdict.gone());
            line.put("mismatches", verdict.mismatches());
            cluster.printJson(line);
        } else {
            verdict.mismatches().forEach(mismatch -> cluster.out().println("MISMATCH " + mismatch));
            cluster.out().println(verdict.events() + " alert events: " + verdict.matched() + " derived again and equal, "
                    + verdict.mismatches().size() + " mismatches"
                    + (verdict.gone() == 0 ? "" : ", " + verdict.gone() + " rest on records that the log no longer holds"));
        }
        cluster.out().flush();
    }
}
