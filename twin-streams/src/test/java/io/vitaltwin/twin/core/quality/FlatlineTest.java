package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-11. */
class FlatlineTest {

    private static final Device WATCH = Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofMinutes(1));

    private final Stream pulse = Stream.of(Vital.HEART_RATE, WATCH);
    private final Stream steps = pulse.beside(Vital.STEPS, WATCH);

    /** First minute in which the pulse is called flat, its steps before it each minute; -1 if never. */
    private int firstFlat(int minutes, int... perMinute) {
        for (int i = 0; i < minutes; i++) {
            steps.at(i * MINUTE, perMinute[i % perMinute.length]);
            if (pulse.at(i * MINUTE, 72).has(Reason.FLATLINE)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void shouldFindAFlatPulseAfter15MinutesWhileStepsVary() {
        assertThat(firstFlat(60, 38, 25, 12, 53)).isEqualTo(15);
    }

    @Test
    void shouldFindAFlatPulseAfter45MinutesWhileStepsDoNot() {
        assertThat(firstFlat(60, 0)).isEqualTo(45);
    }

    @Test
    void shouldNotTakeGettingUpOnceForSteppingAbout() {
        int[] once = new int[60];
        once[14] = 30;
        assertThat(firstFlat(60, once)).isEqualTo(45);
    }

    @Test
    void shouldNotJudgeAFlatPulseWithoutAnyStepCount() {
        for (int i = 0; i < 600; i++) {
            assertThat(pulse.at(i * MINUTE, 75).verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void shouldHoldASlowPulseToTheLongerLimitEvenWhileStepsVary() {
        Stream slow = pulse.beside(Vital.HEART_RATE, Stream.device("p1", "patch", Grade.MEDICAL_HOME, Duration.ofMinutes(5)));
        for (int i = 0; i <= 45; i++) {
            steps.at(i * MINUTE, i % 2 * 40);
            if (i % 5 == 0) {
                assertThat(slow.at(i * MINUTE, 72).has(Reason.FLATLINE)).as("minute %d", i).isEqualTo(i >= 45);
            }
        }
    }

    @Test
    void shouldTagTheRunBackToItsStartOnceAndKeepItTaggedUntilTheValueChanges() {
        // Given
        assertThat(firstFlat(60, 38, 25, 12, 53)).isEqualTo(15);
        // When
        steps.at(16 * MINUTE, 10);
        Judgement next = pulse.at(16 * MINUTE, 72);
        for (int i = 17; i < 40; i++) {
            steps.at(i * MINUTE, 0);
            assertThat(pulse.at(i * MINUTE, 72).verdict()).as("minute %d, standing still now", i).isEqualTo(Verdict.SUSPECT);
        }
        Judgement other = pulse.at(40 * MINUTE, 73);
        // Then
        assertThat(next.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(next.revisions()).isEmpty();
        assertThat(other.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(pulse.own.recentCount()).as("73 only: the run was no measurement").isEqualTo(1);
    }

    @Test
    void shouldReviseTheWholeRun() {
        List<Revision> revisions = List.of();
        for (int i = 0; i <= 15; i++) {
            steps.at(i * MINUTE, i % 2 * 40);
            revisions = pulse.at(i * MINUTE, 72).revisions();
        }
        assertThat(revisions).containsExactly(new Revision(T0, T0 + 15 * MINUTE - 1, Verdict.SUSPECT, Reason.FLATLINE.bit()));
    }

    private static int firstFlat(Stream stream, long every, double value, int readings) {
        for (int i = 0; i < readings; i++) {
            if (stream.sent(i * every, value).has(Reason.FLATLINE)) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({"5, 6", "1, 30", "15, 2"})
    void shouldFindFlatGlucoseAfterThirtyMinutes(int intervalMinutes, int expected) {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(intervalMinutes));
        assertThat(firstFlat(cgm, intervalMinutes * MINUTE, 110, 60)).isEqualTo(expected);
    }

    @Test
    void shouldNotCallGlucoseFlatOneMillisecondBeforeThirtyMinutes() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(15));
        cgm.at(0, 110);
        cgm.at(15 * MINUTE, 110);
        assertThat(cgm.at(30 * MINUTE - 1, 110).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(cgm.at(30 * MINUTE, 110).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void shouldNotLoseALowThatStaysBelowTheSensorsRange() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        for (int i = 0; i < 48; i++) {
            assertThat(cgm.sent(i * 5 * MINUTE, i % 2 == 0 ? "LO" : (Object) 40.0).verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void shouldNotJudgeGlucoseOfACoarserResolution() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5)).in(Unit.MMOL_PER_L);
        assertThat(firstFlat(cgm, 5 * MINUTE, 6.1, 100)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"patch, 48", "skin-patch, 48", "thermometer, -1"})
    void shouldFindAFlatTemperaturePatchAfterFourHours(String kind, int expected) {
        Stream patch = Stream.of(Vital.BODY_TEMPERATURE, kind, Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        assertThat(firstFlat(patch, 5 * MINUTE, 36.6, 60)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"72, 72, 180", "72, 73, -1"})
    void shouldFindFlatSaturationAfterThreeHoursOnlyWhileThePulseIsFlatToo(double evenPulse, double oddPulse, int expected) {
        Stream spo2 = pulse.beside(Vital.SPO2, WATCH);
        int first = -1;
        for (int i = 0; i < 240 && first < 0; i++) {
            pulse.at(i * MINUTE, i % 2 == 0 ? evenPulse : oddPulse);
            first = spo2.at(i * MINUTE, 97).has(Reason.FLATLINE) ? i : -1;
        }
        assertThat(first).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, true", "10.001, false"})
    void shouldBridgeOneMissingReadingButNotMore(double gapMinutes, boolean bridged) {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        cgm.at(0, 110);
        cgm.at(5 * MINUTE, 110);
        cgm.at(10 * MINUTE, 110);
        long at = 10 * MINUTE + Math.round(gapMinutes * MINUTE);
        cgm.at(at, 110);
        assertThat(cgm.at(at + 10 * MINUTE, 110).has(Reason.FLATLINE)).isEqualTo(bridged);
    }

    @Test
    void shouldStartAnewAfterAnotherValueOutOfOrder() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        cgm.all(0, Stream.values("110x6"));
        cgm.at(12 * MINUTE, 112);
        assertThat(cgm.at(30 * MINUTE, 110).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(cgm.at(55 * MINUTE, 110).verdict()).as("not within two intervals of the last").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldCountTheSameValueJustBeforeTheRunWhenItComesLate() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        cgm.all(5 * MINUTE, Stream.values("110x5"));
        cgm.at(0, 110);
        assertThat(cgm.at(30 * MINUTE, 110).has(Reason.FLATLINE)).isTrue();
    }

    @Test
    void shouldTellAFlatlineFromOneThatMovesByOneStepOfItsDisplay() {
        Stream oximeter = Stream.of(Vital.HEART_RATE, "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofSeconds(5));
        for (int i = 0; i < 2 * HOUR / (5 * SECOND); i++) {
            assertThat(oximeter.at(i * 5 * SECOND, i % 100 == 0 ? 73 : 72).verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }
}
