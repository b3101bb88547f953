package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** Laws that hold for whatever is sent. The seed is in the name of each run. */
class QualityPropertiesTest {

    private static final Device[] DEVICES = {
        Stream.device("a", "watch", Grade.CONSUMER, Duration.ofMinutes(1)), Stream.device("b", "watch", Grade.CONSUMER, Duration.ofSeconds(5)),
        Stream.device("c", "kit", Grade.MEDICAL_HOME, Duration.ofHours(12)), Stream.device("d", "cgm", Grade.MEDICAL_HOME, Duration.ZERO),
        Device.unregistered("e")};

    private static final PatientFacts FACTS = new PatientFacts(-5_000, true, true);
    private static final Personal USUAL = (vital, context) -> OptionalLong.of(85_000);

    /** Several vitals of several devices of one patient: mostly sensible, sometimes anything. */
    private static List<Measurement> stream(Random random, int size) {
        List<Measurement> stream = new ArrayList<>();
        long now = T0;
        for (int i = 0; i < size; i++) {
            now += random.nextInt(90_000);
            Vital vital = Vital.ofOrdinal(random.nextInt(Vital.values().length));
            Device device = DEVICES[random.nextInt(DEVICES.length)];
            long effective = switch (random.nextInt(12)) {
                case 0 -> random.nextLong();
                case 1 -> now - random.nextLong(48 * HOUR);
                case 2 -> now + random.nextLong(HOUR);
                case 3 -> 0;
                default -> now - random.nextInt(5_000) / 1_000 * 1_000L;
            };
            stream.add(new Measurement(vital, device.id(), effective, now, value(random, vital), context(random), Float.NaN,
                    random.nextInt(20) == 0 ? 1 + random.nextInt(3) : 0, new Coordinates(0, i, 0)));
            if (random.nextInt(8) == 0) {
                stream.add(stream.get(random.nextInt(stream.size())));
            }
        }
        return stream;
    }

    private static Value value(Random random, Vital vital) {
        List<Unit> units = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            if (Units.allows(vital, unit)) {
                units.add(unit);
            }
        }
        Unit unit = units.get(random.nextInt(units.size()));
        if (unit == Unit.CODE) {
            return new Value(Value.Kind.CODE, random.nextInt(100), unit);
        }
        Value.Kind kind = random.nextInt(10) == 0 ? Value.Kind.AT_MOST : Value.Kind.MEASURED;
        long milli = switch (random.nextInt(6)) {
            case 0 -> random.nextLong(-Units.MAX_MILLI, Units.MAX_MILLI + 1);
            case 1 -> random.nextInt(3_000) * 1_000L;
            default -> (80 + random.nextInt(20)) * 1_000L;
        };
        return new Value(kind, milli, unit);
    }

    private static Context context(Random random) {
        return Context.values()[random.nextInt(Context.values().length)];
    }

    private static Device deviceOf(Measurement m) {
        for (Device device : DEVICES) {
            if (device.id().equals(m.deviceId())) {
                return device;
            }
        }
        throw new IllegalStateException("no device " + m.deviceId());
    }

    /** All memories of one patient. */
    private static final class Patient {
        private final Map<String, Map<Vital, QualityMemory>> own = new java.util.HashMap<>();
        private PatientQuality shared = new PatientQuality();

        private Judgement judge(Measurement m) {
            return QualityChecks.judge(of(m), m, deviceOf(m), FACTS, USUAL, shared, 0);
        }

        private QualityMemory of(Measurement m) {
            return own.computeIfAbsent(m.deviceId(), id -> new EnumMap<>(Vital.class)).computeIfAbsent(m.vital(), vital -> new QualityMemory());
        }

        private void storeAndRestore() {
            own.values().forEach(byVital -> byVital.replaceAll((vital, memory) -> QualityMemory.decode(ByteBuffer.wrap(QualityMemoryTest.stored(memory)))));
            ByteBuffer parts = ByteBuffer.allocate(1 << 16);
            shared.parts().encode(parts, 0);
            shared = PatientQuality.decode(ByteBuffer.wrap(PatientQualityTest.stored(shared)), Parts.decode(parts.flip(), 0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldJudgeWhateverIsSent(long seed) {
        Patient patient = new Patient();
        for (Measurement m : stream(new Random(seed), 4_000)) {
            // When
            Judgement judgement = patient.judge(m);
            // Then
            assertThat(judgement.sigma()).as("never infinite, never negative: %s", m).satisfiesAnyOf(
                    sigma -> assertThat(sigma).isNaN(), sigma -> assertThat(Math.abs(sigma)).isLessThan(1e13));
            if (judgement.verdict() == Verdict.REJECT || judgement.verdict() == Verdict.SUSPECT) {
                assertThat(judgement.reasons()).as("a doubt has a reason").isNotZero();
            }
            if (judgement.isDuplicate()) {
                assertThat(judgement.reasons()).isIn(Reason.DUPLICATE_EXACT.bit(), Reason.DUPLICATE_NEAR.bit());
            }
            assertThat(patient.of(m).recentCount()).isLessThanOrEqualTo(QualityMemory.RECENT);
            assertThat(QualityMemoryTest.stored(patient.of(m)).length).isLessThanOrEqualTo(QualityMemory.MAX_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldJudgeTheSameAfterStoringAndRestoring(long seed) {
        Patient kept = new Patient();
        Patient restored = new Patient();
        for (Measurement m : stream(new Random(seed), 1_500)) {
            assertThat(restored.judge(m)).as("%s", m).isEqualTo(kept.judge(m));
            restored.storeAndRestore();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void shouldChangeNothingForADuplicate(long seed) {
        Patient patient = new Patient();
        for (Measurement m : stream(new Random(seed), 1_500)) {
            // Given
            boolean first = !patient.judge(m).isDuplicate();
            byte[] own = QualityMemoryTest.stored(patient.of(m));
            byte[] shared = PatientQualityTest.stored(patient.shared);
            // When
            Judgement again = patient.judge(m);
            // Then
            assertThat(again.isDuplicate() || !first).as("%s", m).isTrue();
            assertThat(QualityMemoryTest.stored(patient.of(m))).as("%s", m).isEqualTo(own);
            assertThat(PatientQualityTest.stored(patient.shared)).as("%s", m).isEqualTo(shared);
        }
    }
}
