package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (COPD_OVER_OXYGENATION), S04. */
class OverOxygenationRuleTest {

    private final RuleBench bench = RuleBench.adult().scale2();
    private final Feed finger = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1));
    private final Feed flow = bench.feed(Vital.O2_FLOW, Grade.MEDICAL_HOME, Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({"97, 10, 1", "97, 9, 0", "96.999, 29, 0"})
    void shouldRaiseAtItsLimitAndDuration(double percent, int minutes, int raised) {
        flow.at(0, 2);
        finger.hold(0, minutes * MINUTE, percent);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED COPD_OVER_OXYGENATION MEDIUM 600"::equals);
    }

    @Test
    void shouldFollowTheCourseOfAnEpisode() {
        // Given: S04 b
        flow.at(0, 2);
        finger.hold(0, 9 * MINUTE, 91).hold(10 * MINUTE, 29 * MINUTE, 97).hold(30 * MINUTE, 60 * MINUTE, 92);
        // Then
        assertThat(bench.log()).containsExactly(
                "RAISED COPD_OVER_OXYGENATION MEDIUM 1200", "CLEARED COPD_OVER_OXYGENATION MEDIUM 2100");
    }

    @Test
    void shouldRaiseNothingOnAir() {
        flow.at(0, 0);
        finger.hold(0, HOUR, 98);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldRaiseNothingWhenOxygenIsNotKnown() {
        finger.hold(0, HOUR, 98);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldRaiseNothingOnScaleOne() {
        RuleBench other = RuleBench.adult().onOxygen(true);
        other.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).hold(0, HOUR, 98);
        assertThat(other.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void shouldTakeThePrescriptionForWantOfAFlow(boolean oxygen, int raised) {
        bench.onOxygen(oxygen);
        finger.hold(0, 10 * MINUTE, 97);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldBelieveTheFlowRatherThanThePrescription() {
        bench.onOxygen(true);
        flow.at(0, 0);
        finger.hold(0, 10 * MINUTE, 97);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"85800, 1", "85801, 0"})
    void shouldForgetAFlowAfterADay(long from, int raised) {
        flow.at(0, 2);
        finger.hold(from, from + 600, 97);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"93, 30, 1", "93, 29, 0", "92.999, 60, 0"})
    void shouldRaiseTheMildBandLowAfterHalfAnHour(double percent, int minutes, int raised) {
        flow.at(0, 2);
        finger.hold(0, minutes * MINUTE, percent);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED COPD_OVER_OXYGENATION LOW 1800"::equals);
    }

    @Test
    void shouldUpgradeTheMildBandAndEaseBackToIt() {
        flow.at(0, 2);
        finger.hold(0, 30 * MINUTE, 94).hold(31 * MINUTE, 41 * MINUTE, 97).hold(42 * MINUTE, 47 * MINUTE, 95).hold(48 * MINUTE, 53 * MINUTE, 92);
        assertThat(bench.log()).containsExactly(
                "RAISED COPD_OVER_OXYGENATION LOW 1800",
                "UPGRADED COPD_OVER_OXYGENATION MEDIUM 2460",
                "DOWNGRADED COPD_OVER_OXYGENATION LOW 2820",
                "CLEARED COPD_OVER_OXYGENATION LOW 3180");
    }

    @ParameterizedTest
    @CsvSource({"96, 5, true", "96, 4, false", "96.001, 20, false"})
    void shouldEndAtItsLimit(double percent, int minutes, boolean ended) {
        flow.at(0, 2);
        finger.hold(0, 10 * MINUTE, 98).hold(11 * MINUTE, (11 + minutes) * MINUTE, percent);
        assertThat(bench.twin().episode(Family.COPD_OVER_OXYGENATION).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldGiveTheNextEpisodeItsOwnStart() {
        // Given: the mild band goes on after the end of the other
        flow.at(0, 2);
        finger.hold(0, 20 * MINUTE, 98).hold(21 * MINUTE, 26 * MINUTE, 95);
        assertThat(bench.log()).last().isEqualTo("CLEARED COPD_OVER_OXYGENATION MEDIUM " + 26 * MINUTE);
        // When
        finger.hold(27 * MINUTE, 120 * MINUTE, 95);
        // Then
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.alerts().stream().filter(change -> change.event() == AlertChange.Event.RAISED)
                .map(change -> AlertId.of("p", change.rule().family(), change.episodeStartMillis()))).doesNotHaveDuplicates();
    }

    @Test
    void shouldCapAConsumerDeviceAtLow() {
        flow.at(0, 2);
        bench.feed("watch", Vital.SPO2, Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, 10 * MINUTE, 98);
        assertThat(bench.log()).containsExactly("RAISED COPD_OVER_OXYGENATION LOW 600");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED);
    }
}
