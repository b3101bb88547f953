package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rhythm.BeatSeries;
import io.vitaltwin.twin.core.rhythm.IrregularRhythm;
import io.vitaltwin.twin.core.rhythm.RhythmMemory;
import io.vitaltwin.twin.core.state.TwinFold;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 and 3.5 (AF_SUSPECT), 8.4 E10. Times of beats are kept to the millisecond by {@link Beats}. */
class RhythmRulesTest {

    private static final int DAY = 24 * HOUR;

    private final RuleBench bench = RuleBench.adult().collects(Vital.INTER_BEAT_INTERVAL, Vital.ECG_RHYTHM);
    private final Beats watch = beats("watch", Grade.CONSUMER);

    private Beats beats(String device, Grade grade) {
        return new Beats(bench.feed(device, Vital.INTER_BEAT_INTERVAL, grade, Duration.ofSeconds(1)));
    }

    /** Beats of one device, each at the end of the one before. */
    private final class Beats {

        private final Feed feed;
        private long at = RuleBench.T0;

        Beats(Feed feed) {
            this.feed = feed;
        }

        Beats from(long second) {
            at = RuleBench.millis(second);
            return this;
        }

        Beats take(long... millis) {
            for (long each : millis) {
                feed.atMillis(at, each);
                at += each;
            }
            return this;
        }

        Beats minutes(BeatSeries series, int minutes) {
            return take(series.lasting(minutes));
        }
    }

    private static Value rhythm(int number) {
        return new Value(Value.Kind.CODE, number, Unit.CODE);
    }

    private Feed ecg(Grade grade) {
        return bench.feed("ecg-" + grade, Vital.ECG_RHYTHM, grade, Duration.ofDays(1));
    }

    private IrregularRhythm suspicion() {
        return bench.twin().parts().get(IrregularRhythm.TYPE);
    }

    private void restore() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }

    @Test
    void shouldSuspectFibrillationAfterHalfAnHour() {
        // Given: S17
        watch.minutes(BeatSeries.SR, 15);
        // When
        watch.minutes(BeatSeries.AF1, 45);
        bench.until(25 * HOUR - 30 * MINUTE);
        // Then
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 2700");
        AlertChange alert = bench.alert(0);
        assertThat(RuleBench.second(alert.episodeStartMillis())).isEqualTo(15 * MINUTE);
        assertThat(alert.text()).startsWith("Possible atrial fibrillation: beats at rest were irregular in 11 windows of five minutes in a row, "
                + "over 30 minutes, measured by a consumer device. This needs an ECG to confirm.").contains("34 to 98 of 100", "does not rule it out")
                .endsWith("Unverified, confirm with a medical device.");
        assertThat(Tag.of(alert.tags())).containsExactly(Tag.UNVERIFIED);
        assertThat(alert.predictive()).isFalse();
        assertThat(alert.evidence()).extracting(AlertChange.Proof::role).containsExactly("first-window", "last");
        assertThat(alert.evidence()).extracting(proof -> RuleBench.second(proof.point().effectiveMillis())).containsExactly(1200L, 2700L);
        assertThat(alert.thresholds()).containsEntry("AF_SUSPECT.entropy", 639L).containsEntry("AF_SUSPECT.windows", 11_000L);
    }

    @ParameterizedTest(name = "S18, an hour of {0}")
    @EnumSource(value = BeatSeries.class, names = {"RSA", "BIGEMINY", "PAC", "SR"})
    void shouldNotSuspectWhatOnlyLooksAlike(BeatSeries series) {
        watch.minutes(series, 60);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REST, 1", "SLEEP, 1", "LIGHT, 0", "VIGOROUS, 0", "UNKNOWN, 0"})
    void shouldOnlyJudgeBeatsAtRestOrAsleep(Context context, int raised) {
        watch.feed.context(context);
        watch.minutes(BeatSeries.AF1, 60);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @EnumSource(Grade.class)
    void shouldBeMediumWhateverTheGrade(Grade grade) {
        beats("d", grade).minutes(BeatSeries.AF1, 31);
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800");
        boolean verified = grade == Grade.CLINICAL || grade == Grade.MEDICAL_HOME;
        assertThat(Tag.of(bench.alert(0).tags())).hasSize(verified ? 0 : 1);
    }

    @Test
    void shouldNeedElevenWindows() {
        watch.minutes(BeatSeries.AF1, 30);
        assertThat(bench.log()).isEmpty();
        watch.take(800);
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void shouldFollowAnOverrideForOnePatient() {
        bench.override(RuleId.AF_SUSPECT, "windows", 3);
        watch.minutes(BeatSeries.AF1, 11);
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 600");
    }

    @Test
    void shouldClearADayAfterTheLastIrregularWindowAndNotBefore() {
        watch.minutes(BeatSeries.AF1, 35);
        assertThat(bench.log()).hasSize(1);
        bench.until(35 * MINUTE + 900);
        long last = RuleBench.second(suspicion().lastMillis());
        assertThat(last).isEqualTo(35 * MINUTE);
        bench.until(last + DAY - 1);
        assertThat(bench.log()).hasSize(1);
        bench.until(last + DAY);
        assertThat(bench.log()).last().isEqualTo("CLEARED AF_SUSPECT MEDIUM " + (last + DAY));
        assertThat(bench.twin().parts().find(IrregularRhythm.TYPE)).isEmpty();
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldStayOpenWhileIrregularWindowsComeAndTellOnce() {
        watch.minutes(BeatSeries.AF1, 60).from(20 * HOUR).minutes(BeatSeries.AF2, 10).from(40 * HOUR).minutes(BeatSeries.SR, 10);
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800");
        bench.until(20 * HOUR + 10 * MINUTE + DAY);
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800", "CLEARED AF_SUSPECT MEDIUM " + (20 * HOUR + 10 * MINUTE + DAY));
    }

    @Test
    void shouldTellAgainOnlyAfterTheEndAndElevenNewWindows() {
        watch.minutes(BeatSeries.AF1, 40);
        bench.until(2 * DAY);
        watch.from(2 * DAY).minutes(BeatSeries.AF1, 31);
        assertThat(bench.told()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800", "RAISED AF_SUSPECT MEDIUM " + (2 * DAY + 30 * MINUTE));
    }

    @ParameterizedTest(name = "{0} s after the window that completes the row: raised {1}")
    @CsvSource({"899, 0", "900, 1"})
    void shouldEndTheLastWindowByTimeWhenNoBeatFollows(int later, int raised) {
        watch.minutes(BeatSeries.AF1, 30);
        bench.until(30 * MINUTE + later);
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED AF_SUSPECT MEDIUM 2700"::equals);
        assertThat(bench.alerts()).allMatch(alert -> alert.evidence().size() == 1);
    }

    @Test
    void shouldNotRaiseForWhatWasLongAgo() {
        // Given: ten irregular windows, the eleventh incomplete
        watch.minutes(BeatSeries.AF1, 29);
        bench.until(3 * HOUR);
        // When
        watch.from(3 * HOUR).minutes(BeatSeries.SR, 20);
        // Then
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldNotWakeForRowsThatAreFarFromComplete() {
        watch.minutes(BeatSeries.AF1, 25);
        assertThat(bench.twin().parts().due(PartKind.RHYTHM)).isEqualTo(Parts.NEVER);
        watch.minutes(BeatSeries.AF1, 4);
        assertThat(RuleBench.second(bench.twin().parts().due(PartKind.RHYTHM))).isEqualTo(30 * MINUTE + 900);
    }

    @Test
    void shouldCountSuspectAndRejectedBeatsAsFlagged() {
        // Given: one beat in eight is not usable
        long[] af = BeatSeries.AF1.lasting(60);
        for (int i = 0; i < af.length; i++) {
            if (i % 8 == 0) {
                watch.feed.flaggedAtMillis(watch.at, af[i], i % 16 == 0);
                watch.at += af[i];
            } else {
                watch.take(af[i]);
            }
        }
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsLate() {
        watch.feed.because(Reason.LATE);
        watch.minutes(BeatSeries.AF1, 60);
        assertThat(bench.log()).isEmpty();
        assertThat(bench.twin().parts().find(RhythmMemory.TYPE)).isEmpty();
    }

    @Test
    void shouldFollowEachDeviceApart() {
        // Given: two devices with regular beats of their own, which mixed would look irregular
        Beats strap = beats("strap", Grade.MEDICAL_HOME);
        long[] slow = BeatSeries.SR.lasting(40);
        long[] shifted = BeatSeries.RSA.lasting(40);
        for (int i = 0; i < Math.min(slow.length, shifted.length); i++) {
            watch.take(slow[i]);
            strap.take(shifted[i]);
        }
        assertThat(bench.log()).isEmpty();
        assertThat(bench.twin().parts().get(RhythmMemory.TYPE).devices()).extracting(RhythmMemory.Followed::deviceId)
                .containsExactly("watch", "strap");
    }

    @Test
    void shouldForgetADeviceThatHasBeenSilentForADay() {
        watch.take(800);
        beats("other", Grade.CONSUMER).from(DAY + 1).take(800);
        assertThat(bench.twin().parts().get(RhythmMemory.TYPE).devices()).extracting(RhythmMemory.Followed::deviceId).containsExactly("other");
    }

    @ParameterizedTest
    @CsvSource({"CLINICAL, 1", "MEDICAL_HOME, 1", "CONSUMER, 0", "UNKNOWN, 0"})
    void shouldBelieveTheEcgOfARegulatedDevice(Grade grade, int raised) {
        ecg(grade).at(MINUTE, rhythm(1));
        assertThat(bench.log()).hasSize(raised).allMatch("RAISED AF_SUSPECT MEDIUM 60"::equals);
        assertThat(bench.alerts()).allMatch(alert -> alert.text().startsWith("Possible atrial fibrillation: an ECG by a ")
                && alert.evidence().getFirst().vital() == Vital.ECG_RHYTHM);
    }

    @ParameterizedTest(name = "classification {0}")
    @ValueSource(ints = {0, 2, 3, 4, 5, 6, 7})
    void shouldNeitherRaiseNorEndByAnotherClassification(int number) {
        ecg(Grade.CLINICAL).at(0, rhythm(number));
        assertThat(bench.log()).isEmpty();
        watch.minutes(BeatSeries.AF1, 31);
        ecg(Grade.CLINICAL).at(40 * MINUTE, rhythm(number));
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800");
    }

    @Test
    void shouldRecordOnceThatAnEcgSaysTheSame() {
        watch.minutes(BeatSeries.AF1, 31);
        ecg(Grade.MEDICAL_HOME).at(HOUR, rhythm(1)).at(2 * HOUR, rhythm(1));
        assertThat(bench.log()).containsExactly("RAISED AF_SUSPECT MEDIUM 1800", "UPDATED AF_SUSPECT MEDIUM 3600");
        bench.until(2 * HOUR + DAY - 1);
        assertThat(bench.log()).hasSize(2);
        bench.until(2 * HOUR + DAY);
        assertThat(bench.log()).last().isEqualTo("CLEARED AF_SUSPECT MEDIUM " + (2 * HOUR + DAY));
    }

    @ParameterizedTest(name = "ECG {0}, left {1}: open {2}")
    @CsvSource({
        "false, INTER_BEAT_INTERVAL, true", "false, ECG_RHYTHM, false", "false, HEART_RATE, false",
        "true, INTER_BEAT_INTERVAL, true", "true, ECG_RHYTHM, true", "true, HEART_RATE, false"})
    void shouldEndWhenWhatItRestsOnMayNoLongerBeUsed(boolean ecg, Vital left, boolean open) {
        watch.minutes(BeatSeries.AF1, 31);
        if (ecg) {
            ecg(Grade.CLINICAL).at(32 * MINUTE, rhythm(1));
        }
        Set<Vital> covered = EnumSet.of(left);
        // When
        bench.twin(TwinFold.keep(bench.twin(), covered));
        ConsentRule.onCovered(bench.turn(HOUR), covered, false, "CONSENT_CHANGED", RuleBench.millis(HOUR));
        // Then
        assertThat(bench.twin().holds(RuleId.AF_SUSPECT)).isEqualTo(open);
        assertThat(bench.twin().parts().nextDue() != Parts.NEVER).as("a time to end").isEqualTo(open);
        bench.until(3 * DAY);
        assertThat(bench.twin().holds(RuleId.AF_SUSPECT)).isFalse();
        assertThat(bench.log().stream().filter(line -> line.startsWith("CLEARED"))).hasSize(1);
    }

    @Test
    void shouldTakeNoByteForAPatientWithoutBeats() {
        bench.feed(Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1)).hold(0, HOUR, 70);
        assertThat(bench.twin().parts().find(RhythmMemory.TYPE)).isEmpty();
        assertThat(bench.twin().parts().find(IrregularRhythm.TYPE)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void shouldDecideTheSameWhereverTheTwinIsStored(long seed) {
        Random random = new Random(seed);
        RuleBench other = RuleBench.adult().collects(Vital.INTER_BEAT_INTERVAL);
        Feed same = other.feed("watch", Vital.INTER_BEAT_INTERVAL, Grade.CONSUMER, Duration.ofSeconds(1));
        for (BeatSeries series : List.of(BeatSeries.SR, BeatSeries.AF1, BeatSeries.PAC, BeatSeries.AF2)) {
            for (long each : series.lasting(series == BeatSeries.AF1 ? 40 : 8 + random.nextInt(5))) {
                same.atMillis(watch.at, each);
                watch.take(each);
                if (random.nextInt(50) == 0) {
                    restore();
                }
            }
        }
        bench.until(2 * DAY);
        other.until(2 * DAY);
        assertThat(bench.alerts()).isEqualTo(other.alerts()).hasSize(2);
    }
}
