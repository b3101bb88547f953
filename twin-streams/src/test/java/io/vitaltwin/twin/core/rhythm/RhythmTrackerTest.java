package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.rhythm.BeatWindow.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RhythmTrackerTest {

    private static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final RhythmLimits LIMITS = new RhythmLimits(639, 500, 11, 12 * 60 * MINUTE);

    private RhythmTracker tracker = new RhythmTracker();
    private final List<BeatWindow> windows = new ArrayList<>();
    private long at = T0;

    /** Each value is the time to the next beat. */
    private RhythmTrackerTest beats(long... millis) {
        for (long each : millis) {
            beat(each, true, true);
        }
        return this;
    }

    private void beat(long millis, boolean usable, boolean resting) {
        windows.addAll(tracker.take(at, millis * 1_000, usable, resting, LIMITS));
        at += millis;
    }

    private void beatsUntilRow(int row, long[] millis) {
        for (long each : millis) {
            beats(each);
            if (tracker.row() == row) {
                return;
            }
        }
        throw new AssertionError("the row is " + tracker.row() + ", not " + row);
    }

    private List<Outcome> outcomes() {
        return windows.stream().map(window -> window.outcome(LIMITS)).toList();
    }

    private static RhythmTracker restored(RhythmTracker tracker) {
        ByteBuffer bytes = ByteBuffer.allocate(256);
        tracker.encode(bytes);
        ByteBuffer in = bytes.flip();
        RhythmTracker read = RhythmTracker.decode(in);
        assertThat(in.hasRemaining()).isFalse();
        return read;
    }

    private static double minute(long millis) {
        return (millis - T0) / (double) MINUTE;
    }

    @Test
    void shouldSeeElevenIrregularWindowsHalfAnHourAfterTheFirstBegan() {
        // Given: S17
        beats(BeatSeries.SR.lasting(15));
        // When
        beatsUntilRow(11, BeatSeries.AF1.lasting(45));
        // Then
        assertThat(minute(tracker.newestMillis())).isBetween(42.5, 47.5);
        List<Outcome> outcomes = outcomes();
        assertThat(outcomes.subList(outcomes.size() - 11, outcomes.size())).containsOnly(Outcome.IRREGULAR);
        assertThat(outcomes.subList(0, outcomes.size() - 11)).contains(Outcome.REGULAR).doesNotContain(Outcome.IRREGULAR);
        BeatWindow first = windows.get(windows.size() - 11);
        assertThat(tracker.rowStartMillis()).isEqualTo(first.firstMillis());
        assertThat(windows.getLast().endMillis() - first.startMillis()).isEqualTo(30 * MINUTE);
    }

    @Test
    void shouldFollowS17Exactly() {
        beats(BeatSeries.SR.lasting(15));
        long onset = at;
        beatsUntilRow(11, BeatSeries.AF1.lasting(45));
        assertThat(minute(onset)).isBetween(15.0, 15.02);
        assertThat(minute(tracker.newestMillis())).isBetween(45.0, 45.02);
        assertThat(minute(tracker.rowStartMillis())).isBetween(15.0, 15.02);
    }

    @ParameterizedTest
    @EnumSource(value = BeatSeries.class, names = {"RSA", "SR", "BIGEMINY", "PAC"})
    void shouldFindEveryEvaluableWindowRegular(BeatSeries series) {
        beats(series.lasting(60));
        assertThat(outcomes()).hasSizeGreaterThan(20).startsWith(Outcome.POOR).doesNotContain(Outcome.IRREGULAR);
        assertThat(outcomes().subList(1, 20)).containsOnly(Outcome.REGULAR);
        assertThat(tracker.row()).isZero();
    }

    @Test
    void shouldCutWindowsOnAGridOfTwoAndAHalfMinutes() {
        at = T0 + 40_000;
        beats(BeatSeries.SR.lasting(12));
        assertThat(windows.stream().map(window -> minute(window.startMillis()))).containsExactly(-2.5, 0.0, 2.5, 5.0, 7.5);
        assertThat(windows).allMatch(window -> window.endMillis() - window.startMillis() == 5 * MINUTE);
        assertThat(windows.get(1).firstMillis()).isEqualTo(T0 + 40_000);
    }

    @Test
    void shouldNotTakeABeatThatIsOlderThanTheNewest() {
        beats(800, 800, 800);
        RhythmTracker before = restored(tracker);
        assertThat(tracker.take(T0 + 100, 500_000, true, true, LIMITS)).isEmpty();
        assertThat(bytes(tracker)).isEqualTo(bytes(before));
    }

    private static List<Byte> bytes(RhythmTracker tracker) {
        ByteBuffer out = ByteBuffer.allocate(256);
        tracker.encode(out);
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < out.position(); i++) {
            bytes.add(out.get(i));
        }
        return bytes;
    }

    @ParameterizedTest(name = "{0} ms flagged {1}: usable {2}")
    @CsvSource({"300, false, 1", "299, false, 0", "2000, false, 1", "2001, false, 0", "800, true, 0"})
    void shouldCountWhatADeviceFlaggedAndWhatNoHeartMakes(long millis, boolean flagged, int usable) {
        beat(millis, !flagged, true);
        at = T0 + 3 * MINUTE;
        beats(800);
        assertThat(windows.getFirst().beats()).isEqualTo(usable);
        assertThat(windows.getFirst().flagged()).isEqualTo(1 - usable);
        assertThat(windows.getFirst().coveredMillis()).isEqualTo(usable * millis);
    }

    @Test
    void shouldJoinTheBeatsBesideAFlaggedOne() {
        // Given: the words go on across what was left out
        SymbolEntropy plain = new SymbolEntropy();
        long[] af = BeatSeries.AF1.millis(200);
        for (int i = 0; i < af.length; i++) {
            if (i % 20 == 7) {
                beat(800, false, true);
            }
            beats(af[i]);
            plain.add(af[i] * 1_000);
        }
        at = T0 + 5 * MINUTE;
        beats(800);
        // Then: 72 of 200 beats came after the 128th
        assertThat(plain.value()).isGreaterThan(0.639);
        BeatWindow window = windows.getLast();
        assertThat(window.unknown()).isEqualTo(128);
        assertThat(window.irregular()).isEqualTo(72);
    }

    @ParameterizedTest(name = "a gap of {0} ms: {1} more beats without entropy")
    @CsvSource({"30000, 0", "30001, 128"})
    void shouldBeginTheWordsAnewAfterAGap(long gap, int unknown) {
        beats(BeatSeries.AF1.lasting(5));
        at = at - BeatSeries.AF1.lasting(5)[BeatSeries.AF1.lasting(5).length - 1] + gap;
        int before = windows.size();
        long[] rest = BeatSeries.AF1.lasting(6);
        beats(rest);
        int after = windows.subList(before, windows.size()).stream().filter(window -> window.startMillis() == T0 + 5 * MINUTE)
                .mapToInt(BeatWindow::unknown).sum();
        assertThat(after).isEqualTo(unknown);
    }

    @Test
    void shouldNotJudgeAWindowWithOneBeatThatWasNotAtRest() {
        beats(BeatSeries.AF1.lasting(11));
        beat(700, true, false);
        beats(BeatSeries.AF1.lasting(12));
        assertThat(windows.stream().filter(window -> window.moving()).map(window -> minute(window.startMillis()))).containsExactly(7.5, 10.0);
        assertThat(outcomes()).contains(Outcome.MOVING);
        BeatWindow next = windows.stream().filter(window -> window.startMillis() == T0 + 10 * MINUTE).findFirst().orElseThrow();
        assertThat(next.unknown()).as("the words begin anew").isEqualTo(128);
    }

    @Test
    void shouldSkipWindowsThatCannotBeJudgedAndGoOnWithTheRow() {
        // Given: five irregular windows, then a walk, then rest again
        beats(BeatSeries.AF1.lasting(16));
        int before = tracker.row();
        long walkUntil = at + 10 * MINUTE;
        while (at < walkUntil) {
            beat(600, true, false);
        }
        assertThat(tracker.row()).isEqualTo(before).isBetween(4, 6);
        // When
        beatsUntilRow(before + 1, BeatSeries.AF2.lasting(15));
        // Then
        assertThat(tracker.row()).isEqualTo(before + 1);
        assertThat(tracker.rowStartMillis()).isEqualTo(T0);
    }

    @Test
    void shouldEndTheRowWithARegularWindow() {
        beats(BeatSeries.AF1.lasting(16));
        assertThat(tracker.row()).isPositive();
        beats(BeatSeries.SR.lasting(10));
        assertThat(tracker.row()).isZero();
    }

    @ParameterizedTest(name = "{0} min later: row {1}")
    @CsvSource({"715, 2", "717, 1"})
    void shouldBeginTheRowAnewAfterTwelveHours(int minutes, int row) {
        // Given: one irregular window of minutes 0 to 5
        beats(BeatSeries.AF1.lasting(5));
        at = T0 + 5 * MINUTE + 1_000;
        beat(800, true, false);
        assertThat(tracker.row()).isOne();
        // When: another ends 12 h after the row began, or a window later
        at = T0 + (minutes / 5) * 5 * MINUTE + (minutes % 5 > 0 ? 150_000 : 0);
        beats(BeatSeries.AF1.lasting(5));
        beat(800, true, false);
        assertThat(tracker.row()).isEqualTo(row);
    }

    @ParameterizedTest(name = "beats {0}, irregular {1}, unknown {2}, flagged {3}, covered {4}: {5}")
    @CsvSource({
        "400, 200, 0, 0, 300000, IRREGULAR", "400, 199, 0, 0, 300000, REGULAR", "400, 199, 1, 0, 300000, UNDECIDED",
        "400, 100, 99, 0, 300000, REGULAR", "400, 200, 0, 0, 270000, IRREGULAR", "400, 200, 0, 0, 269999, POOR",
        "360, 180, 0, 40, 280000, IRREGULAR", "360, 180, 0, 41, 280000, POOR", "400, 400, 0, 0, 450000, IRREGULAR",
        "400, 400, 0, 0, 450001, POOR", "0, 0, 0, 1, 300000, POOR"})
    void shouldJudgeAWindowAtItsLimits(int beats, int irregular, int unknown, int flagged, long covered, Outcome expected) {
        BeatWindow window = new BeatWindow(T0, T0 + 5 * MINUTE, T0, beats, irregular, unknown, flagged, covered, false);
        assertThat(window.outcome(LIMITS)).isEqualTo(expected);
        BeatWindow walking = new BeatWindow(T0, T0 + 5 * MINUTE, T0, beats, irregular, unknown, flagged, covered, true);
        assertThat(walking.outcome(LIMITS)).isEqualTo(Outcome.MOVING);
    }

    @Test
    void shouldEndAWindowByTimeAloneAsABeatWould() {
        beats(BeatSeries.AF1.lasting(9));
        RhythmTracker byBeat = restored(tracker);
        List<BeatWindow> ended = byBeat.take(T0 + 60 * MINUTE, 800_000, true, true, LIMITS);
        assertThat(tracker.windowEndMillis()).isEqualTo(T0 + 10 * MINUTE);
        assertThat(tracker.advance(T0 + 10 * MINUTE - 1, LIMITS)).isEmpty();
        List<BeatWindow> first = tracker.advance(T0 + 10 * MINUTE, LIMITS);
        assertThat(first).hasSize(1);
        List<BeatWindow> second = tracker.advance(T0 + 30 * MINUTE, LIMITS);
        assertThat(second).hasSize(1);
        assertThat(ended).containsExactly(first.getFirst(), second.getFirst());
        assertThat(tracker.windowEndMillis()).isZero();
        assertThat(tracker.row()).isEqualTo(byBeat.row());
        assertThat(tracker.take(T0 + 29 * MINUTE, 800_000, true, true, LIMITS)).as("a beat of a half that is over").isEmpty();
        assertThat(tracker.newestMillis()).isLessThan(T0 + 10 * MINUTE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void shouldDecideTheSameWhereverTheStateIsStored(long seed) {
        Random random = new Random(seed);
        RhythmTracker stored = new RhythmTracker();
        List<BeatWindow> fromStored = new ArrayList<>();
        boolean irregular = false;
        for (int i = 0; i < 8_000; i++) {
            irregular = random.nextInt(900) == 0 ? !irregular : irregular;
            long millis = irregular ? 500 + random.nextInt(500) : 780 + random.nextInt(40);
            boolean usable = random.nextInt(60) > 0;
            boolean resting = random.nextInt(2_500) > 0;
            at += random.nextInt(1_500) == 0 ? random.nextInt(2_000_000) : 0;
            fromStored.addAll(stored.take(at, millis * 1_000, usable, resting, LIMITS));
            if (random.nextInt(4) == 0) {
                stored = restored(stored);
            }
            beat(millis, usable, resting);
            assertThat(fromStored).as("beat %d", i).hasSameSizeAs(windows);
            assertThat(stored.row()).isEqualTo(tracker.row());
        }
        assertThat(fromStored).isEqualTo(windows);
        assertThat(bytes(stored)).isEqualTo(bytes(tracker));
        assertThat(outcomes()).contains(Outcome.IRREGULAR, Outcome.REGULAR, Outcome.MOVING, Outcome.POOR);
    }

    /** The definition over all beats at once: each window counted by itself, the entropy of each beat from the 129 before. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void shouldCountEachWindowAsTheDefinitionDoes(long seed) {
        Random random = new Random(seed);
        List<long[]> taken = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            long millis = i / 700 % 2 == 0 ? 500 + random.nextInt(500) : 780 + random.nextInt(40);
            taken.add(new long[] {at, millis});
            beats(millis);
        }
        for (BeatWindow window : windows) {
            int beats = 0;
            int irregular = 0;
            long covered = 0;
            for (int i = 0; i < taken.size(); i++) {
                if (taken.get(i)[0] < window.startMillis() || taken.get(i)[0] >= window.endMillis()) {
                    continue;
                }
                beats++;
                covered += taken.get(i)[1];
                irregular += i >= 128 && entropyAt(taken, i) >= 0.639 ? 1 : 0;
            }
            assertThat(window.beats()).isEqualTo(beats);
            assertThat(window.coveredMillis()).isEqualTo(covered);
            assertThat(window.irregular()).as("window from minute %s, seed %d", minute(window.startMillis()), seed).isEqualTo(irregular);
        }
    }

    private static double entropyAt(List<long[]> taken, int beat) {
        SymbolEntropy fresh = new SymbolEntropy();
        for (int i = beat - 128; i <= beat; i++) {
            fresh.add(taken.get(i)[1] * 1_000);
        }
        return fresh.value();
    }

    @ParameterizedTest(name = "{0}: at most {1} bytes")
    @CsvSource({"SR, 80", "AF1, 105", "BIGEMINY, 100"})
    void shouldBeSmall(BeatSeries series, int most) {
        beats(series.lasting(40));
        assertThat(bytes(tracker)).hasSizeLessThanOrEqualTo(most);
    }
}
