package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.TwinSnapshot;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.pulse;
import static org.assertj.core.api.Assertions.assertThat;

/** What time alone brings about, told by the stream's clock. */
class TimersTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN).enrol(BEN);

    /** Three intervals of a minute are less than the least of twenty minutes. */
    @Test
    void shouldTellSilenceFromTicksAlone() {
        // Given
        twin.play(batch(ANN, PATCH, at(0), pulse(at(0), 70)), batch(ANN, SENSOR, at(0), glucose(at(0), 120)));
        // When
        twin.tick(Duration.ofSeconds(1_200));
        List<AlertEvent> before = twin.alerts(ANN);
        twin.tick(Duration.ofSeconds(2));
        // Then
        assertThat(before).isEmpty();
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getFamily).containsOnly("SILENCE");
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).singleElement().satisfies(alert -> {
            assertThat(alert.getLane()).isEqualTo(Lane.TECHNICAL);
            assertThat(alert.getEpisodeStart()).isEqualTo(at(0));
            assertThat(alert.getEffectiveTime()).isEqualTo(at(1_200));
        });
        assertThat(twin.alerts(BEN)).isEmpty();
    }

    @Test
    void shouldEndSilenceWhenSomethingComes() {
        // Given
        twin.play(batch(ANN, PATCH, at(0), pulse(at(0), 70))).tick(Duration.ofMinutes(25));
        // When
        twin.play(batch(ANN, PATCH, at(1_600), pulse(at(1_599), 71)));
        // Then
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getEvent).containsExactly(AlertEventType.RAISED, AlertEventType.CLEARED);
    }

    /** A reading that arrives as the deadline passes counts as in time within the second that timers look back. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 999, 1_000, 1_001})
    void shouldDecideOnSilenceTheSameWhetherATickOrAReadingIsSeenFirst(long millisAfter) {
        // Given
        Instant when = at(1_200).plusMillis(millisAfter);
        Input first = batch(ANN, PATCH, at(0), pulse(at(0), 70));
        Input again = batch(ANN, PATCH, when, pulse(at(1_190), 71));
        List<AlertEvent> tickFirst = twin.play(first).play(Story.tick(when), again).alerts(ANN);
        // When
        List<AlertEvent> readingFirst;
        try (DrivenTwin other = new DrivenTwin().enrol(ANN)) {
            readingFirst = other.play(first).play(again, Story.tick(when)).alerts(ANN);
        }
        // Then
        assertThat(readingFirst).isEqualTo(tickFirst);
        assertThat(tickFirst).hasSize(millisAfter < 1_000 ? 0 : 2);
    }

    @Test
    void shouldPublishAtMostOneSnapshotASecond() {
        // When: a reading every 200 ms; one falls on the full second
        for (int i = 0; i < 50; i++) {
            Instant when = at(10).plusMillis(200L * i);
            twin.play(batch(ANN, PATCH, when, pulse(when, 70 + i % 5)));
        }
        twin.tick(Duration.ofSeconds(5));
        // Then
        List<TwinSnapshot> snapshots = twin.snapshots(ANN).stream().filter(snapshot -> !snapshot.getAppendTime().isBefore(at(10))).toList();
        assertThat(snapshots).hasSizeBetween(8, 12);
        for (int i = 1; i < snapshots.size(); i++) {
            assertThat(Duration.between(snapshots.get(i - 1).getAppendTime(), snapshots.get(i).getAppendTime()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(snapshots.getLast().getFates().getApplied()).isEqualTo(50);
    }

    /** The snapshot that was due falls together with the record that comes after the gap. */
    @ParameterizedTest
    @ValueSource(longs = {1_800, 1_999, 2_000, 2_001, 2_500, 3_000, 3_001})
    void shouldPublishAtMostOneSnapshotASecondAfterAGap(long millisAfter) {
        // When
        for (long millis : new long[] {0, 200, millisAfter, millisAfter + 100}) {
            twin.play(batch(ANN, PATCH, at(10).plusMillis(millis), pulse(at(9).plusMillis(millis), 70 + millis % 7)));
        }
        twin.tick(Duration.ofSeconds(5));
        // Then
        List<Instant> times = twin.snapshots(ANN).stream().map(TwinSnapshot::getAppendTime).toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(4);
    }

    @Test
    void shouldPublishTheLastChangeWithoutFurtherData() {
        // When
        twin.play(batch(ANN, PATCH, at(10), pulse(at(9), 70)), batch(ANN, PATCH, at(10).plusMillis(100), pulse(at(10), 71)))
                .tick(Duration.ofSeconds(3));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
        assertThat(twin.snapshot(ANN).getVitals()).singleElement().satisfies(vital -> assertThat(vital.getValue()).isEqualTo(71.0));
        assertThat(twin.snapshot(ANN).getStateBytes()).isBetween(1, 600);
    }

    @Test
    void shouldPublishNoSnapshotWhenNothingHappens() {
        // Given
        twin.play(batch(ANN, PATCH, at(10), pulse(at(9), 70))).tick(Duration.ofSeconds(5));
        int before = twin.snapshots(ANN).size();
        // When
        twin.tick(Duration.ofMinutes(10));
        // Then
        assertThat(twin.snapshots(ANN)).hasSize(before);
    }

    @Test
    void shouldLetRecordsOfTheWrongClockHarmNobody() {
        // When: one broker's clock is behind, so stream time does not go back
        twin.play(batch(ANN, PATCH, at(100), pulse(at(99), 70)), batch(BEN, PATCH, at(40), pulse(at(39), 70)), batch(BEN, SENSOR, at(41), glucose(at(40), 50)))
                .tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isOne();
        assertThat(twin.fates(BEN).getApplied()).isEqualTo(2);
        assertThat(twin.alerts(BEN, AlertEventType.RAISED)).hasSize(1);
    }

    /** A batch that waited five minutes may bring a reading so old that the silence after it is already over its limit. */
    @Test
    void shouldTakeAWaitingBatchWhoseReadingsAreOldEnoughToBeSilence() {
        // Given
        twin.play(batch(ANN, SENSOR, 0, at(0), glucose(at(0), 120)));
        // When: number 1 is missing
        twin.play(batch(ANN, SENSOR, 2, at(4_200), glucose(at(1_800), 110))).tick(Duration.ofSeconds(320), Duration.ofSeconds(20));
        // Then
        assertThat(twin.fates(ANN).getApplied() + twin.fates(ANN).getLate()).isEqualTo(2);
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).contains("CGM_SIGNAL_LOSS");
    }
}
