package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-20. */
class ConflictMemoryTest {

    /** Two pulses each minute, the second half a minute after the first. */
    private static final class Two {
        private final Stream first;
        private final Stream second;
        private final List<Judgement> ofFirst = new ArrayList<>();
        private final List<Judgement> ofSecond = new ArrayList<>();
        private int minute;

        private Two(Vital vital, Grade one, Grade other) {
            first = Stream.of(vital, Stream.device("a", "patch", one, Duration.ofMinutes(1)));
            second = first.beside(vital, Stream.device("b", "finger-oximeter", other, Duration.ofMinutes(1)));
        }

        private Two minutes(int count, double one, double other) {
            for (int i = 0; i < count; i++, minute++) {
                ofFirst.add(first.at(minute * MINUTE, hundredths(one, minute % 2)));
                ofSecond.add(second.at(minute * MINUTE + MINUTE / 2, hundredths(other, minute % 2)));
            }
            return this;
        }
    }

    private static double hundredths(double value, int more) {
        return Math.round(value * 100 + more) / 100.0;
    }

    private static Two pulses(Grade one, Grade other) {
        return new Two(Vital.HEART_RATE, one, other);
    }

    /** Place of the first reading in conflict; -1 if there is none. */
    private static int firstDoubted(List<Judgement> judgements) {
        for (int i = 0; i < judgements.size(); i++) {
            if (judgements.get(i).has(Reason.CROSS_SENSOR_CONFLICT)) {
                assertThat(judgements.get(i).verdict()).isEqualTo(Verdict.SUSPECT);
                return i;
            }
        }
        return -1;
    }

    @Test
    void shouldDoubtTheLowerGradeOnly() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(20, 70, 120);
        assertThat(firstDoubted(pulses.ofFirst)).isEqualTo(-1);
        assertThat(firstDoubted(pulses.ofSecond)).isEqualTo(6);
        assertThat(pulses.ofSecond.subList(6, 20)).allMatch(judgement -> judgement.verdict() == Verdict.SUSPECT);
    }

    @Test
    void shouldDoubtBothOfEqualGrade() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.MEDICAL_HOME).minutes(20, 70, 120);
        assertThat(firstDoubted(pulses.ofFirst)).isBetween(5, 7);
        assertThat(firstDoubted(pulses.ofSecond)).isBetween(5, 7);
    }

    @Test
    void shouldTagBackToTheBeginningOfTheOverlapOnce() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(20, 70, 120);
        List<Revision> revisions = pulses.ofSecond.stream().flatMap(judgement -> judgement.revisions().stream()).toList();
        assertThat(revisions).singleElement().satisfies(revision -> {
            assertThat(revision.fromMillis()).isBetween(T0, T0 + 2 * MINUTE);
            assertThat(revision.untilMillis()).isEqualTo(T0 + 6 * MINUTE + MINUTE / 2 - 1);
            assertThat(revision.verdict()).isEqualTo(Verdict.SUSPECT);
        });
        assertThat(pulses.second.own.recentCount()).as("at most what came before the overlap").isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"MEDICAL_HOME, 80.59, false", "MEDICAL_HOME, 80.63, true", "CONSUMER, 84.10, false", "CONSUMER, 84.20, true"})
    void shouldCompareWithTheUncertaintyOfBoth(Grade other, double value, boolean doubted) {
        // 3 sqrt(2.5^2 + 2.5^2) = 10.607; 3 sqrt(2.5^2 + 4^2) = 14.151
        assertThat(firstDoubted(pulses(Grade.MEDICAL_HOME, other).minutes(20, 70, value).ofSecond) >= 0).isEqualTo(doubted);
    }

    @ParameterizedTest
    @CsvSource({"5, true", "2, false"})
    void shouldNeedFourOfFiveComparisons(int every, boolean doubted) {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER);
        for (int i = 0; i < 60; i++) {
            boolean agrees = i % every == 0;
            pulses.minutes(1, 70, agrees ? 70 : 120);
        }
        assertThat(pulses.ofSecond.stream().filter(judgement -> judgement.has(Reason.CROSS_SENSOR_CONFLICT)).count() > 20).isEqualTo(doubted);
    }

    @Test
    void shouldEndWhenTheyAgreeForFiveMinutes() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(10, 70, 120).minutes(20, 70, 71);
        assertThat(pulses.ofSecond.get(9).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(pulses.ofSecond.subList(21, 30)).allMatch(judgement -> judgement.verdict() == Verdict.ACCEPT);
    }

    @Test
    void shouldCompareNothingThatWasNotMeasuredTogether() {
        Stream first = Stream.of(Vital.HEART_RATE, Stream.device("a", "patch", Grade.MEDICAL_HOME, Duration.ofMinutes(1)));
        Stream second = first.beside(Vital.HEART_RATE, Stream.device("b", "watch", Grade.CONSUMER, Duration.ofMinutes(1)));
        for (int i = 0; i < 40; i++) {
            boolean early = i % 20 < 10;
            Judgement judgement = early ? first.at(i * MINUTE, 70 + i % 2) : i % 20 > 12 ? second.at(i * MINUTE, 120 + i % 2) : first.at(i * MINUTE, 70);
            assertThat(judgement.has(Reason.CROSS_SENSOR_CONFLICT)).as("minute %d", i).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Vital.class, names = {"BODY_WEIGHT", "SKIN_TEMPERATURE", "BP_SYSTOLIC", "STEPS"})
    void shouldNotCompareWhatDiffersByPlaceOrTime(Vital vital) {
        Two two = new Two(vital, Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(20, 36, 90);
        assertThat(firstDoubted(two.ofSecond)).isEqualTo(-1);
    }

    @Test
    void shouldRememberNothingWithOneSource() {
        Stream one = Stream.of(Vital.HEART_RATE, "patch", Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        one.all(0, 70, 71, 72);
        assertThat(one.shared.parts().find(ConflictMemory.TYPE)).isEmpty();
    }

    @Test
    void shouldForgetWhatConsentNoLongerCovers() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(10, 70, 120);
        pulses.first.shared.keep(EnumSet.of(Vital.HEART_RATE));
        assertThat(pulses.first.shared.parts().get(ConflictMemory.TYPE).isEmpty()).isFalse();
        pulses.first.shared.keep(EnumSet.of(Vital.SPO2));
        assertThat(pulses.first.shared.parts().get(ConflictMemory.TYPE).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRestoreWhateverItRemembers(long seed) {
        Random random = new Random(seed);
        List<Stream> streams = new ArrayList<>();
        streams.add(Stream.of(Vital.HEART_RATE, device("a", Grade.CLINICAL)));
        for (String id : List.of("b", "c")) {
            streams.add(streams.getFirst().beside(Vital.HEART_RATE, device(id, Grade.CONSUMER)));
        }
        for (int i = 0; i < 300; i++) {
            streams.get(random.nextInt(3)).at(i * MINUTE / 3, 70 + random.nextInt(2) * 30);
            byte[] stored = stored(streams.getFirst().shared.parts().get(ConflictMemory.TYPE));
            assertThat(stored(ConflictMemory.decode(ByteBuffer.wrap(stored)))).as("seed %d, reading %d", seed, i).isEqualTo(stored);
        }
    }

    @Test
    void shouldCostLittleForTwoSources() {
        Two pulses = pulses(Grade.MEDICAL_HOME, Grade.CONSUMER).minutes(30, 70, 120);
        assertThat(stored(pulses.first.shared.parts().get(ConflictMemory.TYPE)).length).isLessThanOrEqualTo(64);
    }

    private static Device device(String id, Grade grade) {
        return Stream.device(id, "watch", grade, Duration.ofMinutes(1));
    }

    private static byte[] stored(ConflictMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
