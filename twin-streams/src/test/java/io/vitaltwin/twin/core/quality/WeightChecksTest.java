package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.daily.WeightMemory;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.state.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-08, DQ-10 and DQ-21 of weights. */
class WeightChecksTest {

    private static final long DAY = 24 * HOUR;

    private final Stream scale = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofDays(1));

    @Test
    void shouldJudgeS10a() {
        List<Judgement> judgements = scale.all(7 * HOUR, 82.0, 82.2, 82.1, 82.1, 82.0, 82.2, 82.1, 82.3, 61.5, 82.4, 61.8, 82.2);
        for (int i = 0; i < judgements.size(); i++) {
            boolean other = i == 8 || i == 10;
            assertThat(judgements.get(i).verdict()).as("day %d", i).isEqualTo(other ? Verdict.SUSPECT : Verdict.ACCEPT);
            assertThat(judgements.get(i).has(Reason.WRONG_PERSON_SUSPECT)).as("day %d", i).isEqualTo(other);
        }
    }

    @Test
    void shouldJudgeS10b() {
        List<Judgement> judgements = scale.all(7 * HOUR, 82.0, 82.2, 82.1, 82.1, 82.0, 82.2, 82.1, 181.0, 82.2);
        assertThat(judgements.get(7).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judgements.get(7).has(Reason.UNIT_SUSPECT)).isTrue();
        assertThat(judgements.get(7).has(Reason.WRONG_PERSON_SUSPECT)).as("pounds are no other person").isFalse();
        assertThat(judgements).filteredOn(judgement -> judgement.verdict() == Verdict.ACCEPT).hasSize(8);
    }

    @ParameterizedTest(name = "{0} kg, {1} h later {2} kg: {3}")
    @CsvSource({
        "80, 24, 82.5, false, false", "80, 24, 82.501, true, false", "80, 24, 77.5, false, false", "80, 24, 77.499, true, false",
        "100, 24, 103.0, false, false", "100, 24, 103.001, true, false",
        "80, 24, 85.0, true, false", "80, 24, 85.001, true, true", "80, 24, 75.0, true, false", "80, 24, 74.999, true, true",
        "100, 24, 106.0, true, false", "100, 24, 106.001, true, true", "60, 24, 65.0, true, false", "60, 24, 65.001, true, true",
        "80, 48, 85.001, true, true", "80, 49, 85.3, true, false", "80, 48, 85.0, false, false"})
    void shouldTellAFastChangeFromAnotherPerson(double first, int hours, double second, boolean rate, boolean person) {
        scale.at(0, first);
        Judgement judgement = scale.at(hours * HOUR, second);
        assertThat(judgement.has(Reason.RATE_IMPLAUSIBLE)).isEqualTo(rate);
        assertThat(judgement.has(Reason.WRONG_PERSON_SUSPECT)).isEqualTo(person);
        assertThat(judgement.verdict()).isEqualTo(rate || person ? Verdict.SUSPECT : Verdict.ACCEPT);
    }

    @ParameterizedTest(name = "a second weight of {0} kg after {1} min")
    @CsvSource({"84.2, 10, ACCEPT", "82.2, 10, ACCEPT", "84.201, 10, SUSPECT", "83.2, 1440, ACCEPT", "83.2, 1, ACCEPT"})
    void shouldAcceptAFastChangeThatASecondWeightConfirms(double second, int minutes, Verdict expected) {
        // Given
        scale.at(0, 80.0);
        assertThat(scale.at(DAY, 83.2).verdict()).isEqualTo(Verdict.SUSPECT);
        // When, then
        assertThat(scale.at(DAY + minutes * MINUTE, second).verdict()).isEqualTo(expected);
    }

    @Test
    void shouldNotConfirmAfterTheNextDay() {
        scale.at(0, 80.0);
        scale.at(DAY, 84.9);
        assertThat(scale.at(2 * DAY - MINUTE, 84.9).verdict()).as("still too fast, but confirmed").isEqualTo(Verdict.ACCEPT);
        Stream other = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofDays(1));
        other.at(0, 80.0);
        other.at(2 * HOUR, 84.9);
        assertThat(other.at(26 * HOUR + MINUTE, 84.9).verdict()).as("too long after it").isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void shouldNotConfirmWhatWasRefuted() {
        scale.at(0, 80.0);
        scale.at(DAY, 83.2);
        assertThat(scale.at(DAY + 5 * MINUTE, 80.1).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(scale.at(DAY + 9 * MINUTE, 83.2).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void shouldNotLetAnotherPersonConfirmHimself() {
        scale.at(0, 80.0);
        assertThat(scale.at(DAY, 61.5).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(scale.at(DAY + MINUTE, 61.5).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(scale.at(DAY + 2 * MINUTE, 61.4).has(Reason.WRONG_PERSON_SUSPECT)).isTrue();
    }

    @Test
    void shouldHoldBackTheOtherPersonWhileTwoTakeTurns() {
        // Given: 82 and 61 kg took turns, and the last 82 is four days old, so that nothing is too fast
        days(82.0, 82.1, 82.0);
        scale.at(0, 82.0);
        scale.at(DAY, 61.5);
        scale.at(2 * DAY, 82.1);
        // When
        Judgement judgement = scale.at(12 * DAY, 61.6);
        Judgement sooner = scale.at(8 * DAY, 61.7);
        // Then
        assertThat(sooner.has(Reason.WRONG_PERSON_SUSPECT)).isTrue();
        assertThat(judgement.has(Reason.WRONG_PERSON_SUSPECT)).as("more than seven days after they took turns").isFalse();
    }

    @ParameterizedTest(name = "{0} kg")
    @CsvSource({"168.1, true", "168.099, false", "192.7, true", "192.701, false", "39.36, true", "39.361, false", "35.26, true", "35.259, false"})
    void shouldTellPoundsByTheMedianOfTheDays(double kilograms, boolean suspected) {
        // Given: the scale itself has not been used before; the days know 82.0
        days(81.0, 82.0, 83.0);
        // When, then
        assertThat(scale.at(4 * DAY, kilograms).has(Reason.UNIT_SUSPECT)).isEqualTo(suspected);
    }

    @Test
    void shouldForgetDaysAfterTwoWeeks() {
        days(81.0, 82.0, 83.0);
        assertThat(scale.at(40 * DAY, 181.0).has(Reason.UNIT_SUSPECT)).isFalse();
    }

    /** Weights of the first days, as the rules remember them. */
    private void days(double... kilograms) {
        WeightMemory memory = scale.shared.parts().get(WeightMemory.TYPE);
        for (int day = 0; day < kilograms.length; day++) {
            long at = Stream.T0 + day * DAY + 7 * HOUR;
            Point point = new Point(at, io.vitaltwin.twin.core.Value.measured(Stream.milli(kilograms[day]), Unit.KILOGRAM), Grade.CONSUMER,
                    Verdict.ACCEPT, io.vitaltwin.twin.core.Context.REST, 0, 300, day, 0);
            memory.take(Math.floorDiv(at, DAY), new Kept("other", point), true, 2_500);
        }
    }

    @Test
    void shouldJudgeTheSameAfterItWasStored() {
        List<Double> weights = List.of(82.0, 82.2, 61.5, 82.4, 61.8, 84.9, 84.8, 82.2, 181.0, 82.2, 79.5, 79.4);
        Stream stored = Stream.of(Vital.BODY_WEIGHT, "scale", Grade.CONSUMER, Duration.ofDays(1));
        Parts parts = stored.shared.parts();
        for (int i = 0; i < weights.size(); i++) {
            Judgement live = scale.at(i * DAY, weights.get(i));
            ByteBuffer out = ByteBuffer.allocate(4_000);
            parts.encode(out, Stream.T0);
            parts = Parts.decode(out.flip(), Stream.T0);
            Judgement again = QualityChecks.judge(stored.own,
                    stored.measured(i * DAY, io.vitaltwin.twin.core.Value.measured(Stream.milli(weights.get(i)), Unit.KILOGRAM), 2_000, false),
                    stored.device, PatientFacts.NONE, new PatientQuality(parts));
            assertThat(again.reasons()).as("weight %d", i).isEqualTo(live.reasons());
        }
    }
}
