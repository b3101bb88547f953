package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.news2.News2Inputs.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The worked examples and the rounding vectors of the clinical reference, sections 2.1 to 2.3 and 2.5. */
class News2VectorsTest {

    private static final long NOW = 1_772_409_600_000L;
    private static final long TTL = Duration.ofHours(12).toMillis();

    private final News2Inputs inputs = new News2Inputs();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "N01 | 16 | 97 | 1 | air | 120 | 70 | A | 37.0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ZERO",
        "N02 | 8 | 96 | 1 | air | 111 | 51 | A | 36.1 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 3 | LOW_MEDIUM",
        "N03 | 9 | 95 | 1 | air | 219 | 90 | A | 38.0 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 2 | LOW",
        "N04 | 11 | 94 | 1 | air | 110 | 91 | A | 38.1 | 1 | 1 | 0 | 1 | 1 | 0 | 1 | 5 | MEDIUM",
        "N05 | 12 | 96 | 1 | air | 101 | 50 | A | 36.0 | 0 | 0 | 0 | 1 | 1 | 0 | 1 | 3 | LOW",
        "N06 | 20 | 96 | 1 | air | 119 | 41 | A | 35.1 | 0 | 0 | 0 | 0 | 1 | 0 | 1 | 2 | LOW",
        "N07 | 21 | 93 | 1 | air | 100 | 110 | A | 39.0 | 2 | 2 | 0 | 2 | 1 | 0 | 1 | 8 | HIGH",
        "N08 | 24 | 92 | 1 | air | 91 | 111 | A | 39.1 | 2 | 2 | 0 | 2 | 2 | 0 | 2 | 10 | HIGH",
        "N09 | 25 | 91 | 1 | O2 | 90 | 131 | U | 35.0 | 3 | 3 | 2 | 3 | 3 | 3 | 3 | 20 | HIGH",
        "N10 | 16 | 91 | 1 | air | 120 | 70 | A | 37.0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | LOW_MEDIUM",
        "N11 | 16 | 96 | 1 | O2 | 120 | 70 | A | 37.0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 2 | LOW",
        "N12 | 18 | 97 | 1 | air | 220 | 80 | A | 37.2 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 3 | LOW_MEDIUM",
        "N13 | 14 | 98 | 1 | air | 130 | 40 | A | 36.6 | 0 | 0 | 0 | 0 | 3 | 0 | 0 | 3 | LOW_MEDIUM",
        "N14 | 14 | 98 | 1 | air | 130 | 130 | A | 36.6 | 0 | 0 | 0 | 0 | 2 | 0 | 0 | 2 | LOW",
        "N15 | 18 | 96 | 1 | air | 125 | 88 | C | 37.1 | 0 | 0 | 0 | 0 | 0 | 3 | 0 | 3 | LOW_MEDIUM",
        "N16 | 22 | 94 | 1 | air | 105 | 95 | V | 38.4 | 2 | 1 | 0 | 1 | 1 | 3 | 1 | 9 | HIGH",
        "N17 | 20 | 88 | 2 | air | 125 | 85 | A | 37.0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ZERO",
        "N18 | 20 | 92 | 2 | O2 | 125 | 85 | A | 37.0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 2 | LOW",
        "N19 | 22 | 93 | 2 | air | 118 | 92 | A | 37.4 | 2 | 0 | 0 | 0 | 1 | 0 | 0 | 3 | LOW",
        "N20 | 20 | 93 | 2 | O2 | 118 | 88 | A | 37.0 | 0 | 1 | 2 | 0 | 0 | 0 | 0 | 3 | LOW",
        "N21 | 20 | 94 | 2 | O2 | 118 | 92 | A | 37.0 | 0 | 1 | 2 | 0 | 1 | 0 | 0 | 4 | LOW",
        "N22 | 20 | 95 | 2 | O2 | 118 | 92 | A | 37.0 | 0 | 2 | 2 | 0 | 1 | 0 | 0 | 5 | MEDIUM",
        "N23 | 20 | 97 | 2 | O2 | 118 | 92 | A | 37.0 | 0 | 3 | 2 | 0 | 1 | 0 | 0 | 6 | MEDIUM",
        "N24 | 24 | 87 | 2 | air | 112 | 90 | A | 37.0 | 2 | 1 | 0 | 0 | 0 | 0 | 0 | 3 | LOW",
        "N25 | 24 | 85 | 2 | O2 | 112 | 111 | P | 37.0 | 2 | 2 | 2 | 0 | 2 | 3 | 0 | 11 | HIGH",
        "N26 | 24 | 83 | 2 | O2 | 95 | 120 | A | 36.0 | 2 | 3 | 2 | 2 | 2 | 0 | 1 | 12 | HIGH",
        "N27 | 20 | 96 | 2 | O2 | 118 | 92 | A | 37.0 | 0 | 2 | 2 | 0 | 1 | 0 | 0 | 5 | MEDIUM",
        "N28 | 20 | 84 | 2 | air | 118 | 92 | A | 37.0 | 0 | 2 | 0 | 0 | 1 | 0 | 0 | 3 | LOW",
        "N29 | 20 | 86 | 2 | air | 118 | 92 | A | 37.0 | 0 | 1 | 0 | 0 | 1 | 0 | 0 | 2 | LOW"})
    void shouldScoreTheWorkedExamples(String id, String rr, String spo2, int scale, String oxygen, String sbp, String hr, String acvpu, String t,
            int rrPoints, int spo2Points, int oxygenPoints, int sbpPoints, int hrPoints, int acvpuPoints, int tPoints, int total, Band band) {
        whole(rr, spo2, oxygen, sbp, hr, acvpu, t);

        News2Result score = score(scale);

        assertThat(new int[] {points(score, Parameter.RESPIRATORY_RATE), points(score, Parameter.SPO2), points(score, Parameter.OXYGEN),
                points(score, Parameter.BP_SYSTOLIC), points(score, Parameter.HEART_RATE), points(score, Parameter.CONSCIOUSNESS),
                points(score, Parameter.BODY_TEMPERATURE)}).as(id)
                .containsExactly(rrPoints, spo2Points, oxygenPoints, sbpPoints, hrPoints, acvpuPoints, tPoints);
        assertThat(score.knownSum()).isEqualTo(total);
        assertThat(score.maxPossible()).isEqualTo(total);
        assertThat(score.complete()).isTrue();
        assertThat(score.band()).hasValue(band);
    }

    /** 2.1, resolution rule: rounded half up from the decimal string before scoring. */
    @ParameterizedTest
    @CsvSource({
        "BODY_TEMPERATURE, 36.04, 1", "BODY_TEMPERATURE, 36.05, 0", "BODY_TEMPERATURE, 38.04, 0", "BODY_TEMPERATURE, 38.05, 1",
        "BODY_TEMPERATURE, 39.05, 2", "RESPIRATORY_RATE, 8.4, 3", "RESPIRATORY_RATE, 8.5, 1", "RESPIRATORY_RATE, 11.5, 0",
        "RESPIRATORY_RATE, 20.5, 2", "RESPIRATORY_RATE, 24.5, 3", "SPO2, 91.4, 3", "SPO2, 91.5, 2", "SPO2, 95.5, 0", "HEART_RATE, 40.5, 1",
        "HEART_RATE, 50.5, 0", "HEART_RATE, 90.5, 1", "HEART_RATE, 110.5, 2", "HEART_RATE, 130.5, 3"})
    void shouldRoundToTheChartBeforeScoring(Parameter parameter, String value, int points) {
        put(parameter, value);
        assertThat(points(score(1), parameter)).isEqualTo(points);
    }

    /** N10 and N17, N19 and N20: the same numbers on the other scale, and on oxygen. */
    @Test
    void shouldKeepTheScalesApart() {
        put(Parameter.SPO2, "88");
        assertThat(points(score(2), Parameter.SPO2)).isZero();
        assertThat(points(score(1), Parameter.SPO2)).isEqualTo(3);
        put(Parameter.SPO2, "93");
        oxygen("air");
        assertThat(points(score(2), Parameter.SPO2)).isZero();
        oxygen("O2");
        assertThat(points(score(2), Parameter.SPO2)).isEqualTo(1);
        assertThat(points(score(2), Parameter.OXYGEN)).isEqualTo(2);
    }

    @Test
    void shouldGiveTheRangeOfAPartialSet() {
        whole("11", "94", "air", "110", "91", "", "38.1");
        News2Result score = score(1);
        assertThat(score.complete()).isFalse();
        assertThat(score.knownSum()).isEqualTo(5);
        assertThat(score.maxPossible()).isEqualTo(8);
        assertThat(score.band()).hasValue(Band.MEDIUM);
        assertThat(score.missing()).containsExactly(Parameter.CONSCIOUSNESS);
    }

    @Test
    void shouldSayNothingOfAPartialSetThatIsLow() {
        whole("", "97", "air", "120", "70", "", "37.0");
        News2Result score = score(1);
        assertThat(score.knownSum()).isZero();
        assertThat(score.maxPossible()).isEqualTo(6);
        assertThat(score.band()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ZERO, 43200, true", "ZERO, 43201, false", "LOW, 21600, true", "LOW, 21601, false", "MEDIUM, 3600, true", "MEDIUM, 3601, false",
        "HIGH, 900, true", "HIGH, 901, false"})
    void shouldUseNoInputThatIsTooOldForTheBand(Band published, long seconds, boolean used) {
        inputs.put(Parameter.HEART_RATE, new Input(measured("95", Unit.PER_MINUTE), NOW - seconds * 1000, Verdict.ACCEPT, Grade.CLINICAL, TTL));
        News2Result score = News2.score(inputs, Spo2Scale.ONE, Prescription.NONE, published, NOW);
        assertThat(score.isMissing(Parameter.HEART_RATE)).isNotEqualTo(used);
    }

    @Test
    void shouldTakeAirFromThePrescriptionOnly() {
        assertThat(News2.score(inputs, Spo2Scale.ONE, Prescription.NONE, Band.ZERO, NOW).isMissing(Parameter.OXYGEN)).isTrue();
        News2Result air = News2.score(inputs, Spo2Scale.ONE, Prescription.AIR, Band.ZERO, NOW);
        assertThat(points(air, Parameter.OXYGEN)).isZero();
        assertThat(air.oxygenByPrescription()).isTrue();
        assertThat(points(News2.score(inputs, Spo2Scale.ONE, Prescription.OXYGEN, Band.ZERO, NOW), Parameter.OXYGEN)).isEqualTo(2);
    }

    /** 2.3.5: the band would be lower without the doubtful input. */
    @ParameterizedTest
    @CsvSource({"ACCEPT, false, 0", "SUSPECT, true, 1"})
    void shouldCapAScoreThatRestsOnADoubtfulInput(Verdict verdict, boolean capped, int suspects) {
        whole("16", "97", "air", "120", "70", "A", "37.0");
        inputs.put(Parameter.HEART_RATE, new Input(measured("140", Unit.PER_MINUTE), NOW, verdict, Grade.CONSUMER, TTL));
        assertThat(score(1).cappedAtMedium()).isEqualTo(capped);
        assertThat(score(1).suspect()).hasSize(suspects);
    }

    @Test
    void shouldNotUseARejectedInput() {
        inputs.put(Parameter.HEART_RATE, new Input(measured("140", Unit.PER_MINUTE), NOW, Verdict.REJECT, Grade.CLINICAL, TTL));
        assertThat(score(1).isMissing(Parameter.HEART_RATE)).isTrue();
    }

    private void whole(String rr, String spo2, String oxygen, String sbp, String hr, String acvpu, String t) {
        put(Parameter.RESPIRATORY_RATE, rr);
        put(Parameter.SPO2, spo2);
        oxygen(oxygen);
        put(Parameter.BP_SYSTOLIC, sbp);
        put(Parameter.HEART_RATE, hr);
        if (acvpu != null && !acvpu.isEmpty()) {
            inputs.put(Parameter.CONSCIOUSNESS, fresh(new Value(Value.Kind.CODE, acvpu.charAt(0), Unit.CODE)));
        }
        put(Parameter.BODY_TEMPERATURE, t);
    }

    private void oxygen(String written) {
        inputs.put(Parameter.OXYGEN, fresh(measured(written.equals("air") ? "0" : "2", Unit.LITRE_PER_MINUTE)));
    }

    private void put(Parameter parameter, String written) {
        if (written != null && !written.isEmpty()) {
            inputs.put(parameter, fresh(measured(written, parameter.vital().unit())));
        }
    }

    private static Input fresh(Value value) {
        return new Input(value, NOW, Verdict.ACCEPT, Grade.CLINICAL, TTL);
    }

    private static Value measured(String written, Unit unit) {
        return Value.measured(new BigDecimal(written).movePointRight(3).longValueExact(), unit);
    }

    private News2Result score(int scale) {
        return News2.score(inputs, Spo2Scale.of(scale), Prescription.NONE, Band.ZERO, NOW);
    }

    private static int points(News2Result score, Parameter parameter) {
        return score.subScore(parameter).orElseThrow();
    }
}
