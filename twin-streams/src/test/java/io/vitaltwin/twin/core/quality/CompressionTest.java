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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static io.vitaltwin.twin.core.quality.Stream.values;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-24 and DQ-25. */
class CompressionTest {

    private final Stream sensor = sensor(5);

    private static Stream sensor(int minutes) {
        return Stream.of(Vital.GLUCOSE_INTERSTITIAL, "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(minutes)).context(Context.SLEEP);
    }

    private static List<Integer> places(List<Judgement> judgements, Reason reason) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < judgements.size(); i++) {
            if (judgements.get(i).has(reason)) {
                places.add(i);
            }
        }
        return places;
    }

    @Test
    void shouldAnnotateTheFallOfS15AndConfirmItAtItsRecovery() {
        // When
        List<Judgement> judgements = sensor.all(0, values("118 117 116 98 76 62 57 55 54 56 74 95 110 115"));
        // Then
        assertThat(judgements).allMatch(judgement -> judgement.verdict() == Verdict.ACCEPT);
        assertThat(places(judgements, Reason.COMPRESSION_POSSIBLE)).containsExactly(5, 6, 7, 8, 9);
        assertThat(places(judgements, Reason.COMPRESSION_CONFIRMED)).containsExactly(12);
        assertThat(judgements.get(12).revisions()).containsExactly(
                new Revision(T0 + 25 * MINUTE, T0 + 45 * MINUTE, Verdict.ACCEPT, Reason.COMPRESSION_CONFIRMED.bit()));
        assertThat(sensor.own.recentCount()).as("nothing is taken away").isEqualTo(QualityMemory.RECENT);
    }

    @ParameterizedTest
    @CsvSource({"94, 69, true", "93.999, 69, false", "95, 70, false", "95, 69.999, true"})
    void shouldNeedAFallOfTwentyFiveToBelowSeventy(double before, double now, boolean annotated) {
        sensor.at(0, before);
        assertThat(sensor.at(5 * MINUTE, now).has(Reason.COMPRESSION_POSSIBLE)).isEqualTo(annotated);
    }

    @ParameterizedTest
    @CsvSource({"15, true", "16, false"})
    void shouldNeedTheFallWithinAQuarterOfAnHour(int minutes, boolean annotated) {
        sensor.at(0, 100);
        assertThat(sensor.at(minutes * MINUTE, 69).has(Reason.COMPRESSION_POSSIBLE)).isEqualTo(annotated);
    }

    @ParameterizedTest
    @EnumSource(value = Context.class, names = {"REST", "LIGHT", "VIGOROUS", "UNKNOWN"})
    void shouldSayNothingOfSomebodyAwake(Context context) {
        sensor.context(context).at(0, 100);
        assertThat(sensor.at(5 * MINUTE, 60).has(Reason.COMPRESSION_POSSIBLE)).isFalse();
        assertThat(sensor.shared.parts().find(Compression.TYPE)).isEmpty();
    }

    @Test
    void shouldConfirmAlsoWhenTheAlarmWokeThePatient() {
        sensor.all(0, 100, 60, 55);
        assertThat(places(sensor.context(Context.LIGHT).all(15 * MINUTE, 75, 90), Reason.COMPRESSION_CONFIRMED)).containsExactly(1);
    }

    @Test
    void shouldNotConfirmASlowRecovery() {
        List<Judgement> judgements = sensor.all(0, values("100 60 60 65 70 75 79 84 89 93 97"));
        assertThat(places(judgements, Reason.COMPRESSION_POSSIBLE)).containsExactly(1, 2, 3);
        assertThat(places(judgements, Reason.COMPRESSION_CONFIRMED)).as("never 20 in 15 min").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"85, true", "84.999, false"})
    void shouldConfirmOnlyBackAtEightyFivePercent(double back, boolean confirmed) {
        sensor.all(0, 100, 60);
        assertThat(sensor.at(10 * MINUTE, back).has(Reason.COMPRESSION_CONFIRMED)).isEqualTo(confirmed);
    }

    @ParameterizedTest
    @CsvSource({"60, true", "61, false"})
    void shouldConfirmOnlyWithinAnHour(int minutesAfterTheFirstLow, boolean confirmed) {
        sensor.all(0, values("100 60 60 60 60 60 60 59 60 60 60 60"));
        sensor.at(60 * MINUTE, 62);
        assertThat(sensor.at((5 + minutesAfterTheFirstLow) * MINUTE, 90).has(Reason.COMPRESSION_CONFIRMED)).isEqualTo(confirmed);
    }

    @Test
    void shouldNotTakeAnotherSensorForThisOne() {
        Stream other = sensor.beside(Vital.GLUCOSE_INTERSTITIAL, Stream.device("d2", "cgm", Grade.MEDICAL_HOME, Duration.ofMinutes(5)))
                .context(Context.SLEEP);
        other.at(0, 120);
        assertThat(sensor.at(5 * MINUTE, 65).has(Reason.COMPRESSION_POSSIBLE)).isFalse();
        assertThat(other.at(5 * MINUTE, 66).has(Reason.COMPRESSION_POSSIBLE)).isTrue();
    }

    @Test
    void shouldLeaveOutAReadingOutOfOrder() {
        sensor.at(10 * MINUTE, 69);
        assertThat(sensor.at(5 * MINUTE, 100, 6 * MINUTE).has(Reason.COMPRESSION_POSSIBLE)).isFalse();
        assertThat(sensor.at(15 * MINUTE, 68).has(Reason.COMPRESSION_POSSIBLE)).isFalse();
    }

    @Test
    void shouldAnnotateASensorThatReadsEachMinute() {
        Stream fast = sensor(1);
        List<Judgement> judgements = new ArrayList<>();
        for (int minute = 0; minute <= 20; minute++) {
            judgements.add(fast.at(minute * MINUTE, 100 - 2 * minute));
        }
        assertThat(places(judgements, Reason.COMPRESSION_POSSIBLE)).containsExactly(16, 17, 18, 19, 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRestoreWhateverItRemembers(long seed) {
        Random random = new Random(seed);
        double level = 110;
        int fell = 0;
        for (int i = 0; i < 400; i++) {
            level = Math.clamp(level + random.nextInt(-20, 20), 45, 140);
            sensor.context(random.nextInt(20) == 0 ? Context.REST : Context.SLEEP);
            fell += sensor.at(i * 5 * MINUTE, level).has(Reason.COMPRESSION_POSSIBLE) ? 1 : 0;
            byte[] stored = stored(sensor.shared.parts().get(Compression.TYPE));
            assertThat(stored(Compression.decode(ByteBuffer.wrap(stored)))).as("seed %d, reading %d", seed, i).isEqualTo(stored);
        }
        assertThat(fell).as("seed %d: both states were stored", seed).isPositive();
    }

    private static byte[] stored(Compression memory) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    // ---- DQ-25

    private static Judgement sinceStart(Grade grade, long fromMillis, long at) {
        Device device = new Device("cgm1", "cgm", grade, Set.of(Vital.GLUCOSE_INTERSTITIAL), 5 * MINUTE, fromMillis, Long.MAX_VALUE);
        return Stream.of(Vital.GLUCOSE_INTERSTITIAL, device).at(at, 100);
    }

    @ParameterizedTest
    @CsvSource({"0, true, 18", "86399999, true, 18", "86400000, false, 12"})
    void shouldWidenTheFirstDayOfASensor(long age, boolean warmUp, double sigma) {
        Judgement judgement = sinceStart(Grade.MEDICAL_HOME, T0, age);
        assertThat(judgement.has(Reason.SENSOR_WARMUP)).isEqualTo(warmUp);
        assertThat(judgement.sigma()).isEqualTo(sigma);
        assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldNotGuessWhenASensorBegan() {
        assertThat(sinceStart(Grade.MEDICAL_HOME, Long.MIN_VALUE, HOUR).has(Reason.SENSOR_WARMUP)).isFalse();
    }
}
