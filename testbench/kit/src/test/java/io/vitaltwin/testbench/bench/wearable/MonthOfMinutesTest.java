package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.FitbitMinutes;
import io.vitaltwin.testbench.data.FitbitMinutes.Minute;
import io.vitaltwin.testbench.data.FitbitMinutes.Person;
import io.vitaltwin.testbench.data.SmallCopies;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MonthOfMinutesTest {

    private static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static Minute minute(int number, int rate, int steps) {
        return new Minute(T0 + number * 60_000L, rate * 1_000L, steps);
    }

    /** Two hours: a lively hour, then an hour of 72 while the steps vary. */
    private static List<Minute> filled() {
        List<Minute> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            minutes.add(minute(i, 70 + i % 5, 0));
        }
        for (int i = 60; i < 120; i++) {
            minutes.add(minute(i, 90, i % 3 * 10));
        }
        return minutes;
    }

    /** S23: found after 15 minutes, and the run is tagged back to its start. */
    @Test
    void shouldCountTheWholeRunThatTheCoreFindsFlat() {
        MonthOfMinutes.Outcome found = MonthOfMinutes.of(List.of(new Person("x", filled()))).getFirst();

        assertThat(found.person()).isEqualTo("person 1");
        assertThat(found.flat()).isCloseTo(0.5, within(1e-9));
        assertThat(found.constant()).isCloseTo(0.5, within(1e-9));
        assertThat(found.verdicts()).containsEntry(Verdict.ACCEPT, 75).containsEntry(Verdict.SUSPECT, 45);
        assertThat(found.reasons()).containsEntry(Reason.FLATLINE, 45);
        assertThat(found.covered()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldCountRunsOfFortyFiveMinutesAndNotThoseWithAGap() {
        List<Minute> run = new ArrayList<>();
        for (int i = 0; i <= 44; i++) {
            run.add(minute(i, 72, 0));
        }
        assertThat(MonthOfMinutes.constant(run)).isZero();
        run.add(minute(45, 72, 0));
        assertThat(MonthOfMinutes.constant(run)).isEqualTo(46);
        run.remove(20);
        assertThat(MonthOfMinutes.constant(run)).isEqualTo(45);
        run.remove(20);
        assertThat(MonthOfMinutes.constant(run)).isZero();
        assertThat(MonthOfMinutes.constant(List.of())).isZero();
    }

    @Test
    void shouldPlayTheSet() {
        MonthOfMinutes.Outcome found = MonthOfMinutes.of(FitbitMinutes.read(SmallCopies.of(DataSet.WEARABLE_FURBERG))).getFirst();

        assertThat(found.minutes()).isEqualTo(2606);
        assertThat(found.verdicts().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2606);
        assertThat(found.contexts().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2606);
        assertThat(found.covered()).isBetween(0.0, 1.0);
    }
}
