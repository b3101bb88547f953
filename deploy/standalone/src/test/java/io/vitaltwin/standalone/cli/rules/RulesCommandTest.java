package io.vitaltwin.standalone.cli.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RulesCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = """
            custom:
              NIGHT_PULSE:
                when: latest.heart_rate.value > 90.0 && context == 'SLEEP'
                for: PT10M
                priority: HIGH
                text: "Pulse {heart_rate} asleep."
                source: ward protocol 12
                conditions: [copd]
                population: {minAge: 18}
            """;

    @TempDir
    private Path folder;

    record Outcome(int exit, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private static Outcome run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new CommandLine(new RulesCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    line.getErr().println(problem.getMessage());
                    return problem instanceof CliException known ? known.exitCode() : ExitCodes.FAILED;
                }).execute(args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static String bundled() throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), yaml).toString();
    }

    @Test
    void shouldListEveryRule() throws IOException {
        Outcome text = run("list");
        assertThat(text.exit).isZero();
        assertThat(text.lines().getFirst()).isEqualTo("rule set " + RuleSetFile.bundled().version());
        assertThat(text.lines()).hasSize(RuleId.values().length)
                .anySatisfy(line -> assertThat(line.split(" +")).startsWith("", "SPO2_CRIT", "SPO2", "HIGH", "CR"));

        Outcome json = run("list", "--rules", file(bundled() + OWN), "--output", "json");
        assertThat(json.lines()).hasSize(RuleId.values().length);
        JsonNode last = JSON.readTree(json.lines().getLast());
        assertThat(last.get("rule").asText()).isEqualTo("NIGHT_PULSE");
        assertThat(last.get("family").asText()).isEqualTo("CUSTOM:NIGHT_PULSE");
        assertThat(last.get("custom").asBoolean()).isTrue();
        assertThat(last.get("version").asText()).isEqualTo(RuleSetFile.bundled().version());
        assertThat(last.get("source").asText()).isEqualTo("ward protocol 12");
    }

    @Test
    void shouldShowABuiltInRule() throws IOException {
        Outcome text = run("show", "SPO2_CRIT");
        assertThat(text.lines()).contains("rule: SPO2_CRIT", "priority: HIGH", "  gate: 91.5 %", "  onSeconds: 60 s", "  pulse: 111 /min",
                "source: CR 3.0, 3.11.2", "  minAge: 16");
        JsonNode json = JSON.readTree(run("show", "SPO2_CRIT", "--output", "json").out);
        assertThat(json.get("parameters").get("gate").get("value").asDouble()).isEqualTo(91.5);
        assertThat(json.get("parameters").get("gate").get("unit").asText()).isEqualTo("%");
        assertThat(json.get("text").asText()).contains("{median}");
    }

    @Test
    void shouldShowACustomRule() throws IOException {
        Outcome text = run("show", "NIGHT_PULSE", "--rules", file(bundled() + OWN));
        assertThat(text.lines()).contains("when: latest.heart_rate.value > 90.0 && context == 'SLEEP'", "for: PT10M", "clear: when no longer",
                "vitals: heart_rate", "conditions: copd", "source: ward protocol 12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "cards"})
    void shouldNameTheRulesWhenOneIsUnknown(String command) {
        Outcome outcome = run(command, "SPO2");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err).contains("no rule is called SPO2", "SPO2_LOW");
    }

    @Test
    void shouldCheckAFile() throws IOException {
        Outcome good = run("check", file(bundled() + OWN));
        assertThat(good.exit).isZero();
        assertThat(good.out).contains("can be used", "1 of its own");

        String yaml = bundled() + OWN.replace("heart_rate.value", "hart_rate.value").replace("PT10M", "10 min");
        int first = (int) bundled().lines().count();
        Outcome bad = run("check", file(yaml.replace("priority: MEDIUM\n    source: CR 3.0, 3.2, 3.12.2", "priority: SOME\n    source: CR 3.0, 3.2, 3.12.2")));
        assertThat(bad.exit).isEqualTo(1);
        assertThat(bad.lines()).hasSize(3);
        assertThat(bad.lines().get(0)).matches("own\\.yaml:\\d+: priority must be one of .*");
        assertThat(bad.lines().get(1)).startsWith("own.yaml:" + (first + 3) + ":17: ").contains("undefined field 'hart_rate'");
        assertThat(bad.lines().get(2)).startsWith("own.yaml:" + (first + 4) + ": ").contains("PT10M");
        assertThat(JSON.readTree(run("check", file(yaml), "--output", "json").lines().getFirst()).get("problem").asText()).contains("hart_rate");
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        Outcome outcome = run("check", folder.resolve("missing.yaml").toString());
        assertThat(outcome.exit).isEqualTo(2);
        assertThat(outcome.err).contains("cannot read the rule set", "missing.yaml");
        assertThat(run("list", "--rules", folder.toString()).exit).isEqualTo(2);
    }

    @Test
    void shouldRefuseToListWhatCannotBeUsed() throws IOException {
        Outcome outcome = run("list", "--rules", file(bundled() + OWN.replace("90.0", "90")));
        assertThat(outcome.exit).isZero();
        Outcome broken = run("list", "--rules", file(bundled() + OWN.replace("> 90.0", "- 90 > 1.0")));
        assertThat(broken.exit).isEqualTo(1);
        assertThat(broken.err).startsWith("own.yaml:").contains("decimal point");
    }

    @Test
    void shouldMakeACardOfEveryRule() throws IOException {
        Outcome all = run("cards");
        assertThat(all.exit).isZero();
        List<Card> cards = RuleSetFile.bundled().cards();
        assertThat(all.lines().stream().filter(line -> line.startsWith("## "))).hasSameSizeAs(cards);
        for (RuleId id : RuleId.values()) {
            assertThat(all.lines()).anySatisfy(line -> assertThat(line).startsWith("| " + id + " | "));
        }
        assertThat(all.lines().getLast()).isEqualTo("An information system about alarms: not a medical device and not a primary alarm.");
        assertThat(all.out).contains("No validation at home: performance outside hospital is unproven.", "not lowered (a guideline's rule)");

        Outcome json = run("cards", "--output", "json");
        assertThat(json.lines()).hasSameSizeAs(cards);
        assertThat(JSON.readTree(json.lines().getFirst()).get("rules").get(0).get("parameters").get("on").get("unit").asText()).isEqualTo("%");
    }

    @Test
    void shouldMakeTheCardOfOneRule() throws IOException {
        Outcome one = run("cards", "NEWS2_SINGLE_3");
        assertThat(one.lines().stream().filter(line -> line.startsWith("## "))).containsExactly("## NEWS2");
        assertThat(one.out).contains("younger than 16 years, pregnancy: tagged EXTRAPOLATED", "0.894", "An age that is not known puts nobody outside");

        Outcome own = run("cards", "NIGHT_PULSE", "--rules", file(bundled() + OWN));
        assertThat(own.lines().getFirst()).isEqualTo("## NIGHT_PULSE");
        assertThat(own.out).contains("`latest.heart_rate.value > 90.0 && context == 'SLEEP'` for PT10M", "with copd", "younger than 18 years",
                "ward protocol 12", "None is known.");
    }
}
