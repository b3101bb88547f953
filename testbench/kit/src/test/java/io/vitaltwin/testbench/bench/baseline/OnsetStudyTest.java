package io.vitaltwin.testbench.bench.baseline;

import io.vitaltwin.testbench.bench.baseline.DailyDetector.Method;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.Outcome;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.People;
import io.vitaltwin.testbench.bench.baseline.OnsetStudy.Window;
import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.SmallCopies;
import io.vitaltwin.testbench.data.WelltoryDays;
import io.vitaltwin.testbench.data.WelltoryDays.Day;
import io.vitaltwin.testbench.data.WelltoryDays.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OnsetStudyTest {

    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    /** 57, 58, 59 over and over for 90 days, and 70 on the days from..until. */
    private static Person person(Optional<LocalDate> onset, int from, int until) {
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            days.add(new Day(FIRST.plusDays(i), i >= from && i <= until ? 70 : 57 + i % 3));
        }
        return new Person("p", onset, days);
    }

    private static final Optional<LocalDate> DAY_50 = Optional.of(FIRST.plusDays(50));

    @ParameterizedTest
    @EnumSource(Method.class)
    void shouldFindARiseBeforeTheOnset(Method method) {
        Outcome found = new OnsetStudy(List.of(person(DAY_50, 46, 50))).judge(method);

        assertThat(found.windows()).extracting(Window::flagged).containsExactly(1, 1, 1, 1);
        assertThat(found.windows()).extracting(Window::persons).containsExactly(1, 1, 1, 1);
        assertThat(found.farFlagged()).isZero();
        assertThat(found.leads()).isEqualTo(1);
        assertThat(found.leadDays()).isBetween(2.0, 4.0);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void shouldFindNothingInAQuietTime(Method method) {
        Outcome found = new OnsetStudy(List.of(person(DAY_50, -1, -1))).judge(method);

        assertThat(found.windows()).extracting(Window::flagged).containsOnly(0);
        assertThat(found.perMonth()).isZero();
        assertThat(found.leadDays()).isNaN();
    }

    /** NightSignal flags from the second night on: four of the five, ten days before the 14 that count as near. */
    @Test
    void shouldCountFlagsFarFromTheOnsetByThePersonMonth() {
        Outcome found = new OnsetStudy(List.of(person(DAY_50, 26, 30))).judge(Method.NIGHT_SIGNAL_RED);

        assertThat(found.windows()).extracting(Window::flagged).containsOnly(0);
        assertThat(found.farFlagged()).isEqualTo(4);
        // days 14 to 35 before, 72 to 89 after
        assertThat(found.farDays()).isEqualTo(22 + 18);
        assertThat(found.perMonth()).isCloseTo(4 * 30.4 / 40, within(1e-9));
        assertThat(found.farWindows().getFirst().flagged()).isPositive();
    }

    @Test
    void shouldLookOnlyAfterFourteenDaysOfHistory() {
        Outcome found = new OnsetStudy(List.of(person(Optional.empty(), 8, 13))).judge(Method.NIGHT_SIGNAL_YELLOW);

        assertThat(found.farFlagged()).isZero();
        assertThat(found.farDays()).isEqualTo(76);
    }

    @Test
    void shouldLeaveOutOnsetsThatCannotBe() {
        List<Person> persons = List.of(person(DAY_50, -1, -1), person(Optional.of(LocalDate.of(1984, 4, 5)), -1, -1),
                person(Optional.of(FIRST.plusDays(90)), -1, -1), person(Optional.empty(), -1, -1), new Person("q", DAY_50, List.of()));

        People people = new OnsetStudy(persons).people();

        assertThat(people).isEqualTo(new People(5, 4, 4, 2, 4, 1, 4 * 76));
    }

    @Test
    void shouldNotCountAWindowWithTooFewDays() {
        List<Day> days = new ArrayList<>(person(DAY_50, -1, -1).days());
        days.removeIf(day -> day.date().isAfter(FIRST.plusDays(44)) && day.date().isBefore(FIRST.plusDays(60)));

        Outcome found = new OnsetStudy(List.of(new Person("p", DAY_50, days))).judge(Method.CUSUM);

        // two days are left of the seven before, nine of the fourteen
        assertThat(found.windows()).extracting(Window::persons).containsExactly(0, 1, 0, 1);
    }

    @Test
    void shouldPlayTheSet() {
        OnsetStudy study = new OnsetStudy(WelltoryDays.read(SmallCopies.of(DataSet.WELLTORY_COVID)));

        assertThat(study.people().wrongOnset()).isEqualTo(1);
        assertThat(study.people().onsetAndHistory()).isEqualTo(2);
        for (Method method : Method.values()) {
            Outcome found = study.judge(method);
            assertThat(found.farDays()).isPositive();
            assertThat(found.farFlagged()).isBetween(0, found.farDays());
        }
    }
}
