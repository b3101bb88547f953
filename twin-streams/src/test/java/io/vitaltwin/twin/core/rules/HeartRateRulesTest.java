package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (HR_TACHY_REST, HR_BRADY), 3.11, 3.12.9, 3.12.16. */
class HeartRateRulesTest {

    private final RuleBench bench = RuleBench.adult();
    private final Feed patch = pulse(Grade.MEDICAL_HOME);

    private Feed pulse(Grade grade) {
        return bench.feed(Vital.HEART_RATE, grade, Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({"131, 10, 1", "131, 9, 0", "130.999, 30, 0", "149.999, 9, 0"})
    void shouldRaiseAFastHeartAtItsLimitAndDuration(double perMinute, int minutes, int raised) {
        patch.hold(0, minutes * MINUTE, perMinute);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED HR_TACHY_REST MEDIUM 600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"150, 5, 1", "150, 4, 0", "149.999, 5, 0"})
    void shouldRaiseAVeryFastHeartSooner(double perMinute, int minutes, int raised) {
        patch.hold(0, minutes * MINUTE, perMinute);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED HR_TACHY_REST HIGH 300"::equals);
    }

    @Test
    void shouldFollowTheCourseOfAnEpisode() {
        // Given: S20
        patch.hold(0, 19 * MINUTE, 84).hold(20 * MINUTE, 34 * MINUTE, 138);
        // When
        patch.hold(35 * MINUTE, 42 * MINUTE, 152).hold(43 * MINUTE, 60 * MINUTE, 100);
        // Then
        assertThat(bench.log()).containsExactly(
                "RAISED HR_TACHY_REST MEDIUM 1800",
                "UPGRADED HR_TACHY_REST HIGH 2400",
                "CLEARED HR_TACHY_REST HIGH 2880");
        assertThat(bench.alerts()).allMatch(change -> change.episodeStartMillis() == RuleBench.millis(20 * MINUTE));
    }

    @ParameterizedTest
    @CsvSource({"REST, 1", "SLEEP, 1", "LIGHT, 0", "VIGOROUS, 0", "UNKNOWN, 0"})
    void shouldOnlyJudgeAFastHeartAtRest(Context context, int raised) {
        patch.context(context).hold(0, 20 * MINUTE, 140);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldAskRestOfEverySampleOfTheRun() {
        patch.hold(0, 5 * MINUTE, 140).context(Context.LIGHT).at(6 * MINUTE, 140).context(Context.REST).hold(7 * MINUTE, 16 * MINUTE, 140);
        assertThat(bench.log()).isEmpty();
        patch.at(17 * MINUTE, 140);
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST MEDIUM 1020");
    }

    @Test
    void shouldWaitTenMinutesAfterAnythingVigorous() {
        patch.context(Context.VIGOROUS).at(0, 150).context(Context.REST).hold(MINUTE, 20 * MINUTE, 140);
        assertThat(bench.log()).as("the run begins with the first sample more than 10 min later").isEmpty();
        patch.at(21 * MINUTE, 140);
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST MEDIUM 1260");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(11 * MINUTE));
    }

    @Test
    void shouldTakeVigorousFromAnyVital() {
        bench.feed(Vital.STEPS, Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.VIGOROUS).at(5 * MINUTE, 120);
        patch.hold(0, 15 * MINUTE, 140);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"119.999, 5, true", "119, 4, false", "120, 30, false"})
    void shouldEndAFastHeartOnlyBelowItsLowerLimit(double perMinute, int minutes, boolean ended) {
        patch.hold(0, 10 * MINUTE, 140).hold(11 * MINUTE, (11 + minutes) * MINUTE, perMinute);
        assertThat(bench.twin().episode(Family.HR).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldEndAFastHeartInAnyContext() {
        patch.hold(0, 10 * MINUTE, 140).context(Context.LIGHT).hold(11 * MINUTE, 16 * MINUTE, 100);
        assertThat(bench.log()).last().isEqualTo("CLEARED HR_TACHY_REST MEDIUM 960");
    }

    @Test
    void shouldCapAConsumerDeviceAtMedium() {
        pulse(Grade.CONSUMER).hold(0, 20 * MINUTE, 160);
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST MEDIUM 300");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED);
    }

    @ParameterizedTest
    @CsvSource({"131, HIGH", "130, MEDIUM"})
    void shouldLiftTheCapByASecondDevice(double perMinute, Priority priority) {
        Feed watch = pulse(Grade.CONSUMER);
        watch.hold(0, 4 * MINUTE, 160);
        patch.at(4 * MINUTE + 30, perMinute);
        watch.at(5 * MINUTE, 160);
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST " + priority + " 300");
    }

    @Test
    void shouldLiftTheCapByASymptom() {
        bench.symptom(0, "fainting");
        pulse(Grade.CONSUMER).hold(0, 5 * MINUTE, 160);
        assertThat(bench.log()).last().isEqualTo("RAISED HR_TACHY_REST HIGH 300");
    }

    @ParameterizedTest
    @CsvSource({"150, 15, HIGH", "150, 16, MEDIUM", "152, 16, HIGH"})
    void shouldGateAVeryFastHeart(double perMinute, double sigma, Priority priority) {
        patch.sigma(sigma).hold(0, 5 * MINUTE, perMinute);
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST " + priority + " 300");
        assertThat((bench.alert(0).tags() & Tag.REMEASURE.bit()) != 0).isEqualTo(priority == Priority.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource({"40, 10, 1", "40, 9, 0", "40.001, 30, 0", "30.001, 9, 0"})
    void shouldRaiseASlowHeartAtItsLimitAndDuration(double perMinute, int minutes, int raised) {
        patch.hold(0, minutes * MINUTE, perMinute);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED HR_BRADY MEDIUM 600"::equals);
    }

    @ParameterizedTest
    @CsvSource({"30, 60, 1", "30, 55, 0", "30.001, 60, 0"})
    void shouldRaiseAVerySlowHeartSooner(double perMinute, int seconds, int raised) {
        bench.feed("monitor", Vital.HEART_RATE, Grade.CLINICAL, Duration.ofSeconds(5)).hold(0, seconds, perMinute);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED HR_BRADY HIGH 60"::equals);
    }

    @ParameterizedTest
    @CsvSource({"41, 33, 1", "41, 33.001, 0", "47.999, 39.999, 1", "47.999, 40, 0", "48, 40, 1", "62, 40, 1", "62, 40.001, 0"})
    void shouldLowerTheLimitForSlowNights(double baseline, double perMinute, int raised) {
        bench.sleepingPulse(baseline);
        patch.context(Context.SLEEP).hold(0, 10 * MINUTE, perMinute);
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldNotCallAVerySlowPulseHighWhenItIsUsual() {
        // Given: a limit below the one of 30 /min
        bench.sleepingPulse(36);
        patch.hold(0, 20 * MINUTE, 29);
        assertThat(bench.log()).isEmpty();
        patch.hold(21 * MINUTE, 22 * MINUTE, 28);
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY HIGH " + 22 * MINUTE);
    }

    @ParameterizedTest
    @CsvSource({"45.001, 5, true", "46, 4, false", "45, 30, false"})
    void shouldEndASlowHeartOnlyAboveItsLimitAndFive(double perMinute, int minutes, boolean ended) {
        patch.hold(0, 10 * MINUTE, 40).hold(11 * MINUTE, (11 + minutes) * MINUTE, perMinute);
        assertThat(bench.twin().episode(Family.HR).isEmpty()).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"38.001, true", "38, false"})
    void shouldEndASlowHeartByThePatientsOwnLimit(double perMinute, boolean ended) {
        bench.sleepingPulse(41);
        patch.hold(0, 10 * MINUTE, 33).hold(11 * MINUTE, 16 * MINUTE, perMinute);
        assertThat(bench.twin().episode(Family.HR).isEmpty()).isEqualTo(ended);
    }

    @Test
    void shouldCapAConsumerDeviceAtLow() {
        pulse(Grade.CONSUMER).hold(0, 12 * MINUTE, 39);
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY LOW 600");
    }

    @ParameterizedTest
    @CsvSource({"100, 0, MEDIUM", "100.001, 0, LOW", "100, 43200, MEDIUM", "100, 43201, LOW"})
    void shouldLiftTheCapByALowPressureOfTheLastHalfDay(double pressure, long age, Priority priority) {
        bench.feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME, Duration.ofHours(12)).at(0, pressure);
        long last = Math.max(age, 600);
        pulse(Grade.CONSUMER).hold(last - 600, last, 39);
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY " + priority + " " + last);
    }

    @Test
    void shouldLiftTheCapOfASlowHeartByASymptomToMedium() {
        bench.symptom(0, "fainting");
        pulse(Grade.CONSUMER).hold(0, 10 * MINUTE, 28);
        assertThat(bench.told()).containsExactly("RAISED SYMPTOM_REPORT HIGH 0", "RAISED HR_BRADY MEDIUM 60");
    }

    @ParameterizedTest
    @CsvSource({"40, MEDIUM", "41, LOW"})
    void shouldLiftTheCapOfASlowHeartByASecondDevice(double perMinute, Priority priority) {
        Feed watch = pulse(Grade.CONSUMER);
        watch.hold(0, 9 * MINUTE, 39);
        patch.at(9 * MINUTE + 30, perMinute);
        watch.at(10 * MINUTE, 39);
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY " + priority + " 600");
    }

    @ParameterizedTest
    @CsvSource({"30, 8, HIGH", "30, 9, MEDIUM", "28, 9, HIGH"})
    void shouldGateAVerySlowHeart(double perMinute, double sigma, Priority priority) {
        patch.sigma(sigma).hold(0, MINUTE, perMinute);
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY " + priority + " 60");
    }

    @Test
    void shouldEndTheOppositeEpisodeAndBeginAnother() {
        patch.hold(0, 10 * MINUTE, 140).hold(11 * MINUTE, 21 * MINUTE, 38);
        assertThat(bench.log()).startsWith("RAISED HR_TACHY_REST MEDIUM 600").endsWith("RAISED HR_BRADY MEDIUM 1260");
        assertThat(bench.log()).filteredOn(line -> line.startsWith("CLEARED HR_TACHY_REST")).hasSize(1);
        assertThat(bench.alert(0).episodeStartMillis()).isNotEqualTo(bench.alerts().getLast().episodeStartMillis());
    }

    @Test
    void shouldEndTheOppositeEpisodeWithoutWaitingForItsOwnEnd() {
        patch.hold(0, 10 * MINUTE, 140).hold(11 * MINUTE, 12 * MINUTE, 29);
        assertThat(bench.log()).containsExactly(
                "RAISED HR_TACHY_REST MEDIUM 600",
                "CLEARED HR_TACHY_REST MEDIUM 720",
                "RAISED HR_BRADY HIGH 720");
    }

    @Test
    void shouldTellASlowHeartOfTheNight() {
        // Given: S21 a and b
        RuleBench athlete = RuleBench.adult().sleepingPulse(41);
        athlete.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).context(Context.SLEEP).hold(HOUR, 6 * HOUR, 38);
        bench.sleepingPulse(62);
        patch.context(Context.SLEEP).hold(0, 12 * MINUTE, 39);
        assertThat(athlete.log()).isEmpty();
        assertThat(bench.log()).containsExactly("RAISED HR_BRADY MEDIUM 600");
    }

    @ParameterizedTest
    @CsvSource({"140, 100, HR_TACHY_REST", "38, 60, HR_BRADY"})
    void shouldKeepTheEpisodeWhileAnotherDeviceStillShowsIt(double wrong, double well, RuleId rule) {
        Feed other = bench.feed("other", Vital.HEART_RATE, Grade.CLINICAL, Duration.ofMinutes(1));
        patch.hold(0, 10 * MINUTE, wrong);
        other.hold(0, 10 * MINUTE, wrong);
        patch.hold(11 * MINUTE, 20 * MINUTE, well);
        assertThat(bench.twin().holds(rule)).isTrue();
        other.hold(11 * MINUTE, 16 * MINUTE, well);
        assertThat(bench.twin().holds(rule)).isFalse();
        assertThat(bench.log()).filteredOn(line -> line.startsWith("RAISED")).hasSize(1);
    }

    @Test
    void shouldNotLetTwoDevicesThatContradictEachOtherTakeTurns() {
        // Given
        Feed watch = pulse(Grade.CONSUMER);
        for (int i = 0; i < 30; i++) {
            watch.at(i * MINUTE, 140);
            patch.at(i * MINUTE + 5, 38);
        }
        assertThat(bench.log()).containsExactly(
                "RAISED HR_TACHY_REST MEDIUM 600",
                "CLEARED HR_TACHY_REST MEDIUM 605",
                "RAISED HR_BRADY MEDIUM 605");
        // When: it gets worse
        patch.hold(30 * MINUTE + 5, 32 * MINUTE + 5, 29);
        watch.hold(30 * MINUTE, 40 * MINUTE, 160);
        // Then
        assertThat(bench.told()).last().isEqualTo("UPGRADED HR_BRADY HIGH " + (31 * MINUTE + 5));
        assertThat(bench.log()).hasSize(4);
    }

    @Test
    void shouldNotLetALowEpisodeHoldBackAMediumOne() {
        Feed watch = pulse(Grade.CONSUMER);
        for (int i = 0; i < 15; i++) {
            patch.at(i * MINUTE, 140);
            watch.at(i * MINUTE + 5, 38);
        }
        assertThat(bench.log()).containsExactly(
                "RAISED HR_TACHY_REST MEDIUM 600",
                "CLEARED HR_TACHY_REST MEDIUM 605",
                "RAISED HR_BRADY LOW 605",
                "CLEARED HR_BRADY LOW 660",
                "RAISED HR_TACHY_REST MEDIUM 660");
    }

    @Test
    void shouldAllowAGapOfTwoIntervalsAndNoMore() {
        patch.hold(0, 4 * MINUTE, 140).hold(6 * MINUTE, 10 * MINUTE, 140);
        assertThat(bench.log()).hasSize(1);
        RuleBench other = RuleBench.adult();
        other.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).hold(0, 4 * MINUTE, 140).hold(6 * MINUTE + 1, 14 * MINUTE, 140);
        assertThat(other.log()).isEmpty();
    }

    /** CLINICAL.md section 11: SUSPECT for nothing but the owner's age. */
    @Test
    void shouldTellAFastHeartThatIsImplausibleOnlyForItsAge() {
        Feed watch = bench.feed(Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.REST).because(Reason.RANGE_IMPLAUSIBLE);
        for (int minute = 0; minute <= 10; minute++) {
            watch.suspect(minute * RuleBench.MINUTE, 165);
        }
        assertThat(bench.told()).containsExactly("RAISED HR_TACHY_REST MEDIUM 300");
        assertThat(Tag.of(bench.alert(0).tags())).contains(Tag.REMEASURE, Tag.SUSPECT_INPUT);
    }

    @Test
    void shouldNotCountAPulseThatIsDoubtedForAnotherReason() {
        Feed watch = bench.feed(Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.REST)
                .because(Reason.RANGE_IMPLAUSIBLE, Reason.CADENCE_LOCK);
        Feed wild = bench.feed("wild", Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.REST)
                .because(Reason.RANGE_IMPLAUSIBLE);
        for (int minute = 0; minute <= 10; minute++) {
            watch.suspect(minute * RuleBench.MINUTE, 165);
            wild.suspect(minute * RuleBench.MINUTE, 230);
        }
        assertThat(bench.told()).isEmpty();
    }
}
