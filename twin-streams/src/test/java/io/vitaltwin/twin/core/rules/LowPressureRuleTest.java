package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.rules.Cuff.Half;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (BP_LOW), 3.11. */
class LowPressureRuleTest {

    private final RuleBench bench = RuleBench.adult().unscored();
    private final Cuff cuff = Cuff.of(bench, "cuff", Grade.MEDICAL_HOME);
    private final Feed pulse = bench.feed("watch", Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1));

    private void restore() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }

    @ParameterizedTest
    @CsvSource({"90, 90, 60, true", "90.001, 90, 60, false", "90, 90.001, 60, false", "88, 86, 59, false", "88, 86, 900, true", "88, 86, 901, false"})
    void shouldNeedTwoLowReadingsFromOneToFifteenMinutesApart(double first, double second, long apart, boolean raised) {
        cuff.at(0, first, 55);
        restore();
        cuff.at(apart, second, 55);
        assertThat(bench.log().contains("RAISED BP_LOW MEDIUM " + apart)).isEqualTo(raised);
    }

    @Test
    void shouldNameBothReadings() {
        cuff.at(0, 88, 52).at(120, 86, 50);
        AlertChange raised = bench.alert(0);
        assertThat(raised.text()).isEqualTo("Low blood pressure 88/52 mmHg and 86/50 mmHg in two measurements (limit 90 mmHg systolic),"
                + " measured by a medical home device.");
        assertThat(raised.evidence()).extracting(Proof::role).containsExactly("first", "first", "repeat", "repeat");
        assertThat(raised.episodeStartMillis()).isEqualTo(RuleBench.T0);
    }

    @Test
    void shouldStillCountTheNewestWhenTheOldestIsTooFarAway() {
        cuff.at(0, 88, 52).at(40, 88, 52).at(50, 87, 52).at(945, 86, 50);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 945");
    }

    @Test
    void shouldBeginAnewAfterANormalReading() {
        cuff.at(0, 88, 52).at(100, 100, 60).at(200, 87, 52);
        assertThat(bench.log()).isEmpty();
        cuff.at(300, 99, 60).at(400, 86, 52);
        assertThat(bench.log()).as("99 is not normal yet").containsExactly("RAISED BP_LOW MEDIUM 400");
    }

    @ParameterizedTest
    @CsvSource({"99.999, false", "100, true"})
    void shouldEndWithANormalReading(double systolic, boolean ended) {
        cuff.at(0, 88, 52).at(120, 86, 50);
        restore();
        cuff.at(HOUR, systolic, 60);
        assertThat(bench.log().contains("CLEARED BP_LOW MEDIUM 3600")).isEqualTo(ended);
    }

    @Test
    void shouldNotEndWithAnOlderReadingOrThatOfASimplerDevice() {
        cuff.at(0, 88, 52).at(120, 86, 50).late(180, 60, 118, 70);
        Cuff.of(bench, "cuff", Grade.CONSUMER).at(300, 120, 70);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 120");
    }

    @Test
    void shouldConfirmInEitherOrderOfArrival() {
        cuff.late(300, 120, 86, 50).late(301, 0, 88, 52);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 120");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.T0);
    }

    @ParameterizedTest
    @CsvSource({"110.999, MEDIUM", "111, HIGH"})
    void shouldBeHighWithAFastPulse(double perMinute, String priority) {
        pulse.at(0, perMinute);
        cuff.at(1, 88, 52).at(121, 86, 50);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW " + priority + " 121");
    }

    @Test
    void shouldNotTakeAnOldPulse() {
        pulse.at(0, 120);
        cuff.at(800, 88, 52).at(901, 86, 50);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 901");
    }

    @Test
    void shouldUpgradeWithAPulseThatComesAfterwards() {
        cuff.at(0, 88, 52).at(120, 86, 50);
        restore();
        pulse.at(300, 112);
        bench.set(300);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 120", "UPGRADED BP_LOW HIGH 300");
        assertThat(bench.alert(1).evidence()).extracting(Proof::role).containsExactly("first", "first", "repeat", "repeat", "corroborating");
        pulse.at(400, 130);
        assertThat(bench.set(400).log()).hasSize(2);
    }

    @Test
    void shouldNotUpgradeWithAPulseOfAnotherHour() {
        cuff.at(0, 88, 52).at(120, 86, 50);
        pulse.at(120 + 15 * MINUTE + 1, 130);
        assertThat(bench.set(120 + 15 * MINUTE + 1).log()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"cuff, false, LOW", "cuff, true, MEDIUM", "cuffless, false, LOW"})
    void shouldKeepASimpleDeviceLow(String kind, boolean fast, String priority) {
        if (fast) {
            pulse.at(0, 120);
        }
        Cuff.of(bench, kind, Grade.CONSUMER).at(1, 88, 52).at(121, 86, 50);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW " + priority + " 121");
        assertThat(bench.alert(0).text()).contains("Unverified");
    }

    @Test
    void shouldNotCountAPairThatIsNone() {
        cuff.at(0, 88, 52).send(120, 120, Half.systolic(70), Half.diastolic(75));
        assertThat(bench.log()).isEmpty();
        cuff.at(240, 85, 52);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 240");
    }

    @Test
    void shouldCountExtremeReadingsWithAWarning() {
        cuff.at(0, 58, 35).at(120, 57, 35);
        assertThat(bench.log()).containsExactly("RAISED BP_LOW MEDIUM 120");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.SUSPECT_INPUT);
    }
}
