package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

class PatientQualityTest {

    private static final Device PHONE = Stream.device("phone", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofSeconds(5));
    private static final Device HUB = Stream.device("hub", "finger-oximeter", Grade.MEDICAL_HOME, Duration.ofSeconds(5));
    private static final Device WATCH = Stream.device("w1", "watch", Grade.CONSUMER, Duration.ofSeconds(5));

    static byte[] stored(PatientQuality shared) {
        ByteBuffer out = ByteBuffer.allocate(4_096);
        shared.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static PatientQuality restored(PatientQuality shared) {
        ByteBuffer in = ByteBuffer.wrap(stored(shared));
        PatientQuality copy = PatientQuality.decode(in);
        assertThat(in.remaining()).isZero();
        return copy;
    }

    @ParameterizedTest
    @CsvSource({"0, REST", "1, LIGHT", "99, LIGHT", "100, VIGOROUS", "220, VIGOROUS"})
    void shouldDeriveTheContextFromTheCadence(int perMinute, Context context) {
        PatientQuality shared = new PatientQuality();
        shared.noteSteps(T0, perMinute);
        assertThat(shared.contextAt(T0)).isEqualTo(context);
        assertThat(shared.contextAt(T0 + 59_999)).isEqualTo(context);
        assertThat(shared.cadenceAt(T0)).isEqualTo(perMinute);
    }

    @ParameterizedTest
    @CsvSource({"1, LIGHT", "4, LIGHT", "5, REST", "6, REST"})
    void shouldRestFiveMinutesAfterTheLastStep(int minutesLater, Context context) {
        PatientQuality shared = new PatientQuality();
        shared.noteSteps(T0, 120);
        for (int minute = 1; minute <= minutesLater; minute++) {
            shared.noteSteps(T0 + minute * MINUTE, 0);
        }
        assertThat(shared.contextAt(T0 + minutesLater * MINUTE)).isEqualTo(context);
    }

    @ParameterizedTest
    @CsvSource({"0, REST", "4, REST", "5, UNKNOWN", "-1, UNKNOWN"})
    void shouldNotKnowTheContextWithoutARecentCount(int minutesLater, Context context) {
        PatientQuality shared = new PatientQuality();
        assertThat(shared.contextAt(T0)).isEqualTo(Context.UNKNOWN);
        shared.noteSteps(T0, 0);
        assertThat(shared.contextAt(T0 + minutesLater * MINUTE)).isEqualTo(context);
    }

    @Test
    void shouldTakeStepsInAnyOrder() {
        long seed = 5;
        Random random = new Random(seed);
        PatientQuality inOrder = new PatientQuality();
        PatientQuality shuffled = new PatientQuality();
        int[] cadences = random.ints(PatientQuality.MINUTES, 0, 130).toArray();
        for (int i = 0; i < cadences.length; i++) {
            inOrder.noteSteps(T0 + i * MINUTE, cadences[i]);
        }
        for (int i = cadences.length - 1; i >= 0; i--) {
            shuffled.noteSteps(T0 + i * MINUTE, cadences[i]);
        }
        assertThat(stored(shuffled)).as("seed %d", seed).isEqualTo(stored(inOrder));
    }

    @Test
    void shouldForgetStepsAfterAQuarterOfAnHour() {
        PatientQuality shared = new PatientQuality();
        shared.noteSteps(T0, 50);
        assertThat(shared.knowsSteps(T0 + 15 * MINUTE)).isTrue();
        assertThat(shared.knowsSteps(T0 + 16 * MINUTE)).isFalse();
        shared.noteSteps(T0 + 15 * MINUTE, 0);
        assertThat(shared.cadenceAt(T0)).isEqualTo(50);
        shared.noteSteps(T0 + 16 * MINUTE, 0);
        assertThat(shared.cadenceAt(T0)).isEqualTo(-1);
        shared.noteSteps(T0 + 1_000 * MINUTE, 7);
        assertThat(shared.cadenceAt(T0 + 16 * MINUTE)).isEqualTo(-1);
        assertThat(shared.cadenceAt(T0 + 1_000 * MINUTE)).isEqualTo(7);
        shared.noteSteps(T0, 99);
        assertThat(shared.cadenceAt(T0)).as("too old to matter").isEqualTo(-1);
    }

    @Test
    void shouldCountChangesOfCadenceBetweenKnownMinutes() {
        PatientQuality shared = new PatientQuality();
        int[] perMinute = {10, 10, 20, -1, 20, 0, 0, 30};
        for (int i = 0; i < perMinute.length; i++) {
            if (perMinute[i] >= 0) {
                shared.noteSteps(T0 + i * MINUTE, perMinute[i]);
            }
        }
        assertThat(shared.stepChanges(T0 + 7 * MINUTE)).isEqualTo(3);
        assertThat(shared.stepChanges(T0 + 4 * MINUTE)).isEqualTo(1);
        assertThat(shared.stepChanges(T0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"44, 0, false", "45, 0, true", "45, 15, true", "45, 16, false"})
    void shouldCallAPulseFlatAfter45MinutesWhileItIsCurrent(int flatMinutes, int laterMinutes, boolean flat) {
        PatientQuality shared = new PatientQuality();
        for (int i = 0; i <= flatMinutes; i++) {
            shared.notePulse(T0 + i * MINUTE, 72_000);
        }
        assertThat(shared.isPulseFlat(T0 + (flatMinutes + laterMinutes) * MINUTE)).isEqualTo(flat);
    }

    @Test
    void shouldEndTheFlatPulseAtAnotherValueEvenOneOutOfOrder() {
        PatientQuality shared = new PatientQuality();
        for (int i = 0; i <= 50; i++) {
            shared.notePulse(T0 + i * MINUTE, 72_000);
        }
        shared.notePulse(T0 + 49 * MINUTE + 1, 72_000);
        assertThat(shared.isPulseFlat(T0 + 50 * MINUTE)).isTrue();
        shared.notePulse(T0 + 20 * MINUTE + 1, 73_000);
        assertThat(shared.isPulseFlat(T0 + 50 * MINUTE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 97000, true", "2000, 97000, true", "-2000, 97000, true", "2001, 97000, false", "-2001, 97000, false", "0, 96000, false"})
    void shouldFindTheSameValueFromAnotherDeviceWithinTwoSeconds(long offset, long milli, boolean near) {
        PatientQuality shared = new PatientQuality();
        shared.noteReading(Vital.SPO2, PHONE, T0, 97_000);
        assertThat(shared.hasNear(Vital.SPO2, HUB, T0 + offset, milli)).isEqualTo(near);
    }

    @Test
    void shouldNotTakeAnotherSensorVitalOrTheSameDeviceForAnotherGateway() {
        PatientQuality shared = new PatientQuality();
        shared.noteReading(Vital.SPO2, PHONE, T0, 97_000);
        shared.noteReading(Vital.INTER_BEAT_INTERVAL, PHONE, T0, 800_000);
        assertThat(shared.hasNear(Vital.SPO2, PHONE, T0 + SECOND, 97_000)).as("same device").isFalse();
        assertThat(shared.hasNear(Vital.SPO2, WATCH, T0, 97_000)).as("two sensors that agree").isFalse();
        assertThat(shared.hasNear(Vital.HEART_RATE, HUB, T0, 97_000)).as("another vital").isFalse();
        assertThat(shared.hasNear(Vital.INTER_BEAT_INTERVAL, HUB, T0 + SECOND, 800_000)).as("the next beat").isFalse();
    }

    @Test
    void shouldKeepFourReadingsOfAVitalOnceTwoDevicesSendIt() {
        PatientQuality shared = new PatientQuality();
        shared.noteReading(Vital.SPO2, HUB, T0, 91_000);
        for (int i = 1; i <= 5; i++) {
            shared.noteReading(Vital.SPO2, PHONE, T0 + i * 5 * SECOND, 91_000 + i * 1_000);
        }
        PatientQuality copy = restored(shared);
        for (int i = 2; i <= 5; i++) {
            assertThat(copy.hasNear(Vital.SPO2, HUB, T0 + i * 5 * SECOND, 91_000 + i * 1_000)).as("reading %d", i).isTrue();
        }
        assertThat(copy.hasNear(Vital.SPO2, HUB, T0 + 5 * SECOND, 92_000)).isFalse();
    }

    @Test
    void shouldCostLittleWithOneDeviceForEachOfFiveVitals() {
        PatientQuality shared = new PatientQuality();
        Vital[] five = {Vital.HEART_RATE, Vital.SPO2, Vital.RESPIRATORY_RATE, Vital.BODY_TEMPERATURE, Vital.STEPS};
        for (int i = 0; i < 100; i++) {
            for (Vital vital : five) {
                shared.noteReading(vital, WATCH, T0 + i * MINUTE + vital.ordinal(), 70_000 + i % 5 * 1_000);
            }
            shared.noteSteps(T0 + i * MINUTE, 0);
            shared.notePulse(T0 + i * MINUTE, 70_000 + i % 5 * 1_000);
        }
        assertThat(stored(shared).length).isLessThanOrEqualTo(75);
    }

    @Test
    void shouldRestoreWhateverWasStored() {
        long seed = 9;
        Random random = new Random(seed);
        Device[] devices = {PHONE, HUB, WATCH};
        for (int round = 0; round < 500; round++) {
            PatientQuality shared = new PatientQuality();
            for (int i = random.nextInt(60); i > 0; i--) {
                long at = T0 + random.nextInt(3_600_000);
                switch (random.nextInt(3)) {
                    case 0 -> shared.noteSteps(at, random.nextInt(200));
                    case 1 -> shared.notePulse(at, random.nextInt(200_000));
                    default -> shared.noteReading(Vital.ofOrdinal(random.nextInt(19)), devices[random.nextInt(3)], at, random.nextInt(-5_000, 300_000));
                }
            }
            assertThat(restored(shared)).as("seed %d round %d", seed, round).usingRecursiveComparison()
                    .ignoringFields("nearTimes", "nearValues", "nearVitals", "nearSources").isEqualTo(shared);
            assertThat(stored(restored(shared))).as("seed %d round %d", seed, round).isEqualTo(stored(shared));
        }
    }
}
