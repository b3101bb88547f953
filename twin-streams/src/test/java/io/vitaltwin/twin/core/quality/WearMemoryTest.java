package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-19. */
class WearMemoryTest {

    private static final Device WATCH = Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofMinutes(1));

    private final Stream pulse = Stream.of(Vital.HEART_RATE, WATCH).context(Context.UNKNOWN);
    private final Stream warmth = pulse.beside(Vital.SKIN_TEMPERATURE, WATCH).context(Context.UNKNOWN);
    private final Stream steps = pulse.beside(Vital.STEPS, WATCH).context(Context.UNKNOWN);

    private static boolean isOff(Judgement judgement) {
        assertThat(judgement.verdict() == Verdict.REJECT).isEqualTo(judgement.has(Reason.OFF_BODY));
        return judgement.has(Reason.OFF_BODY);
    }

    // ---- said by the device

    @Test
    void shouldRejectWhatADeviceSaysIsOffTheBody() {
        assertThat(isOff(pulse.flags(Measurement.OFF_BODY).at(0, 70))).isTrue();
        assertThat(isOff(pulse.flags(0).at(MINUTE, 70))).as("contact").isFalse();
    }

    @Test
    void shouldRejectEverythingOfTheDeviceUntilContact() {
        pulse.flags(Measurement.OFF_BODY).at(0, 70);
        assertThat(isOff(warmth.at(0, 33))).as("of the same moment").isTrue();
        assertThat(isOff(warmth.at(MINUTE, 31))).isTrue();
        assertThat(isOff(steps.at(MINUTE, 0))).isTrue();
        assertThat(isOff(pulse.flags(0).at(2 * MINUTE, 70))).isFalse();
        assertThat(isOff(warmth.at(3 * MINUTE, 33))).isFalse();
        assertThat(pulse.shared.parts().get(WearMemory.TYPE).isEmpty()).as("skin temperature is watched").isFalse();
    }

    @Test
    void shouldTakeTheSameVitalWithoutTheWordForContact() {
        steps.flags(Measurement.OFF_BODY).at(0, 0);
        assertThat(isOff(warmth.at(MINUTE, 33))).isTrue();
        assertThat(isOff(steps.flags(0).at(2 * MINUTE, 0))).isFalse();
    }

    @Test
    void shouldNotRejectAnotherDevice() {
        Stream strap = pulse.beside(Vital.HEART_RATE, Stream.device("s1", "chest-strap", Grade.CONSUMER, Duration.ofMinutes(1)));
        pulse.flags(Measurement.OFF_BODY).at(0, 70);
        assertThat(isOff(strap.at(MINUTE, 70))).isFalse();
        assertThat(isOff(warmth.at(MINUTE, 30))).isTrue();
    }

    @Test
    void shouldNotRejectWhatIsOlderThanTheWord() {
        pulse.flags(Measurement.OFF_BODY).at(10 * MINUTE, 70);
        assertThat(isOff(warmth.at(9 * MINUTE, 33, 2 * MINUTE))).isFalse();
    }

    @Test
    void shouldNotLetADeviceOnItsChargerSayThatThePatientRests() {
        steps.flags(Measurement.OFF_BODY).at(0, 0);
        Stream other = pulse.beside(Vital.HEART_RATE, Stream.device("s1", "chest-strap", Grade.CONSUMER, Duration.ofMinutes(1)));
        assertThat(other.context(Context.UNKNOWN).at(0, 140).context()).isEqualTo(Context.UNKNOWN);
    }

    // ---- seen from the skin temperature

    /** Skin temperature each minute, falling evenly from 33 after ten minutes. @return the first minute off the body; -1 if never */
    private int firstOff(double perMinute, int minutes, double stepsPerMinute, boolean pulseGoesOn) {
        for (int minute = 0; minute < 10 + minutes; minute++) {
            if (stepsPerMinute >= 0) {
                steps.at(minute * MINUTE, stepsPerMinute);
            }
            if (pulseGoesOn || minute < 10) {
                pulse.at(minute * MINUTE, 70 + minute % 2);
            }
            double now = Math.round(33_000 - Math.max(0, minute - 9) * perMinute * 1000) / 1000.0;
            if (isOff(warmth.at(minute * MINUTE, now))) {
                return minute;
            }
        }
        return -1;
    }

    @Test
    void shouldSeeThatAWatchWasTakenOff() {
        assertThat(firstOff(0.25, 30, 0, false)).as("3.25 degC below the last warm reading").isEqualTo(22);
    }

    @Test
    void shouldNotTakeTheColdForATable() {
        assertThat(firstOff(0.25, 16, 0, true)).as("a pulse goes on").isEqualTo(-1);
    }

    @Test
    void shouldNotTakeAWalkInTheColdForATable() {
        assertThat(firstOff(0.25, 16, 40, false)).isEqualTo(-1);
    }

    @Test
    void shouldNotSayWithoutAnyStepCount() {
        assertThat(firstOff(0.25, 16, -1, false)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"0.2, -1", "0.201, 24"})
    void shouldNeedMoreThanThreeDegreesInAQuarterOfAnHour(double perMinute, int expected) {
        assertThat(firstOff(perMinute, 20, 0, false)).isEqualTo(expected);
    }

    @Test
    void shouldTagTheFallBackToItsBeginning() {
        List<Revision> revisions = List.of();
        for (int minute = 0; minute <= 13 && revisions.isEmpty(); minute++) {
            steps.at(minute * MINUTE, 0);
            revisions = warmth.at(minute * MINUTE, 33 - 0.25 * minute).revisions();
        }
        assertThat(revisions).containsExactly(new Revision(T0 + 1, T0 + 13 * MINUTE - 1, Verdict.REJECT, Reason.OFF_BODY.bit()));
        assertThat(warmth.own.recentCount()).as("only the last warm one is a measurement, and seven are kept").isZero();
    }

    @Test
    void shouldEndWithAPulse() {
        int off = firstOff(0.25, 30, 0, false);
        assertThat(isOff(warmth.at((off + 1) * MINUTE, 29))).isTrue();
        assertThat(isOff(pulse.at((off + 2) * MINUTE, 70))).isFalse();
        assertThat(isOff(warmth.at((off + 3) * MINUTE, 29))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"32, false", "31.999, true"})
    void shouldEndWithTheWarmthOfBefore(double celsius, boolean off) {
        int minute = firstOff(0.25, 30, 0, false);
        steps.at((minute + 1) * MINUTE, 0);
        assertThat(isOff(warmth.at((minute + 60) * MINUTE, celsius))).isEqualTo(off);
    }

    // ---- laws

    @Test
    void shouldRememberNothingOfADeviceThatSaysNothing() {
        pulse.at(0, 70);
        steps.at(0, 10);
        assertThat(pulse.shared.parts().find(WearMemory.TYPE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRestoreWhateverItRemembers(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Stream stream = switch (random.nextInt(3)) {
                case 0 -> pulse;
                case 1 -> steps;
                default -> warmth;
            };
            stream.flags(random.nextInt(10) == 0 ? Measurement.OFF_BODY : 0).at(i * MINUTE, 28 + random.nextInt(8));
            byte[] stored = stored(pulse.shared.parts().get(WearMemory.TYPE));
            assertThat(stored(WearMemory.decode(ByteBuffer.wrap(stored)))).as("seed %d, reading %d", seed, i).isEqualTo(stored);
        }
    }

    private static byte[] stored(WearMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
