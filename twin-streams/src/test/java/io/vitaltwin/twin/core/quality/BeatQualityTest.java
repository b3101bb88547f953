package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rhythm.RhythmLimits;
import io.vitaltwin.twin.core.rhythm.RhythmMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.SECOND;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-05 HR_IBI_MISMATCH and DQ-29 IBI_QUALITY of CR 5.2. */
class BeatQualityTest {

    private final Stream pulse = Stream.of(Vital.HEART_RATE, "watch", Grade.CONSUMER, Duration.ofMinutes(1));
    private final Stream beats = pulse.beside(Vital.INTER_BEAT_INTERVAL, pulse.device);

    /** Beats of one length from a moment on. */
    private List<Judgement> beats(long from, int count, long millis) {
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            judgements.add(beats.at(from + i * millis, millis));
        }
        return judgements;
    }

    private static Revision doubt(long from, long until) {
        return new Revision(T0 + from, T0 + until, Verdict.SUSPECT, Reason.HR_IBI_MISMATCH.bit());
    }

    @ParameterizedTest(name = "mean beat {0} ms, pulse {1} /min: {2}")
    @CsvSource({
        "1200, 55, ACCEPT", "1200, 55.001, ACCEPT", "1200, 55.556, SUSPECT",      // 50 /min: 10 % of 55.555 is 5.555
        "1500, 45, ACCEPT", "1500, 45.001, SUSPECT", "1500, 35, ACCEPT", "1500, 34.999, SUSPECT",   // 40 /min: 5
        "600, 111.111, ACCEPT", "600, 111.112, SUSPECT", "600, 90.91, ACCEPT", "600, 90.909, SUSPECT"})   // 100 /min: 10 % of the pulse
    void shouldDoubtAPulseThatItsBeatsContradict(long millis, double perMinute, Verdict expected) {
        pulse.at(-MINUTE, perMinute);
        beats(0, (int) (45_000 / millis), millis);
        Judgement judgement = pulse.at(50 * SECOND, perMinute);
        assertThat(judgement.verdict()).isEqualTo(expected == Verdict.SUSPECT ? Verdict.SUSPECT : Verdict.ACCEPT);
        assertThat(judgement.has(Reason.HR_IBI_MISMATCH)).isEqualTo(expected == Verdict.SUSPECT);
    }

    @Test
    void shouldDoubtBothWhenThePulseComesLast() {
        // Given: beats of 75 /min and a pulse of 60
        pulse.at(-MINUTE, 75);
        assertThat(beats(0, 60, 800)).allMatch(Judgement::isPlainAccept);
        // When
        Judgement judgement = pulse.at(50 * SECOND, 60);
        // Then
        assertThat(judgement.has(Reason.HR_IBI_MISMATCH)).isTrue();
        assertThat(judgement.revisions()).containsExactly(doubt(0, 50 * SECOND - 1));
        Judgement next = beats.at(55 * SECOND, 800);
        assertThat(next.has(Reason.HR_IBI_MISMATCH)).as("the same minute").isTrue();
        assertThat(next.revisions()).containsExactly(doubt(0, 55 * SECOND - 1));
        assertThat(beats.at(56 * SECOND, 800).revisions()).as("told once").isEmpty();
        assertThat(beats.at(MINUTE, 800).verdict()).as("another minute").isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldTellOfTheBeatsOfAMinuteThatIsOverWithTheNextBeat() {
        pulse.at(-MINUTE, 75);
        beats(0, 70, 800);
        pulse.at(59 * SECOND, 60);
        Judgement next = beats.at(MINUTE + SECOND, 800);
        assertThat(next.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(next.revisions()).containsExactly(doubt(0, MINUTE - 1));
    }

    @Test
    void shouldDoubtBothWhenTheBeatsComeLast() {
        // Given: a pulse of 60 at the start of the minute, then beats of 75 /min
        pulse.at(0, 60);
        List<Judgement> judgements = beats(100, 50, 800);
        // When: 30 s of beats are there with the 38th
        assertThat(judgements.subList(0, 37)).allMatch(Judgement::isPlainAccept);
        assertThat(judgements.subList(37, 50)).allMatch(judgement -> judgement.verdict() == Verdict.SUSPECT);
        // Then
        assertThat(judgements.get(37).revisions()).containsExactly(doubt(0, 100 + 37 * 800 - 1));
        assertThat(judgements.get(38).revisions()).isEmpty();
        Judgement next = pulse.at(MINUTE, 75);
        assertThat(next.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(next.revisions()).containsExactly(doubt(0, MINUTE - 1));
        assertThat(pulse.at(2 * MINUTE, 75).revisions()).as("told once").isEmpty();
    }

    @Test
    void shouldNotCompareDifferentMinutes() {
        pulse.at(0, 60);
        assertThat(beats(MINUTE, 70, 800)).allMatch(Judgement::isPlainAccept);
        assertThat(pulse.at(2 * MINUTE, 60).isPlainAccept()).isTrue();
    }

    @Test
    void shouldNotJudgeByLessThanHalfAMinuteOfBeats() {
        pulse.at(-MINUTE, 75);
        beats(0, 37, 800);
        assertThat(pulse.at(40 * SECOND, 60).isPlainAccept()).isTrue();
        beats(MINUTE, 38, 800);
        assertThat(pulse.at(MINUTE + 40 * SECOND, 60).has(Reason.HR_IBI_MISMATCH)).isTrue();
    }

    @Test
    void shouldNotCompareWithBeatsThatAreNotUsable() {
        pulse.at(-MINUTE, 75);
        for (int i = 0; i < 60; i++) {
            beats.moving(i * 800, 800);
        }
        assertThat(pulse.at(50 * SECOND, 60).isPlainAccept()).isTrue();
    }

    @Test
    void shouldRememberNothingOfBeatsWithoutAPulse() {
        beats(0, 100, 800);
        assertThat(pulse.shared.parts().find(RhythmMemory.TYPE)).isEmpty();
        pulse.at(2 * MINUTE, 75);
        beats.at(2 * MINUTE + 16 * 60 * SECOND, 800);
        assertThat(pulse.shared.parts().find(RhythmMemory.TYPE)).as("a pulse that is too old").isEmpty();
    }

    /** As the rule does after the checks. */
    private void follow(long at, long millis, boolean usable) {
        pulse.shared.parts().get(RhythmMemory.TYPE).of(beats.device.id(), T0 + at).tracker()
                .take(T0 + at, millis * 1_000, usable, true, new RhythmLimits(639, 500, 11, 12 * HOUR));
    }

    @Test
    void shouldAnnotateAWindowThatIsNotCovered() {
        // Given: beats of minutes 0 to 4 of the first window
        for (long at = 0; at < 4 * MINUTE; at += 800) {
            assertThat(beats.at(at, 800).revisions()).as("the window of 2.5 min before and after").hasSizeLessThanOrEqualTo(1);
            follow(at, 800, true);
        }
        // When
        Judgement next = beats.at(5 * MINUTE, 800);
        // Then
        assertThat(next.isPlainAccept()).isTrue();
        assertThat(next.revisions()).containsExactly(new Revision(T0, T0 + 5 * MINUTE - 1, Verdict.ACCEPT, Reason.IBI_QUALITY.bit()));
    }

    @ParameterizedTest(name = "{0} of 375 beats flagged: {1}")
    @CsvSource({"37, 0", "38, 1"})
    void shouldAnnotateAWindowWithManyFlaggedBeats(int flagged, int annotated) {
        // Given: flagged beats are extra, so that the window stays covered
        for (int i = 0; i < 375; i++) {
            follow(i * 800L, 800, true);
            if (i < flagged + flagged / 9) {
                follow(i * 800L + 400, 400, false);
            }
        }
        assertThat(beats.at(5 * MINUTE, 800).revisions()).hasSize(annotated);
    }
}
