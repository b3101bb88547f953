package io.vitaltwin.twin.core.diff;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.diff.Change.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AlertDiffTest {

    private static final long HOUR = 3_600_000;

    private static AlertFact raised(String patient, String family, long start) {
        return fact(patient, family, start, "RAISED", Priority.MEDIUM, start + 1_000, "low");
    }

    private static AlertFact fact(String patient, String family, long start, String event, Priority priority, long append, String text) {
        return new AlertFact(patient, patient + family + start, family + "_LOW", family, event, priority, start, append, text, "");
    }

    private static AlertDiff diff(List<AlertFact> before, List<AlertFact> after) {
        return AlertDiff.of(before, after, HOUR);
    }

    @Test
    void shouldFindNoDifferenceInTheSame() {
        List<AlertFact> facts = List.of(raised("ann", "SPO2", 0), raised("ben", "HR", 5), raised("ann", "SPO2", 9 * HOUR));
        assertThat(diff(facts, facts).isEqual()).isTrue();
        assertThat(diff(facts, facts).byRule()).extracting(RuleChange::rule, RuleChange::before, RuleChange::after)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("HR_LOW", 1L, 1L), org.assertj.core.groups.Tuple.tuple("SPO2_LOW", 2L, 2L));
        assertThat(diff(List.of(), List.of()).isEqual()).isTrue();
    }

    @Test
    void shouldTellWhatIsOnlyOnOneSide() {
        AlertDiff diff = diff(List.of(raised("ann", "SPO2", 0), raised("ben", "HR", 5)), List.of(raised("ann", "SPO2", 0), raised("ann", "HR", 5)));
        assertThat(diff.changes()).extracting(change -> change.either().patient(), Change::kinds)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ann", Set.of(Kind.ADDED)), org.assertj.core.groups.Tuple.tuple("ben", Set.of(Kind.REMOVED)));
        assertThat(diff.byRule().getFirst().kinds()).isEqualTo(Map.of(Kind.ADDED, 1L, Kind.REMOVED, 1L));
    }

    @ParameterizedTest
    @CsvSource({"3600000, MOVED", "-3600000, MOVED", "3600001, REMOVED", "-3600001, REMOVED"})
    void shouldTakeNearEpisodesForOneThatMoved(long by, Kind expected) {
        AlertDiff diff = diff(List.of(raised("ann", "SPO2", 9 * HOUR)), List.of(raised("ann", "SPO2", 9 * HOUR + by)));
        assertThat(diff.count(expected)).isOne();
        assertThat(diff.count(Kind.ADDED)).isEqualTo(expected == Kind.REMOVED ? 1 : 0);
        assertThat(diff.changes().stream().mapToLong(Change::movedMillis).sum()).isEqualTo(expected == Kind.MOVED ? by : 0);
    }

    @Test
    void shouldPairTheNearestFirst() {
        // Given: the second is nearer to what is left of the first, and must not take it
        List<AlertFact> before = List.of(raised("ann", "SPO2", 0), raised("ann", "SPO2", 1_000_000));
        List<AlertFact> after = List.of(raised("ann", "SPO2", 900_000), raised("ann", "SPO2", 2_000_000));
        // When
        AlertDiff diff = diff(before, after);
        // Then
        assertThat(diff.changes()).extracting(Change::movedMillis).containsExactly(2_000_000L, -100_000L);
    }

    @Test
    void shouldNotPairDifferentPatientsOrFamilies() {
        assertThat(diff(List.of(raised("ann", "SPO2", 0)), List.of(raised("ben", "SPO2", 0))).count(Kind.MOVED)).isZero();
        assertThat(diff(List.of(raised("ann", "SPO2", 0)), List.of(raised("ann", "HR", 0))).changes()).hasSize(2);
    }

    @Test
    void shouldTellWhenOneAlertIsToldLaterMoreUrgentlyOrInOtherWords() {
        AlertFact first = fact("ann", "SPO2", 0, "RAISED", Priority.MEDIUM, 1_000, "low");
        assertThat(diff(List.of(first), List.of(fact("ann", "SPO2", 0, "RAISED", Priority.MEDIUM, 31_000, "low"))).changes()).singleElement()
                .satisfies(change -> assertThat(change.kinds()).containsExactly(Kind.MOVED))
                .satisfies(change -> assertThat(change.movedMillis()).isEqualTo(30_000));
        assertThat(diff(List.of(first), List.of(fact("ann", "SPO2", 0, "RAISED", Priority.HIGH, 1_000, "very low"))).changes()).singleElement()
                .satisfies(change -> assertThat(change.kinds()).containsExactlyInAnyOrder(Kind.PRIORITY, Kind.TEXT));
        AlertFact upgraded = fact("ann", "SPO2", 0, "UPGRADED", Priority.HIGH, 2_000, "very low");
        assertThat(diff(List.of(first), List.of(first, upgraded)).changes()).singleElement()
                .satisfies(change -> assertThat(change.kinds()).containsExactly(Kind.PRIORITY));
    }

    @Test
    void shouldSeeWhatNoOtherKindNames() {
        AlertFact first = raised("ann", "SPO2", 0);
        AlertFact cleared = fact("ann", "SPO2", 0, "CLEARED", Priority.MEDIUM, 5_000, "over");
        assertThat(diff(List.of(first), List.of(first, cleared)).changes()).singleElement()
                .satisfies(change -> assertThat(change.kinds()).containsExactly(Kind.DETAILS));
        AlertFact other = new AlertFact("ann", first.alertId(), first.rule(), "SPO2", "RAISED", first.priority(), 0, 1_000, "low", "another limit");
        assertThat(diff(List.of(first), List.of(other)).count(Kind.DETAILS)).isOne();
    }

    @Test
    void shouldNotDependOnTheOrderInWhichPatientsCome() {
        Random random = new Random(7);
        List<AlertFact> before = new ArrayList<>();
        List<AlertFact> after = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            before.add(raised("p" + random.nextInt(5), "F" + random.nextInt(3), random.nextInt(1_000) * 60_000L));
            after.add(raised("p" + random.nextInt(5), "F" + random.nextInt(3), random.nextInt(1_000) * 60_000L));
        }
        AlertDiff expected = diff(before, after);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(before, random);
            Collections.shuffle(after, random);
            assertThat(diff(before, after)).isEqualTo(expected);
        }
        assertThat(expected.count(Kind.MOVED)).isPositive();
    }

    @Test
    void shouldCountEachEpisodeOnceOnEachSide() {
        Random random = new Random(8);
        List<AlertFact> before = new ArrayList<>();
        List<AlertFact> after = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            before.add(raised("p" + i % 4, "F", i * 1_700_000L));
            if (random.nextBoolean()) {
                after.add(raised("p" + i % 4, "F", i * 1_700_000L + random.nextInt(3) * 600_000L));
            }
        }
        AlertDiff diff = diff(before, after);
        assertThat(diff.before().size() - diff.count(Kind.REMOVED)).isEqualTo(diff.after().size() - diff.count(Kind.ADDED));
    }

    @Test
    void shouldRefuseAChangeOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(java.util.Optional.empty(), java.util.Optional.empty(), Set.of(Kind.ADDED)));
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertEpisode(List.of()));
    }
}
