package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Custom rules as they are written in a rule set file. */
class CustomLanguageTest {

    private static final Duration EACH_MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private RuleSet rules(String custom) throws IOException {
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            Path file = folder.resolve("own.yaml");
            Files.writeString(file, new String(in.readAllBytes(), StandardCharsets.UTF_8) + "custom:\n" + custom);
            return RuleSetFile.read(file);
        }
    }

    private RuleSet rule(String when) throws IOException {
        return rules("  MY_RULE:\n    when: |\n      " + when + "\n    priority: MEDIUM\n    source: house rule\n    text: It holds.\n");
    }

    /** What becomes of a condition for a pulse of 82.3, resting, from a medical device, with an own pulse of 60 asleep. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "latest.heart_rate.value > 82.2; RAISED",
        "latest.heart_rate.value > 82.3; nothing",
        "latest.heart_rate.value >= 82; RAISED",
        "latest.heart_rate.value == 82.3; RAISED",
        "latest.heart_rate.value - 80.0 > 2.3; nothing",
        "latest.heart_rate.value - 80.0 > 2.2; RAISED",
        "latest.heart_rate.value - baseline.heart_rate.sleep.median == 22.3; RAISED",
        "latest.heart_rate.value * 2.0 == 164.6 && latest.heart_rate.value / 2.0 == 41.15; RAISED",
        "baseline.heart_rate.sleep.days >= 28 && baseline.heart_rate.sleep.mad == 1.0; RAISED",
        "latest.heart_rate.value - baseline.heart_rate.rest.median > 1.0; nothing",
        "latest.heart_rate.unit == '/min' && latest.heart_rate.grade == 'MEDICAL_HOME' && latest.heart_rate.context == 'REST'; RAISED",
        "context == 'REST' && has(latest.heart_rate); RAISED",
        "latest.spo2.value < 90.0; nothing",
        "!has(latest.spo2) && latest.heart_rate.value > 80.0; RAISED",
        "latest.spo2.value < 90.0 || latest.heart_rate.value > 80.0; RAISED",
        "latest.spo2.value < 90.0 && latest.heart_rate.value > 80.0; nothing",
        "!(latest.spo2.value < 90.0); nothing",
        "age.heart_rate < duration('1s'); RAISED",
        "age.spo2 > duration('1s'); nothing",
        "quality.heart_rate.verdict == 'ACCEPT' && quality.heart_rate.reasons.size() == 0; RAISED",
        "quality.heart_rate.sigma < 3.0; nothing",
        "latest.heart_rate.value / (latest.heart_rate.value - 82.3) > 1.0; DIVISION",
        "1 / (1 - 1) == 1 && latest.heart_rate.value > 80.0; DIVISION",
        "latest.heart_rate.value > 90.0 && 1 / (1 - 1) == 1; nothing",
        "9223372036854775807 + int(latest.heart_rate.value) > 1; OVERFLOW",
        "1e300 * 1e300 * latest.heart_rate.value > 1.0; OVERFLOW",
        "double(latest.heart_rate.unit) > 1.0; BAD",
        "[1, 2][int(latest.heart_rate.value)] == 1; BAD"})
    void shouldMeanWhatItSays(String when, String outcome) throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule(when)).sleepingPulse(60);
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).at(0, 82.3);

        List<String> expected = switch (outcome) {
            case "RAISED" -> List.of("RAISED MY_RULE MEDIUM 0");
            case "nothing" -> List.of();
            default -> List.of("RAISED CUSTOM_RULE_FAILED LOW 0");
        };
        assertThat(bench.log()).isEqualTo(expected);
        if (expected.toString().contains("FAILED")) {
            String words = switch (outcome) {
                case "DIVISION" -> "it divides by zero";
                case "OVERFLOW" -> "a number becomes too large";
                default -> "has no such value";
            };
            assertThat(bench.alert(0).text()).contains("MY_RULE", words).doesNotContain("82");
        }
    }

    @Test
    void shouldStopWhatTakesTooManySteps() throws IOException {
        String hundred = "[0,1,2,3,4,5,6,7,8,9]";
        RuleBench bench = RuleBench.adult().rules(rule("latest.heart_rate.value > 1.0 && " + hundred + ".all(a, " + hundred + ".all(b, "
                + hundred + ".all(c, " + hundred + ".all(d, a + b + c + d >= 0))))"));
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).at(0, 82);

        assertThat(bench.log()).containsExactly("RAISED CUSTOM_RULE_FAILED LOW 0");
        assertThat(bench.alert(0).text()).contains("it takes too many steps");
    }

    @Test
    void shouldKnowCodesAndUnits() throws IOException {
        RuleBench codes = RuleBench.adult().rules(rule("latest.consciousness.value in ['C', 'V', 'P', 'U']"));
        codes.feed(Vital.CONSCIOUSNESS, Grade.CLINICAL, Duration.ofHours(6)).at(0, RuleBench.code('A')).at(60, RuleBench.code('V'));
        assertThat(codes.log()).contains("RAISED MY_RULE MEDIUM 60");

        RuleBench molar = RuleBench.adult().rules(rule("latest.glucose_interstitial.unit == 'mmol/L' && latest.glucose_interstitial.sent == 12.0 "
                + "&& latest.glucose_interstitial.value == 216.187"));
        molar.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5)).at(0, Value.measured(12_000, Unit.MMOL_PER_L));
        assertThat(molar.log()).containsExactly("RAISED MY_RULE MEDIUM 0");
    }

    @Test
    void shouldTakeTheNewestOfTwoDevicesAndOfOneTimeTheBetterGrade() throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule("latest.heart_rate.value > 100.0"));
        Feed watch = bench.feed(Vital.HEART_RATE, Grade.CONSUMER, EACH_MINUTE);
        Feed patch = bench.feed(Vital.HEART_RATE, Grade.CLINICAL, EACH_MINUTE);

        patch.at(0, 90);
        watch.at(0, 110);
        assertThat(bench.log()).isEmpty();
        watch.at(30, 110);
        assertThat(bench.log()).containsExactly("RAISED MY_RULE MEDIUM 30");
        patch.at(60, 90);
        assertThat(bench.log()).containsExactly("RAISED MY_RULE MEDIUM 30", "CLEARED MY_RULE MEDIUM 60");
    }

    @Test
    void shouldLeaveOutAValueThatIsNoLongerCurrent() throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule("latest.heart_rate.value > 100.0 && latest.spo2.value < 96.0"));
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).at(0, 110);
        Feed oximeter = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, EACH_MINUTE);

        oximeter.at(901, 95);
        assertThat(bench.log()).isEmpty();
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).at(902, 110);
        assertThat(bench.log()).containsExactly("RAISED MY_RULE MEDIUM 902");
    }

    @Test
    void shouldKnowTheTrendOfAVital() throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule("trend.heart_rate.slope > 0.5 && trend.heart_rate.level > 95.0 && trend.heart_rate.level_sigma < 3.0"));
        Feed feed = bench.feed(Vital.HEART_RATE, Grade.CLINICAL, EACH_MINUTE).sigma(1.5);

        feed.hold(0, 600, 70);
        assertThat(bench.log()).isEmpty();
        for (int minute = 11; minute <= 25; minute++) {
            feed.at(minute * 60L, 70 + 2 * (minute - 10));
        }
        assertThat(bench.log()).singleElement().asString().startsWith("RAISED MY_RULE MEDIUM ");
        assertThat(bench.alert(0).predictive()).isFalse();
    }

    @Test
    void shouldKnowTheForecastOfGlucoseOnceThereIsOne() throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule("forecast.glucose_interstitial.in30.low < forecast.glucose_interstitial.in30.value "
                + "&& forecast.glucose_interstitial.in60.high > 40.0 && !has(latest.heart_rate)"));
        Feed sensor = bench.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5));

        sensor.at(0, 120).at(300, 121);
        assertThat(bench.log()).isEmpty();
        for (int reading = 2; reading < 12 * 6; reading++) {
            sensor.at(reading * 300L, 120 + Math.round(20 * Math.sin(reading / 6.0)));
        }

        assertThat(bench.log()).singleElement().asString().startsWith("RAISED MY_RULE MEDIUM ");
        assertThat(bench.alert(0).effectiveMillis()).isGreaterThan(RuleBench.millis(3_600));
        assertThat(bench.alert(0).predictive()).isTrue();
    }

    @Test
    void shouldRaiseByAnAgeAndKeepTheTimeThroughAStoredTwin() throws IOException {
        RuleBench bench = RuleBench.adult().rules(rule("age.heart_rate >= duration('20m')"));
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).at(0, 70);
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));

        bench.until(1_199);
        assertThat(bench.log()).isEmpty();
        bench.until(1_200);

        assertThat(bench.log()).containsExactly("RAISED MY_RULE MEDIUM 1200");
        assertThat(bench.alert(0).effectiveMillis()).isEqualTo(RuleBench.millis(1_200));
    }

    @Test
    void shouldReadEveryKeyOfARule() throws IOException {
        RuleSet rules = rules("""
                  RESTLESS_NIGHT:
                    when: latest.heart_rate.value > 90.0 && context == 'SLEEP'
                    for: PT10M
                    clear: latest.heart_rate.value < 80.0
                    clearFor: PT5M
                    priority: HIGH
                    text: "Pulse {heart_rate} asleep over {held}, measured by {device}."
                    source: CR 3.7; ward protocol 12
                    conditions: [heart_failure, copd]
                    population: {minAge: 18, excludes: [pregnancy]}
                  ANOTHER_ONE:
                    when: latest.spo2.value < 93.0
                    priority: LOW
                    text: Low.
                    source: ward protocol 13
                """);
        CustomRule rule = rules.custom().of("RESTLESS_NIGHT").orElseThrow();
        assertThat(rules.custom().all()).extracting(CustomRule::id).containsExactly("RESTLESS_NIGHT", "ANOTHER_ONE");
        assertThat(rule.forMillis()).isEqualTo(600_000);
        assertThat(rule.clearForMillis()).isEqualTo(300_000);
        assertThat(rule.vitals()).containsExactly(Vital.HEART_RATE);
        assertThat(rule.conditions()).containsExactlyInAnyOrder("heart_failure", "copd");
        assertThat(rule.population()).isEqualTo(new Population(18, Population.NO_LIMIT, java.util.Set.of("pregnancy"), false));
        assertThat(rule.isAged()).isFalse();

        RuleBench bench = RuleBench.adult().rules(rules).has("copd");
        Feed feed = bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, EACH_MINUTE).context(Context.SLEEP);
        feed.hold(0, 600, 95).hold(660, 1_020, 79);
        assertThat(bench.log()).containsExactly("RAISED RESTLESS_NIGHT HIGH 600", "CLEARED RESTLESS_NIGHT HIGH 960");
        assertThat(bench.alert(0).text()).isEqualTo("Own rule RESTLESS_NIGHT: Pulse 95 /min asleep over 10 minutes, measured by a medical home device.");
    }
}
