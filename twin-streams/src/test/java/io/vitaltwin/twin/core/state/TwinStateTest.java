package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.Feed;
import io.vitaltwin.twin.core.rules.RuleBench;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.rules.RuleBench.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TwinStateTest {

    private static final List<Vital> FIVE =
            List.of(Vital.HEART_RATE, Vital.SPO2, Vital.RESPIRATORY_RATE, Vital.BP_SYSTOLIC, Vital.BODY_TEMPERATURE);

    private final ByteBuffer scratch = TwinState.scratch();

    private byte[] stored(TwinState twin) {
        return twin.encode(scratch);
    }

    /** A twin of which every part is in use, made by feeding random readings. */
    private static RuleBench random(long seed, int readings) {
        Random random = new Random(seed);
        RuleBench bench = RuleBench.adult();
        Vital[] vitals = {Vital.HEART_RATE, Vital.SPO2, Vital.GLUCOSE_INTERSTITIAL, Vital.RESPIRATORY_RATE, Vital.BP_SYSTOLIC, Vital.STEPS};
        long second = 0;
        for (int i = 0; i < readings; i++) {
            Vital vital = vitals[random.nextInt(vitals.length)];
            Grade grade = Grade.values()[random.nextInt(4)];
            Feed feed = bench.feed("device-" + random.nextInt(3) + grade, vital, grade, Duration.ofMinutes(1));
            feed.context(Context.values()[random.nextInt(5)]);
            feed.sigma(random.nextInt(2_000) / 1000.0 + 0.5);
            second += random.nextInt(90);
            feed.at(Math.max(0, second - random.nextInt(120)), value(vital, random));
            if (random.nextInt(5) == 0) {
                bench.set(second);
            }
        }
        decorate(bench.twin(), random);
        return bench;
    }

    private static double value(Vital vital, Random random) {
        return switch (vital) {
            case SPO2 -> 80 + random.nextInt(20);
            case GLUCOSE_INTERSTITIAL -> (random.nextBoolean() ? 45 : 240) + random.nextInt(300) / 10.0;
            case RESPIRATORY_RATE -> 8 + random.nextInt(20);
            case STEPS -> random.nextInt(150);
            default -> 25 + random.nextInt(140);
        };
    }

    private static void decorate(TwinState twin, Random random) {
        DeviceState device = twin.device("counting");
        device.nextSequence(random.nextInt(1000));
        device.skipTo(device.nextSequence() + random.nextInt(3));
        if (random.nextBoolean()) {
            device.hold(device.nextSequence() + 2, T0 + random.nextInt());
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            device.clock().heard(new Measurement(Vital.HEART_RATE, "counting", T0 + 3_600_000 + i, T0 + i, Value.measured(i, Unit.PER_MINUTE),
                    Context.REST, 0.5f, false, new Coordinates(0, i, 0)));
        }
        twin.counts().applied = random.nextInt(1_000_000);
        twin.counts().late = random.nextInt(3);
        twin.timer(random.nextBoolean() ? 0 : T0 + random.nextInt());
        twin.snapshotTaken(random.nextBoolean() ? 0 : T0 + random.nextInt());
        if (random.nextBoolean()) {
            twin.changed();
        }
        twin.symptom(random.nextBoolean() ? 0 : T0 + random.nextInt(10_000_000));
        twin.refusalsDue(random.nextBoolean() ? 0 : T0 + random.nextInt());
        twin.coveredUntil(random.nextBoolean() ? Long.MAX_VALUE : T0 + random.nextInt());
        twin.monitored(random.nextBoolean());
    }

    private static RuleBench settled(int minutes) {
        RuleBench bench = RuleBench.adult();
        Random random = new Random(4);
        for (int minute = 0; minute < minutes; minute++) {
            for (Vital vital : FIVE) {
                double value = switch (vital) {
                    case HEART_RATE -> 70 + random.nextInt(6);
                    case SPO2 -> 96 + random.nextInt(3);
                    case RESPIRATORY_RATE -> 14 + random.nextInt(4);
                    case BP_SYSTOLIC -> 118 + random.nextInt(8);
                    default -> 36.5 + random.nextInt(6) / 10.0;
                };
                bench.feed("monitor-0001", vital, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).sigma(2.5).at(minute * 60L, value);
            }
            bench.set(minute * 60L);
        }
        bench.twin().device("monitor-0001").nextSequence(minutes);
        bench.twin().timer(RuleBench.T0 + minutes * 60_000L);
        bench.twin().snapshotTaken(RuleBench.T0);
        return bench;
    }

    @Test
    void shouldStoreAnEmptyTwin() {
        byte[] bytes = stored(new TwinState());
        assertThat(stored(TwinState.decode(bytes))).isEqualTo(bytes);
        assertThat(bytes.length).isLessThan(50);
    }

    @Test
    void shouldBeTheSameAfterStoringForAnyTwin() {
        for (long seed = 1; seed <= 150; seed++) {
            // Given
            TwinState twin = random(seed, (int) seed * 2).twin();
            byte[] bytes = stored(twin);
            // When
            TwinState copy = TwinState.decode(bytes);
            // Then
            assertThat(stored(copy)).as("seed %d", seed).isEqualTo(bytes);
            assertThat(copy.counts()).as("seed %d", seed).usingRecursiveComparison().isEqualTo(twin.counts());
            assertThat(copy.devices()).as("seed %d", seed).usingRecursiveComparison().isEqualTo(twin.devices());
            assertThat(copy.episodes()).as("seed %d", seed).usingRecursiveComparison().isEqualTo(twin.episodes());
            assertThat(copy.score()).as("seed %d", seed).usingRecursiveComparison().isEqualTo(twin.score());
            assertThat(copy.streams()).as("seed %d", seed).hasSameSizeAs(twin.streams());
            for (int i = 0; i < copy.streams().size(); i++) {
                assertSame(copy.streams().get(i), twin.streams().get(i), seed);
            }
            assertSameTimes(copy, twin, seed);
        }
    }

    private static void assertSame(StreamState copy, StreamState stream, long seed) {
        assertThat(copy.deviceId() + copy.vital()).as("seed %d", seed).isEqualTo(stream.deviceId() + stream.vital());
        assertThat(copy.latest()).as("seed %d", seed).isEqualTo(stream.latest());
        assertThat(copy.heardMillis()).as("seed %d", seed).isEqualTo(stream.heardMillis());
        assertThat(copy.usableMillis()).as("seed %d", seed).isEqualTo(stream.usableMillis());
        assertThat(copy.isSilent()).as("seed %d", seed).isEqualTo(stream.isSilent());
        assertThat(copy.highReadings().count()).as("seed %d", seed).isEqualTo(stream.highReadings().count());
        for (Slot slot : Slot.ALL) {
            assertThat(copy.holds(slot)).as("seed %d %s", seed, slot).isEqualTo(stream.holds(slot));
            assertThat(copy.run(slot).isPresent()).as("seed %d %s", seed, slot).isEqualTo(stream.run(slot).isPresent());
            copy.run(slot).ifPresent(run -> assertThat(run.medianMilli() + run.spanMillis() + run.count()).as("seed %d %s", seed, slot)
                    .isEqualTo(stream.run(slot).map(other -> other.medianMilli() + other.spanMillis() + other.count()).orElseThrow()));
        }
    }

    private static void assertSameTimes(TwinState copy, TwinState twin, long seed) {
        assertThat(List.of(copy.appendMillis(), copy.timerMillis(), copy.snapshotMillis(), copy.symptomMillis(), copy.vigorousMillis(),
                copy.refusalsDueMillis(), copy.coveredUntilMillis(), copy.isSnapshotDue(), copy.isMonitored())).as("seed %d", seed)
                .isEqualTo(List.of(twin.appendMillis(), twin.timerMillis(), twin.snapshotMillis(), twin.symptomMillis(), twin.vigorousMillis(),
                        twin.refusalsDueMillis(), twin.coveredUntilMillis(), twin.isSnapshotDue(), twin.isMonitored()));
    }

    @Test
    void shouldDecideTheSameWhetherStoredBetweenReadingsOrNot() {
        for (long seed = 1; seed <= 20; seed++) {
            // Given
            RuleBench plain = RuleBench.adult();
            RuleBench storing = RuleBench.adult();
            Random random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                Vital vital = List.of(Vital.SPO2, Vital.HEART_RATE, Vital.GLUCOSE_INTERSTITIAL).get(random.nextInt(3));
                double low = i / 40 % 2 == 0 ? 40 : 86;
                double value = vital == Vital.SPO2 ? 84 + random.nextInt(8) : low + random.nextInt(6);
                // When
                for (RuleBench bench : List.of(plain, storing)) {
                    bench.feed("d", vital, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).sigma(3).at(i * 20L, value);
                }
                storing.twin(TwinState.decode(stored(storing.twin())));
            }
            // Then
            assertThat(storing.log()).as("seed %d", seed).isEqualTo(plain.log()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 600})
    void shouldStoreASettledTwinOfFiveVitalsInSixHundredBytes(int minutes) {
        assertThat(stored(settled(minutes).twin()).length).isLessThanOrEqualTo(600);
    }

    @Test
    @Timeout(30)
    void shouldNeverHangOnADamagedByte() {
        byte[] bytes = stored(random(7, 60).twin());
        int readable = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int damage : new int[] {1, 0x40, 0x80, 0xFF}) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) damage;
                readable += isReadable(damaged) ? 1 : 0;
            }
        }
        assertThat(readable).as("some damage stays unseen, some is refused").isBetween(1, bytes.length * 4 - 1);
    }

    private static boolean isReadable(byte[] bytes) {
        try {
            return TwinState.decode(bytes).appendMillis() != Long.MIN_VALUE;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void shouldRefuseEveryCutOffTwin() {
        byte[] bytes = stored(settled(10).twin());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TwinState.decode(cut)).as("first %d bytes", length).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() {
        byte[] bytes = stored(new TwinState());
        bytes[0] = 9;
        assertThatThrownBy(() -> TwinState.decode(bytes)).isInstanceOf(IllegalStateException.class)
                .hasMessage("twin state has version 9, this program knows 1");
    }

    @Test
    void shouldKeepStreamsOfManyDevicesApart() {
        TwinState twin = new TwinState();
        for (int i = 0; i < 300; i++) {
            twin.stream("device-" + i, Vital.HEART_RATE).heard(T0 + i);
        }
        TwinState copy = TwinState.decode(stored(twin));
        assertThat(copy.streams()).extracting(StreamState::deviceId).isEqualTo(twin.streams().stream().map(StreamState::deviceId).toList());
    }

    @ParameterizedTest
    @EnumSource(Slot.class)
    void shouldKeepEveryLevel(Slot slot) {
        TwinState twin = new TwinState();
        twin.stream("d", Vital.SPO2).hold(slot);
        twin.stream("d", Vital.SPO2).silent(true);
        StreamState copy = TwinState.decode(stored(twin)).streams().get(0);
        assertThat(copy.isSilent()).isTrue();
        for (Slot other : Slot.ALL) {
            assertThat(copy.holds(other)).isEqualTo(other == slot);
        }
    }

    @Test
    void shouldOpenOneEpisodeAFamily() {
        TwinState twin = new TwinState();
        Episode episode = new Episode(Family.HR, T0);
        twin.open(episode);
        assertThatThrownBy(() -> twin.open(new Episode(Family.HR, T0 + 1))).isInstanceOf(IllegalStateException.class)
                .hasMessage("family HR already has an open episode");
        twin.end(episode);
        assertThat(twin.episode(Family.HR)).isEmpty();
    }

    @Test
    void shouldLeadAnEpisodeByItsMostUrgentRule() {
        Episode episode = new Episode(Family.CGM_LOW, T0);
        assertThat(episode.leadingRule()).isEmpty();
        assertThat(episode.priority()).isEqualTo(Priority.INFO);
        episode.hold(RuleId.CGM_HYPO_L1, Priority.LOW);
        episode.hold(RuleId.CGM_HYPO_L2, Priority.HIGH);
        assertThat(episode.leadingRule()).contains(RuleId.CGM_HYPO_L2);
        episode.release(RuleId.CGM_HYPO_L2);
        assertThat(episode.priority()).isEqualTo(Priority.LOW);
        assertThat(episode.priorityOf(RuleId.CGM_HYPO_L2)).isEmpty();
    }

    @Test
    void shouldKnowWhatIsNewerThanAnythingTheDeviceSent() {
        RuleBench bench = settled(5);
        DeviceState device = bench.twin().device("monitor-0001");
        assertThat(bench.twin().isNewer(device, T0 + 240_000)).isFalse();
        assertThat(bench.twin().isNewer(device, T0 + 240_001)).isTrue();
        assertThat(bench.twin().isNewer(bench.twin().device("other"), T0)).as("nothing is known of it: the gate decides").isTrue();
    }

    @Test
    void shouldKnowHowFarItsMemoryReaches() {
        TwinState twin = settled(20).twin();
        assertThat(twin.isBeforeMemory("monitor-0001", "heart_rate", T0)).isTrue();
        assertThat(twin.isBeforeMemory("monitor-0001", "heart_rate", T0 + 19 * 60_000)).isFalse();
        assertThat(twin.isBeforeMemory("other", "heart_rate", T0)).isFalse();
    }

    @Test
    void shouldNotLetTimesGoBack() {
        TwinState twin = new TwinState();
        twin.seen(T0, 5);
        twin.seen(T0 - 1, 4);
        twin.symptom(T0);
        twin.symptom(T0 - 1);
        twin.vigorous(T0);
        twin.vigorous(T0 - 1);
        assertThat(List.of(twin.appendMillis(), twin.symptomMillis(), twin.vigorousMillis())).containsOnly(T0);
    }
}
