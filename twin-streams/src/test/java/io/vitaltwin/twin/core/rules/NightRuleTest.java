package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.state.TwinFold;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static io.vitaltwin.twin.core.rules.RuleBench.millis;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (NIGHT_RHR), 7.1, 7.2. */
class NightRuleTest {

    private static final int DAY = 24 * HOUR;
    private static final int[] COURSE = {62, 61, 62, 63, 64, 60, 61, 61, 58, 58};

    private final RuleBench bench = RuleBench.adult();
    private final Feed ring = bench.feed(Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(10)).context(Context.SLEEP);

    private static int pulse(int night) {
        if (night <= 27) {
            return 57 + (night - 1) % 3;
        }
        return night == 28 ? 58 : COURSE[night - 29];
    }

    /** The night that begins on this day, 1 being the first of the story: 36 readings and the morning. */
    private void night(int night, double pulse) {
        readings(night, pulse, 36);
        bench.until((night - 1L) * DAY + 7 * HOUR + MINUTE);
    }

    private void readings(int night, double pulse, int count) {
        for (int i = 0; i < count; i++) {
            ring.at((night - 1L) * DAY + i * 10L * MINUTE, pulse + i % 3 - 1);
        }
    }

    private void usual(int nights) {
        for (int night = 1; night <= nights; night++) {
            night(night, pulse(night));
        }
    }

    private static long seven(int night) {
        return (night - 1L) * DAY + 7 * HOUR;
    }

    @Test
    void shouldFollowTheNights() {
        for (int night = 1; night <= 38; night++) {
            night(night, pulse(night));
        }
        assertThat(bench.log()).containsExactly(
                "RAISED NIGHT_RHR INFO " + seven(30),
                "UPGRADED NIGHT_RHR LOW " + seven(32),
                "CLEARED NIGHT_RHR LOW " + seven(35),
                "RAISED NIGHT_RHR INFO " + seven(36),
                "CLEARED NIGHT_RHR INFO " + seven(38));
    }

    @Test
    void shouldDecideTheSameWhenItIsStoredAfterEachReading() {
        for (int night = 1; night <= 38; night++) {
            for (int i = 0; i < 36; i++) {
                ring.at((night - 1L) * DAY + i * 10L * MINUTE, pulse(night) + i % 3 - 1);
                store();
            }
            bench.until((night - 1L) * DAY + 7 * HOUR + MINUTE);
            store();
        }
        assertThat(bench.told()).containsExactly(
                "RAISED NIGHT_RHR INFO " + seven(30), "UPGRADED NIGHT_RHR LOW " + seven(32), "RAISED NIGHT_RHR INFO " + seven(36));
    }

    private void store() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }

    @Test
    void shouldSayInWhichFrameItIsOddAndNameNoDisease() {
        usual(32);
        AlertChange raised = bench.alert(0);
        assertThat(raised.text()).contains("61 /min", "usual 58 /min", "changed for you, within usual population range", "36 readings");
        assertThat(raised.text().toLowerCase()).doesNotContain("infection", "covid", "flu", "disease", "illness", "sick");
        assertThat(raised.evidence()).extracting(AlertChange.Proof::role).containsExactly("first", "last");
        assertThat(raised.evidence().getFirst().point().effectiveMillis()).as("of the first night that stands out").isEqualTo(millis(28L * DAY));
        assertThat(raised.evidence().getLast().point().effectiveMillis()).isEqualTo(millis(29L * DAY + 350 * MINUTE));
        assertThat(raised.episodeStartMillis()).isEqualTo(millis(28L * DAY));
    }

    @ParameterizedTest
    @CsvSource({"105, 109.5, true", "105, 110.5, false", "34, 39.5, false", "35, 40.5, true"})
    void shouldSayWhenTheValueIsOddForThePopulationToo(double usual, double tonight, boolean within) {
        for (int night = 1; night <= 20; night++) {
            night(night, usual);
        }
        night(21, tonight);
        night(22, tonight);
        String text = bench.alerts().stream().filter(change -> change.rule() == RuleId.NIGHT_RHR).findFirst().orElseThrow().text();
        assertThat(text.contains("within usual population range")).isEqualTo(within);
        assertThat(text.contains("outside the usual population range of 40 to 109 /min")).isEqualTo(!within);
    }

    @ParameterizedTest
    @CsvSource({"14, 1", "13, 0"})
    void shouldWaitForFourteenNightsBeforeItCallsAnythingUsual(int before, int raised) {
        for (int night = 1; night < before; night++) {
            night(night, 58);
        }
        night(before, 65);
        night(before + 1, 65);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"12, 1", "11, 0"})
    void shouldNotMakeANightOfAFewReadings(int count, int raised) {
        usual(28);
        readings(29, 65, count);
        bench.until(seven(29) + 1);
        readings(30, 65, count);
        bench.until(seven(30) + 1);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"SLEEP, 1", "REST, 1", "UNKNOWN, 1", "LIGHT, 0", "VIGOROUS, 0"})
    void shouldTakeReadingsAtRestOnly(Context context, int raised) {
        usual(28);
        ring.context(context);
        night(29, 65);
        night(30, 65);
        assertThat(bench.log()).hasSize(raised);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void shouldBelieveTheStepsBeforeTheContext(double steps, int raised) {
        usual(28);
        Feed counter = bench.feed(Vital.STEPS, Grade.CONSUMER, Duration.ofMinutes(10));
        for (int night = 29; night <= 30; night++) {
            for (int i = 0; i < 36; i++) {
                long second = (night - 1L) * DAY + i * 10L * MINUTE;
                counter.at(second, steps);
                ring.at(second, 65);
            }
            bench.until(seven(night) + 1);
        }
        assertThat(bench.log()).hasSize(raised);
    }

    @Test
    void shouldLeaveOutWhatIsNotNight() {
        usual(28);
        for (int night = 29; night <= 30; night++) {
            readings(night, 58, 36);
            ring.hold((night - 1L) * DAY + 7 * HOUR, (night - 1L) * DAY + 24 * HOUR - 1, 90);
        }
        bench.until(seven(31));
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsNotAccepted() {
        usual(28);
        for (int night = 29; night <= 30; night++) {
            readings(night, 58, 12);
            for (int i = 12; i < 36; i++) {
                ring.suspect((night - 1L) * DAY + i * 10L * MINUTE, 90);
            }
            bench.until(seven(night) + 1);
        }
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldGoByTheClockOfThePatient() {
        // Given: it is 09:00 in Tokyo when the story begins, so the patient's nights are 15:00 to 22:00 UTC
        bench.livesIn(ZoneId.of("Asia/Tokyo"));
        int begin = 15 * HOUR;
        for (int night = 1; night <= 30; night++) {
            for (int i = 0; i < 36; i++) {
                ring.at((night - 1L) * DAY + begin + i * 10L * MINUTE, night <= 28 ? 58 : 65);
            }
        }
        bench.until(30L * DAY);
        assertThat(bench.log()).containsExactly("RAISED NIGHT_RHR LOW " + (29L * DAY + 22 * HOUR));
    }

    @Test
    void shouldBridgeANightWithoutReadings() {
        usual(28);
        night(29, 65);
        night(31, 65);
        assertThat(bench.log()).containsExactly("RAISED NIGHT_RHR LOW " + seven(31));
    }

    @Test
    void shouldNotEndByNightsThatAreMissing() {
        usual(28);
        night(29, 65);
        night(30, 65);
        night(35, 58);
        assertThat(bench.twin().holds(RuleId.NIGHT_RHR)).isTrue();
        night(36, 58);
        assertThat(bench.twin().holds(RuleId.NIGHT_RHR)).isFalse();
    }

    @Test
    void shouldForgetTheNightsWhenThePulseIsNoLongerCovered() {
        usual(29);
        TwinFold.keep(bench.twin(), EnumSet.complementOf(EnumSet.of(Vital.HEART_RATE)));
        assertThat(bench.twin().parts().find(NightMemory.TYPE)).isEmpty();
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
        night(30, 65);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTakeAWholeNightThatIsSentInTheMorning() {
        assertThat(sentInTheMorning(0)).containsExactly(
                "RAISED NIGHT_RHR INFO " + seven(30), "UPGRADED NIGHT_RHR LOW " + seven(32), "CLEARED NIGHT_RHR LOW " + seven(35),
                "RAISED NIGHT_RHR INFO " + seven(36), "CLEARED NIGHT_RHR INFO " + seven(38));
    }

    @Test
    void shouldDecideWhenItComesWhatIsSentAtNoon() {
        assertThat(sentInTheMorning(5 * HOUR)).startsWith("RAISED NIGHT_RHR INFO " + (seven(30) + 5 * HOUR));
    }

    @ParameterizedTest
    @CsvSource({"36, 1", "37, 0"})
    void shouldRaiseNothingOfANightLongGone(int hours, int raised) {
        List<String> log = sentInTheMorning(hours * HOUR);
        assertThat(log.stream().filter(line -> line.startsWith("RAISED")).toList()).hasSizeGreaterThanOrEqualTo(raised);
        if (raised == 0) {
            assertThat(log).isEmpty();
        }
    }

    /** S29 through the judged engine: each night is one batch that comes at seven or later. */
    private static List<String> sentInTheMorning(int secondsLater) {
        RuleBench plan = RuleBench.adult();
        plan.feed("ring1", Vital.HEART_RATE, Grade.CONSUMER, Duration.ofMinutes(1));
        List<AlertChange> alerts = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        Monitor monitor = new Monitor(plan.plan(), new Monitor.Listener() {
            @Override
            public void judged(Measurement measurement, Judgement judgement) {
                judgements.add(judgement);
            }

            @Override
            public void alert(AlertChange change) {
                alerts.add(change);
            }
        });
        for (int night = 1; night <= 38; night++) {
            List<Measurement> batch = new ArrayList<>();
            for (int i = 0; i < 420; i++) {
                long at = millis((night - 1L) * DAY + (long) i * MINUTE);
                batch.add(new Measurement(Vital.HEART_RATE, "ring1", at, millis(seven(night) + secondsLater),
                        Value.measured((pulse(night) + i % 3 - 1) * 1000L, Unit.PER_MINUTE), Context.SLEEP, Float.NaN, false,
                        new Coordinates(0, night, i)));
            }
            monitor.take(batch);
        }
        monitor.advanceTo(millis(40L * DAY));
        assertThat(judgements).extracting(Judgement::verdict).containsOnly(io.vitaltwin.twin.core.Verdict.ACCEPT);
        return alerts.stream().filter(change -> change.rule() == RuleId.NIGHT_RHR)
                .map(change -> change.event() + " " + change.rule() + " " + change.priority() + " " + RuleBench.second(change.effectiveMillis()))
                .toList();
    }

    @Test
    void shouldTakeSeveralNightsThatAreSentAtOnce() {
        // Given
        usual(28);
        // When: two high nights without a morning between them
        readings(29, 65, 36);
        readings(30, 65, 36);
        bench.until(seven(30) + 1);
        // Then
        assertThat(bench.log()).containsExactly("RAISED NIGHT_RHR LOW " + seven(30));
    }

    @Test
    void shouldNotReopenANightThatIsOver() {
        usual(28);
        night(29, 58);
        night(30, 65);
        readings(29, 65, 36);
        night(31, 58);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTakeFewBytes() {
        usual(38);
        assertThat(partBytes()).isLessThanOrEqualTo(60);
        readings(39, 58, 20);
        assertThat(partBytes()).isLessThanOrEqualTo(130);
    }

    private int partBytes() {
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(10_000);
        bench.twin().parts().get(NightMemory.TYPE).encode(out);
        return out.position();
    }

    @Test
    void shouldWorkWithoutARegisteredDevice() {
        Feed stranger = bench.feed("x", Vital.HEART_RATE, Grade.UNKNOWN, Duration.ofMinutes(10)).context(Context.SLEEP);
        assertThat(Device.unregistered("x").isRegistered()).isFalse();
        for (int night = 1; night <= 30; night++) {
            for (int i = 0; i < 36; i++) {
                stranger.at((night - 1L) * DAY + i * 10L * MINUTE, night <= 28 ? 58 : 65);
            }
        }
        bench.until(seven(30) + 1);
        assertThat(bench.told()).hasSize(1);
    }
}
