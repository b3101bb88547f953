package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.TwinFold;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (FEVER), 3.6. */
class FeverRuleTest {

    private final RuleBench bench = RuleBench.adult();
    private final Feed thermometer = thermometer(Grade.MEDICAL_HOME);

    private Feed thermometer(Grade grade) {
        return bench.feed(Vital.BODY_TEMPERATURE, grade, Duration.ofHours(4));
    }

    @ParameterizedTest
    @CsvSource({"38.0, 600, 1", "38.0, 599, 0", "38.0, 14400, 1", "38.0, 14401, 0", "37.999, 3600, 0", "38.499, 599, 0"})
    void shouldRaiseOnTwoRaisedReadings(double celsius, int apart, int raised) {
        thermometer.at(0, celsius).at(apart, celsius);
        assertThat(bench.log()).hasSize(raised).allMatch(("RAISED FEVER LOW " + apart)::equals);
    }

    @ParameterizedTest
    @CsvSource({"38.5, 1", "38.499, 0"})
    void shouldRaiseOnOneHighReading(double celsius, int raised) {
        thermometer.at(0, celsius);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED FEVER LOW 0"::equals);
    }

    @ParameterizedTest
    @CsvSource({"39.1, 600, 1", "39.099, 600, 0", "39.1, 599, 0", "39.1, 14400, 1", "39.1, 14401, 0"})
    void shouldRaiseThePriorityOnTwoVeryHighReadings(double celsius, int apart, int upgraded) {
        thermometer.at(0, celsius).at(apart, celsius);
        assertThat(bench.log().getFirst()).isEqualTo("RAISED FEVER LOW 0");
        assertThat(bench.log().stream().skip(1)).hasSize(upgraded).allMatch(("UPGRADED FEVER MEDIUM " + apart)::equals);
    }

    @Test
    void shouldFollowTheCourseOfS02() {
        thermometer.at(0, 36.8).at(6 * HOUR, 37.4).at(10 * HOUR, 38.3).at(10 * HOUR + 30 * MINUTE, 38.3).at(11 * HOUR, 38.7)
                .at(11 * HOUR + 15 * MINUTE, 38.5).at(14 * HOUR, 37.8).at(15 * HOUR, 37.2);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 37800");
        assertThat(bench.alert(0).episodeStartMillis()).isEqualTo(RuleBench.millis(10 * HOUR));
        assertThat(bench.alert(0).evidence()).extracting(AlertChange.Proof::role).containsExactly("first", "last");
        assertThat(bench.alert(0).text()).contains("38.3 Cel", "a medical home device");
    }

    @Test
    void shouldNotTakeANormalReadingBetweenForAnEnd() {
        thermometer.at(0, 38.1).at(HOUR, 37.0).at(2 * HOUR, 38.1);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 7200");
    }

    @Test
    void shouldPairReadingsOfTwoThermometers() {
        thermometer.at(0, 38.1);
        bench.feed("other", Vital.BODY_TEMPERATURE, Grade.CLINICAL, Duration.ofHours(4)).at(HOUR, 38.1);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 3600");
        assertThat(bench.alert(0).evidence()).extracting(AlertChange.Proof::deviceId).containsExactly("body_temperature-MEDICAL_HOME", "other");
    }

    @Test
    void shouldPairReadingsThatComeInTheOtherOrder() {
        thermometer.at(HOUR, 38.1).at(0, 38.1);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 0");
        assertThat(bench.alert(0).evidence()).extracting(proof -> RuleBench.second(proof.point().effectiveMillis())).containsExactly(0L, 3600L);
    }

    @Test
    void shouldRememberEveryReadingThatCanStillMakeAPair() {
        // The second is too near to the first, and the third too far from it.
        thermometer.at(0, 38.1).at(5 * MINUTE, 38.1).at(4 * HOUR + 3 * MINUTE, 38.1);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW " + (4 * HOUR + 3 * MINUTE));
    }

    @ParameterizedTest
    @CsvSource({"38.3, 1", "38.299, 0"})
    void shouldWakeSomebodyAtOnceInNeutropenia(double celsius, int raised) {
        bench.has("neutropenia");
        thermometer.sigma(0.35).at(0, celsius);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED FEVER HIGH 0"::equals);
    }

    @ParameterizedTest
    @CsvSource({"38.0, 60, 1", "38.0, 59, 0", "37.999, 60, 0"})
    void shouldWakeSomebodyAfterAnHourInNeutropenia(double celsius, int minutes, int raised) {
        bench.has("neutropenia");
        Feed patch = bench.feed("patch", Vital.BODY_TEMPERATURE, Grade.CLINICAL, Duration.ofMinutes(1));
        patch.hold(0, (long) minutes * MINUTE, celsius);
        assertThat(bench.log().stream().filter(line -> line.contains("HIGH")).toList()).hasSize(raised).allMatch("UPGRADED FEVER HIGH 3600"::equals);
    }

    @Test
    void shouldNeedAnUnbrokenHour() {
        bench.has("neutropenia");
        Feed patch = bench.feed("patch", Vital.BODY_TEMPERATURE, Grade.CLINICAL, Duration.ofMinutes(1));
        patch.hold(0, 40 * MINUTE, 38.1).at(41 * MINUTE, 37.9).hold(42 * MINUTE, 90 * MINUTE, 38.1);
        assertThat(bench.log()).noneMatch(line -> line.contains("HIGH"));
    }

    @Test
    void shouldGiveNoHighWithoutNeutropenia() {
        thermometer.hold(0, 40 * HOUR, 40.5);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 0", "UPGRADED FEVER MEDIUM 14400");
    }

    @ParameterizedTest
    @CsvSource({"false, LOW", "true, MEDIUM"})
    void shouldCapAConsumerDevice(boolean neutropenic, Priority priority) {
        if (neutropenic) {
            bench.has("neutropenia");
        }
        Feed consumer = thermometer(Grade.CONSUMER);
        consumer.at(0, 39.5).at(HOUR, 39.5);
        assertThat(bench.log()).containsExactly("RAISED FEVER " + priority + " 0");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.UNVERIFIED);
        assertThat(bench.alert(0).text()).contains("confirm with a medical device");
    }

    @Test
    void shouldTrustADeviceThatNobodyRegisteredNoMore() {
        thermometer(Grade.UNKNOWN).at(0, 39.5).at(HOUR, 39.5);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 0");
    }

    @ParameterizedTest
    @CsvSource({"38.0, MEDIUM", "37.999, LOW"})
    void shouldLiftTheCapByASecondThermometer(double celsius, Priority priority) {
        bench.feed("other", Vital.BODY_TEMPERATURE, Grade.CONSUMER, Duration.ofHours(4)).at(0, celsius);
        thermometer(Grade.CONSUMER).at(30 * MINUTE, 39.5).at(HOUR, 39.5);
        assertThat(bench.alerts().getLast().priority()).isEqualTo(priority);
    }

    @Test
    void shouldLiftTheCapByASymptom() {
        bench.has("neutropenia").symptom(0, "something_is_wrong");
        thermometer(Grade.CONSUMER).at(MINUTE, 38.4);
        assertThat(bench.log()).last().isEqualTo("RAISED FEVER HIGH 60");
    }

    @Test
    void shouldCompareASecondThermometerInItsOwnUnit() {
        // 98.6 degF are 37.0 Cel, however large the number.
        bench.feed("other", Vital.BODY_TEMPERATURE, Grade.CONSUMER, Duration.ofHours(4)).in(Unit.FAHRENHEIT).at(0, 98.6);
        thermometer(Grade.CONSUMER).at(30 * MINUTE, 39.5).at(HOUR, 39.5);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 1800");
    }

    @ParameterizedTest
    @CsvSource({"100.4, 2", "100.3, 0", "101.3, 3"})
    void shouldReadFahrenheit(double fahrenheit, int what) {
        thermometer.in(Unit.FAHRENHEIT).at(0, fahrenheit).at(HOUR, fahrenheit);
        assertThat(bench.log()).hasSize(what == 0 ? 0 : 1);
        if (what > 0) {
            assertThat(bench.log()).containsExactly("RAISED FEVER LOW " + (what == 2 ? 3600 : 0));
        }
    }

    @Test
    void shouldNeverListenToTheSkin() {
        bench.has("neutropenia");
        bench.feed(Vital.SKIN_TEMPERATURE, Grade.CLINICAL, Duration.ofMinutes(1)).hold(0, 3 * HOUR, 40);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsSuspect() {
        thermometer.suspect(0, 43).suspect(HOUR, 43);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"37.799, 21600, true", "37.8, 21600, false", "37.799, 21599, false"})
    void shouldEndAfterSixHoursOfReadings(double celsius, int seconds, boolean ended) {
        thermometer.at(0, 38.6).at(HOUR, celsius).at(HOUR + seconds, celsius);
        assertThat(bench.twin().holds(RuleId.FEVER)).isEqualTo(!ended);
    }

    @Test
    void shouldNotEndBySilence() {
        thermometer.at(0, 38.6).at(HOUR, 37.0);
        bench.until(100L * HOUR);
        // A reading after a long gap begins the cool hours anew.
        thermometer.at(101L * HOUR, 37.0).at(105L * HOUR, 37.0);
        assertThat(bench.log()).hasSize(1);
        thermometer.at(107L * HOUR, 37.0);
        assertThat(bench.log()).last().isEqualTo("CLEARED FEVER LOW " + 107L * HOUR);
    }

    @Test
    void shouldNotEndWhileAnotherThermometerIsWarm() {
        Feed other = bench.feed("other", Vital.BODY_TEMPERATURE, Grade.CLINICAL, Duration.ofHours(4));
        thermometer.at(0, 38.6).at(HOUR, 37.0).at(4 * HOUR, 37.0);
        other.at(5 * HOUR, 37.9);
        thermometer.at(7 * HOUR, 37.0).at(11 * HOUR, 37.0);
        assertThat(bench.twin().holds(RuleId.FEVER)).isTrue();
        thermometer.at(13 * HOUR, 37.0);
        assertThat(bench.log()).last().isEqualTo("CLEARED FEVER LOW " + 13 * HOUR);
    }

    @Test
    void shouldBeginAnewAfterItsEnd() {
        thermometer.at(0, 38.6).at(HOUR, 37.0).at(7 * HOUR, 37.0).at(8 * HOUR, 38.1).at(9 * HOUR, 38.1);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 0", "CLEARED FEVER LOW 25200", "RAISED FEVER LOW 32400");
    }

    @Test
    void shouldForgetTheCourseWhenItIsNoLongerCovered() {
        thermometer.at(0, 38.1);
        assertThat(bench.twin().parts().find(FeverMemory.TYPE)).isPresent();
        TwinFold.keep(bench.twin(), EnumSet.complementOf(EnumSet.of(Vital.BODY_TEMPERATURE)));
        assertThat(bench.twin().parts().find(FeverMemory.TYPE)).isEmpty();
        thermometer.at(HOUR, 38.1);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldDecideTheSameWhenItIsStoredAfterEachReading() {
        for (long seed = 1; seed <= 30; seed++) {
            assertThat(course(seed, true)).as("seed %d", seed).isEqualTo(course(seed, false));
        }
    }

    private static List<String> course(long seed, boolean stored) {
        Random random = new Random(seed);
        RuleBench one = RuleBench.adult();
        if (seed % 2 == 0) {
            one.has("neutropenia");
        }
        List<Feed> feeds = new ArrayList<>();
        feeds.add(one.feed("a", Vital.BODY_TEMPERATURE, Grade.MEDICAL_HOME, Duration.ofMinutes(30)));
        feeds.add(one.feed("b", Vital.BODY_TEMPERATURE, Grade.CONSUMER, Duration.ofMinutes(30)));
        double level = 37.5;
        for (int i = 0; i < 300; i++) {
            level = Math.clamp(level + random.nextGaussian() * 0.3, 36.5, 39.8);
            feeds.get(random.nextInt(2)).at(i * 10L * MINUTE, Math.round(level * 10) / 10.0);
            if (stored) {
                one.twin(TwinState.decode(one.twin().encode(TwinState.scratch())));
            }
        }
        return one.log();
    }

    @Test
    void shouldRememberLittleOfAFastSensor() {
        Feed patch = bench.feed("patch", Vital.BODY_TEMPERATURE, Grade.CLINICAL, Duration.ofSeconds(5));
        patch.hold(0, 2 * HOUR, 39.5);
        ByteBuffer out = ByteBuffer.allocate(10_000);
        bench.twin().parts().get(FeverMemory.TYPE).encode(out);
        assertThat(out.position()).isLessThan(450);
        assertThat(bench.log()).containsExactly("RAISED FEVER LOW 0", "UPGRADED FEVER MEDIUM 600");
    }

    @Test
    void shouldStoreNothingWithoutFever() {
        thermometer.hold(0, 48 * HOUR, 36.8);
        assertThat(bench.twin().parts().find(FeverMemory.TYPE)).isEmpty();
    }
}
