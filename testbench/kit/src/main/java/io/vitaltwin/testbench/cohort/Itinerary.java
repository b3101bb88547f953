package io.vitaltwin.testbench.cohort;

import io.vitaltwin.testbench.cohort.Course.Quantity;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What will happen to one person: deteriorations, faults of devices, hours in which the wearable lies on the table, a week with a faster pulse.
 * Faults and gaps keep away from deteriorations: how a rule fares with both at once is another question.
 */
record Itinerary(List<Course> courses, List<Truth.Fault> faults, List<Span> gaps, List<Span> swings, List<Span> rhythmChecks) {

    record Span(long from, long until) {
        boolean covers(long millis) {
            return millis >= from && millis < until;
        }
    }

    private static final long MINUTE = Equipment.MINUTE;
    private static final long HOUR = Equipment.HOUR;
    private static final long DAY = Equipment.DAY;

    /** Days before the first deterioration: the twin has to know the person. */
    private static final int LEAD_DAYS = 2;
    private static final int LONGEST_FLUID_DAYS = 8;
    private static final int TRIES = 8;

    static Itinerary draw(long seed, Person person, Equipment equipment, long start, int days) {
        Dice dice = Dice.of(seed, person.number(), Dice.Purpose.EVENTS);
        List<Course> courses = person.deteriorating() ? courses(dice, person, equipment, start, days) : List.of();
        Dice faultDice = Dice.of(seed, person.number(), Dice.Purpose.FAULTS);
        List<Truth.Fault> faults = faults(faultDice, person, equipment, courses, start, days);
        return new Itinerary(courses, faults, gaps(faultDice, person, courses, faults, start, days), swings(dice, person, start, days),
                rhythmChecks(faultDice, person, equipment, start, days));
    }

    private static List<Course> courses(Dice dice, Person person, Equipment equipment, long start, int days) {
        int wanted = Math.max(1, (int) Math.round((1 + dice.below(3)) * days / 30.0));
        double lead = days >= 5 * LEAD_DAYS ? LEAD_DAYS : 1;
        double width = (days - lead - 1.5) / wanted;
        List<Course> courses = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            List<EventKind> kinds = kinds(person, equipment, width);
            EventKind kind = kinds.get(dice.below(kinds.size()));
            double latest = Math.max(0.1, width - (kind == EventKind.S09_FLUID ? LONGEST_FLUID_DAYS : 1.5));
            long day = start + (long) (lead + i * width + dice.uniform(0, latest)) * DAY;
            courses.add(course(dice, person, kind, day));
        }
        return courses;
    }

    private static List<EventKind> kinds(Person person, Equipment equipment, double widthDays) {
        if (person.ward()) {
            return List.of(EventKind.S02_INFECTION);
        }
        Set<EventKind> kinds = EnumSet.of(EventKind.S20_TACHYCARDIA);
        kinds.add(equipment.device(person, Equipment.OXIMETER).isPresent() ? EventKind.S07_HYPOXIA_MEDICAL : EventKind.S06_HYPOXIA_CONSUMER);
        addIf(kinds, equipment.device(person, Equipment.RHYTHM).isPresent(), EventKind.S17_FIBRILLATION);
        addIf(kinds, person.has(Person.Condition.HYPERTENSION), EventKind.S12_PRESSURE);
        addIf(kinds, person.has(Person.Condition.HEART_FAILURE) && widthDays >= LONGEST_FLUID_DAYS, EventKind.S09_FLUID);
        addIf(kinds, person.has(Person.Condition.DIABETES), EventKind.S14_LOW_GLUCOSE);
        addIf(kinds, person.has(Person.Condition.OPIOIDS), EventKind.S22_BREATHING);
        return List.copyOf(kinds);
    }

    private static void addIf(Set<EventKind> kinds, boolean fits, EventKind kind) {
        if (fits) {
            kinds.add(kind);
        }
    }

    /** Courses over hours, with depths that leave no doubt about what is true; project defaults, no source. */
    private static Course course(Dice dice, Person person, EventKind kind, long day) {
        Map<Quantity, Double> goals = new EnumMap<>(Quantity.class);
        boolean hypercapnia = person.has(Person.Condition.HYPERCAPNIA);
        double pulse = person.usual().pulse();
        return switch (kind) {
            case S02_INFECTION -> {
                goals.put(Quantity.BREATHS, dice.uniform(25, 29));
                goals.put(Quantity.SATURATION, hypercapnia ? dice.uniform(83, 86) : dice.uniform(90, 92.5));
                goals.put(Quantity.SYSTOLIC, dice.uniform(92, 101));
                goals.put(Quantity.DIASTOLIC, dice.uniform(52, 62));
                goals.put(Quantity.PULSE, Math.max(pulse + 30, dice.uniform(115, 128)));
                goals.put(Quantity.CELSIUS, dice.uniform(38.8, 39.5));
                yield course(dice, kind, day, new double[] {0, 24, 8, 12, 4, 8, 6, 12}, goals, Priority.HIGH, true);
            }
            case S06_HYPOXIA_CONSUMER, S07_HYPOXIA_MEDICAL -> {
                goals.put(Quantity.SATURATION, hypercapnia ? dice.uniform(73, 79) : dice.uniform(77, 84));
                goals.put(Quantity.PULSE, pulse + dice.uniform(18, 40));
                goals.put(Quantity.BREATHS, dice.uniform(22, 28));
                yield course(dice, kind, day, new double[] {0, 24, 1, 3, 1, 3, 1, 2}, goals, Priority.HIGH, true);
            }
            case S09_FLUID -> {
                goals.put(Quantity.KILOGRAMS, dice.uniform(3, 5));
                yield course(dice, kind, day, new double[] {0, 24, 48, 72, 36, 48, 48, 60}, goals, Priority.MEDIUM, false);
            }
            case S12_PRESSURE -> {
                goals.put(Quantity.SYSTOLIC, dice.uniform(194, 212));
                goals.put(Quantity.DIASTOLIC, dice.uniform(108, 122));
                boolean pain = dice.chance(0.15);
                yield course(dice, kind, day, new double[] {6, 10, 2, 4, 10, 14, 3, 6}, goals, pain ? Priority.HIGH : Priority.MEDIUM, false);
            }
            case S14_LOW_GLUCOSE -> {
                goals.put(Quantity.GLUCOSE, dice.uniform(38, 47));
                yield course(dice, kind, day, new double[] {0, 24, 0.7, 1.3, 0.4, 1, 1, 1.6}, goals, Priority.HIGH, true);
            }
            case S17_FIBRILLATION -> {
                goals.put(Quantity.PULSE, pulse + dice.uniform(12, 30));
                yield course(dice, kind, day, new double[] {19, 26, 0.01, 0.02, 1.2, 4, 0.01, 0.02}, goals, Priority.MEDIUM, true);
            }
            case S20_TACHYCARDIA -> {
                boolean high = dice.chance(0.5);
                goals.put(Quantity.PULSE, Math.max(pulse + 45, high ? dice.uniform(158, 172) : dice.uniform(138, 145)));
                Priority worst = goals.getOrDefault(Quantity.PULSE, 0.0) >= 154 ? Priority.HIGH : Priority.MEDIUM;
                yield course(dice, kind, day, new double[] {0, 24, 0.3, 0.7, 0.75, 2, 0.5, 1}, goals, worst, true);
            }
            case S22_BREATHING -> {
                goals.put(Quantity.BREATHS, dice.uniform(3.2, 4.4));
                goals.put(Quantity.SATURATION, hypercapnia ? dice.uniform(72, 78) : dice.uniform(76, 83));
                yield course(dice, kind, day, new double[] {24, 28, 0.2, 0.6, 0.4, 0.8, 0.2, 0.4}, goals, Priority.HIGH, true);
            }
        };
    }

    /** @param hours from and to of: onset on its day, rise, hold, fall */
    private static Course course(Dice dice, EventKind kind, long day, double[] hours, Map<Quantity, Double> goals, Priority worst, boolean resting) {
        long[] spans = new long[4];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = (long) (dice.uniform(hours[2 * i], hours[2 * i + 1]) * HOUR) / 1_000 * 1_000;
        }
        return new Course(kind, day + spans[0], Math.max(1_000, spans[1]), spans[2], Math.max(1_000, spans[3]), goals, worst, resting);
    }

    /** One a week: CR 9. Of those that the devices of this person can have. */
    private static List<Truth.Fault> faults(Dice dice, Person person, Equipment equipment, List<Course> courses, long start, int days) {
        List<FaultKind> kinds = faultKinds(person, equipment);
        List<Truth.Fault> faults = new ArrayList<>();
        for (int from = 0; from < days && !kinds.isEmpty(); from += 7) {
            int left = Math.min(7, days - from);
            if (left < 7 && !dice.chance(left / 7.0)) {
                continue;
            }
            for (int i = 0; i < TRIES; i++) {
                FaultKind kind = kinds.get(dice.below(kinds.size()));
                long at = start + (from + dice.below(left)) * DAY + 10 * HOUR + dice.below(8 * 60) * MINUTE;
                Truth.Fault fault = fault(dice, kind, at);
                if (isFree(courses, fault.fromMillis(), fault.untilMillis()) && fault.untilMillis() < start + days * DAY) {
                    faults.add(fault);
                    break;
                }
            }
        }
        return faults;
    }

    private static List<FaultKind> faultKinds(Person person, Equipment equipment) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        equipment.device(person, Equipment.WEARABLE).ifPresent(wearable -> {
            kinds.addAll(List.of(FaultKind.S23_FLATLINE, FaultKind.S25_CLOCK));
            if (wearable.grade() == Grade.CONSUMER) {
                kinds.addAll(List.of(FaultKind.S05_MOTION, FaultKind.S28_GAMING));
            }
            if (wearable.kind().equals("watch")) {
                kinds.add(FaultKind.S19_CADENCE_LOCK);
            }
        });
        equipment.device(person, Equipment.SCALE).ifPresent(scale -> kinds.add(FaultKind.S10_SCALE));
        equipment.device(person, Equipment.SENSOR).ifPresent(sensor -> kinds.add(FaultKind.S16_GLUCOSE_UNIT));
        return List.copyOf(kinds);
    }

    private static Truth.Fault fault(Dice dice, FaultKind kind, long at) {
        return switch (kind) {
            case S05_MOTION -> new Truth.Fault(kind, at, at + 5 * MINUTE);
            case S10_SCALE -> new Truth.Fault(kind, at, at + (dice.chance(0.5) ? 4 : 1) * DAY);
            case S16_GLUCOSE_UNIT -> new Truth.Fault(kind, at, at + (25 + dice.below(30)) * MINUTE);
            case S19_CADENCE_LOCK -> new Truth.Fault(kind, at, at + 20 * MINUTE);
            case S23_FLATLINE, S28_GAMING -> new Truth.Fault(kind, at, at + HOUR);
            case S25_CLOCK -> new Truth.Fault(kind, at, at + (dice.chance(0.5) ? 20 : 5) * MINUTE);
        };
    }

    /** Longer than twenty minutes 0.3 times a month: a project default, no source. Each is a silence that is told. */
    private static List<Span> gaps(Dice dice, Person person, List<Course> courses, List<Truth.Fault> faults, long start, int days) {
        List<Span> gaps = new ArrayList<>();
        for (int day = 0; day < days && !person.ward(); day++) {
            long from = start + day * DAY + dice.below(20 * 60) * MINUTE;
            long until = from + (30 + dice.below(150)) * MINUTE;
            boolean faulty = faults.stream().anyMatch(fault -> fault.fromMillis() < until && from < fault.untilMillis());
            if (dice.chance(0.01) && !faulty && isFree(courses, from, until)) {
                gaps.add(new Span(from, until));
            }
        }
        return gaps;
    }

    /** Five days with a pulse that is faster by ten: 20 % of people had at least one such week (CR 7.1); 3 % a month is a project default. */
    private static List<Span> swings(Dice dice, Person person, long start, int days) {
        if (person.deteriorating() || days < 14 || !dice.chance(0.001 * days)) {
            return List.of();
        }
        long from = start + (7 + dice.below(days - 12)) * DAY;
        return List.of(new Span(from, from + 5 * DAY));
    }

    /** Two quiet hours a fortnight in which a watch counts every beat of a normal heart: a sample, a stream of all beats is too much. */
    private static List<Span> rhythmChecks(Dice dice, Person person, Equipment equipment, long start, int days) {
        List<Span> checks = new ArrayList<>();
        if (equipment.device(person, Equipment.RHYTHM).isPresent()) {
            for (int day = dice.below(14); day < days; day += 14) {
                long from = start + day * DAY + 2 * HOUR;
                checks.add(new Span(from, from + 2 * HOUR));
            }
        }
        return checks;
    }

    /** Nothing bad happens within six hours before or after. */
    private static boolean isFree(List<Course> courses, long from, long until) {
        return courses.stream().noneMatch(course -> course.onset() - 6 * HOUR < until && from < course.end() + 6 * HOUR);
    }
}
