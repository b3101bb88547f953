package io.vitaltwin.standalone.cli.rules;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.standalone.cli.OutputOptions;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.RuleSetProblem;
import io.vitaltwin.twin.core.rules.CustomRule;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What the rules are: read from a rule set file, without a cluster. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Rule sets: what they say, whether they can be used, what to know of each rule.",
        subcommands = {RulesCommand.ListRules.class, RulesCommand.Show.class, RulesCommand.Check.class, CardsCommand.class})
public final class RulesCommand {

    /** Which rule set. */
    static final class Source {

        @Option(names = "--rules", paramLabel = "FILE", description = "A rule set file. Default: the rule set that comes with the program.")
        private @Nullable Path file;

        /** @throws CliException if it cannot be used */
        RuleSet read() {
            if (file == null) {
                return RuleSetFile.bundled();
            }
            requireReadable(file);
            try {
                return RuleSetFile.read(file);
            } catch (RuleSetProblem e) {
                throw CliException.failed(e.getMessage(), e);
            }
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw CliException.wrongCall("cannot read the rule set " + file + "; name a file that exists and is readable");
        }
    }

    /** @throws CliException if no rule has this name */
    static CliException unknown(String rule, RuleSet rules) {
        List<String> known = Arrays.stream(RuleId.values()).filter(id -> id != RuleId.CUSTOM).map(RuleId::name).toList();
        List<String> own = rules.custom().all().stream().map(CustomRule::id).toList();
        return CliException.failed("no rule is called " + rule + "; built in are " + String.join(", ", known)
                + (own.isEmpty() ? "" : "; of its own the rule set has " + String.join(", ", own)));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Every rule with its family, highest priority and source.")
    static final class ListRules implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Mixin
        private Source source = new Source();

        @Override
        public Integer call() {
            RuleSet rules = source.read();
            if (!output.json()) {
                output.out().println("rule set " + rules.version());
            }
            for (RuleId id : RuleId.values()) {
                if (id != RuleId.CUSTOM) {
                    RuleSet.Entry entry = rules.of(id);
                    print(rules, id.name(), id.family().name(), entry.priority().name(), entry.source(), false);
                }
            }
            for (CustomRule rule : rules.custom().all()) {
                print(rules, rule.id(), RuleId.CUSTOM.family().name(rule.id()), rule.priority().name(), rule.source(), true);
            }
            return ExitCodes.DONE;
        }

        private void print(RuleSet rules, String id, String family, String priority, String from, boolean custom) {
            if (output.json()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("rule", id);
                line.put("family", family);
                line.put("priority", priority);
                line.put("version", rules.version());
                line.put("source", from);
                line.put("custom", custom);
                output.printJson(line);
            } else {
                output.out().printf("  %-24s %-24s %-7s %s%n", id, family, priority, from);
            }
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "One rule: its numbers with their units, text, source; of a custom rule its conditions.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Mixin
        private Source source = new Source();

        @Parameters(index = "0", paramLabel = "RULE", description = "A rule's id, such as SPO2_CRIT.")
        private String rule = "";

        @Override
        public Integer call() {
            RuleSet rules = source.read();
            Map<String, Object> found = builtIn(rules).or(() -> rules.custom().of(rule).map(own -> RuleData.of(rules, own)))
                    .orElseThrow(() -> unknown(rule, rules));
            if (output.json()) {
                output.printJson(found);
            } else {
                RuleData.print(output.out(), found);
            }
            return ExitCodes.DONE;
        }

        private Optional<Map<String, Object>> builtIn(RuleSet rules) {
            return Arrays.stream(RuleId.values()).filter(id -> id != RuleId.CUSTOM && id.name().equals(rule)).findFirst()
                    .map(id -> RuleData.of(rules, id));
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true,
            description = "Reads a rule set and names everything that is wrong with it, as FILE:LINE or FILE:LINE:COLUMN. Exit 1 if anything is.")
    static final class Check implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Parameters(index = "0", paramLabel = "FILE", description = "A rule set file.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            requireReadable(file);
            try {
                RuleSet rules = RuleSetFile.read(file);
                int custom = rules.custom().all().size();
                if (output.json()) {
                    output.printJson(Map.of("version", rules.version(), "customRules", custom));
                } else {
                    output.out().println("rule set " + rules.version() + " can be used: " + rules.rules().size() + " rules, " + custom + " of its own");
                }
                return ExitCodes.DONE;
            } catch (RuleSetProblem e) {
                for (String problem : e.all()) {
                    if (output.json()) {
                        output.printJson(Map.of("problem", problem));
                    } else {
                        output.out().println(problem);
                    }
                }
                return ExitCodes.FAILED;
            }
        }
    }
}
