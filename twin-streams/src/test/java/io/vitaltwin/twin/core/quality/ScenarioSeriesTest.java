package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.values;
import static org.assertj.core.api.Assertions.assertThat;

/** The verdicts that the acceptance scenarios expect of their series. */
class ScenarioSeriesTest {

    private static final String SUMMIT = "95x61 94 93 92 91 90 89 88 87 86x61 87 88 89 90 91 92 93 94 95x";
    private static final String TO_URGENT_LOW = "160 145 130 115 100 85 70 55 40x3";

    @ParameterizedTest
    @CsvSource({
        "S04a, SPO2, finger-oximeter, MEDICAL_HOME, PT1M, 90 91 90 91 90 91 90 91 90 91 90 91",
        "S06, SPO2, watch, CONSUMER, PT1M, 96x10 86x9 95x21",
        "S06 pulse, HEART_RATE, watch, CONSUMER, PT1M, 70 71 70 71 70 71",
        "S07, SPO2, finger-oximeter, MEDICAL_HOME, PT5S, " + SUMMIT + "222",
        "S08a, SPO2, finger-oximeter, MEDICAL_HOME, PT5S, 90x12 92x12 90x12 92x12 90x12 92x12 90x12 92x12",
        "S08b, SPO2, finger-oximeter, MEDICAL_HOME, PT5S, 90x26 92x12 90x12 92x12 90x12",
        "S13a, GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, PT5M, 84 82 80 78 74 69 68 72 75 78",
        "S13b, GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, PT5M, 84 82 80 78 74 69 68 69 72 75 78",
        "S14, GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, PT5M, " + TO_URGENT_LOW,
        "S15, GLUCOSE_INTERSTITIAL, cgm, MEDICAL_HOME, PT5M, 118 117 116 98 76 62 57 55 54 56 74 95 110 115",
        "S20, HEART_RATE, patch, MEDICAL_HOME, PT1M, 84x20 138x15 152x8 100x17",
        "S21b, HEART_RATE, patch, MEDICAL_HOME, PT1M, 60x2 59 61 60x2 39x12 60x2 59 61",
        "S22 breaths, RESPIRATORY_RATE, capnograph, CLINICAL, PT1M, 12x10 7x4 4x5 12x16",
        "S22, SPO2, finger-oximeter, CLINICAL, PT1M, 93x12 90x4 86 84x2 94x16",
        "S24, SPO2, finger-oximeter, MEDICAL_HOME, PT5S, " + SUMMIT + "522",
        "S25a before, HEART_RATE, patch, MEDICAL_HOME, PT1M, 75x60",
        "S25b, HEART_RATE, patch, MEDICAL_HOME, PT1M, 75x14400",
        "S26, HEART_RATE, patch, MEDICAL_HOME, PT1M, 150x61"})
    void shouldAcceptEveryReading(String scenario, Vital vital, String kind, Grade grade, Duration interval, String written) {
        for (Context context : new Context[] {Context.REST, Context.UNKNOWN, Context.SLEEP}) {
            Stream stream = Stream.of(vital, kind, grade, interval).context(context);
            List<Judgement> judgements = stream.all(0, values(written));
            assertThat(judgements).as(scenario).extracting(Judgement::verdict).containsOnly(Verdict.ACCEPT);
        }
    }

    @Test
    void shouldAcceptAFastPulseOfAPatientWhoLiesStill() {
        // Given: S20 with its steps
        Device patch = Stream.device("patch1", "patch", Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        Stream pulse = Stream.of(Vital.HEART_RATE, patch).context(Context.UNKNOWN);
        Stream steps = pulse.beside(Vital.STEPS, patch);
        double[] rates = values("84x20 138x15 152x8 100x17");
        for (int i = 0; i < rates.length; i++) {
            // When
            steps.at(i * MINUTE, 0);
            Judgement judgement = pulse.at(i * MINUTE, rates[i]);
            // Then
            assertThat(judgement.isPlainAccept()).as("minute %d: %s", i, judgement).isTrue();
            assertThat(judgement.context()).isEqualTo(Context.REST);
        }
    }

    @Test
    void shouldOnlyAnnotateBoundsOfS14() {
        List<Judgement> judgements = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5))
                .all(0, values(TO_URGENT_LOW));
        for (int i = 0; i < judgements.size(); i++) {
            assertThat(judgements.get(i).reasons()).isEqualTo(i < 8 ? 0 : Reason.CENSORED.bit());
        }
    }

    @Test
    void shouldRejectTheSaturationOfAWatchOnABriskWalk() {
        // Given: S05
        Device watch = Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofMinutes(1));
        Stream spo2 = Stream.of(Vital.SPO2, watch).context(Context.UNKNOWN);
        Stream steps = spo2.beside(Vital.STEPS, watch).context(Context.UNKNOWN);
        double[] counts = values("0x10 105x5 0x25");
        double[] saturations = values("97x10 84 83 85 84 86 97x25");
        for (int i = 0; i < counts.length; i++) {
            // When
            steps.at(i * MINUTE, counts[i]);
            Judgement judgement = spo2.context(i < 10 ? Context.REST : i < 15 ? Context.VIGOROUS : Context.REST).at(i * MINUTE, saturations[i]);
            // Then
            boolean walking = i >= 10 && i < 15;
            assertThat(judgement.verdict()).as("minute %d", i).isEqualTo(walking ? Verdict.REJECT : Verdict.ACCEPT);
            assertThat(judgement.reasons()).isEqualTo(walking ? Reason.CONTEXT_INVALID.bit() | Reason.MOTION.bit() : 0);
            assertThat(Double.isNaN(judgement.sigma())).isEqualTo(walking);
        }
    }

    @Test
    void shouldDoubtASensorThatChangesItsUnit() {
        // Given: S16
        List<Judgement> judgements = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5))
                .all(0, values("109 110 111 109 110 111 109 110 111 109 110 111 11.2 11.5 11.9 11.4 11.0 10.8"));
        // Then
        long always = Reason.UNIT_SUSPECT.bit() | Reason.RANGE_IMPLAUSIBLE.bit();
        for (int i = 0; i < judgements.size(); i++) {
            long expected = i < 12 ? 0 : i == 12 ? always | Reason.RATE_IMPLAUSIBLE.bit() : always;
            assertThat(Reason.of(judgements.get(i).reasons())).as("reading %d", i).isEqualTo(Reason.of(expected));
            assertThat(judgements.get(i).verdict()).isEqualTo(i < 12 ? Verdict.ACCEPT : Verdict.SUSPECT);
        }
    }

    @Test
    void shouldDoubtAFlatPulseOfS23From15MinutesOn() {
        Device watch = Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofMinutes(1));
        Stream pulse = Stream.of(Vital.HEART_RATE, watch).context(Context.UNKNOWN);
        Stream steps = pulse.beside(Vital.STEPS, watch);
        double[] counts = values("38 25 12 53 40 27 15 55 43 30 17 5 45 33 20 7 48 35 22 10 50 38 25 12 53 40 27 15 55 43 30 17 5 45 33 20 7 48 35 22 10 50"
                + " 38 25 12 53 40 27 15 55 43 30 17 5 45 33 20 7 48 35");
        int flat = 0;
        for (int i = 0; i < counts.length; i++) {
            steps.at(i * MINUTE, counts[i]);
            Judgement judgement = pulse.at(i * MINUTE, 72);
            assertThat(judgement.verdict()).as("minute %d", i).isEqualTo(i < 15 ? Verdict.ACCEPT : Verdict.SUSPECT);
            flat += judgement.has(Reason.FLATLINE) ? 1 : 0;
        }
        assertThat(flat).isEqualTo(45);
    }

    @Test
    void shouldGiveEachReadingOfS07TheSameVerdictInReversedBlocksOfTwoMinutes() {
        // Given: S24c
        double[] saturations = values(SUMMIT + "222");
        Stream oximeter = Stream.of(Vital.SPO2, "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofSeconds(5));
        List<Judgement> judgements = new ArrayList<>();
        // When
        for (int block = 0; block < saturations.length; block += 24) {
            for (int i = Math.min(block + 24, saturations.length) - 1; i >= block; i--) {
                judgements.add(oximeter.at(i * 5 * SECOND, saturations[i], 2 * MINUTE));
            }
        }
        // Then
        assertThat(judgements).hasSize(360).allSatisfy(judgement -> {
            assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(judgement.handling()).isEqualTo(Judgement.Handling.APPLY);
            assertThat(judgement.reasons() & ~Reason.OUT_OF_ORDER.bit()).isZero();
        });
    }

    @Test
    void shouldCountEachCopyOfS24bAsADuplicate() {
        Stream oximeter = Stream.of(Vital.SPO2, "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofSeconds(5));
        double[] saturations = values(SUMMIT + "222");
        for (int i = 0; i < saturations.length; i++) {
            assertThat(oximeter.at(i * 5 * SECOND, saturations[i]).isPlainAccept()).isTrue();
            Judgement copy = oximeter.at(i * 5 * SECOND, saturations[i]);
            assertThat(copy.isDuplicate()).isTrue();
            assertThat(copy.reasons()).isEqualTo(Reason.DUPLICATE_EXACT.bit());
        }
    }

    @Test
    void shouldQuarantineTheClockOfS25() {
        Stream pulse = Stream.of(Vital.HEART_RATE, "patch", Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        pulse.all(0, values("75x30"));
        for (int i = 0; i < 5; i++) {
            Judgement ahead = pulse.at(30 * MINUTE + HOUR + i * MINUTE, 75, -HOUR + 2 * SECOND);
            assertThat(ahead.verdict()).isEqualTo(Verdict.REJECT);
            assertThat(ahead.reasons()).isEqualTo(Reason.CLOCK_FUTURE.bit());
        }
        assertThat(pulse.at(35 * MINUTE, 75).isPlainAccept()).as("the wrong clock moved nothing").isTrue();
    }

    @Test
    void shouldDoubtTheOtherPersonOfS10AndPoundsThatSayKilograms() {
        Stream scale = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofHours(24)).context(Context.UNKNOWN);
        List<Judgement> judgements = scale.all(0, values("82.1 82.0 82.2 82.1 82.0 82.2 82.1 61.5 82.1 181.0 82.0"));
        assertThat(judgements).extracting(Judgement::verdict).containsExactly(Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT,
                Verdict.ACCEPT, Verdict.ACCEPT, Verdict.ACCEPT, Verdict.SUSPECT, Verdict.ACCEPT, Verdict.SUSPECT, Verdict.ACCEPT);
        assertThat(judgements.get(9).has(Reason.UNIT_SUSPECT)).isTrue();
        assertThat(judgements.get(7).has(Reason.UNIT_SUSPECT)).isFalse();
    }
}
