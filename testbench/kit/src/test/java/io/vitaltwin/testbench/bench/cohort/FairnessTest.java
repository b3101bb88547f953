package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.testbench.cohort.Person.Sex;
import io.vitaltwin.testbench.cohort.Person.SkinTone;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import static io.vitaltwin.testbench.bench.cohort.Made.alert;
import static io.vitaltwin.testbench.bench.cohort.Made.hypoxia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FairnessTest {

    private static final AlertEpisode FOUND = alert(RuleId.SPO2_LOW, Priority.MEDIUM, 140, 150);
    private static final AlertEpisode FALSE = alert(RuleId.SPO2_LOW, Priority.MEDIUM, 1_000, 1_010);

    /** Two sexes, each with one event a person; of the women this many are missed. */
    @ParameterizedTest
    @CsvSource({"100, 5, HELD", "100, 6, TOO_FEW", "100, 12, BROKEN", "20, 2, TOO_FEW", "1000, 50, HELD", "1000, 51, BROKEN"})
    void shouldJudgeTheGapOfSensitivityByItsSizeAndByChance(int people, int missed, Limit.State state) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 2 * people; i++) {
            boolean isMissed = i < missed;
            Person person = Made.person(i, 50, i < people ? Sex.FEMALE : Sex.MALE, SkinTone.LIGHT);
            outcomes.add(Outcome.of(Made.patient(person, Grade.MEDICAL_HOME, List.of(hypoxia(Grade.MEDICAL_HOME)),
                    isMissed ? new AlertEpisode[0] : new AlertEpisode[] {FOUND}), 0, 30));
        }
        Limit gap = limit(Fairness.of(outcomes, 1), "sensitivity gap by sex, points");
        assertThat(gap.state()).isEqualTo(state);
        assertThat(gap.value()).isCloseTo(100.0 * missed / people, within(1e-9));
        assertThat(gap.note()).contains("male").contains("female");
    }

    /** One alert for each man, and for each woman as many as told. */
    @ParameterizedTest
    @CsvSource({"200, 1, HELD", "200, 2, BROKEN", "19, 2, TOO_FEW"})
    void shouldJudgeTheRatioOfAlerts(int people, int alertsOfWomen, Limit.State state) {
        List<Outcome> outcomes = people(2 * people, i -> Made.patient(
                Made.person(i, 50, i % 2 == 0 ? Sex.FEMALE : Sex.MALE, SkinTone.LIGHT), Grade.CONSUMER, List.of(),
                i % 2 == 0 && alertsOfWomen == 2 ? new AlertEpisode[] {FALSE, FALSE} : new AlertEpisode[] {FALSE}));
        Limit ratio = limit(Fairness.of(outcomes, 1), "alerts ratio by sex");
        assertThat(ratio.state()).isEqualTo(state);
        assertThat(ratio.value()).isEqualTo(alertsOfWomen);
    }

    /** A ratio of 2 that one person makes is no bias of the group. */
    @Test
    void shouldNotJudgeARatioThatOnePersonMakes() {
        AlertEpisode[] many = new AlertEpisode[100];
        Arrays.fill(many, FALSE);
        List<Outcome> outcomes = people(200, i -> Made.patient(
                Made.person(i, 50, i % 2 == 0 ? Sex.FEMALE : Sex.MALE, SkinTone.LIGHT), Grade.CONSUMER, List.of(),
                i == 0 ? many : new AlertEpisode[] {FALSE}));
        Limit ratio = limit(Fairness.of(outcomes, 1), "alerts ratio by sex");
        assertThat(ratio.state()).isEqualTo(Limit.State.TOO_FEW);
        assertThat(ratio.value()).isGreaterThan(1.25);
        assertThat(ratio.note()).endsWith("may be chance");
    }

    @Test
    void shouldLookAtSkinAgeAndGradeToo() {
        List<Outcome> outcomes = people(400, i -> Made.patient(Made.person(i, i % 4 < 2 ? 30 : 85, Sex.MALE, i % 2 == 0 ? SkinTone.DARK : SkinTone.LIGHT),
                i % 4 < 2 ? Grade.CONSUMER : Grade.CLINICAL, List.of(hypoxia(i % 4 < 2 ? Grade.CONSUMER : Grade.CLINICAL)),
                i % 2 == 1 ? new AlertEpisode[] {FOUND, FALSE}
                        : i % 4 >= 2 ? new AlertEpisode[] {FALSE, FALSE} : new AlertEpisode[] {FOUND, FALSE, FALSE}));
        Fairness fairness = Fairness.of(outcomes, 1);
        assertThat(fairness.limits()).filteredOn(Limit::isBroken).extracting(Limit::name).contains("sensitivity gap by skin tone, points",
                "sensitivity gap by age, points", "sensitivity gap by grade, points", "alerts ratio by skin tone");
        assertThat(fairness.groups()).filteredOn(group -> group.name().equals("dark")).singleElement().satisfies(group -> {
            assertThat(group.patients()).isEqualTo(200);
            assertThat(group.sensitivity()).isEqualTo(0.5);
            assertThat(group.medianDelaySeconds()).isEqualTo(600);
            assertThat(group.medianHypoxiaDelaySeconds()).isEqualTo(600);
        });
    }

    @Test
    void shouldCountTechnicalAlertsForNoGroup() {
        List<Outcome> outcomes = people(100, i -> Made.patient(Made.person(i, 50, i % 2 == 0 ? Sex.FEMALE : Sex.MALE, SkinTone.LIGHT), Grade.CONSUMER,
                List.of(), i % 2 == 0 ? new AlertEpisode[] {FALSE, alert(RuleId.DEVICE_SILENT, Priority.LOW, 5, 6)} : new AlertEpisode[] {FALSE}));
        assertThat(limit(Fairness.of(outcomes, 1), "alerts ratio by sex").value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'', NaN", "'3', 3", "'3 1', 2", "'9 1 5', 5"})
    void shouldTakeTheMedian(String values, double median) {
        double[] numbers = values.isEmpty() ? new double[0] : Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertThat(Fairness.median(numbers)).isEqualTo(Double.valueOf(median));
    }

    private static List<Outcome> people(int count, IntFunction<PatientResult> patient) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(Outcome.of(patient.apply(i), 0, 30));
        }
        return outcomes;
    }

    private static Limit limit(Fairness fairness, String name) {
        return fairness.limits().stream().filter(limit -> limit.name().equals(name)).findFirst().orElseThrow();
    }
}
