package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement.Handling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class QualityChecksTest {

    private static Stream medical(Vital vital) {
        return Stream.of(vital, "kit", Grade.MEDICAL_HOME, Duration.ofMinutes(1));
    }

    private static PatientFacts born(String date) {
        return PatientFacts.of(Optional.of(LocalDate.parse(date)), List.of(), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE, 14.999, REJECT", "HEART_RATE, 15, SUSPECT", "HEART_RATE, 29.999, SUSPECT", "HEART_RATE, 30, ACCEPT",
        "HEART_RATE, 220, ACCEPT", "HEART_RATE, 220.001, SUSPECT", "HEART_RATE, 300, SUSPECT", "HEART_RATE, 300.001, REJECT",
        "SPO2, 0.999, REJECT", "SPO2, 69.999, SUSPECT", "SPO2, 70, ACCEPT", "SPO2, 100, ACCEPT", "SPO2, 100.001, REJECT",
        "RESPIRATORY_RATE, 0, SUSPECT", "RESPIRATORY_RATE, 3.999, SUSPECT", "RESPIRATORY_RATE, 4, ACCEPT", "RESPIRATORY_RATE, 100.001, REJECT",
        "BP_SYSTOLIC, 39.999, REJECT", "BP_SYSTOLIC, 59.999, SUSPECT", "BP_SYSTOLIC, 260.001, SUSPECT", "BP_DIASTOLIC, 160, ACCEPT",
        "BODY_TEMPERATURE, 33.999, SUSPECT", "BODY_TEMPERATURE, 34, ACCEPT", "BODY_TEMPERATURE, 45.001, REJECT",
        "STEPS, 220, ACCEPT", "STEPS, 221, SUSPECT", "STEPS, 301, REJECT", "STEPS, -1, REJECT",
        "BODY_WEIGHT, 19.999, REJECT", "O2_FLOW, 15.001, SUSPECT", "SLEEP_DURATION, 0.999, SUSPECT", "INTER_BEAT_INTERVAL, 199, REJECT"})
    void shouldHoldEachVitalToItsRanges(Vital vital, double value, Verdict verdict) {
        Judgement judgement = medical(vital).at(0, value);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.has(Reason.RANGE_IMPOSSIBLE)).isEqualTo(verdict == Verdict.REJECT);
        assertThat(judgement.has(Reason.RANGE_IMPLAUSIBLE)).isEqualTo(verdict == Verdict.SUSPECT);
    }

    @ParameterizedTest
    @CsvSource({
        "watch, CONSUMER, 1960-03-02, 174, ACCEPT", "watch, CONSUMER, 1960-03-02, 174.001, SUSPECT", "watch, CONSUMER, 1960-03-03, 175, ACCEPT",
        "ring, CONSUMER, 1936-03-02, 150.001, SUSPECT", "chest-strap, CONSUMER, 1936-03-02, 150.001, ACCEPT",
        "watch, MEDICAL_HOME, 1936-03-02, 150.001, ACCEPT", "watch, CONSUMER, 2010-01-01, 220, ACCEPT", "watch, CONSUMER, 2010-01-01, 220.001, SUSPECT"})
    void shouldLowerTheUpperPulseLimitOfConsumerOpticalSensorsWithAge(String kind, Grade grade, String birthDate, double value, Verdict verdict) {
        Stream pulse = Stream.of(Vital.HEART_RATE, kind, grade, Duration.ofMinutes(1)).facts(born(birthDate));
        assertThat(pulse.at(0, value).verdict()).isEqualTo(verdict);
    }

    @Test
    void shouldKeepThePulseLimitAt220WhenTheAgeIsNotKnown() {
        assertThat(Stream.of(Vital.HEART_RATE, "watch", Grade.CONSUMER, Duration.ofMinutes(1)).at(0, 200).verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "GLUCOSE_INTERSTITIAL, mg/dL, 1.9, false, REJECT", "GLUCOSE_INTERSTITIAL, mg/dL, 2.1, true, REJECT", "GLUCOSE_INTERSTITIAL, mg/dL, 5.6, true, REJECT",
        "GLUCOSE_INTERSTITIAL, mg/dL, 11.2, true, SUSPECT", "GLUCOSE_INTERSTITIAL, mg/dL, 11, false, SUSPECT", "GLUCOSE_INTERSTITIAL, mg/dL, 29.9, true, SUSPECT",
        "GLUCOSE_CAPILLARY, mg/dL, 30.1, false, ACCEPT", "GLUCOSE_CAPILLARY, mg/dL, 29.9, true, SUSPECT",
        "GLUCOSE_CAPILLARY, mmol/L, 40, false, SUSPECT", "GLUCOSE_CAPILLARY, mmol/L, 40.001, true, SUSPECT", "GLUCOSE_CAPILLARY, mmol/L, 90, true, REJECT",
        "BODY_TEMPERATURE, Cel, 89.999, false, REJECT", "BODY_TEMPERATURE, Cel, 90, true, REJECT", "BODY_TEMPERATURE, Cel, 110, true, REJECT",
        "BODY_TEMPERATURE, Cel, 110.001, false, REJECT", "BODY_TEMPERATURE, [degF], 29.999, false, REJECT", "BODY_TEMPERATURE, [degF], 30, true, REJECT",
        "BODY_TEMPERATURE, [degF], 45, true, REJECT", "BODY_TEMPERATURE, [degF], 45.001, false, REJECT", "SKIN_TEMPERATURE, [degF], 44, true, SUSPECT",
        "BP_SYSTOLIC, mm[Hg], 7.999, false, REJECT", "BP_SYSTOLIC, mm[Hg], 8, true, REJECT", "BP_SYSTOLIC, mm[Hg], 35, true, REJECT",
        "BP_SYSTOLIC, mm[Hg], 35.001, false, REJECT", "BP_DIASTOLIC, mm[Hg], 3.999, false, REJECT", "BP_DIASTOLIC, mm[Hg], 4, true, REJECT",
        "BP_DIASTOLIC, mm[Hg], 20, true, SUSPECT", "BP_DIASTOLIC, mm[Hg], 20.001, false, SUSPECT", "BP_SYSTOLIC, kPa, 16, false, ACCEPT",
        "SPO2, %, 0, false, REJECT", "SPO2, %, 0.97, true, REJECT", "SPO2, %, 1, true, SUSPECT", "SPO2, %, 1.001, false, SUSPECT",
        "HEART_RATE, /min, 299.999, false, SUSPECT", "HEART_RATE, /min, 300, true, SUSPECT", "HEART_RATE, /min, 2000, true, REJECT",
        "HEART_RATE, /min, 2000.001, false, REJECT", "HRV_RMSSD, ms, 0.042, true, REJECT", "HRV_RMSSD, ms, 1, false, SUSPECT", "HRV_RMSSD, s, 0.042, false, ACCEPT"})
    void shouldKnowTheSignatureOfAnotherUnit(Vital vital, String ucum, double value, boolean suspected, Verdict verdict) {
        Judgement judgement = medical(vital).in(Unit.of(ucum).orElseThrow()).at(0, value);
        assertThat(judgement.has(Reason.UNIT_SUSPECT)).isEqualTo(suspected);
        assertThat(judgement.verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"60, 19, 360, true", "59.999, 19, 360, false", "60, 20, 360, false", "60, 19, 361, false"})
    void shouldDoubtAVeryLowGlucoseAfterNormalOnes(double usual, double value, long minutesLater, boolean suspected) {
        Stream meter = Stream.of(Vital.GLUCOSE_CAPILLARY, "glucose-meter", Grade.MEDICAL_HOME, Duration.ofHours(6));
        meter.at(0, usual);
        assertThat(meter.at(minutesLater * MINUTE, value).has(Reason.UNIT_SUSPECT)).isEqualTo(suspected);
    }

    @ParameterizedTest
    @CsvSource({
        "14, 163.999, false", "14, 164, true", "14, 188, true", "14, 188.001, false",
        "14, 34.399, false", "14, 34.4, true", "14, 38.4, true", "14, 38.401, false",
        "15, 165.024, false", "15, 165.025, true", "15, 189.175, true", "15, 189.176, false"})
    void shouldDoubtAWeightThatIsThePoundsOfTheUsual(int day, double value, boolean suspected) {
        // Given: a median of 80 on day 14; of 80.5 on day 15, when the first is too old
        Stream scale = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofHours(24));
        scale.all(0, 79.0, 80.0, 81.0);
        // When, Then
        assertThat(scale.at(day * 24 * HOUR, value).has(Reason.UNIT_SUSPECT)).isEqualTo(suspected);
    }

    @Test
    void shouldNotCompareAWeightWithOneOfThreeWeeksAgo() {
        Stream scale = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofHours(24));
        scale.at(0, 80);
        assertThat(scale.at(14 * 24 * HOUR + 1, 176).has(Reason.UNIT_SUSPECT)).isFalse();
    }

    @Test
    void shouldTakeStepsSinceTheReadingBefore() {
        Stream steps = Stream.of(Vital.STEPS, "tracker", Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.UNKNOWN);
        assertThat(steps.at(0, 120).context()).as("a first count is of one interval").isEqualTo(Context.VIGOROUS);
        assertThat(steps.at(20 * MINUTE, 1_000).verdict()).as("50 a minute for 20 minutes").isEqualTo(Verdict.ACCEPT);
        assertThat(steps.at(21 * MINUTE, 1_000).verdict()).as("1000 in a minute").isEqualTo(Verdict.REJECT);
        assertThat(steps.at(22 * MINUTE, 60).context()).isEqualTo(Context.LIGHT);
        assertThat(steps.in(Unit.STEPS_PER_MINUTE).at(40 * MINUTE, 301).verdict()).as("a cadence is one already").isEqualTo(Verdict.REJECT);
    }

    @Test
    void shouldTakeTheContextAsSentAndElseFromTheSteps() {
        Stream pulse = medical(Vital.HEART_RATE).context(Context.UNKNOWN);
        assertThat(pulse.at(0, 70).context()).isEqualTo(Context.UNKNOWN);
        pulse.beside(Vital.STEPS, pulse.device).at(MINUTE, 110);
        assertThat(pulse.at(MINUTE, 72).context()).isEqualTo(Context.VIGOROUS);
        assertThat(pulse.context(Context.SLEEP).at(2 * MINUTE, 74).context()).isEqualTo(Context.SLEEP);
    }

    @ParameterizedTest
    @CsvSource({"SPO2, 97, REJECT", "RESPIRATORY_RATE, 14, REJECT", "INTER_BEAT_INTERVAL, 800, REJECT", "HRV_RMSSD, 40, REJECT", "HRV_SDNN, 40, REJECT",
        "HEART_RATE, 70, ACCEPT", "GLUCOSE_INTERSTITIAL, 100, ACCEPT", "BP_SYSTOLIC, 120, ACCEPT"})
    void shouldRejectWhatADeviceSaysWasDisturbedWhereThatMatters(Vital vital, double value, Verdict verdict) {
        Judgement judgement = medical(vital).moving(0, value);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.has(Reason.MOTION)).isEqualTo(verdict == Verdict.REJECT);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, ACCEPT", "VIGOROUS, REJECT", "UNKNOWN, ACCEPT"})
    void shouldRejectAPressureTakenInExercise(Context context, Verdict verdict) {
        Judgement judgement = medical(Vital.BP_SYSTOLIC).context(context).at(0, 130);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.has(Reason.CONTEXT_INVALID)).isEqualTo(verdict == Verdict.REJECT);
        assertThat(judgement.has(Reason.MOTION)).as("a cuff has no motion check").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 900000, false", "1, 900001, true", "60, 900001, true", "61, 900001, false", "720, 86400000, false", "720, 86400001, true"})
    void shouldCallAReadingLateByTheKindOfItsStream(long intervalMinutes, long delay, boolean late) {
        Stream stream = Stream.of(Vital.SPO2, "kit", Grade.MEDICAL_HOME, Duration.ofMinutes(intervalMinutes));
        Judgement judgement = stream.at(0, 97, delay);
        assertThat(judgement.handling()).isEqualTo(late ? Handling.LATE : Handling.APPLY);
        assertThat(judgement.has(Reason.LATE)).isEqualTo(late);
        assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldOnlyAnnotateAReadingOutOfOrder() {
        Stream pulse = medical(Vital.HEART_RATE);
        pulse.at(MINUTE, 70);
        Judgement judgement = pulse.at(0, 71);
        assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(judgement.reasons()).isEqualTo(Reason.OUT_OF_ORDER.bit());
        assertThat(pulse.at(MINUTE, 72).reasons()).as("the same moment is not before it").isZero();
    }

    @ParameterizedTest
    @CsvSource({"-120000, ACCEPT", "-120001, REJECT", "0, ACCEPT"})
    void shouldRejectAClockThatIsMoreThanTwoMinutesAhead(long delay, Verdict verdict) {
        Stream pulse = medical(Vital.HEART_RATE);
        Judgement judgement = pulse.at(HOUR, 70, delay);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.has(Reason.CLOCK_FUTURE)).isEqualTo(verdict == Verdict.REJECT);
        assertThat(pulse.own.recentCount()).isEqualTo(verdict == Verdict.REJECT ? 0 : 1);
        assertThat(pulse.at(HOUR, 70, delay).isDuplicate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2014-12-31T23:59:59.999Z, true", "2015-01-01T00:00:00Z, false", "1970-01-01T00:00:00Z, true", "-290308-12-21T19:59:05.224Z, true"})
    void shouldRejectAClockThatWasReset(Instant effective, boolean reset) {
        Stream pulse = medical(Vital.HEART_RATE);
        pulse.at(0, 70);
        Judgement judgement = pulse.at(effective.toEpochMilli() - T0, 70, T0 + MINUTE - effective.toEpochMilli());
        assertThat(judgement.has(Reason.CLOCK_RESET)).isEqualTo(reset);
        assertThat(judgement.verdict()).isEqualTo(reset ? Verdict.REJECT : Verdict.ACCEPT);
        assertThat(judgement.handling()).as("its lateness means nothing").isEqualTo(reset ? Handling.APPLY : Handling.LATE);
        assertThat(pulse.own.newestMillis()).isEqualTo(T0);
    }

    @Test
    void shouldCallTheSameValueOfTheSameMomentADuplicate() {
        Stream pulse = medical(Vital.HEART_RATE);
        pulse.at(0, 70);
        assertThat(pulse.at(0, 70).reasons()).isEqualTo(Reason.DUPLICATE_EXACT.bit());
        assertThat(pulse.at(0, 71).isDuplicate()).as("another value").isFalse();
        assertThat(pulse.at(1, 70).isDuplicate()).as("another moment").isFalse();
    }

    @Test
    void shouldCallARejectedReadingSentAgainADuplicateToo() {
        Stream spo2 = medical(Vital.SPO2);
        assertThat(spo2.at(0, 101).verdict()).isEqualTo(Verdict.REJECT);
        assertThat(spo2.at(0, 101).isDuplicate()).isTrue();
    }

    @Test
    void shouldKeepTheFirstOfTwoGateways() {
        // Given
        Stream phone = Stream.of(Vital.SPO2, Stream.device("phone", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        Stream hub = phone.beside(Vital.SPO2, Stream.device("hub", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        phone.at(0, 97);
        // When, Then
        assertThat(hub.at(2 * SECOND, 97).reasons()).isEqualTo(Reason.DUPLICATE_NEAR.bit());
        assertThat(hub.at(2 * SECOND + 1, 97).isPlainAccept()).isTrue();
        assertThat(hub.at(SECOND, 96).isDuplicate()).isFalse();
    }

    @Test
    void shouldNotLoseAReadingToARejectedOneOfAnotherGateway() {
        Stream phone = Stream.of(Vital.SPO2, Stream.device("phone", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        Stream hub = phone.beside(Vital.SPO2, Stream.device("hub", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        assertThat(phone.moving(0, 88).verdict()).isEqualTo(Verdict.REJECT);
        assertThat(hub.at(SECOND, 88).verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldKeepAMedicalReadingThatAgreesWithAWatch() {
        Stream watch = Stream.of(Vital.SPO2, Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofMinutes(1)));
        Stream oximeter = watch.beside(Vital.SPO2, Stream.device("oxi1", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        watch.at(0, 86);
        assertThat(oximeter.at(0, 86).isPlainAccept()).isTrue();
    }

    @Test
    void shouldOnlyAnnotateADeviceThatNobodyRegistered() {
        Stream pulse = Stream.of(Vital.HEART_RATE, Device.unregistered("x1"));
        Judgement judgement = pulse.at(0, 70);
        assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(judgement.reasons()).isEqualTo(Reason.GRADE_UNKNOWN.bit());
        assertThat(judgement.isPlainAccept()).isFalse();
        assertThat(judgement.sigma()).isEqualTo(5);
        assertThat(pulse.at(MINUTE, 301).verdict()).isEqualTo(Verdict.REJECT);
        assertThat(pulse.at(HOUR * 2, 70, -HOUR).has(Reason.GRADE_UNKNOWN)).as("a wrong clock hides nothing").isTrue();
    }

    @Test
    void shouldAcceptABoundAndSayThatItIsOne() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5)).in(Unit.MMOL_PER_L);
        Judgement low = cgm.sent(0, "LO");
        assertThat(low.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(low.reasons()).isEqualTo(Reason.CENSORED.bit());
        assertThat(low.canonicalMilli()).isEqualTo(39_634);
        assertThat(cgm.own.isBound(0)).isTrue();
        assertThat(cgm.sent(HOUR, "HI").reasons()).isEqualTo(Reason.CENSORED.bit());
    }

    @Test
    void shouldDoubtAFallToABoundThatIsTooFast() {
        Stream cgm = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        cgm.at(0, 90);
        assertThat(cgm.sent(5 * MINUTE, "LO").verdict()).as("50 in 5 min").isEqualTo(Verdict.ACCEPT);
        Stream other = Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        other.at(0, 91);
        assertThat(other.sent(5 * MINUTE, "LO").has(Reason.RATE_IMPLAUSIBLE)).isTrue();
        assertThat(other.sent(10 * MINUTE, "LO").verdict()).as("a second one is believed").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldAcceptCodes() {
        Stream level = medical(Vital.CONSCIOUSNESS);
        Judgement judgement = level.at(0, new Value(Value.Kind.CODE, 'V', Unit.CODE));
        assertThat(judgement.isPlainAccept()).isTrue();
        assertThat(judgement.canonicalMilli()).isEqualTo('V');
        assertThat(judgement.sigma()).isNaN();
        assertThat(level.at(0, new Value(Value.Kind.CODE, 'V', Unit.CODE)).isDuplicate()).isTrue();
        assertThat(level.at(0, new Value(Value.Kind.CODE, 'A', Unit.CODE)).isPlainAccept()).isTrue();
        assertThat(level.own.recentCount()).as("codes have no rate").isZero();
    }

    @Test
    void shouldGiveBothUncertaintiesOfASaturation() {
        Stream spo2 = medical(Vital.SPO2).facts(new PatientFacts(PatientFacts.NO_BIRTH_DATE, true, false));
        Judgement judgement = spo2.at(0, 95);
        assertThat(judgement.sigma()).isEqualTo(3);
        assertThat(judgement.sigmaWidened()).isCloseTo(3.6, within(1e-9));
    }

    @Test
    void shouldNotLearnFromWhatItDoubts() {
        Stream pulse = medical(Vital.HEART_RATE);
        pulse.at(0, 70);
        pulse.at(MINUTE, 250);
        assertThat(pulse.own.recentCount()).isEqualTo(1);
        assertThat(pulse.own.newestMillis()).isEqualTo(T0 + MINUTE);
    }

    @ParameterizedTest
    @CsvSource({"capnograph, CLINICAL, ACCEPT", "capnograph, MEDICAL_HOME, ACCEPT", "capnograph, CONSUMER, SUSPECT", "patch, CLINICAL, SUSPECT"})
    void shouldBelieveASourceThatCountsBreathsThatNoneCame(String kind, Grade grade, Verdict expected) {
        Stream breaths = Stream.of(Vital.RESPIRATORY_RATE, kind, grade, Duration.ofSeconds(5));
        breaths.at(0, 20);
        assertThat(breaths.at(5_000, 0).verdict()).isEqualTo(expected);
        assertThat(breaths.at(10_000, 3.999).verdict()).isEqualTo(expected);
    }

    @Test
    void shouldStillDoubtImplausiblyFastBreathingOfSuchASource() {
        Stream breaths = Stream.of(Vital.RESPIRATORY_RATE, "capnograph", Grade.CLINICAL, Duration.ofSeconds(5));
        assertThat(breaths.at(0, 60).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(breaths.at(5_000, 60.001).verdict()).isEqualTo(Verdict.SUSPECT);
    }
}
