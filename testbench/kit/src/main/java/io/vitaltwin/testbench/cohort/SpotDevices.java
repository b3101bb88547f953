package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** What is used now and then: oximeter, cuff, scale, and the kit of the ward. */
final class SpotDevices {

    private static final long MINUTE = Equipment.MINUTE;
    private static final long HOUR = Equipment.HOUR;
    private static final long SESSION = 5 * MINUTE;
    private static final int KEPT_WEIGHTS = 7;

    private final Person person;
    private final Equipment equipment;
    private final Itinerary itinerary;
    private final Life life;
    private final Errors errors;
    private final Outgoing out;
    private final Dice dice;
    private final Deque<Double> trueWeights = new ArrayDeque<>();

    SpotDevices(Person person, Equipment equipment, Itinerary itinerary, Life life, Errors errors, Outgoing out, Dice dice) {
        this.person = person;
        this.equipment = equipment;
        this.itinerary = itinerary;
        this.life = life;
        this.errors = errors;
        this.out = out;
        this.dice = dice;
    }

    void day(long start, Witness witness) {
        equipment.device(person, Equipment.OXIMETER).ifPresent(oximeter -> saturations(oximeter, start, witness));
        equipment.device(person, Equipment.CUFF).ifPresent(cuff -> pressures(cuff, start, witness));
        equipment.device(person, Equipment.SCALE).ifPresent(scale -> weigh(scale, start + 7 * HOUR + dice.below(40) * MINUTE, witness));
        equipment.device(person, Equipment.KIT).ifPresent(kit -> sets(kit, start, witness));
    }

    /** Five minutes each morning and evening; every five seconds while a person who cannot breathe well keeps it on. */
    private void saturations(Device oximeter, long start, Witness witness) {
        for (long at = start; at < start + Equipment.DAY; at += MINUTE) {
            if (isHypoxic(at)) {
                for (long close = at; close < at + MINUTE; close += 5_000) {
                    saturation(oximeter, close, witness);
                }
            } else if (isSession(at - start, 8 * HOUR + 15 * MINUTE) || isSession(at - start, 20 * HOUR + 15 * MINUTE)) {
                saturation(oximeter, at, witness);
            }
        }
    }

    private static boolean isSession(long sinceMidnight, long from) {
        return sinceMidnight >= from && sinceMidnight < from + SESSION;
    }

    private void saturation(Device oximeter, long at, Witness witness) {
        int minute = life.minuteOf(at);
        Context context = life.context[minute] == Context.SLEEP ? Context.SLEEP : Context.REST;
        double truth = life.saturation[minute];
        out.add(Vital.SPO2, oximeter.id(), at, Outgoing.whole(errors.saturation(oximeter, at, truth), Unit.PERCENT), context);
        out.send(at);
        witness.observe(EventKind.S07_HYPOXIA_MEDICAL, at,
                Math.round(truth) <= Witness.lowSaturation(person.has(Person.Condition.HYPERCAPNIA)));
    }

    private boolean isHypoxic(long millis) {
        for (Course course : itinerary.courses()) {
            if (course.covers(millis) && course.goals().containsKey(Course.Quantity.SATURATION)) {
                return true;
            }
        }
        return false;
    }

    /** When to measure the pressure, and after how long again; 0 when the person does not repeat it. */
    private record Occasion(long at, long repeatAfter) {
    }

    /** Two readings a minute apart, morning and evening (CR 3.3); while it is very high also every four hours, and then not always twice. */
    private void pressures(Device cuff, long start, Witness witness) {
        List<Occasion> occasions = new ArrayList<>();
        occasions.add(new Occasion(start + 7 * HOUR + 30 * MINUTE, MINUTE));
        occasions.add(new Occasion(start + 19 * HOUR + 30 * MINUTE, MINUTE));
        for (Course course : itinerary.courses()) {
            if (course.kind() == EventKind.S12_PRESSURE) {
                for (long at = course.onset() + 2 * HOUR; at < course.end(); at += 4 * HOUR) {
                    occasions.add(new Occasion(at, dice.chance(0.8) ? 3 * MINUTE : 0));
                }
                complain(course, start, witness);
            }
        }
        occasions.removeIf(occasion -> occasion.at() < start || occasion.at() >= start + Equipment.DAY - 15 * MINUTE);
        occasions.sort(Comparator.comparingLong(Occasion::at));
        long free = start;
        for (Occasion occasion : occasions) {
            if (occasion.at() < free) {
                continue;                       // measured a moment ago
            }
            boolean high = pressure(cuff, occasion.at(), witness);
            if (occasion.repeatAfter() > 0) {
                pressure(cuff, occasion.at() + occasion.repeatAfter(), witness);
            } else if (high) {
                witness.observeOnce(EventKind.S12_PRESSURE, occasion.at(), occasion.at() + 15 * MINUTE);
            }
            free = occasion.at() + 10 * MINUTE;
        }
    }

    private void complain(Course course, long start, Witness witness) {
        long pain = course.onset() + course.rise() + 10 * MINUTE;
        if (course.worst() == Priority.HIGH && pain >= start && pain < start + Equipment.DAY) {
            out.say("chest_pain", pain);
            witness.observeOnce(EventKind.S12_PRESSURE, pain, pain);
        }
    }

    /** @return whether it is truly severe: CR 3.0, BP_SEVERE */
    private boolean pressure(Device cuff, long at, Witness witness) {
        double systolic = life.systolic(at);
        double diastolic = life.diastolic(at);
        long shown = Math.round(errors.systolic(cuff, at, systolic));
        long lower = Math.min(shown - 18, Math.round(errors.diastolic(cuff, at, diastolic)));
        out.add(Vital.BP_SYSTOLIC, cuff.id(), at, Outgoing.whole(shown, Unit.MM_HG), Context.REST);
        out.add(Vital.BP_DIASTOLIC, cuff.id(), at, Outgoing.whole(lower, Unit.MM_HG), Context.REST);
        out.send(at);
        boolean severe = Math.round(systolic) >= 180 || Math.round(diastolic) >= 120;
        witness.observe(EventKind.S12_PRESSURE, at, severe);
        return severe;
    }

    /** Each morning: CR 3.1. The fault: somebody else steps on it twice, or it shows pounds once (CR 9, S10). */
    private void weigh(Device scale, long at, Witness witness) {
        double truth = life.kilograms(at);
        double shown = errors.kilograms(scale, at, truth);
        out.add(Vital.BODY_WEIGHT, scale.id(), at, Outgoing.tenths(wrong(at, shown), Unit.KILOGRAM), Context.UNKNOWN);
        out.send(at);
        witness.observe(EventKind.S09_FLUID, at, hasGained(truth));
        trueWeights.addFirst(truth);
        if (trueWeights.size() > KEPT_WEIGHTS) {
            trueWeights.removeLast();
        }
    }

    private double wrong(long at, double shown) {
        for (Truth.Fault fault : itinerary.faults()) {
            boolean now = fault.kind() == FaultKind.S10_SCALE && at >= fault.fromMillis() && at < fault.untilMillis();
            boolean someoneElse = fault.untilMillis() - fault.fromMillis() > 2 * Equipment.DAY;
            if (now && someoneElse) {
                boolean other = (at - fault.fromMillis()) / Equipment.DAY % 2 == 0;
                return other ? shown - 20.5 : shown;
            }
            if (now) {
                return shown / 0.45359237;
            }
        }
        return shown;
    }

    /** CR 3.0, HF_WEIGHT, on true weights: 2.0 kg in three days, 2.27 in seven, 1.36 in one. */
    private boolean hasGained(double truth) {
        double lowest = Double.MAX_VALUE;
        int days = 0;
        boolean gained = false;
        for (double before : trueWeights) {
            days++;
            lowest = Math.min(lowest, before);
            double limit = days == 1 ? 1.36 : days <= 3 ? 2.0 : 2.27;
            gained |= truth - (days == 1 ? before : lowest) > limit;
        }
        return gained;
    }

    /** Whole sets twice a day; every four hours when ill, every hour when very ill (CR 2.2). */
    private void sets(Device kit, long start, Witness witness) {
        for (int hour = 0; hour < 24; hour++) {
            long at = start + hour * HOUR + dice.below(20) * MINUTE;
            double part = itinerary.courses().stream().mapToDouble(course -> course.part(at)).max().orElse(0);
            if (hour == 8 || hour == 20 || part > 0 && hour % 4 == 0 || part > 0.4) {
                set(kit, at, witness);
            }
        }
    }

    private void set(Device kit, long at, Witness witness) {
        int minute = life.minuteOf(at);
        double systolic = life.systolic(at);
        long shown = Math.round(errors.systolic(kit, at, systolic));
        long lower = Math.min(shown - 18, Math.round(errors.diastolic(kit, at, life.diastolic(at))));
        double celsius = life.celsius(at);
        put(kit, at, Vital.RESPIRATORY_RATE, Outgoing.whole(errors.breaths(kit, at, life.breaths[minute]), Unit.PER_MINUTE));
        put(kit, at, Vital.SPO2, Outgoing.whole(errors.saturation(kit, at, life.saturation[minute]), Unit.PERCENT));
        put(kit, at, Vital.O2_FLOW, Outgoing.whole(0, Unit.LITRE_PER_MINUTE));
        put(kit, at, Vital.BP_SYSTOLIC, Outgoing.whole(shown, Unit.MM_HG));
        put(kit, at, Vital.BP_DIASTOLIC, Outgoing.whole(lower, Unit.MM_HG));
        put(kit, at, Vital.HEART_RATE, Outgoing.whole(errors.pulse(kit, at, resting(minute), Context.REST), Unit.PER_MINUTE));
        put(kit, at, Vital.CONSCIOUSNESS, new Value(Value.Kind.CODE, 'A', Unit.CODE));
        put(kit, at, Vital.BODY_TEMPERATURE, Outgoing.tenths(errors.celsius(kit, at, celsius), Unit.CELSIUS));
        out.send(at);
        int score = Score.of(life.breaths[minute], life.saturation[minute], person.has(Person.Condition.HYPERCAPNIA), systolic,
                resting(minute), celsius);
        witness.observe(EventKind.S02_INFECTION, at, score >= Score.URGENT);
        if (score >= Score.URGENT) {
            witness.find(Set.of("NEWS2", "QSOFA", "FEVER", "RESP", "HR", "SPO2"), at, at);
        }
    }

    /** The pulse after five minutes of sitting down for the measurement. */
    private double resting(int minute) {
        return life.pulse[minute] - life.steps[minute] * 0.2;
    }

    private void put(Device kit, long at, Vital vital, Value value) {
        out.add(vital, kit.id(), at, value, Context.REST);
    }
}
