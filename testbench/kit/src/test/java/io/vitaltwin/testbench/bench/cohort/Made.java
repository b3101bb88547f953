package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.bench.cohort.AlertEpisode.Notice;
import io.vitaltwin.testbench.cohort.Equipment;
import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.testbench.cohort.Truth;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Results made by hand. Times are in minutes from 0. */
final class Made {

    static final long MINUTE = 60_000;
    static final long DAY = 24 * 60;

    private Made() {
    }

    static Person person(int number, int age, Person.Sex sex, Person.SkinTone skin) {
        return new Person(number, LocalDate.of(2026 - age, 1, 1), age, sex, skin, Person.EMPTY, false, Set.of(),
                new Person.Usual(65, 97, 15, 120, 75, 36.7, 80, 95), false);
    }

    static Person person(int number) {
        return person(number, 50, Person.Sex.FEMALE, Person.SkinTone.LIGHT);
    }

    static PatientResult patient(Person person, Grade grade, List<Truth.Event> events, AlertEpisode... alerts) {
        return patient(person, grade, new Truth(events, List.of(), List.of()), alerts);
    }

    static PatientResult patient(Person person, Grade grade, Truth truth, AlertEpisode... alerts) {
        return new PatientResult(person, new Equipment(grade, 1, List.of(), Map.of()), truth, List.of(alerts), 100, 2, 1, person.number());
    }

    static Truth.Event event(EventKind kind, long onset, long met, long end, Priority worst, Grade grade) {
        return new Truth.Event(kind, onset * MINUTE, end * MINUTE, met == Truth.NEVER ? met : met * MINUTE, worst, grade);
    }

    /** A deep fall of saturation from minute 100 to 200, whose limit is passed at 130. */
    static Truth.Event hypoxia(Grade grade) {
        return event(EventKind.S07_HYPOXIA_MEDICAL, 100, 130, 200, Priority.HIGH, grade);
    }

    static AlertEpisode alert(RuleId rule, Priority priority, long raised, long end) {
        return new AlertEpisode(rule.family(), rule, priority, List.of(new Notice(raised * MINUTE, priority, rule)),
                end == Long.MAX_VALUE ? end : end * MINUTE);
    }
}
