package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.rules.CustomRule.Condition;
import io.vitaltwin.twin.core.rules.CustomRule.Outcome;
import io.vitaltwin.twin.core.rules.CustomRule.Problem;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Custom rules with conditions written in Java: when they are asked, how long they must hold, what becomes of their episodes. */
class CustomRulesTest {

    private static final Duration SPARSE = Duration.ofMinutes(1);
    private static final RuleSet BUNDLED = RuleSetFile.bundled();

    private final RuleBench bench = RuleBench.adult();

    /** The current value is above so many whole units; unknown when there is none. */
    private static Condition above(Vital vital, long units) {
        return condition(Set.of(vital), view -> view.latest(vital)
                .<Outcome>map(newest -> new Outcome.Known(newest.canonicalMilli() > units * 1000)).orElse(Outcome.UNKNOWN));
    }

    private static Condition condition(Set<Vital> vitals, CustomRule.Test test) {
        return new Condition("in Java", vitals, Set.of(), List.of(), false, false, test);
    }

    private static Condition older(Vital vital, Duration age) {
        return new Condition("in Java", Set.of(vital), Set.of(vital), List.of(age.toMillis()), false, false, view -> view.newest(vital)
                .<Outcome>map(newest -> new Outcome.Known(view.ageMillis(newest) > age.toMillis())).orElse(Outcome.UNKNOWN));
    }

    private static CustomRule rule(String id, Condition when, Duration held, Priority priority) {
        return rule(id, when, held, Optional.empty(), Duration.ZERO, priority, Set.of());
    }

    private static CustomRule rule(String id, Condition when, Duration held, Optional<Condition> clear, Duration clearHeld, Priority priority,
            Set<String> conditions) {
        return new CustomRule(id, when, held.toMillis(), clear, clearHeld.toMillis(), priority,
                "Pulse {heart_rate} over {held}, measured by {device}.", "house rule 7", conditions, Population.ANYBODY);
    }

    private RuleBench with(CustomRule... rules) {
        return bench.rules(new RuleSet("test", BUNDLED.rules(), new CustomSet(List.of(rules)), BUNDLED.cards()));
    }

    private Feed pulse(Grade grade) {
        return bench.feed(Vital.HEART_RATE, grade, SPARSE);
    }

    private List<String> custom() {
        return bench.log().stream().filter(line -> line.contains("PULSE") || line.contains("CUSTOM")).toList();
    }

    @Test
    void shouldRaiseAtOnceAndClearWhenItNoLongerHolds() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.MEDIUM));

        pulse(Grade.MEDICAL_HOME).at(0, 100).at(60, 101).at(120, 102).at(180, 100);

        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 60", "CLEARED PULSE_UP MEDIUM 180");
        AlertChange raised = bench.alert(0);
        assertThat(raised.text()).isEqualTo("Own rule PULSE_UP: Pulse 101 /min over 0 seconds, measured by a medical home device.");
        assertThat(raised.rule().family().lane()).isEqualTo(Lane.PHYSIOLOGICAL);
        assertThat(raised.familyName()).isEqualTo("CUSTOM:PULSE_UP");
        assertThat(raised.episodeStartMillis()).isEqualTo(RuleBench.millis(60));
        assertThat(raised.evidence()).singleElement().satisfies(proof -> {
            assertThat(proof.vital()).isEqualTo(Vital.HEART_RATE);
            assertThat(proof.point().effectiveMillis()).isEqualTo(RuleBench.millis(60));
        });
        assertThat(bench.twin().episodes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"540, false", "599, false", "600, true"})
    void shouldRaiseOnceTheSpanHasPassed(long lastSecond, boolean raised) {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(10), Priority.MEDIUM));

        pulse(Grade.MEDICAL_HOME).hold(0, 540, 110).at(lastSecond, 110);

        assertThat(custom()).isEqualTo(raised ? List.of("RAISED PULSE_UP MEDIUM 600") : List.of());
        if (raised) {
            assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.T0);
            assertThat(bench.alert(0).text()).contains("over 10 minutes");
            assertThat(bench.alert(0).thresholds()).containsEntry("PULSE_UP.forSeconds", 600_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({"120, true", "121, false"})
    void shouldNotBridgeAGapOfMoreThanTwoIntervals(long gapSeconds, boolean raised) {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(5), Priority.MEDIUM));

        pulse(Grade.MEDICAL_HOME).hold(0, 180, 110).at(180 + gapSeconds, 110);

        assertThat(custom()).hasSize(raised ? 1 : 0);
    }

    @Test
    void shouldStartAgainAfterAReadingThatDoesNotMeetIt() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(5), Priority.MEDIUM));

        pulse(Grade.MEDICAL_HOME).hold(0, 240, 110).at(300, 100).hold(360, 660, 110);

        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 660");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(360));
    }

    @Test
    void shouldTakeOneDoubtfulReadingAsNoneAndTwoAsAnEnd() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(3), Priority.MEDIUM));

        pulse(Grade.MEDICAL_HOME).hold(0, 60, 110).suspect(120, 110).at(180, 110);
        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 180");
        pulse(Grade.MEDICAL_HOME).at(240, 90).hold(300, 360, 110).suspect(420, 110).suspect(480, 110).at(540, 110);
        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 180", "CLEARED PULSE_UP MEDIUM 240");
    }

    @Test
    void shouldClearByItsOwnConditionOnceThatHasHeld() {
        Condition calm = condition(Set.of(Vital.HEART_RATE), view -> new Outcome.Known(view.latest(Vital.HEART_RATE).orElseThrow().canonicalMilli() < 90_000));
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Optional.of(calm), Duration.ofMinutes(2), Priority.LOW, Set.of()));

        pulse(Grade.MEDICAL_HOME).at(0, 110).hold(60, 300, 95).at(360, 89).at(420, 95).hold(480, 600, 89);

        assertThat(custom()).containsExactly("RAISED PULSE_UP LOW 0", "CLEARED PULSE_UP LOW 600");
    }

    @Test
    void shouldNeitherRaiseNorClearWhereSomethingIsNotKnown() {
        Condition both = condition(EnumSet.of(Vital.HEART_RATE, Vital.SPO2), view -> view.latest(Vital.SPO2).isEmpty() ? Outcome.UNKNOWN
                : new Outcome.Known(view.latest(Vital.SPO2).orElseThrow().canonicalMilli() < 92_000));
        with(rule("PULSE_AND_OXYGEN", both, Duration.ZERO, Priority.MEDIUM));
        Feed pulse = pulse(Grade.MEDICAL_HOME);

        pulse.at(0, 110);
        assertThat(custom()).isEmpty();
        bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, SPARSE).at(60, 91);
        assertThat(custom()).containsExactly("RAISED PULSE_AND_OXYGEN MEDIUM 60");
        pulse.at(60 + 16 * MINUTE, 110);
        assertThat(custom()).as("the saturation is no longer current: that ends nothing").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"CLINICAL, HIGH", "MEDICAL_HOME, HIGH", "CONSUMER, MEDIUM", "UNKNOWN, MEDIUM"})
    void shouldCapWhatConsumerDevicesAloneSay(Grade grade, Priority expected) {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.HIGH));

        pulse(grade).at(0, 110);

        assertThat(bench.alert(0).priority()).isEqualTo(expected);
        assertThat(Tag.of(bench.alert(0).tags()).contains(Tag.UNVERIFIED)).isEqualTo(expected == Priority.MEDIUM);
    }

    @Test
    void shouldLiftTheCapOfAConsumerDeviceByASymptom() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.HIGH));

        pulse(Grade.CONSUMER).at(0, 110);
        bench.symptom(30, "breathlessness");
        pulse(Grade.CONSUMER).at(60, 110);

        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 0", "UPGRADED PULSE_UP HIGH 60");
    }

    @Test
    void shouldCapWhatRestsOnASuspectReading() {
        Condition any = new Condition("in Java", Set.of(Vital.HEART_RATE), Set.of(), List.of(), true, false, view -> Outcome.HOLDS);
        with(rule("PULSE_DOUBTFUL", any, Duration.ZERO, Priority.HIGH));

        pulse(Grade.CLINICAL).suspect(0, 230);

        assertThat(custom()).containsExactly("RAISED PULSE_DOUBTFUL MEDIUM 0");
        assertThat(Tag.of(bench.alert(0).tags())).contains(Tag.SUSPECT_INPUT);
    }

    @Test
    void shouldConcernOnlyPatientsWithItsConditions() {
        CustomRule rule = rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Optional.empty(), Duration.ZERO, Priority.MEDIUM, Set.of("copd"));
        with(rule);

        pulse(Grade.MEDICAL_HOME).at(0, 110);
        assertThat(custom()).isEmpty();
        bench.has("copd");
        pulse(Grade.MEDICAL_HOME).at(60, 110);
        assertThat(custom()).containsExactly("RAISED PULSE_UP MEDIUM 60");
    }

    @Test
    void shouldAskOnlyRulesThatLookAtTheVital() {
        List<String> asked = new ArrayList<>();
        with(rule("PULSE_ONE", condition(Set.of(Vital.HEART_RATE), view -> note(asked, "pulse")), Duration.ZERO, Priority.LOW),
                rule("OXYGEN_ONE", condition(Set.of(Vital.SPO2), view -> note(asked, "oxygen")), Duration.ZERO, Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(0, 70).at(60, 71);
        bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, SPARSE).at(90, 96);

        assertThat(asked).containsExactly("pulse", "pulse", "oxygen");
    }

    private static Outcome note(List<String> asked, String what) {
        asked.add(what);
        return Outcome.DOES_NOT_HOLD;
    }

    @Test
    void shouldNotAskAgainForAReadingThatIsNotTheNewest() {
        List<String> asked = new ArrayList<>();
        with(rule("PULSE_ONE", condition(Set.of(Vital.HEART_RATE), view -> note(asked, "at " + RuleBench.second(view.atMillis()))), Duration.ZERO, Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(120, 70).at(60, 71).reject(180, 20).at(240, 72);

        assertThat(asked).containsExactly("at 120", "at 240");
    }

    @Test
    void shouldAskAsOfTheNewestReadingWhenStreamsComeOneBehindTheOther() {
        List<String> asked = new ArrayList<>();
        with(rule("BOTH_OF_THEM", condition(EnumSet.of(Vital.HEART_RATE, Vital.SPO2), view -> note(asked, "at " + RuleBench.second(view.atMillis()))),
                Duration.ZERO, Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(300, 70);
        bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, SPARSE).at(180, 96);

        assertThat(asked).containsExactly("at 300", "at 300");
    }

    @Test
    void shouldTellOnceThatARuleCannotBeComputedAndGoOn() {
        List<String> counted = new ArrayList<>();
        Condition broken = condition(Set.of(Vital.HEART_RATE), view -> view.latest(Vital.HEART_RATE).orElseThrow().canonicalMilli() == 50_000
                ? new Outcome.Failed(Problem.DIVISION_BY_ZERO) : Outcome.HOLDS);
        with(rule("PULSE_BROKEN", broken, Duration.ZERO, Priority.LOW), rule("PULSE_UP", above(Vital.HEART_RATE, 40), Duration.ZERO, Priority.LOW));
        bench.rules(bench.plan().rules().watched((id, problem) -> counted.add(id + " " + problem)));

        pulse(Grade.MEDICAL_HOME).at(0, 50).at(60, 50).at(120, 60);

        assertThat(custom()).containsExactly("RAISED CUSTOM_RULE_FAILED LOW 0", "RAISED PULSE_UP LOW 0", "CLEARED CUSTOM_RULE_FAILED LOW 120",
                "RAISED PULSE_BROKEN LOW 120");
        AlertChange technical = bench.alert(0);
        assertThat(technical.text()).contains("PULSE_BROKEN", "it divides by zero").doesNotContain("50");
        assertThat(technical.familyName()).isEqualTo("CUSTOM_FAULT:PULSE_BROKEN");
        assertThat(technical.rule().family().lane()).isEqualTo(Lane.TECHNICAL);
        assertThat(counted).containsExactly("PULSE_BROKEN DIVISION_BY_ZERO", "PULSE_BROKEN DIVISION_BY_ZERO");
    }

    @Test
    void shouldNotBreakARunWhenARuleCannotBeComputedOnce() {
        Condition broken = condition(Set.of(Vital.HEART_RATE), view -> view.latest(Vital.HEART_RATE).orElseThrow().canonicalMilli() == 111_000
                ? new Outcome.Failed(Problem.OVERFLOW) : Outcome.HOLDS);
        with(rule("PULSE_BROKEN", broken, Duration.ofMinutes(3), Priority.LOW));

        pulse(Grade.MEDICAL_HOME).hold(0, 60, 110).at(120, 111).at(180, 110);

        assertThat(custom()).contains("RAISED PULSE_BROKEN LOW 180");
    }

    @ParameterizedTest
    @CsvSource({"0, 600", "300, 900"})
    void shouldRaiseByTimeAloneWhenAnAgeIsReached(int heldSeconds, int expectedSecond) {
        with(rule("PULSE_OLD", older(Vital.HEART_RATE, Duration.ofMinutes(10)), Duration.ofSeconds(heldSeconds), Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(0, 70);
        bench.until(expectedSecond - 1);
        assertThat(custom()).isEmpty();
        bench.until(expectedSecond + 1);

        assertThat(custom()).containsExactly("RAISED PULSE_OLD LOW " + expectedSecond);
        assertThat(bench.alert(0).effectiveMillis()).isEqualTo(RuleBench.millis(expectedSecond) + 1);
        assertThat(bench.twin().parts().due(PartKind.CUSTOM)).isEqualTo(Long.MAX_VALUE);
        pulse(Grade.MEDICAL_HOME).at(1_200, 71);
        assertThat(custom()).containsExactly("RAISED PULSE_OLD LOW " + expectedSecond, "CLEARED PULSE_OLD LOW 1200");
    }

    @Test
    void shouldMoveTheDueTimeWithEachReading() {
        with(rule("PULSE_OLD", older(Vital.HEART_RATE, Duration.ofMinutes(10)), Duration.ZERO, Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(0, 70).at(300, 70);
        bench.until(899);
        assertThat(custom()).isEmpty();
        bench.until(901);
        assertThat(custom()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhenConsentForOneOfItsVitalsEnds(boolean ends) {
        Condition both = condition(EnumSet.of(Vital.HEART_RATE, Vital.SPO2), view -> Outcome.HOLDS);
        with(rule("PULSE_AND_OXYGEN", both, Duration.ZERO, Priority.LOW));
        pulse(Grade.MEDICAL_HOME).at(0, 70);

        Set<Vital> covered = ends ? EnumSet.of(Vital.HEART_RATE) : EnumSet.of(Vital.HEART_RATE, Vital.SPO2);
        ConsentRule.onCovered(bench.turn(60), covered, false, "CONSENT_CHANGED", RuleBench.millis(60));

        assertThat(custom()).hasSize(ends ? 2 : 1);
        if (ends) {
            assertThat(bench.alerts().getLast().endReason()).isEqualTo("CONSENT_CHANGED");
            assertThat(bench.alerts().getLast().evidence()).isEmpty();
        }
    }

    @Test
    void shouldForgetARunWhenConsentEnds() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(5), Priority.LOW));
        pulse(Grade.MEDICAL_HOME).hold(0, 240, 110);

        ConsentRule.onCovered(bench.turn(250), EnumSet.of(Vital.SPO2), false, "CONSENT_CHANGED", RuleBench.millis(250));
        ConsentRule.onCovered(bench.turn(260), EnumSet.allOf(Vital.class), false, "", RuleBench.millis(260));
        pulse(Grade.MEDICAL_HOME).at(300, 110);

        assertThat(custom()).isEmpty();
    }

    @Test
    void shouldEndTheEpisodeOfARuleThatIsGone() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.LOW));
        pulse(Grade.MEDICAL_HOME).at(0, 110);

        bench.rules(BUNDLED);
        pulse(Grade.MEDICAL_HOME).at(60, 110);

        assertThat(custom()).containsExactly("RAISED PULSE_UP LOW 0", "CLEARED PULSE_UP LOW 60");
        assertThat(bench.alerts().getLast().endReason()).isEqualTo("RULES_CHANGED");
        assertThat(bench.alerts().getLast().text()).isEqualTo("Ended because the rule set changed.");
    }

    @Test
    void shouldLetThePatientDisputeIt() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.LOW));
        pulse(Grade.MEDICAL_HOME).at(0, 110);

        assertThat(SymptomRule.onDispute(bench.turn(30), RuleId.CUSTOM, "PULSE_UP", RuleBench.millis(30))).isTrue();
        assertThat(SymptomRule.onDispute(bench.turn(30), RuleId.CUSTOM, "ANOTHER", RuleBench.millis(30))).isFalse();

        assertThat(Tag.of(bench.alerts().getLast().tags())).contains(Tag.DISPUTED);
    }

    @Test
    void shouldKeepEpisodesOfTwoRulesApart() {
        with(rule("PULSE_ONE", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.LOW),
                rule("PULSE_TWO", above(Vital.HEART_RATE, 105), Duration.ZERO, Priority.LOW));

        pulse(Grade.MEDICAL_HOME).at(0, 110).at(60, 103).at(120, 90);

        assertThat(custom()).containsExactly("RAISED PULSE_ONE LOW 0", "RAISED PULSE_TWO LOW 0", "CLEARED PULSE_TWO LOW 60", "CLEARED PULSE_ONE LOW 120");
    }

    @Test
    void shouldNotExceedWhatTheRuleSetAllowsForCustomRules() {
        RuleSet set = BUNDLED;
        var entries = new java.util.EnumMap<>(set.rules());
        RuleSet.Entry all = set.of(RuleId.CUSTOM);
        entries.put(RuleId.CUSTOM, new RuleSet.Entry(all.parameters(), Priority.LOW, false, all.source(), all.text()));
        bench.rules(new RuleSet("test", entries, new CustomSet(List.of(
                rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ZERO, Priority.HIGH))), set.cards()));

        pulse(Grade.CLINICAL).at(0, 110);

        assertThat(custom()).containsExactly("RAISED PULSE_UP LOW 0");
    }

    /** Storing and reading the twin between any two readings changes nothing that is decided. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldDecideTheSameWhenTheTwinIsStoredBetween(long seed) {
        assertThat(play(seed, false)).as("seed %d", seed).isNotEmpty().isEqualTo(play(seed, true));
    }

    private static List<String> play(long seed, boolean store) {
        RuleBench bench = RuleBench.adult();
        CustomRule up = rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(3), Optional.of(condition(Set.of(Vital.HEART_RATE),
                view -> new Outcome.Known(view.newest(Vital.HEART_RATE).orElseThrow().canonicalMilli() < 95_000))), Duration.ofMinutes(2),
                Priority.HIGH, Set.of());
        CustomRule old = rule("PULSE_OLD", older(Vital.HEART_RATE, Duration.ofMinutes(4)), Duration.ofMinutes(2), Priority.LOW);
        bench.rules(new RuleSet("test", BUNDLED.rules(), new CustomSet(List.of(up, old)), BUNDLED.cards()));
        Feed feed = bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, SPARSE);
        Random random = new Random(seed);
        double value = 95;
        for (int second = 0; second < 3 * 3_600; second += random.nextInt(12) == 0 ? 600 : 60) {
            bench.until(second);
            value = Math.clamp(value + Math.round(random.nextGaussian() * 5), 80, 120);
            if (random.nextInt(8) == 0) {
                feed.suspect(second, value);
            } else {
                feed.at(second, value);
            }
            if (store) {
                bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
            }
        }
        return bench.log();
    }

    @Test
    void shouldRememberNothingOfAPatientForWhomNothingHolds() {
        with(rule("PULSE_UP", above(Vital.HEART_RATE, 100), Duration.ofMinutes(5), Priority.LOW));
        pulse(Grade.MEDICAL_HOME).hold(0, 240, 90);
        int calm = bench.twin().encode(TwinState.scratch()).length;
        RuleBench without = RuleBench.adult();
        without.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, SPARSE).hold(0, 240, 90);

        assertThat(calm).isEqualTo(without.twin().encode(TwinState.scratch()).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPO2_LOW", "CUSTOM", "low", "AB", "1AB", "A B C", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOP"})
    void shouldRefuseANameThatCannotBe(String id) {
        assertThat(CustomRule.isId(id)).isFalse();
        Condition any = above(Vital.HEART_RATE, 1);
        assertThatThrownBy(() -> rule(id, any, Duration.ZERO, Priority.LOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABC", "A_1", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNO"})
    void shouldTakeANameThatIsLongEnoughAndNotTooLong(String id) {
        assertThat(CustomRule.isId(id)).isTrue();
    }
}
