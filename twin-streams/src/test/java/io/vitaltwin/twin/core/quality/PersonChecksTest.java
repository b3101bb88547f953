package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.PersonMemory;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-21 of wearables. */
@Tag("ethics")
class PersonChecksTest {

    private static final long DAY = 24 * HOUR;

    private Parts parts = new Parts();
    private final Random random = new Random(11);
    private Device ring = ring("ring1", Long.MIN_VALUE);
    private QualityMemory pulses = new QualityMemory();
    private QualityMemory breaths = new QualityMemory();
    private QualityMemory variability = new QualityMemory();

    private static Device ring(String id, long fromMillis) {
        return new Device(id, "ring", Grade.CONSUMER, Set.of(Vital.values()), Duration.ofDays(1).toMillis(), fromMillis, Long.MAX_VALUE);
    }

    /** A night: pulses marked SLEEP, then the two nightly values. @return what was said of RMSSD, which comes last */
    private Judgement night(int day, double pulse, double rmssd, double breathing) {
        pulsesOf(day, pulse, 30);
        judge(breaths, Vital.RESPIRATORY_RATE, day * DAY + 7 * HOUR, breathing);
        return judge(variability, Vital.HRV_RMSSD, day * DAY + 7 * HOUR, rmssd);
    }

    private void pulsesOf(int day, double pulse, int count) {
        for (int i = 0; i < count; i++) {
            judge(pulses, Vital.HEART_RATE, day * DAY + i * 12 * MINUTE, pulse + i % 3 - 1);
        }
    }

    private Judgement judge(QualityMemory own, Vital vital, long at, double value) {
        Stream stream = Stream.of(vital, ring).context(Context.SLEEP);
        return QualityChecks.judge(own, stream.measured(at, io.vitaltwin.twin.core.Value.measured(Math.round(value * 1000), vital.unit()), 2_000, false),
                ring, PatientFacts.NONE, new PatientQuality(parts));
    }

    /** Nights of one person: 58 +/- 2 /min, 45 ms +/- 10 %, 14.5 +/- 0.6 /min. */
    private Judgement usual(int day) {
        return night(day, 58 + 2 * random.nextGaussian(), 45 * StrictMath.exp(0.1 * random.nextGaussian()), 14.5 + 0.6 * random.nextGaussian());
    }

    private void usualNights(int from, int count) {
        for (int day = from; day < from + count; day++) {
            usual(day);
        }
    }

    private PersonMemory memory() {
        return parts.get(PersonMemory.TYPE);
    }

    @Test
    void shouldFindSomeoneElseInOneNight() {
        usualNights(0, 30);
        Judgement other = night(30, 72, 22, 18);
        assertThat(other.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(other.has(Reason.WRONG_PERSON_SUSPECT)).isTrue();
        assertThat(memory().isOdd(Stream.T0 + 30 * DAY + 7 * HOUR)).isTrue();
        assertThat(memory().isOdd(Stream.T0 + 31 * DAY + 7 * HOUR)).isFalse();
        assertThat(usual(31).verdict()).as("the patient again").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldSeldomDoubtTheUsualNightsOfOnePerson() {
        int doubted = 0;
        for (int day = 0; day < 400; day++) {
            doubted += usual(day).has(Reason.WRONG_PERSON_SUSPECT) ? 1 : 0;
        }
        assertThat(doubted).as("at 0.999, with a covariance of some 28 nights").isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"15, true", "14, false"})
    void shouldWaitForFourteenNights(int nights, boolean found) {
        usualNights(0, nights);         // the first has no pulses yet: nobody knew that RMSSD comes
        assertThat(night(nights, 72, 22, 18).has(Reason.WRONG_PERSON_SUSPECT)).isEqualTo(found);
    }

    @Test
    void shouldNotTakeATrendForSomeoneElse() {
        usualNights(0, 29);
        // A night on its way, not yet beyond the limit; then one far beyond it.
        double pulse = 58;
        Judgement judgement;
        int day = 29;
        do {
            pulse += 0.5;
            Parts before = copy();
            judgement = night(day, pulse, 45, 14.5);
            boolean onItsWay = !judgement.has(Reason.WRONG_PERSON_SUSPECT) && night(day + 1, 75, 22, 18).verdict() == Verdict.ACCEPT;
            if (onItsWay) {
                return;
            }
            parts = before;
            pulses = new QualityMemory();
            breaths = new QualityMemory();
            variability = new QualityMemory();
        } while (pulse < 75);
        throw new AssertionError("no night was taken for a trend");
    }

    @Test
    void shouldAskAfterADeviceWasPutOnAnewWhateverTheTrend() {
        usualNights(0, 29);
        night(29, 64.5, 45, 14.5);
        ring = ring("ring2", Stream.T0 + 29 * DAY + 12 * HOUR);
        Judgement other = night(30, 75, 22, 18);
        assertThat(other.has(Reason.WRONG_PERSON_SUSPECT)).isTrue();
    }

    @Test
    void shouldNotLearnSomeoneElse() {
        usualNights(0, 29);
        Parts before = copy();
        int learned = memory().nights();
        night(29, 90, 12, 22);
        assertThat(memory().nights()).isEqualTo(learned);
        assertThat(bytes(memory())).as("the usual night is what it was").contains(usualBytes(before));
    }

    /** The part of the stored form that is the baseline: 1 byte and 9 numbers. */
    private static byte[] usualBytes(Parts parts) {
        byte[] all = bytes(parts.get(PersonMemory.TYPE));
        // From the end: odd time, device 2, distance 4, decided time 6.
        int end = all.length - 1 - 2 - 4 - 6;
        return java.util.Arrays.copyOfRange(all, end - 36, end);
    }

    private static byte[] bytes(PersonMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        memory.encode(out);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void shouldJudgeByTheBreathingRateWhenItComesLast() {
        usualNights(0, 30);
        pulsesOf(30, 72, 30);
        assertThat(judge(variability, Vital.HRV_RMSSD, 30 * DAY + 7 * HOUR, 22).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(judge(breaths, Vital.RESPIRATORY_RATE, 30 * DAY + 7 * HOUR + MINUTE, 18).has(Reason.WRONG_PERSON_SUSPECT)).isTrue();
    }

    @Test
    void shouldWantAllThree() {
        usualNights(0, 29);
        pulsesOf(29, 90, 11);
        judge(breaths, Vital.RESPIRATORY_RATE, 29 * DAY + 7 * HOUR, 22);
        assertThat(judge(variability, Vital.HRV_RMSSD, 29 * DAY + 7 * HOUR, 15).has(Reason.WRONG_PERSON_SUSPECT)).as("too few pulses").isFalse();
        pulsesOf(31, 90, 30);
        assertThat(judge(variability, Vital.HRV_RMSSD, 31 * DAY + 7 * HOUR, 16).has(Reason.WRONG_PERSON_SUSPECT)).as("no breathing rate").isFalse();
    }

    @Test
    void shouldLeaveOutPulsesThatAreNotOfSleep() {
        usualNights(0, 29);
        for (int i = 0; i < 30; i++) {
            Stream awake = Stream.of(Vital.HEART_RATE, ring).context(Context.LIGHT);
            QualityChecks.judge(pulses, awake.measured(28 * DAY + 10 * HOUR + i * MINUTE,
                    io.vitaltwin.twin.core.Value.measured(120_000, Vital.HEART_RATE.unit()), 2_000, false), ring, PatientFacts.NONE, new PatientQuality(parts));
        }
        assertThat(usual(29).verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldJudgeANightOnce() {
        usualNights(0, 20);
        int learned = memory().nights();
        judge(variability, Vital.HRV_RMSSD, 19 * DAY + 7 * HOUR + 5 * MINUTE, 44);
        assertThat(memory().nights()).isEqualTo(learned);
    }

    @Test
    void shouldJudgeTheSameAfterItWasStored() {
        for (int day = 0; day < 40; day++) {
            double pulse = day % 13 == 12 ? 75 : 58 + day % 5 - 2;
            pulsesOf(day, pulse, 30);
            Parts live = copy();
            judge(breaths, Vital.RESPIRATORY_RATE, day * DAY + 7 * HOUR, 14 + day % 4 * 0.4);
            Judgement stored = judge(variability, Vital.HRV_RMSSD, day * DAY + 7 * HOUR, day % 13 == 12 ? 20 : 44 + day % 3);
            Parts kept = parts;
            parts = live;
            judge(new QualityMemory(), Vital.RESPIRATORY_RATE, day * DAY + 7 * HOUR, 14 + day % 4 * 0.4);
            Judgement again = judge(new QualityMemory(), Vital.HRV_RMSSD, day * DAY + 7 * HOUR, day % 13 == 12 ? 20 : 44 + day % 3);
            assertThat(again.has(Reason.WRONG_PERSON_SUSPECT)).as("night %d", day).isEqualTo(stored.has(Reason.WRONG_PERSON_SUSPECT));
            parts = kept;
        }
        assertThat(bytes(memory()).length).isLessThanOrEqualTo(100);
    }

    private Parts copy() {
        ByteBuffer out = ByteBuffer.allocate(2_000);
        parts.encode(out, Stream.T0);
        return Parts.decode(out.flip(), Stream.T0);
    }

    @Test
    void shouldRememberNothingOfDevicesWithoutRmssd() {
        pulsesOf(0, 58, 30);
        judge(breaths, Vital.RESPIRATORY_RATE, 7 * HOUR, 15);
        assertThat(parts.find(PersonMemory.TYPE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HEART_RATE", "HRV_RMSSD", "RESPIRATORY_RATE"})
    void shouldForgetWhenOneOfTheThreeIsNoLongerCovered(Vital vital) {
        usualNights(0, 3);
        parts.keep(EnumSet.complementOf(EnumSet.of(vital)));
        assertThat(parts.find(PersonMemory.TYPE)).isEmpty();
        assertThat(PartKind.PERSON.vitals()).contains(vital);
    }
}
