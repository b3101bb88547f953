package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Usual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** What is usual is learned from what is usual; what ended stays known for a while. */
class LearningTest {

    private static final int DAY = 24 * HOUR;

    private final RuleBench bench = RuleBench.adult().unscored();
    private final Feed pulse = bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.REST);

    private int days() {
        return pulse.stream().habits().usual(Context.REST).map(Usual::days).orElse(0);
    }

    private long median() {
        return pulse.stream().habits().usual(Context.REST).orElseThrow().medianMilli();
    }

    @Test
    void shouldLearnADayOfReadings() {
        pulse.hold(0, HOUR, 70);
        pulse.at(DAY, 71);
        assertThat(days()).isOne();
        assertThat(median()).isEqualTo(70_000);
    }

    @Test
    void shouldNotLearnFromADoubtfulReading() {
        pulse.hold(0, HOUR, 70);
        for (int minute = 61; minute < 200; minute++) {
            pulse.suspect(minute * MINUTE, 200);
        }
        pulse.at(DAY, 71);
        assertThat(median()).isEqualTo(70_000);
    }

    @Test
    void shouldNotLearnWhileAnAlertIsOpenNorTwoDaysAfter() {
        pulse.hold(0, 10 * MINUTE, 140);
        assertThat(bench.told()).containsExactly("RAISED HR_TACHY_REST MEDIUM 600");
        pulse.hold(11 * MINUTE, 2 * HOUR, 100);
        int cleared = 16 * MINUTE;
        assertThat(bench.log()).endsWith("CLEARED HR_TACHY_REST MEDIUM " + cleared);
        pulse.hold(DAY, DAY + HOUR, 70);
        pulse.hold(2 * DAY, 2 * DAY + cleared - MINUTE, 70);
        pulse.at(5 * DAY, 70);
        assertThat(days()).as("only the ten minutes before the alert").isLessThanOrEqualTo(1);
        pulse.hold(6 * DAY, 6 * DAY + HOUR, 66);
        pulse.at(7 * DAY, 66);
        assertThat(days()).isEqualTo(2);
    }

    @Test
    void shouldGoOnLearningWhatAnOpenAlertDoesNotRestOn() {
        Feed saturation = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.REST);
        pulse.hold(0, 10 * MINUTE, 140);
        saturation.hold(11 * MINUTE, HOUR, 97);
        saturation.at(DAY, 97);
        assertThat(saturation.stream().habits().usual(Context.REST).orElseThrow().days()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"1740, true", "1860, false"})
    void shouldMarkWhatComesBackSoonAfterItEnded(int secondsAfterTheEnd, boolean marked) {
        pulse.hold(0, 10 * MINUTE, 140);
        pulse.hold(11 * MINUTE, 16 * MINUTE, 100);
        int end = 16 * MINUTE;
        int again = end + secondsAfterTheEnd - 10 * MINUTE;
        pulse.hold(17 * MINUTE, again - MINUTE, 100);
        pulse.hold(again, again + 10 * MINUTE, 140);
        AlertChange raised = bench.alerts().getLast();
        assertThat(raised.event()).isEqualTo(AlertChange.Event.RAISED);
        assertThat(Tag.of(raised.tags()).contains(Tag.REFRACTORY)).isEqualTo(marked);
    }

    @Test
    void shouldNeverMarkAWorseLevel() {
        pulse.sigma(1).hold(0, 10 * MINUTE, 140);
        pulse.hold(11 * MINUTE, 16 * MINUTE, 100);
        pulse.hold(17 * MINUTE, 22 * MINUTE, 160);
        pulse.hold(23 * MINUTE, 27 * MINUTE, 160);
        AlertChange worse = bench.alerts().getLast();
        assertThat(worse.priority()).isEqualTo(io.vitaltwin.twin.core.Priority.HIGH);
        assertThat(Tag.of(worse.tags())).doesNotContain(Tag.REFRACTORY);
    }

    @Test
    void shouldPutADisputeBesideAnAlertThatIsOver() {
        pulse.hold(0, 10 * MINUTE, 140);
        pulse.hold(11 * MINUTE, 16 * MINUTE, 100);
        long start = bench.alerts().getFirst().episodeStartMillis();
        assertThat(bench.dispute(2 * HOUR, RuleId.HR_TACHY_REST)).isTrue();
        AlertChange dispute = bench.alerts().getLast();
        assertThat(dispute.event()).isEqualTo(AlertChange.Event.UPDATED);
        assertThat(dispute.episodeStartMillis()).isEqualTo(start);
        assertThat(dispute.endReason()).isEqualTo(Episodes.ENDED_BEFORE);
        assertThat(Tag.of(dispute.tags())).contains(Tag.DISPUTED);
        assertThat(bench.twin().episodes()).isEmpty();
        assertThat(bench.dispute(2 * HOUR, RuleId.SPO2_LOW)).isFalse();
    }

    @Test
    void shouldForgetAnAlertThatEndedLongAgo() {
        pulse.hold(0, 10 * MINUTE, 140);
        pulse.hold(11 * MINUTE, 16 * MINUTE, 100);
        Feed saturation = bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.REST);
        saturation.hold(9 * DAY, 9 * DAY + 3 * MINUTE, 85);
        saturation.hold(9 * DAY + 4 * MINUTE, 9 * DAY + 10 * MINUTE, 97);
        assertThat(bench.dispute(9 * DAY + HOUR, RuleId.HR_TACHY_REST)).isFalse();
        assertThat(bench.dispute(9 * DAY + HOUR, RuleId.SPO2_LOW)).isTrue();
    }

    @Test
    void shouldNameTheQuadrantInTheText() {
        RuleBench usual = RuleBench.adult().unscored().baseline(Vital.HEART_RATE, Context.REST, 135, 3);
        usual.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.REST).hold(0, 10 * MINUTE, 136);
        assertThat(usual.alert(0).text()).contains("Your usual, outside the typical range.");
        RuleBench unusual = RuleBench.adult().unscored().baseline(Vital.HEART_RATE, Context.REST, 60, 2);
        unusual.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.REST).hold(0, 10 * MINUTE, 136);
        assertThat(unusual.alert(0).text()).contains("Unusual for you and outside the typical range.");
        pulse.hold(0, 10 * MINUTE, 136);
        assertThat(bench.alert(0).text()).doesNotContain("range.");
    }

    @ParameterizedTest
    @CsvSource({"false, false, USUAL", "true, false, CHANGED_FOR_YOU", "false, true, YOUR_USUAL", "true, true, UNUSUAL"})
    void shouldKnowFourQuadrants(boolean oddForPerson, boolean oddForPeople, Quadrant quadrant) {
        assertThat(Quadrant.of(oddForPerson, oddForPeople)).isEqualTo(quadrant);
    }
}
