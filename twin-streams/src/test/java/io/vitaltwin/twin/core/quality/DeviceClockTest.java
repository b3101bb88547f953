package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceClockTest {

    private static final long CORRECTED = Reason.CLOCK_CORRECTED.bit();
    private static final long STEP = CORRECTED | Reason.CLOCK_STEP.bit();

    private final DeviceClock clock = new DeviceClock();
    private final List<Measurement> released = new ArrayList<>();
    private int minute;

    private static Measurement sent(Vital vital, long append, long ahead, double value) {
        return new Measurement(vital, "d1", append + ahead, append, Value.measured(Stream.milli(value), vital.unit()), Context.REST, Float.NaN,
                false, new Coordinates(3, 1_000_000, 4));
    }

    /** A reading each minute. @param ahead by how much its time is after its append time @return the time as the clock knew it before */
    private DeviceClock.Time hear(long ahead) {
        Measurement one = sent(Vital.HEART_RATE, T0 + minute++ * MINUTE, ahead, 75);
        DeviceClock.Time time = clock.at(one.effectiveMillis(), one.appendMillis());
        clock.heard(one);
        released.addAll(clock.release(one.appendMillis()));
        return time;
    }

    private void hear(int times, long ahead) {
        for (int i = 0; i < times; i++) {
            hear(ahead);
        }
    }

    private static DeviceClock restored(DeviceClock clock) {
        ByteBuffer in = ByteBuffer.wrap(stored(clock));
        DeviceClock copy = DeviceClock.decode(in, "d1", T0);
        assertThat(in.remaining()).as("bytes left over").isZero();
        return copy;
    }

    private static byte[] stored(DeviceClock clock) {
        ByteBuffer out = ByteBuffer.allocate(2_000);
        clock.encode(out, T0);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"120000, false", "120001, true", "0, false", "-120001, false", "-86400000, false"})
    void shouldTakeAClockForWrongThatIsMoreThanTwoMinutesAhead(long ahead, boolean wrong) {
        DeviceClock.Time time = hear(ahead);
        assertThat(time.millis()).isEqualTo(T0 + ahead);
        assertThat(time.isWrong()).isEqualTo(wrong);
        assertThat(time.reasons()).isEqualTo(wrong ? Reason.CLOCK_FUTURE.bit() : 0);
        assertThat(clock.waitingCount()).isEqualTo(wrong ? 1 : 0);
    }

    @Test
    void shouldKnowTheOffsetOfS25AfterTenAndReleaseThemAtTheirTrueTimes() {
        // Given
        Random random = new Random(25);
        for (int i = 0; i < 9; i++) {
            assertThat(hear(HOUR - random.nextInt(2_000)).reasons()).isEqualTo(Reason.CLOCK_FUTURE.bit());
        }
        assertThat(clock.offsetMillis()).isZero();
        assertThat(released).isEmpty();
        // When
        hear(HOUR - 2_000);
        // Then
        assertThat(clock.offsetMillis()).isBetween(3_598 * SECOND, 3_602 * SECOND);
        assertThat(released).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(released.get(i).effectiveMillis()).isBetween(T0 + i * MINUTE - 2 * SECOND, T0 + i * MINUTE);
            assertThat(released.get(i).appendMillis()).as("as if it came now").isEqualTo(T0 + 9 * MINUTE);
            assertThat(released.get(i).value()).isEqualTo(Value.measured(75_000, Unit.PER_MINUTE));
        }
        assertThat(clock.waitingCount()).isZero();
        for (int i = 10; i < 20; i++) {
            DeviceClock.Time time = hear(HOUR - random.nextInt(2_000));
            assertThat(time.reasons()).isEqualTo(STEP);
            assertThat(time.millis()).isBetween(T0 + i * MINUTE - 2 * SECOND, T0 + i * MINUTE + 2 * SECOND);
        }
        assertThat(released).as("the next ten never waited").hasSize(10);
    }

    @Test
    void shouldReleaseTheOldestFirst() {
        for (int i = 0; i < 10; i++) {
            clock.heard(sent(Vital.HEART_RATE, T0, HOUR - i * SECOND, 70 + i));
        }
        assertThat(clock.release(T0)).extracting(Measurement::effectiveMillis).isSorted().startsWith(T0 - 9 * SECOND).endsWith(T0);
        assertThat(clock.release(T0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"60000, true", "60001, false"})
    void shouldNeedSamplesThatAgree(long spread, boolean agree) {
        hear(9, HOUR);
        hear(HOUR + spread);
        assertThat(clock.offsetMillis()).isEqualTo(agree ? HOUR + spread : 0);
        assertThat(released).hasSize(agree ? 10 : 0);
        assertThat(clock.waitingCount()).as("the one that did not agree is the first of the next ten").isEqualTo(agree ? 0 : 1);
    }

    @Test
    void shouldCountAnewFromTheSampleThatDidNotAgree() {
        hear(9, HOUR);
        hear(9, 3 * HOUR);
        assertThat(clock.offsetMillis()).isZero();
        hear(3 * HOUR);
        assertThat(clock.offsetMillis()).isEqualTo(3 * HOUR);
        assertThat(released).extracting(Measurement::effectiveMillis).startsWith(T0 + 9 * MINUTE).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"869999, false", "870000, true", "900000, true", "930000, true", "930001, false", "3600000, true", "3569999, false",
            "121000, false", "1350000, false", "50400000, true"})
    void shouldCallAStepWhatIsAMultipleOfAQuarterOfAnHour(long ahead, boolean step) {
        hear(10, ahead);
        assertThat(hear(ahead).reasons()).isEqualTo(step ? STEP : CORRECTED);
    }

    @ParameterizedTest
    @CsvSource({"120000, true", "120001, false", "-120000, true", "-120001, false"})
    void shouldEndTheCorrectionAtOnceWhenTheClockIsRight(long ahead, boolean right) {
        hear(10, HOUR);
        DeviceClock.Time time = hear(ahead);
        assertThat(time.reasons()).isEqualTo(right ? 0 : STEP);
        assertThat(time.millis()).isEqualTo(T0 + 10 * MINUTE + ahead - (right ? 0 : HOUR));
        assertThat(clock.offsetMillis()).isEqualTo(right ? 0 : HOUR);
        assertThat(hear(HOUR).reasons()).isEqualTo(right ? Reason.CLOCK_FUTURE.bit() : STEP);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-120000, 1", "-120001, 10"})
    void shouldCountAnewAfterARightTimeButNotAfterALateOne(long between, int waiting) {
        hear(9, HOUR);
        hear(between);
        hear(HOUR);
        assertThat(waiting == 10 ? released.size() : clock.waitingCount()).isEqualTo(waiting);
    }

    @ParameterizedTest
    @CsvSource({"120000, true", "120001, false"})
    void shouldWaitAgainWhenTheClockJumpsFurtherAhead(long further, boolean corrected) {
        hear(10, HOUR);
        DeviceClock.Time time = hear(HOUR + further);
        assertThat(time.reasons()).isEqualTo(corrected ? STEP : Reason.CLOCK_FUTURE.bit());
        assertThat(clock.waitingCount()).isEqualTo(corrected ? 0 : 1);
        hear(9, HOUR + further);
        assertThat(clock.offsetMillis()).isEqualTo(corrected ? HOUR : HOUR + further);
        assertThat(released).hasSize(corrected ? 10 : 20);
    }

    @Test
    void shouldKeepTheOffsetWhenOneReadingIsFurtherAhead() {
        hear(10, HOUR);
        for (int i = 0; i < 12; i++) {
            assertThat(hear(3 * HOUR).reasons()).isEqualTo(Reason.CLOCK_FUTURE.bit());
            assertThat(hear(HOUR).reasons()).isEqualTo(STEP);
            assertThat(clock.waitingCount()).as("what the device itself contradicts is never released").isZero();
        }
        assertThat(clock.offsetMillis()).isEqualTo(HOUR);
        assertThat(released).hasSize(10);
    }

    @Test
    void shouldFollowAClockThatGoesBackByAPartOfItsOffset() {
        hear(10, 2 * HOUR);
        hear(9, HOUR);
        assertThat(clock.offsetMillis()).as("nine may as well be late").isEqualTo(2 * HOUR);
        hear(HOUR);
        assertThat(clock.offsetMillis()).isEqualTo(HOUR);
        assertThat(hear(HOUR).millis()).isEqualTo(T0 + 20 * MINUTE);
        assertThat(released).as("none of these waited").hasSize(10);
    }

    @Test
    void shouldNotFollowAFewReadingsThatComeLate() {
        hear(10, 2 * HOUR);
        for (int i = 0; i < 3; i++) {
            hear(9, HOUR);
            hear(2 * HOUR);
        }
        assertThat(clock.offsetMillis()).isEqualTo(2 * HOUR);
    }

    /** A reading that is older than the newest of its batch. */
    private DeviceClock.Time hearOlder(long ahead, long older) {
        Measurement one = sent(Vital.HEART_RATE, T0 + minute++ * MINUTE, ahead - older, 75);
        DeviceClock.Time time = clock.at(one.effectiveMillis(), one.appendMillis(), one.effectiveMillis() + older);
        clock.heard(one, one.effectiveMillis() + older);
        released.addAll(clock.release(one.appendMillis()));
        return time;
    }

    @Test
    void shouldLearnFromTheNewestOfABatch() {
        for (int i = 0; i < 5; i++) {
            hearOlder(HOUR, 10 * MINUTE);
            hear(HOUR);
        }
        assertThat(clock.offsetMillis()).isEqualTo(HOUR);
        assertThat(released).hasSize(10);
        assertThat(released.get(0).effectiveMillis()).isEqualTo(T0 - 10 * MINUTE);
    }

    @ParameterizedTest
    @CsvSource({"3600000, true", "120001, true", "120000, false"})
    void shouldNotBeMisledByAnOldReadingThatSeemsRight(long newest, boolean stillWrong) {
        hear(10, HOUR);
        DeviceClock.Time time = hearOlder(newest, newest);
        assertThat(time.reasons()).isEqualTo(stillWrong ? STEP : 0);
        assertThat(clock.offsetMillis()).isEqualTo(stillWrong ? HOUR : 0);
    }

    @Test
    void shouldLeaveAnOldReadingAsItIsWhenTheNewestOfItsBatchIsRight() {
        hear(10, HOUR);
        DeviceClock.Time time = hearOlder(0, 5 * MINUTE);
        assertThat(time).isEqualTo(new DeviceClock.Time(T0 + 5 * MINUTE, 0));
        assertThat(clock.offsetMillis()).isZero();
    }

    @Test
    void shouldCorrectAReadingThatComesWithOneThatIsFurtherAhead() {
        hear(10, HOUR);
        assertThat(hearOlder(3 * HOUR, 2 * HOUR).reasons()).isEqualTo(STEP);
        assertThat(clock.offsetMillis()).isEqualTo(HOUR);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, QualityChecks.CLOCK_RESET_BEFORE_MILLIS - 1})
    void shouldNeverCorrectAClockThatWasReset(long event) {
        hear(10, HOUR);
        for (int i = 0; i < 20; i++) {
            Measurement reset = new Measurement(Vital.HEART_RATE, "d1", event, T0 + i, Value.measured(75_000, Unit.PER_MINUTE), Context.REST,
                    Float.NaN, false, new Coordinates(0, 0, 0));
            assertThat(clock.at(event, T0 + i)).isEqualTo(new DeviceClock.Time(event, Reason.CLOCK_RESET.bit()));
            clock.heard(reset);
        }
        assertThat(clock.offsetMillis()).as("it tells nothing of the offset either").isEqualTo(HOUR);
        assertThat(clock.waitingCount()).isZero();
    }

    @Test
    void shouldStandTheFarthestFuture() {
        for (int i = 0; i < 10; i++) {
            clock.heard(sent(Vital.HEART_RATE, T0 + i, Long.MAX_VALUE - T0 - 20, 70));
        }
        assertThat(restored(clock).release(T0)).extracting(Measurement::effectiveMillis).startsWith(T0).endsWith(T0 + 9);
    }

    @Test
    void shouldKnowWhatWaits() {
        Measurement one = sent(Vital.HEART_RATE, T0, HOUR, 75);
        clock.heard(one);
        assertThat(clock.isWaiting(one.timed(one.effectiveMillis(), T0 + 1))).isTrue();
        assertThat(clock.isWaiting(one.timed(one.effectiveMillis() + 1, T0))).isFalse();
        assertThat(clock.isWaiting(sent(Vital.SPO2, T0, HOUR, 75))).isFalse();
        assertThat(clock.isWaiting(sent(Vital.HEART_RATE, T0, HOUR, 75.5))).isFalse();
    }

    @Test
    void shouldForgetWhatMayNotBeUsed() {
        clock.heard(sent(Vital.HEART_RATE, T0, HOUR, 75));
        clock.heard(sent(Vital.SPO2, T0, HOUR, 97));
        clock.keep(Set.of(Vital.SPO2));
        assertThat(clock.waitingCount()).isEqualTo(1);
        hear(8, HOUR);
        assertThat(clock.offsetMillis()).as("the sample of what was forgotten still counts").isEqualTo(HOUR);
        assertThat(released).hasSize(9).extracting(Measurement::vital).contains(Vital.SPO2);
    }

    @Test
    void shouldKeepAKnownOffsetAndNothingElseWhenNothingMayBeUsed() {
        hear(9, HOUR);
        clock.keep(Set.of());
        assertThat(stored(clock)).as("as if nothing had been heard").hasSize(1);
        hear(10, HOUR);
        clock.keep(Set.of());
        assertThat(clock.offsetMillis()).isEqualTo(HOUR);
    }

    @Test
    void shouldBeSmall() {
        assertThat(stored(clock)).hasSize(1);
        hear(5, -2 * SECOND);
        assertThat(stored(clock)).hasSize(7);
        hear(10, HOUR);
        assertThat(stored(clock)).hasSizeLessThan(14);
        hear(-2 * SECOND);
        assertThat(stored(clock)).hasSize(7);
    }

    @Test
    void shouldBeTheSameAfterStoring() {
        for (long seed = 1; seed <= 200; seed++) {
            // Given
            Random random = new Random(seed);
            DeviceClock any = new DeviceClock();
            for (int i = random.nextInt(30); i > 0; i--) {
                long ahead = random.nextInt(8) == 0 ? random.nextInt(8_000_000) : HOUR * (1 + (int) seed % 2) - random.nextInt(9_000);
                Measurement one = sent(Vital.values()[random.nextInt(6)], T0 + random.nextInt(), ahead, random.nextInt(200) - 3.5);
                any.heard(new Measurement(one.vital(), "d1", one.effectiveMillis(), one.appendMillis(),
                        new Value(Value.Kind.values()[random.nextInt(4)], one.value().milli(), Unit.ofOrdinal(random.nextInt(19))),
                        Context.values()[random.nextInt(5)], random.nextBoolean() ? Float.NaN : random.nextFloat(), random.nextInt(4),
                        new Coordinates(random.nextInt(99), random.nextLong(1L << 50), random.nextInt(500))));
            }
            // When
            DeviceClock copy = restored(any);
            // Then
            assertThat(copy).as("seed %d", seed).usingRecursiveComparison().usingOverriddenEquals().isEqualTo(any);
            assertThat(copy.release(T0)).as("seed %d", seed).isEqualTo(any.release(T0));
        }
    }

    @Test
    void shouldFitTheReadingsThatWait() {
        hear(9, HOUR);
        assertThat(stored(clock)).hasSizeLessThan(9 * 30);
    }

    @Test
    void shouldRefuseDamagedBytes() {
        hear(9, HOUR);
        byte[] bytes = stored(clock);
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThatThrownBy(() -> DeviceClock.decode(cut, "d1", T0)).as("first %d bytes", length).isInstanceOf(RuntimeException.class);
        }
        bytes[2] = 11;
        assertThatThrownBy(() -> DeviceClock.decode(ByteBuffer.wrap(bytes), "d1", T0)).isInstanceOf(IllegalStateException.class)
                .hasMessage("state is damaged: a device clock with 11 readings");
    }
}
