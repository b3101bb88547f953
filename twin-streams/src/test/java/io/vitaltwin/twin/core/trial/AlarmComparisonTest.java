package io.vitaltwin.twin.core.trial;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AlarmComparisonTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void shouldFindNothingDifferentInTheSameAlerts() {
        List<AlarmEpisode> alerts = List.of(episode("a", "SPO2", 0, 120, 600), episode("b", "HR", 900, 1_500, -1));
        AlarmComparison comparison = AlarmComparison.of(alerts, alerts);
        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.pairs()).hasSize(2).allMatch(AlarmComparison.Pair::isSame);
    }

    @Test
    void shouldTellWhatOnlyOneRunRaised() {
        AlarmEpisode spo2 = episode("a", "SPO2", 0, 120, 600);
        AlarmEpisode pulse = episode("b", "HR", 0, 120, 600);
        AlarmComparison comparison = AlarmComparison.of(List.of(spo2), List.of(pulse));
        assertThat(comparison.removed()).containsExactly(spo2);
        assertThat(comparison.added()).containsExactly(pulse);
        assertThat(comparison.isSame()).isFalse();
    }

    @Test
    void shouldSayByHowMuchTheSameAlertMoved() {
        AlarmComparison comparison = AlarmComparison.of(List.of(episode("a", "SPO2", 0, 120, 600)), List.of(episode("a", "SPO2", 0, 60, 600)));
        assertThat(comparison.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.movedBy()).isEqualTo(Duration.ofSeconds(-60));
            assertThat(pair.isMoved()).isTrue();
            assertThat(pair.hasOtherPriority()).isFalse();
        });
    }

    /** Another limit lets an episode begin at another reading, so its id is another one. 600 s: the first ends; at 600 it still counts as open. */
    @ParameterizedTest
    @CsvSource({"0, true", "599, true", "600, true", "601, false"})
    void shouldTakeAnAlertOfTheSameFamilyAtTheSameTimeForTheSameAlert(long start, boolean same) {
        AlarmComparison comparison = AlarmComparison.of(List.of(episode("a", "SPO2", 0, 120, 600)), List.of(episode("b", "SPO2", start, start + 60, start + 900)));
        assertThat(comparison.pairs()).hasSize(same ? 1 : 0);
        assertThat(comparison.added()).hasSize(same ? 0 : 1);
        assertThat(comparison.removed()).hasSize(same ? 0 : 1);
    }

    @Test
    void shouldTakeEachAlertOnceAndTheNearestFirst() {
        AlarmEpisode long1 = episode("a", "SPO2", 0, 120, 3_600);
        AlarmEpisode near = episode("x", "SPO2", 100, 200, 300);
        AlarmEpisode far = episode("y", "SPO2", 2_000, 2_100, 2_300);
        AlarmComparison comparison = AlarmComparison.of(List.of(long1), List.of(far, near));
        assertThat(comparison.pairs()).singleElement().satisfies(pair -> assertThat(pair.would()).isEqualTo(near));
        assertThat(comparison.added()).containsExactly(far);
    }

    @Test
    void shouldTellAnotherPriority() {
        AlarmLog log = new AlarmLog();
        log.raised(episode("a", "SPO2", 0, 120, -1));
        log.priority("a", Priority.HIGH);
        log.priority("a", Priority.LOW);
        log.priority("unknown", Priority.HIGH);
        log.ended("a", T0.plusSeconds(600));
        log.ended("unknown", T0);
        AlarmComparison comparison = AlarmComparison.of(List.of(episode("a", "SPO2", 0, 120, 600)), log.episodes());
        assertThat(comparison.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.hasOtherPriority()).isTrue();
            assertThat(pair.isMoved()).isFalse();
            assertThat(pair.would().highest()).isEqualTo(Priority.HIGH);
            assertThat(pair.would().ended()).contains(T0.plusSeconds(600));
        });
    }

    @Test
    void shouldCountByPriorityAndTakeTheLowerMedian() {
        StaffLoad load = StaffLoad.of(List.of(episode("a", "SPO2", 0, 120, 600), episode("b", "HR", 0, 60, -1), episode("c", "HR", 0, 600, -1),
                episode("d", "HR", 100, 90, -1)));
        assertThat(load.total()).isEqualTo(4);
        assertThat(load.alerts()).containsEntry(Priority.MEDIUM, 4).containsEntry(Priority.HIGH, 0);
        assertThat(load.medianDelay()).contains(Duration.ofSeconds(60));
        assertThat(StaffLoad.of(List.of()).medianDelay()).isEmpty();
    }

    /** @param end seconds; negative: still open */
    private static AlarmEpisode episode(String id, String family, long start, long raised, long end) {
        return new AlarmEpisode(id, family + "_RULE", family, Lane.PHYSIOLOGICAL, Priority.MEDIUM, T0.plusSeconds(start), T0.plusSeconds(raised),
                end < 0 ? Optional.empty() : Optional.of(T0.plusSeconds(end)));
    }
}
