package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.twin.core.state.Ordering;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.lowSaturation;
import static io.vitaltwin.twin.topology.Story.pulse;
import static org.assertj.core.api.Assertions.assertThat;

/** A transport that turns batches round, doubles or loses them changes no alert and no count. */
class BatchOrderTest {

    private static final Duration GRACE = Duration.ofMillis(Ordering.GRACE_MILLIS);

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN).enrol(BEN);

    @Test
    void shouldTakeReversedBatchesInTheOrderOfSending() {
        // Given
        List<Input> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sent.add(batch(BEN, OXIMETER, i, at(30 * i + 1), lowSaturation(i)));
        }
        List<Input> reversed = new ArrayList<>();
        for (int i = 5; i >= 0; i--) {
            reversed.add(batch(ANN, OXIMETER, i, at(160 + (5 - i)), lowSaturation(i)));
        }
        // When
        twin.play(sent).play(reversed).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.alerts(ANN)).isNotEmpty().extracting(BatchOrderTest::decided)
                .isEqualTo(twin.alerts(BEN).stream().map(BatchOrderTest::decided).toList());
        assertThat(twin.fates(ANN)).isEqualTo(twin.fates(BEN));
        assertThat(twin.flags(ANN)).isEmpty();
    }

    /** What was decided about the patient, without where the readings lay and when they came. */
    private static String decided(AlertEvent alert) {
        return alert.getRule() + alert.getEvent() + alert.getPriority() + alert.getEpisodeStart() + alert.getEffectiveTime() + alert.getText()
                + alert.getEvidence().stream().map(evidence -> evidence.getEffectiveTime() + "=" + evidence.getValue()).toList();
    }

    @Test
    void shouldWaitForWhatIsMissingFiveMinutesAndNoLonger() {
        // Given: number 1 is lost
        twin.play(batch(ANN, SENSOR, 0, at(1), glucose(at(0), 120)), batch(ANN, SENSOR, 2, at(601), glucose(at(600), 50)));
        // When
        twin.tick(GRACE.minusSeconds(1));
        List<AlertEvent> before = twin.alerts(ANN);
        twin.tick(Duration.ofSeconds(3));
        // Then
        assertThat(before).isEmpty();
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).singleElement().satisfies(alert -> {
            assertThat(alert.getRule()).isEqualTo("CGM_URGENT_LOW");
            assertThat(alert.getEffectiveTime()).isEqualTo(at(600));
            assertThat(alert.getEvidence()).singleElement().satisfies(evidence -> assertThat(evidence.getOffset()).isEqualTo(1));
        });
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
    }

    @Test
    void shouldTakeALostBatchThatStillComes() {
        // Given
        twin.play(batch(ANN, SENSOR, 0, at(1), glucose(at(0), 120)), batch(ANN, SENSOR, 2, at(601), glucose(at(600), 110))).tick(GRACE.plusSeconds(2));
        // When
        twin.play(batch(ANN, SENSOR, 1, at(910), glucose(at(300), 115)), batch(ANN, SENSOR, 1, at(915), glucose(at(300), 115))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(3);
        assertThat(twin.fates(ANN).getDuplicate()).isOne();
    }

    @Test
    void shouldCountACopyOfAWaitingBatchAsDuplicate() {
        // Given
        Input waits = batch(ANN, SENSOR, 1, at(301), glucose(at(300), 110));
        // When
        twin.play(waits, waits, batch(ANN, SENSOR, 0, at(302), glucose(at(0), 120))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
        assertThat(twin.fates(ANN).getDuplicate()).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 64})
    void shouldWaitForEarlierBatchesOfANewDeviceUnlessItHasWorkedForLong(long first) {
        // When
        twin.play(batch(ANN, SENSOR, first, at(1), glucose(at(0), 50)));
        boolean atOnce = !twin.alerts(ANN).isEmpty();
        twin.tick(GRACE.plusSeconds(2));
        // Then
        assertThat(atOnce).isEqualTo(first >= 64);
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @Test
    void shouldFollowADeviceThatCountsAnew() {
        // Given
        for (int i = 0; i < 3; i++) {
            twin.play(batch(ANN, SENSOR, i, at(300 * i + 1), glucose(at(300 * i), 120 - i)));
        }
        // When: new battery
        twin.play(batch(ANN, SENSOR, 0, at(901), glucose(at(900), 50)), batch(ANN, SENSOR, 1, at(1_201), glucose(at(1_200), 49)));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.tick(Duration.ofSeconds(5)).fates(ANN).getApplied()).isEqualTo(5);
        assertThat(twin.fates(ANN).getDuplicate()).isZero();
    }

    @Test
    void shouldTakeARetransmissionForADuplicateNotForANewCount() {
        // Given
        Input first = batch(ANN, SENSOR, 0, at(1), glucose(at(0), 120));
        twin.play(first, batch(ANN, SENSOR, 1, at(301), glucose(at(300), 118)));
        // When
        twin.play(new Input(first.topic(), first.key(), first.value(), at(310))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
        assertThat(twin.fates(ANN).getDuplicate()).isOne();
    }

    @Test
    void shouldSortTheReadingsOfABatchAndKeepTheirPlaces() {
        // Given
        List<Reading> sorted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sorted.add(lowSaturation(i));
        }
        List<Reading> turned = new ArrayList<>(sorted);
        Collections.reverse(turned);
        // When
        twin.play(batch(BEN, OXIMETER, -1, at(160), sorted), batch(ANN, OXIMETER, -1, at(160), turned)).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.flags(ANN)).isEmpty();
        assertThat(twin.alerts(ANN)).isNotEmpty().extracting(BatchOrderTest::decided)
                .isEqualTo(twin.alerts(BEN).stream().map(BatchOrderTest::decided).toList());
        assertPlaces(turned);
    }

    /** The missing batch may come in the same millisecond as the one that waits for it. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_500})
    void shouldKeepThePlacesInABatchThatWaits(long millisBetween) {
        // Given
        List<Reading> turned = List.of(lowSaturation(5), lowSaturation(3), lowSaturation(1), lowSaturation(4), lowSaturation(2));
        var waits = at(160);
        // When
        twin.play(batch(ANN, OXIMETER, 1, waits, turned), batch(ANN, OXIMETER, 0, waits.plusMillis(millisBetween), lowSaturation(0))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(6);
        assertThat(twin.flags(ANN)).isEmpty();
        assertPlaces(turned);
    }

    /** What the evidence points to is what it says. The batch is the first record of the topic, or the last. */
    private void assertPlaces(List<Reading> batch) {
        List<Evidence> evidence = twin.alerts(ANN).stream().flatMap(alert -> alert.getEvidence().stream())
                .filter(one -> !one.getEffectiveTime().equals(at(0)) || batch.size() == 6).toList();
        assertThat(evidence).isNotEmpty().allSatisfy(one -> {
            assertThat(batch.get(one.getIndex()).getEffectiveTime()).isEqualTo(one.getEffectiveTime());
            assertThat(batch.get(one.getIndex()).getValue()).isEqualTo(one.getValue());
        });
    }

    @Test
    void shouldRefuseAtOnceInABatchThatWaits() {
        // When
        twin.play(batch(ANN, SENSOR, 1, at(301), Story.reading("location", at(300), 3.0, "deg"), glucose(at(300), 110)));
        // Then
        assertThat(twin.violatingReadings(ANN)).isOne();
        twin.tick(GRACE.plusSeconds(65));
        assertThat(twin.violatingReadings(ANN)).isOne();
        assertThat(twin.fates(ANN).getRefused()).isOne();
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @Test
    void shouldAskConsentAgainWhenABatchHasWaited() {
        // When
        twin.play(batch(ANN, SENSOR, 1, at(301), glucose(at(300), 50)), Story.withdraw(ANN, "2", at(310))).tick(GRACE.plusSeconds(65));
        // Then
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getFamily).containsOnly("CONSENT");
        assertThat(twin.fates(ANN).getRefused()).isOne();
        assertThat(twin.violatingReadings(ANN)).isOne();
    }

    /** With the readings the twin forgets how new they were, not how far the device has counted. */
    @Test
    void shouldNotTakeARetransmissionForANewCountWhenTheReadingsAreForgotten() {
        // Given
        Input first = batch(ANN, SENSOR, 0, at(1), glucose(at(0), 120));
        twin.play(first, batch(ANN, SENSOR, 1, at(301), glucose(at(300), 118)), Story.withdraw(ANN, "2", at(400)), Story.permit(ANN, "3", at(500)));
        // When
        twin.play(new Input(first.topic(), first.key(), first.value(), at(510)), batch(ANN, SENSOR, 2, at(601), glucose(at(600), 50)));
        // Then
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).contains("CGM_URGENT_LOW");
    }

    @Test
    void shouldFollowADeviceThatCountsAnewWhileNothingIsKnownOfIt() {
        // Given
        for (int i = 0; i < 3; i++) {
            twin.play(batch(ANN, SENSOR, i, at(300 * i + 1), glucose(at(300 * i), 120 - i)));
        }
        twin.play(Story.withdraw(ANN, "2", at(700)), Story.permit(ANN, "3", at(800)));
        // When
        for (int i = 0; i < 3; i++) {
            twin.play(batch(ANN, SENSOR, i, at(901 + 300 * i), glucose(at(900 + 300 * i), 100 - 25 * i)));
        }
        // Then
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).contains("CGM_URGENT_LOW");
        assertThat(twin.tick(Duration.ofSeconds(5)).fates(ANN).getApplied()).isEqualTo(6);
    }

    @Test
    void shouldGiveUpWhenTooManyWait() {
        // Given
        int most = Ordering.MOST_WAITING;
        List<Input> waiting = new ArrayList<>();
        for (int i = 1; i <= most + 1; i++) {
            waiting.add(batch(ANN, PATCH, i, at(1_000).plusMillis(i), pulse(at(600 + i), 70 + i % 3)));
        }
        // When
        twin.play(waiting.subList(0, most));
        long before = twin.snapshots(ANN).isEmpty() ? 0 : twin.fates(ANN).getApplied();
        twin.play(waiting.subList(most, most + 1)).tick(Duration.ofSeconds(5));
        // Then
        assertThat(before).isZero();
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(most + 1);
    }

    @Test
    void shouldTakeADeviceThatDoesNotCountAsItComes() {
        // When
        twin.play(batch(ANN, SENSOR, at(301), glucose(at(300), 50)), batch(ANN, SENSOR, at(302), glucose(at(0), 120))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
        assertThat(twin.flags(ANN)).singleElement().satisfies(flag -> assertThat(flag.getReasons()).contains("OUT_OF_ORDER"));
    }

    @Test
    void shouldJudgeALateReadingWithoutAlarm() {
        // When: older than a quarter of an hour
        twin.play(batch(ANN, SENSOR, at(901), glucose(at(0), 50)), batch(BEN, SENSOR, at(900), glucose(at(0), 50))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.fates(ANN).getLate()).isOne();
        assertThat(twin.alerts(BEN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.fates(BEN).getApplied()).isOne();
    }
}
