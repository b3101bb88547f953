package io.vitaltwin.testbench.ethics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.testbench.bench.BenchCommand;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleId;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** E6: nothing stands for how much care somebody got or could pay, and every group is served alike. */
@Tag("ethics")
class E06BiasTest {

    /**
     * What stands for money or for care that was had before: those who had less of it would look healthier. A cost proxy once cut the share of
     * Black patients among those who got extra help to a third of what it should have been (CLINICAL.md section 8.4).
     */
    private static final List<String> PROXIES = List.of("cost", "price", "spend", "payer", "insur", "premium", "billing", "claim", "income", "deprivation",
            "postcode", "zip", "admission", "readmission", "visits", "utili", "adherence", "compliance", "ethnic", "race", "employ");

    @Test
    void shouldFeedNoRuleWithCostInsuranceOrUse() {
        assertThat(inputs()).hasSizeGreaterThan(100).allSatisfy(input -> assertThat(isProxy(input)).as(input).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"annualCost", "insurance_class", "admissionsLastYear", "payerId"})
    void shouldKnowAProxyWhenThereIsOne(String input) {
        assertThat(isProxy(input)).isTrue();
    }

    /** All that a rule can be told: vitals, its own parameters, the fields of the care plan, the variables of custom conditions. */
    private static List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        Arrays.stream(Vital.values()).map(Vital::id).forEach(inputs::add);
        Arrays.stream(RuleId.values()).flatMap(rule -> rule.parameters().stream()).forEach(inputs::add);
        PatientContext.SCHEMA$.getFields().stream().map(Schema.Field::name).forEach(inputs::add);
        inputs.addAll(List.of("latest", "age", "baseline", "trend", "forecast", "quality", "context"));
        return inputs;
    }

    private static boolean isProxy(String input) {
        String word = input.toLowerCase(Locale.ROOT);
        return PROXIES.stream().anyMatch(word::contains);
    }

    /** A small cohort, too small for the budgets of alerts; the build's own step plays a larger one and holds it to all limits. Each limit says whether it held, broke, or has too few to judge. */
    @Test
    void shouldServeGroupsAlike() throws IOException {
        // When
        StringWriter out = new StringWriter();
        new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()))
                .execute("cohort", "--patients", "24", "--days", "3", "--output", "json");
        JsonNode report = new ObjectMapper().readTree(out.toString());
        // Then
        List<JsonNode> limits = StreamSupport.stream(report.findValue("fairness").findValue("limits").spliterator(), false).toList();
        assertThat(limits).extracting(limit -> limit.get("name").asText()).contains("sensitivity gap by age, points", "sensitivity gap by sex, points",
                "sensitivity gap by skin tone, points", "sensitivity gap by grade, points", "alerts ratio by age", "alerts ratio by sex",
                "alerts ratio by skin tone", "alerts ratio by grade");
        assertThat(limits).noneMatch(limit -> limit.get("state").asText().equals("BROKEN"));
    }
}
