package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Grade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Sees the truth at the moments at which a device measures, and writes down when it had gone on for long enough to be told. The limits are
 * those of the reference, applied to what is true; what rules make of noisy readings is not asked.
 *
 * @see "clinical-reference.md section 3.0"
 */
final class Witness {

    private static final long SECOND = 1_000;
    private static final long MINUTE = Equipment.MINUTE;

    private final List<Course> courses;
    private final Spell[] spells;
    private final long[] met;
    private final List<Truth.Finding> findings = new ArrayList<>();
    private final Window fast = new Window(Set.of("HR"), 10 * MINUTE);
    private final Window hypoxic = new Window(Set.of("SPO2"), 2 * MINUTE);
    private final Window low = new Window(Set.of("CGM_LOW"), 10 * MINUTE);
    private final Window high = new Window(Set.of("CGM_HIGH"), 10 * MINUTE);

    Witness(List<Course> courses, int pulseMinutes) {
        this.courses = courses;
        this.spells = courses.stream().map(course -> spell(course.kind(), pulseMinutes)).toArray(Spell[]::new);
        this.met = new long[courses.size()];
        Arrays.fill(met, Truth.NEVER);
    }

    /** How long and how often the condition must hold: CR 3.0, the rule that is first to tell of this kind. */
    private static Spell spell(EventKind kind, int pulseMinutes) {
        return switch (kind) {
            case S02_INFECTION, S09_FLUID -> new Spell(0, 1, 0);
            case S06_HYPOXIA_CONSUMER -> new Spell(300 * SECOND, 3, 15 * MINUTE);
            case S07_HYPOXIA_MEDICAL -> new Spell(60 * SECOND, 2, 15 * MINUTE);
            case S12_PRESSURE -> new Spell(30 * SECOND, 2, 15 * MINUTE);
            case S14_LOW_GLUCOSE -> new Spell(10 * MINUTE, 3, 11 * MINUTE);
            case S17_FIBRILLATION -> new Spell(30 * MINUTE, 2, 2 * MINUTE);
            case S20_TACHYCARDIA -> new Spell(600 * SECOND, 2, 2 * Math.max(1, pulseMinutes) * MINUTE);
            case S22_BREATHING -> new Spell(180 * SECOND, 2, 2 * MINUTE);
        };
    }

    void observe(EventKind kind, long millis, boolean holds) {
        for (int i = 0; i < spells.length; i++) {
            if (courses.get(i).kind() == kind && courses.get(i).covers(millis) && spells[i].at(millis, holds)) {
                met[i] = Math.min(met[i], millis);
            }
        }
    }

    /** It is enough that this was measured once. @param thenMillis when it is to be told */
    void observeOnce(EventKind kind, long millis, long thenMillis) {
        for (int i = 0; i < spells.length; i++) {
            if (courses.get(i).kind() == kind && courses.get(i).covers(millis)) {
                met[i] = Math.min(met[i], thenMillis);
            }
        }
    }

    void minute(long millis, double pulse, boolean resting, double saturation, boolean hypercapnia) {
        fast.at(millis, resting && Math.round(pulse) >= 131);
        hypoxic.at(millis, Math.round(saturation) <= lowSaturation(hypercapnia));
    }

    void glucose(long millis, double glucose) {
        boolean isLow = Math.round(glucose) < 70;
        low.at(millis, isLow);
        high.at(millis, Math.round(glucose) > 250);
        observe(EventKind.S14_LOW_GLUCOSE, millis, isLow);
        if (Math.round(glucose) <= 55) {
            observeOnce(EventKind.S14_LOW_GLUCOSE, millis, millis);
        }
    }

    static int lowSaturation(boolean hypercapnia) {
        return hypercapnia ? 87 : 91;
    }

    void find(Set<String> families, long from, long until) {
        findings.add(new Truth.Finding(families, from, until));
    }

    Truth truth(List<Truth.Fault> faults, Grade grade) {
        List.of(fast, hypoxic, low, high).forEach(Window::close);
        List<Truth.Event> events = new ArrayList<>();
        for (int i = 0; i < met.length; i++) {
            Course course = courses.get(i);
            events.add(new Truth.Event(course.kind(), course.onset(), course.end(), met[i], course.worst(), gradeOf(course.kind(), grade)));
        }
        return new Truth(events, findings, faults);
    }

    private static Grade gradeOf(EventKind kind, Grade wearable) {
        return switch (kind) {
            case S14_LOW_GLUCOSE -> Grade.MEDICAL_HOME;
            case S22_BREATHING -> Grade.CLINICAL;
            case S09_FLUID, S12_PRESSURE -> wearable == Grade.CONSUMER ? Grade.CONSUMER : Grade.MEDICAL_HOME;
            case S07_HYPOXIA_MEDICAL -> wearable == Grade.CONSUMER ? Grade.MEDICAL_HOME : wearable;
            case S02_INFECTION, S06_HYPOXIA_CONSUMER, S17_FIBRILLATION, S20_TACHYCARDIA -> wearable;
        };
    }

    /** Collects the spans in which something was true for long enough. */
    private final class Window {

        private final Set<String> families;
        private final long longEnough;
        private long from = -1;
        private long until;

        Window(Set<String> families, long longEnough) {
            this.families = families;
            this.longEnough = longEnough;
        }

        void at(long millis, boolean holds) {
            if (!holds) {
                close();
                return;
            }
            from = from < 0 ? millis : from;
            until = millis;
        }

        void close() {
            if (from >= 0 && until - from >= longEnough) {
                find(families, from, until);
            }
            from = -1;
        }
    }
}
