package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;

import java.util.Optional;

/** What is worn all day and night: pulse, steps, at night saturation; with the faults that such devices have. */
final class Wearable {

    private static final long MINUTE = Equipment.MINUTE;
    private static final int SATURATION_MINUTES = 10;

    private final Person person;
    private final Equipment equipment;
    private final Itinerary itinerary;
    private final Life life;
    private final Errors errors;
    private final Outgoing out;
    private final Device device;
    private final boolean saturates;
    private int stepsSent;
    private int faultReadings;

    Wearable(Person person, Equipment equipment, Device device, Itinerary itinerary, Life life, Errors errors, Outgoing out) {
        this.person = person;
        this.equipment = equipment;
        this.device = device;
        this.itinerary = itinerary;
        this.life = life;
        this.errors = errors;
        this.out = out;
        this.saturates = device.vitals().contains(Vital.SPO2);
    }

    /** One minute of the day that was lived last. */
    void minute(int minute, long millis, Witness witness) {
        Truth.Fault fault = fault(millis).orElse(null);
        boolean close = isWatchedClosely(millis);
        if (itinerary.gaps().stream().anyMatch(gap -> gap.covers(millis))
                || fault == null && !close && minute % equipment.pulseMinutes() != 0) {
            return;
        }
        if (fault == null) {
            faultReadings = 0;
        }
        if (fault != null && fault.kind() != FaultKind.S25_CLOCK) {
            faulty(fault, millis);
        } else {
            measure(minute, millis, fault == null ? millis : wrongTime(fault, millis), witness);
        }
        out.send(millis);
    }

    private void measure(int minute, long millis, long stamped, Witness witness) {
        Context context = life.context[minute];
        int steps = life.steps[minute];
        if (steps > 0 || stepsSent > 0) {
            steps(steps, stamped, millis);
        }
        double pulse = errors.pulse(device, millis, life.pulse[minute], context);
        out.add(Vital.HEART_RATE, device.id(), stamped, millis, Outgoing.whole(pulse, Unit.PER_MINUTE), context);
        boolean resting = context == Context.SLEEP || context == Context.REST;
        witness.observe(EventKind.S20_TACHYCARDIA, millis, resting && Math.round(life.pulse[minute]) >= 131);
        boolean due = context == Context.SLEEP && minute % SATURATION_MINUTES == 0;
        if (saturates && (due || resting && isHypoxic(millis))) {
            double shown = errors.saturation(device, millis, life.saturation[minute]);
            out.add(Vital.SPO2, device.id(), stamped, millis, Outgoing.whole(shown, Unit.PERCENT), context);
            boolean low = Math.round(life.saturation[minute]) <= Witness.lowSaturation(person.has(Person.Condition.HYPERCAPNIA));
            witness.observe(EventKind.S06_HYPOXIA_CONSUMER, millis, low);
        }
    }

    private void steps(int steps, long stamped, long millis) {
        stepsSent = steps;
        out.add(Vital.STEPS, device.id(), stamped, millis, Outgoing.whole(steps, Unit.STEPS_PER_MINUTE), Context.UNKNOWN);
    }

    /** The scenario's own readings: what a sensor says that does not measure. */
    private void faulty(Truth.Fault fault, long millis) {
        int i = faultReadings++;
        switch (fault.kind()) {
            case S05_MOTION -> {
                send(105, 110, Context.VIGOROUS, millis);
                if (saturates) {
                    out.add(Vital.SPO2, device.id(), millis, Outgoing.whole(83 + i % 3, Unit.PERCENT), Context.VIGOROUS);
                }
            }
            case S19_CADENCE_LOCK -> send(167 + i % 3, i < 3 ? 100 + 12 * i : 167 + i % 3, Context.VIGOROUS, millis);
            case S23_FLATLINE -> {
                int steps = 30 + i * 37 % 21 - 10;
                send(steps, 72, Context.LIGHT, millis);
            }
            case S28_GAMING -> send(120, Math.round(person.usual().pulse()) + 2 + i % 2, Context.VIGOROUS, millis);
            case S10_SCALE, S16_GLUCOSE_UNIT, S25_CLOCK -> throw new IllegalStateException("not a fault of a wearable's readings");
        }
    }

    private void send(int steps, long pulse, Context context, long millis) {
        steps(steps, millis, millis);
        out.add(Vital.HEART_RATE, device.id(), millis, Outgoing.whole(pulse, Unit.PER_MINUTE), context);
    }

    /** An hour ahead for twenty records, or back in 1970 for five: CR 9, S25 a and c. */
    private static long wrongTime(Truth.Fault fault, long millis) {
        boolean ahead = fault.untilMillis() - fault.fromMillis() > 10 * MINUTE;
        return ahead ? millis + Equipment.HOUR : millis - fault.fromMillis() + MINUTE;
    }

    private Optional<Truth.Fault> fault(long millis) {
        for (Truth.Fault fault : itinerary.faults()) {
            boolean mine = fault.kind() != FaultKind.S10_SCALE && fault.kind() != FaultKind.S16_GLUCOSE_UNIT;
            if (mine && millis >= fault.fromMillis() && millis < fault.untilMillis()) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** A person who feels ill measures each minute. */
    private boolean isWatchedClosely(long millis) {
        for (Course course : itinerary.courses()) {
            if (course.resting() && course.covers(millis)) {
                return true;
            }
        }
        return false;
    }

    private boolean isHypoxic(long millis) {
        for (Course course : itinerary.courses()) {
            if (course.covers(millis) && course.goals().containsKey(Course.Quantity.SATURATION)) {
                return true;
            }
        }
        return false;
    }
}
