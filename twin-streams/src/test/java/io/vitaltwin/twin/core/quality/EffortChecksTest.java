package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-17 and 5.4 (DQ-23). */
@Tag("ethics")
class EffortChecksTest {

    private static final long GAMING = Reason.GAMING_SUSPECT.bit() | Reason.STEP_HR_INCONGRUENT.bit();

    private static Personal resting(double perMinute) {
        return (vital, context) -> vital == Vital.HEART_RATE && context == Context.REST
                ? OptionalLong.of(Stream.milli(perMinute)) : OptionalLong.empty();
    }

    /** A pulse and a step count from one device, judged together. */
    private static final class Wrist {
        private final Stream pulse;
        private final Stream steps;

        private Wrist(String kind, Grade grade, Duration interval, Personal personal) {
            Device device = Stream.device("w1", kind, grade, interval);
            pulse = Stream.of(Vital.HEART_RATE, device).context(Context.UNKNOWN).personal(personal);
            steps = pulse.beside(Vital.STEPS, device).context(Context.UNKNOWN).personal(personal);
        }

        private Wrist cadence() {
            steps.in(Unit.STEPS_PER_MINUTE);
            return this;
        }
    }

    private static Wrist watch(int seconds) {
        return new Wrist("watch", Grade.CONSUMER, Duration.ofSeconds(seconds), Personal.UNKNOWN).cadence();
    }

    // ---- DQ-17

    /** First second at which the pulse is doubted, at one reading in 5 s; -1 if never. */
    private static int firstLocked(Wrist wrist, double pulse, double cadence) {
        for (int second = 0; second <= 300; second += 5) {
            wrist.steps.at(second * SECOND, cadence);
            if (wrist.pulse.at(second * SECOND, pulse).has(Reason.CADENCE_LOCK)) {
                return second;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({"104, 100, 60", "96, 100, 60", "104.001, 100, -1", "95.999, 100, -1", "99, 99, -1", "83, 160, 60", "77, 160, 60", "83.001, 160, -1",
        "76.999, 160, -1"})
    void shouldDoubtAPulseThatFollowsTheStepsForAMinute(double pulse, double cadence, int expected) {
        assertThat(firstLocked(watch(5), pulse, cadence)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"watch, CONSUMER, 60", "tracker, CONSUMER, 60", "watch, MEDICAL_HOME, 60", "chest-strap, CONSUMER, -1", "ring, CONSUMER, -1", "patch, CLINICAL, -1"})
    void shouldOnlyDoubtAPulseByLightAtTheWrist(String kind, Grade grade, int expected) {
        Wrist wrist = new Wrist(kind, grade, Duration.ofSeconds(5), Personal.UNKNOWN).cadence();
        assertThat(firstLocked(wrist, 160, 160)).isEqualTo(expected);
    }

    @Test
    void shouldTagTheRunBackToItsStartAndForgetItsValues() {
        Wrist wrist = watch(5);
        wrist.pulse.at(-5 * SECOND, 140);
        List<Judgement> judgements = new ArrayList<>();
        for (int second = 0; second <= 65; second += 5) {
            wrist.steps.at(second * SECOND, 160);
            judgements.add(wrist.pulse.at(second * SECOND, 161));
        }
        assertThat(judgements.get(12).revisions())
                .containsExactly(new Revision(T0, T0 + 60 * SECOND - 1, Verdict.SUSPECT, Reason.CADENCE_LOCK.bit()));
        assertThat(judgements.get(12).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judgements.get(13).revisions()).as("told once").isEmpty();
        assertThat(judgements.get(13).has(Reason.CADENCE_LOCK)).isTrue();
        assertThat(wrist.pulse.own.recentCount()).as("the seven that were kept were all of the run").isZero();
    }

    @Test
    void shouldStartAnewAfterOneReadingThatDoesNotFollow() {
        Wrist wrist = watch(5);
        for (int second = 0; second <= 110; second += 5) {
            wrist.steps.at(second * SECOND, 160);
            assertThat(wrist.pulse.at(second * SECOND, second == 55 ? 150 : 160).has(Reason.CADENCE_LOCK)).as("second %d", second).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"120, true", "121, false"})
    void shouldNotTakeAnOldStepCountForTheCadence(int age, boolean locked) {
        Wrist wrist = watch(5);
        wrist.steps.at(0, 160);
        boolean any = false;
        for (int second = age - 60; second <= age; second += 5) {
            any |= wrist.pulse.at(second * SECOND, 160).has(Reason.CADENCE_LOCK);
        }
        assertThat(any).isEqualTo(locked);
    }

    @Test
    void shouldLetGoWhenTheStepsEnd() {
        Wrist wrist = watch(5);
        assertThat(firstLocked(wrist, 160, 160)).isEqualTo(60);
        wrist.steps.at(65 * SECOND, 0);
        assertThat(wrist.pulse.at(65 * SECOND, 160).verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(wrist.pulse.shared.parts().get(EffortMemory.TYPE).isEmpty()).isTrue();
    }

    @Test
    void shouldDoubtNearlyAllOfTheLockOfS19AndNoneOfTheRest() {
        // Given: S19
        Wrist wrist = watch(5);
        int doubted = 0;
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i <= 475; i++) {
            boolean running = i >= 60 && i < 300;
            double cadence = running ? 167 + (i - 60) % 3 : 0;
            double pulse = i <= 60 ? 75 : i <= 71 ? 75 + 5 * (i - 60) : i < 84 ? 135 : i < 300 ? 167 + i % 3 : 120 - 2 * ((i - 300) / 12);
            // When
            wrist.steps.at(i * 5 * SECOND, cadence);
            Judgement judgement = wrist.pulse.at(i * 5 * SECOND, pulse);
            // Then
            boolean locked = judgement.has(Reason.CADENCE_LOCK);
            doubted += i >= 96 && i < 300 && locked ? 1 : 0;
            if (locked && (i < 96 || i >= 300)) {
                wrong.add("reading " + i);
            }
            if (i == 84) {
                assertThat(judgement.has(Reason.RATE_IMPLAUSIBLE)).isTrue();
            }
        }
        assertThat(doubted).isEqualTo(204);
        assertThat(wrong).isEmpty();
    }

    // ---- 5.4 (a)

    private static Wrist tracker(Personal personal) {
        return new Wrist("tracker", Grade.CONSUMER, Duration.ofMinutes(1), personal);
    }

    /** First minute in which steps are doubted; -1 if never. */
    private static int firstDoubted(Wrist wrist, int minutes, double perMinute, double pulse) {
        for (int minute = 0; minute < minutes; minute++) {
            Judgement judgement = wrist.steps.at(minute * MINUTE, perMinute);
            wrist.pulse.at(minute * MINUTE, Math.round(pulse * 1000 + minute % 2) / 1000.0);
            if (judgement.has(Reason.STEP_HR_INCONGRUENT)) {
                assertThat(judgement.verdict()).isEqualTo(Verdict.SUSPECT);
                assertThat(judgement.has(Reason.GAMING_SUSPECT)).isTrue();
                return minute;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({"100, 71.999, 11", "100, 72.001, -1", "99, 64, -1", "120, 64, 11"})
    void shouldDoubtBriskStepsWithARestingPulse(double perMinute, double pulse, int expected) {
        assertThat(firstDoubted(tracker(resting(62)), 40, perMinute, pulse)).as("the first step count comes before any pulse").isEqualTo(expected);
    }

    @Test
    void shouldNotDoubtAnyStepsWithoutARestingPulseToCompareWith() {
        assertThat(firstDoubted(tracker(Personal.UNKNOWN), 40, 120, 64)).isEqualTo(-1);
    }

    @Test
    void shouldCompareWithTheSleepingPulseWhereOnlyThatIsKnown() {
        Personal sleeping = (vital, context) -> context == Context.SLEEP ? OptionalLong.of(56_000) : OptionalLong.empty();
        assertThat(firstDoubted(tracker(sleeping), 40, 120, 65)).isEqualTo(11);
        assertThat(firstDoubted(tracker(sleeping), 40, 120, 67)).isEqualTo(-1);
    }

    @Test
    void shouldNotDoubtStepsWhileThePulseIsMissing() {
        Wrist wrist = tracker(resting(62));
        wrist.pulse.at(0, 62);
        for (int minute = 0; minute < 40; minute++) {
            assertThat(wrist.steps.at(minute * MINUTE, 120).has(Reason.GAMING_SUSPECT)).as("minute %d", minute).isFalse();
        }
    }

    @Test
    void shouldNotTakeADoubtedPulseForRest() {
        Wrist wrist = tracker(resting(62));
        for (int minute = 0; minute < 40; minute++) {
            assertThat(wrist.steps.at(minute * MINUTE, 120).has(Reason.GAMING_SUSPECT)).as("minute %d", minute).isFalse();
            wrist.pulse.at(minute * MINUTE, 29);            // implausible
        }
    }

    @Test
    void shouldExcludeTheWholeHourOfS28a() {
        // Given: S28a
        Wrist wrist = tracker(resting(62));
        boolean[] doubted = new boolean[120];
        for (int minute = 0; minute < 120; minute++) {
            boolean walking = minute >= 30 && minute < 90;
            Judgement judgement = wrist.steps.at(minute * MINUTE, walking ? 120 : 0);
            wrist.pulse.at(minute * MINUTE, (walking ? 64 : 62) + minute % 2);
            doubted[minute] = judgement.verdict() == Verdict.SUSPECT;
            for (Revision revision : judgement.revisions()) {
                for (int earlier = 0; earlier < minute; earlier++) {
                    long at = T0 + earlier * MINUTE;
                    doubted[earlier] |= revision.verdict() == Verdict.SUSPECT && at >= revision.fromMillis() && at <= revision.untilMillis();
                }
            }
            if (minute == 40) {
                assertThat(judgement.reasons() & GAMING).isEqualTo(GAMING);
            }
            if (minute == 50) {
                assertThat(judgement.has(Reason.METRONOME)).isTrue();
            }
        }
        for (int minute = 0; minute < 120; minute++) {
            assertThat(doubted[minute]).as("minute %d", minute).isEqualTo(minute >= 30 && minute < 90);
        }
    }

    // ---- 5.4 (b)

    /** First minute in which steps are called steady; -1 if never. */
    private static int firstSteady(double... perMinute) {
        Wrist wrist = tracker(Personal.UNKNOWN);
        for (int minute = 0; minute < 60; minute++) {
            Judgement judgement = wrist.steps.at(minute * MINUTE, perMinute[minute % perMinute.length]);
            if (judgement.has(Reason.METRONOME)) {
                assertThat(judgement.verdict()).as("noted only").isEqualTo(Verdict.ACCEPT);
                assertThat(judgement.revisions()).containsExactly(
                        new Revision(T0, T0 + minute * MINUTE - 1, Verdict.ACCEPT, Reason.METRONOME.bit()));
                return minute;
            }
        }
        return -1;
    }

    @Test
    void shouldNoteStepsLikeClockwork() {
        assertThat(firstSteady(120)).isEqualTo(20);
        assertThat(firstSteady(120, 121)).as("0.4 %").isEqualTo(20);
        assertThat(firstSteady(120, 123)).as("1.2 %").isEqualTo(-1);
        assertThat(firstSteady(0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"120, true", "121, false"})
    void shouldNotTakeAmountsForARhythm(int intervalSeconds, boolean noted) {
        Wrist wrist = new Wrist("tracker", Grade.CONSUMER, Duration.ofSeconds(intervalSeconds), Personal.UNKNOWN).cadence();
        boolean any = false;
        for (int i = 0; i < 30; i++) {
            any |= wrist.steps.at(i * intervalSeconds * SECOND, 100).has(Reason.METRONOME);
        }
        assertThat(any).isEqualTo(noted);
    }

    @Test
    void shouldBeginAnewWhenTheCadenceChanges() {
        Wrist wrist = tracker(Personal.UNKNOWN);
        for (int minute = 0; minute <= 38; minute++) {
            assertThat(wrist.steps.at(minute * MINUTE, minute < 19 ? 120 : 90).has(Reason.METRONOME)).as("minute %d", minute).isFalse();
        }
        assertThat(wrist.steps.at(39 * MINUTE, 90).has(Reason.METRONOME)).isTrue();
    }

    // ---- 5.4 (c) and (d)

    @ParameterizedTest
    @CsvSource({"1, true", "0, false"})
    void shouldDoubtStepsOfADeviceOnItsCharger(double steps, boolean doubted) {
        Wrist wrist = tracker(Personal.UNKNOWN);
        wrist.steps.flags(Measurement.OFF_BODY);
        Judgement judgement = wrist.steps.at(0, steps);
        assertThat(judgement.has(Reason.GAMING_SUSPECT)).isEqualTo(doubted);
        assertThat(judgement.has(Reason.OFF_BODY)).isTrue();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REJECT);
    }

    @Test
    void shouldDoubtAThousandStepsInASleep() {
        Wrist wrist = tracker(Personal.UNKNOWN);
        wrist.steps.context(Context.SLEEP).at(0, 0);
        for (int i = 0; i < 9; i++) {
            assertThat(wrist.steps.at((10 + i) * MINUTE, i == 8 ? 199 : 100).has(Reason.GAMING_SUSPECT)).as("step count %d", i).isFalse();
        }
        Judgement thousandth = wrist.steps.at(20 * MINUTE, 1);
        assertThat(thousandth.has(Reason.GAMING_SUSPECT)).isTrue();
        assertThat(thousandth.revisions()).containsExactly(
                new Revision(T0 + 10 * MINUTE, T0 + 20 * MINUTE - 1, Verdict.SUSPECT, Reason.GAMING_SUSPECT.bit()));
        assertThat(wrist.steps.at(21 * MINUTE, 0).verdict()).as("none").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldCountEachSleepForItself() {
        Wrist wrist = tracker(Personal.UNKNOWN);
        for (int i = 0; i < 20; i++) {
            wrist.steps.context(i % 2 == 0 ? Context.SLEEP : Context.LIGHT);
            assertThat(wrist.steps.at(i * MINUTE, 90 + i % 4 * 5).has(Reason.GAMING_SUSPECT)).as("minute %d", i).isFalse();
        }
    }

    // ---- 5.4 (e)

    /** Hourly counts of two devices for 26 h. @return the revisions that the second day's first readings brought */
    private static List<Revision> twoDevices(int hoursOfTheOther, double one, double other) {
        Device first = Stream.device("a", "watch", Grade.CONSUMER, Duration.ofHours(1));
        Device second = Stream.device("b", "tracker", Grade.CONSUMER, Duration.ofHours(1));
        Stream watch = Stream.of(Vital.STEPS, first).context(Context.UNKNOWN);
        Stream tracker = watch.beside(Vital.STEPS, second).context(Context.UNKNOWN);
        List<Revision> revisions = new ArrayList<>();
        for (int hour = 1; hour <= 26; hour++) {
            revisions.addAll(watch.at(hour * HOUR, one + hour % 3).revisions());
            if (hour <= hoursOfTheOther || hour > 24) {
                revisions.addAll(tracker.at(hour * HOUR + MINUTE, other + hour % 3).revisions());
            }
        }
        return revisions;
    }

    @Test
    void shouldDoubtTheDayOfTwoDevicesThatDisagree() {
        assertThat(twoDevices(24, 100, 38)).hasSize(2).allSatisfy(revision -> {
            assertThat(revision.verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(revision.reasons()).isEqualTo(Reason.GAMING_SUSPECT.bit());
            assertThat(revision.untilMillis() - revision.fromMillis()).isEqualTo(24 * HOUR - 1);
        });
        assertThat(twoDevices(24, 100, 42)).as("less than 60 %").isEmpty();
        assertThat(twoDevices(24, 30, 1)).as("hardly any steps").isEmpty();
        assertThat(twoDevices(8, 100, 1)).as("the other was hardly worn").isEmpty();
    }

    // ---- laws

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRestoreWhateverItRemembers(long seed) {
        Random random = new Random(seed);
        EffortMemory memory = new EffortMemory();
        PatientQuality shared = new PatientQuality();
        Stream steps = Stream.of(Vital.STEPS, "watch", Grade.CONSUMER, Duration.ofMinutes(1));
        for (int i = 0; i < 300; i++) {
            Device device = Stream.device(random.nextBoolean() ? "a" : "b", "watch", Grade.CONSUMER, Duration.ofMinutes(1));
            shared.noteReading(Vital.STEPS, device, T0 + i * MINUTE, 120_000);
            shared.notePulse(T0 + i * MINUTE, 64_000);
            Context context = random.nextInt(3) == 0 ? Context.SLEEP : Context.REST;
            EffortChecks.steps(shared, resting(62), steps.measured(i * MINUTE, Value.measured(120_000, Unit.STEPS), 0, false),
                    device, random.nextInt(4) * 60_000L, MINUTE, context);
            memory = shared.parts().get(EffortMemory.TYPE);
            byte[] stored = stored(memory);
            assertThat(stored(EffortMemory.decode(ByteBuffer.wrap(stored)))).as("seed %d, reading %d", seed, i).isEqualTo(stored);
        }
        assertThat(stored(memory).length).isGreaterThan(10);
    }

    private static byte[] stored(EffortMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        memory.encode(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @Test
    void shouldRememberNothingOfSomebodyAtRest() {
        Wrist wrist = tracker(resting(62));
        for (int minute = 0; minute < 60; minute++) {
            wrist.steps.at(minute * MINUTE, 0);
            wrist.pulse.at(minute * MINUTE, 60 + minute % 3);
        }
        assertThat(wrist.steps.shared.parts().find(EffortMemory.TYPE)).isEmpty();
    }

    @Test
    void shouldCostLittleWhileWalking() {
        Wrist wrist = tracker(resting(62));
        for (int minute = 0; minute < 60; minute++) {
            wrist.steps.at(minute * MINUTE, 80 + minute % 7);
            wrist.pulse.at(minute * MINUTE, 90 + minute % 3);
        }
        assertThat(stored(wrist.steps.shared.parts().get(EffortMemory.TYPE)).length).isLessThanOrEqualTo(32);
    }
}
