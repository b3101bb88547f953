package io.vitaltwin.testbench.bench.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LowAlarmsTest {

    private static final long MINUTE = 60_000;
    private static final long FIVE = 5 * MINUTE;

    /** Readings of 100 every five minutes for four hours, but for those that are low. */
    private static List<LowAlarms.Seen> seen(long... lowMinutes) {
        List<LowAlarms.Seen> seen = new ArrayList<>();
        for (long minute = 0; minute <= 240; minute += 5) {
            long at = minute;
            boolean low = java.util.Arrays.stream(lowMinutes).anyMatch(one -> one == at);
            seen.add(new LowAlarms.Seen(minute * MINUTE, low ? 55_000 : 100_000));
        }
        return seen;
    }

    private static LowAlarms of(List<LowAlarms.Seen> seen, long... alarmMinutes) {
        return LowAlarms.of(seen, java.util.Arrays.stream(alarmMinutes).mapToObj(minute -> minute * MINUTE).toList(), FIVE);
    }

    @ParameterizedTest
    @CsvSource({"60, true, 60", "59, false, 0", "115, true, 5", "120, false, 0", "125, false, 0"})
    void shouldForeseeWithinTheHourBefore(long alarm, boolean foreseen, double lead) {
        LowAlarms result = of(seen(120), alarm);
        assertThat(result.events()).isEqualTo(1);
        assertThat(result.foreseen()).isEqualTo(foreseen ? 1 : 0);
        assertThat(result.falseAlarms()).isEqualTo(foreseen ? 0 : 1);
        assertThat(result.medianLeadMinutes()).isEqualTo(Double.valueOf(foreseen ? lead : Double.NaN));
    }

    @Test
    void shouldTakeTheFirstAlarmOfTheHourForTheLead() {
        LowAlarms result = of(seen(120), 70, 100);
        assertThat(result.leadMinutes()).containsExactly(50.0);
        assertThat(result.alarms()).isEqualTo(2);
        assertThat(result.falseAlarms()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"150, 1", "155, 2"})
    void shouldBeginANewEventAfterHalfAnHourWithoutALow(long second, int events) {
        assertThat(of(seen(120, second)).events()).isEqualTo(events);
    }

    @Test
    void shouldNotCountALowThatComesOutOfSilence() {
        assertThat(of(seen(25)).events()).isZero();
        assertThat(of(seen(30)).events()).isEqualTo(1);
    }

    @Test
    void shouldNotJudgeAnAlarmAfterWhichTheSensorIsSilent() {
        assertThat(of(seen(), 215).alarms()).isZero();
        assertThat(of(seen(), 210).alarms()).isEqualTo(1);
        assertThat(of(seen(240), 215).alarms()).isEqualTo(1);
    }

    @Test
    void shouldAddUpAndCountWeeks() {
        LowAlarms sum = LowAlarms.sum(List.of(of(seen(120), 100), of(seen(120), 90, 30), of(seen())));
        assertThat(sum.events()).isEqualTo(2);
        assertThat(sum.sensitivity()).isEqualTo(1);
        assertThat(sum.leadMinutes()).containsExactly(20.0, 30.0);
        assertThat(sum.medianLeadMinutes()).isEqualTo(25);
        assertThat(sum.falseAlarms()).isEqualTo(1);
        assertThat(sum.weeks()).isCloseTo(3 * 49 * 5 / (7 * 24 * 60.0), within(1e-12));
        assertThat(sum.falseAlarmsPerWeek()).isCloseTo(1 / sum.weeks(), within(1e-12));
    }

    @Test
    void shouldHaveNoFigureWithoutAnEvent() {
        assertThat(of(seen()).sensitivity()).isNaN();
        assertThat(of(seen()).medianLeadMinutes()).isNaN();
    }
}
