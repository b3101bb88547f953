package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (DEVICE_SILENT, CGM_SIGNAL_LOSS), 3.12.11, 3.12.12. */
@org.junit.jupiter.api.Tag("ethics")
class SilenceRulesTest {

    private final RuleBench bench = RuleBench.adult().collects(Vital.values());

    private Feed pulse() {
        return bench.feed("watch", Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1));
    }

    private Feed sensor() {
        return bench.feed("sensor", Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5));
    }

    private long deadline(Feed feed) {
        long deadline = SilenceRules.deadline(bench.turn(0), feed.stream());
        return deadline == Long.MAX_VALUE ? -1 : RuleBench.second(deadline);
    }

    private void fall(Feed feed) {
        long second = deadline(feed);
        SilenceRules.onTime(bench.turn(second), feed.stream(), RuleBench.millis(second));
    }

    @ParameterizedTest
    @CsvSource({"1, 1200", "400, 1200", "401, 1203", "600, 1800", "3600, 10800", "3601, 129600", "86400, 129600"})
    void shouldWaitThreeIntervalsAtLeastTwentyMinutesAndForSpotVitalsADayAndAHalf(int interval, long expected) {
        Feed feed = bench.feed("d", Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofSeconds(interval)).at(0, 70);
        assertThat(deadline(feed)).isEqualTo(expected);
    }

    @Test
    void shouldFollowTheCadenceOfThePlan() {
        bench.cadence(Vital.HEART_RATE, Duration.ofMinutes(10));
        assertThat(deadline(pulse().at(0, 70))).isEqualTo(30 * MINUTE);
    }

    @Test
    void shouldCountFromTheLastReadingOfAnyVerdict() {
        Feed feed = pulse().at(0, 70).suspect(MINUTE, 70).reject(2 * MINUTE, 70);
        assertThat(deadline(feed)).isEqualTo(22 * MINUTE);
    }

    @Test
    void shouldCountOnlyUsableReadingsOfAGlucoseSensor() {
        Feed feed = sensor().at(0, 110).suspect(300, 11).reject(600, 1);
        assertThat(deadline(feed)).isEqualTo(20 * MINUTE);
        assertThat(deadline(feed.at(900, 110))).isEqualTo(35 * MINUTE);
    }

    @ParameterizedTest
    @EnumSource(value = Vital.class, names = {"CONSCIOUSNESS", "O2_FLOW", "ECG_RHYTHM"})
    void shouldNotExpectWhatIsSentOnChange(Vital vital) {
        Feed feed = bench.feed("d", vital, Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        feed.stream().heard(RuleBench.T0);
        assertThat(deadline(feed)).isEqualTo(-1);
    }

    @Test
    void shouldNotExpectWhatThePlanDoesNotCollect() {
        bench.collects(Vital.SPO2);
        assertThat(deadline(pulse().at(0, 70))).isEqualTo(-1);
    }

    @Test
    void shouldNotExpectADeviceThatNobodyRegistered() {
        assertThat(deadline(bench.feed("x", Vital.HEART_RATE, Grade.UNKNOWN, Duration.ofMinutes(1)).at(0, 70))).isEqualTo(-1);
    }

    @Test
    void shouldNotExpectAStreamThatNeverSpoke() {
        assertThat(deadline(pulse())).isEqualTo(-1);
        assertThat(deadline(sensor().suspect(0, 11))).isEqualTo(-1);
    }

    @Test
    void shouldRaiseAndEndSilence() {
        Feed feed = pulse().at(0, 70);
        fall(feed);
        assertThat(deadline(feed)).as("once").isEqualTo(-1);
        feed.at(30 * MINUTE, 70);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SILENT LOW 1200", "CLEARED DEVICE_SILENT LOW 1800");
        assertThat(bench.alert(0).rule().family().lane().name()).isEqualTo("TECHNICAL");
        assertThat(bench.alert(0).text()).startsWith("No heart rate readings have arrived since 2026-03-02 00:00 UTC.");
        assertThat(bench.alert(0).evidence()).singleElement().extracting(AlertChange.Proof::role).isEqualTo("silent-stream");
    }

    @Test
    void shouldEndSilenceByAReadingThatMayNotBeUsed() {
        Feed feed = pulse().at(0, 70);
        fall(feed);
        feed.reject(30 * MINUTE, 400);
        assertThat(bench.log()).last().isEqualTo("CLEARED DEVICE_SILENT LOW 1800");
    }

    @Test
    void shouldEndSignalLossOnlyByAUsableReading() {
        // Given: S16
        Feed feed = sensor().at(0, 110);
        fall(feed);
        feed.suspect(25 * MINUTE, 11).reject(30 * MINUTE, 1);
        assertThat(bench.log()).containsExactly("RAISED CGM_SIGNAL_LOSS LOW 1200");
        feed.at(35 * MINUTE, 112);
        assertThat(bench.log()).last().isEqualTo("CLEARED CGM_SIGNAL_LOSS LOW 2100");
    }

    @Test
    void shouldKeepSilenceUntilTheLastStreamSpeaks() {
        Feed first = pulse().at(0, 70);
        Feed second = bench.feed("finger", Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).at(MINUTE, 97);
        fall(first);
        fall(second);
        first.at(HOUR, 70);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SILENT LOW 1200", "UPDATED DEVICE_SILENT LOW 1260");
        second.at(HOUR + MINUTE, 97);
        assertThat(bench.log()).last().isEqualTo("CLEARED DEVICE_SILENT LOW 3660");
    }

    @ParameterizedTest
    @CsvSource({"5, MEDIUM", "4, LOW"})
    void shouldBeMediumAfterAScoreOfFive(int total, String priority) {
        bench.twin().score().add(RuleBench.T0, total, 86_400_000);
        fall(pulse().at(0, 70));
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SILENT " + priority + " 1200");
    }

    @Test
    void shouldKeepSignalLossLowWhateverTheScore() {
        bench.twin().score().add(RuleBench.T0, 9, 86_400_000);
        fall(sensor().at(0, 110));
        assertThat(bench.log()).containsExactly("RAISED CGM_SIGNAL_LOSS LOW 1200");
    }

    // ---- where it begins

    private Feed device(String id, Vital vital, int minutes) {
        return bench.feed(id, vital, Grade.MEDICAL_HOME, Duration.ofMinutes(minutes));
    }

    private String cause() {
        AlertChange newest = bench.alerts().getLast();
        return Tag.of(newest.tags()) + " " + newest.text().substring(newest.text().indexOf("UTC.") + 5);
    }

    @Test
    void shouldNameTheDeviceWhenAnotherIsHeard() {
        Feed watch = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        device("finger", Vital.SPO2, 1).hold(0, 20 * MINUTE, 97);
        fall(watch);
        assertThat(cause()).startsWith("[SILENT_DEVICE] Other devices of the patient are still heard");
    }

    @Test
    void shouldNameTheSensorWhenItsDeviceIsHeard() {
        Feed pulse = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        device("watch", Vital.STEPS, 1).hold(0, 20 * MINUTE, 3);
        fall(pulse);
        assertThat(cause()).startsWith("[SILENT_DEVICE] Other readings of the same device still arrive");
    }

    @Test
    void shouldNameTheSensorWhenWhatItSendsMayNotBeUsed() {
        Feed sensor = sensor().at(0, 110).suspect(300, 11).suspect(600, 11).suspect(900, 11);
        fall(sensor);
        assertThat(cause()).startsWith("[SILENT_DEVICE] Other readings of the same device still arrive");
    }

    @ParameterizedTest
    @CsvSource({"60, SILENT_GATEWAY", "61, SILENT_UNKNOWN"})
    void shouldNameTheGatewayWhenAllFallSilentWithinOneInterval(int secondsLater, String expected) {
        Feed watch = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        device("finger", Vital.SPO2, 1).at(secondsLater, 97);
        fall(watch);
        assertThat(cause()).startsWith("[" + expected + "]");
    }

    @Test
    void shouldMeasureTogetherInIntervalsOfTheSlowerDevice() {
        Feed watch = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        sensor().at(-240, 110);
        fall(watch);
        assertThat(cause()).startsWith("[SILENT_GATEWAY] All devices of the patient fell silent together");
    }

    @Test
    void shouldNotGuessWithOneDevice() {
        fall(pulse().at(0, 70));
        assertThat(cause()).startsWith("[SILENT_UNKNOWN] The device, its link or its power may have stopped.");
    }

    @Test
    void shouldNotAskADeviceThatMeasuresTwiceADay() {
        device("cuff", Vital.BP_SYSTOLIC, 720).at(0, 120);
        fall(pulse().at(0, 70));
        assertThat(cause()).startsWith("[SILENT_UNKNOWN]");
    }

    @Test
    void shouldNotAskADeviceThatWasGoneBefore() {
        Feed gone = device("old", Vital.SPO2, 1).at(-10 * HOUR, 97);
        fall(gone);
        Feed watch = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        device("finger", Vital.SPO2, 1).at(30, 97);
        fall(watch);
        assertThat(cause()).startsWith("[SILENT_GATEWAY]");
    }

    @Test
    void shouldReplaceTheCauseWhenMoreFallsSilent() {
        Feed watch = device("watch", Vital.HEART_RATE, 1).at(0, 70);
        Feed finger = device("finger", Vital.SPO2, 1).hold(0, 20 * MINUTE, 97);
        fall(watch);
        assertThat(cause()).startsWith("[SILENT_DEVICE]");
        fall(finger);
        assertThat(cause()).as("the watch was gone before; nothing is left to compare with").startsWith("[SILENT_UNKNOWN]");
        assertThat(bench.log()).last().isEqualTo("UPDATED DEVICE_SILENT LOW 2400");
    }

    @Test
    void shouldNeverBlameThePatient() {
        for (SilenceCause cause : SilenceCause.values()) {
            assertThat(cause.words()).doesNotContainIgnoringCase("failed").doesNotContainIgnoringCase("refused")
                    .doesNotContainIgnoringCase("adherence").doesNotContainIgnoringCase("complian").endsWith(".");
        }
    }
}
