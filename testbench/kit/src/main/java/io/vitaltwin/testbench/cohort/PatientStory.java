package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One person's days: what the devices tell, day by day and in order of arrival, and at the end what was true. Everything follows from the
 * seed and the number of the person. One object tells one story once.
 */
public final class PatientStory {

    private static final long LOWEST_GLUCOSE = 40;
    private static final long HIGHEST_GLUCOSE = 400;
    /** mg/dL in one mmol/L: CR 1.3. */
    private static final double MOLAR = 18.0156;

    private final Person person;
    private final Equipment equipment;
    private final Itinerary itinerary;
    private final Life life;
    private final Errors errors;
    private final Witness witness;
    private final Outgoing out = new Outgoing();
    private final Optional<Wearable> wearable;
    private final Optional<Rhythm> rhythm;
    private final SpotDevices spot;
    private final long start;
    private final int days;
    private final int secondOfMinute;
    private int day;

    /** @param start midnight, UTC: everybody lives by it @param days at least 3 */
    public PatientStory(long seed, int number, Instant start, int days) {
        if (days < 3) {
            throw new IllegalArgumentException("a story needs at least 3 days, found " + days);
        }
        this.start = start.toEpochMilli();
        this.days = days;
        this.person = Person.draw(seed, number, LocalDate.ofInstant(start, ZoneOffset.UTC));
        this.equipment = Equipment.draw(seed, person);
        this.itinerary = Itinerary.draw(seed, person, equipment, this.start, days);
        this.life = new Life(seed, person, itinerary);
        this.errors = new Errors(seed, person);
        this.witness = new Witness(itinerary.courses(), equipment.pulseMinutes());
        Dice habits = Dice.of(seed, number, Dice.Purpose.HABITS);
        this.secondOfMinute = habits.below(58);
        this.wearable = equipment.device(person, Equipment.WEARABLE)
                .map(device -> new Wearable(person, equipment, device, itinerary, life, errors, out));
        Dice beats = Dice.of(seed, number, Dice.Purpose.BEATS);
        this.rhythm = equipment.device(person, Equipment.RHYTHM).map(device -> new Rhythm(person, device, itinerary, life, out, beats));
        this.spot = new SpotDevices(person, equipment, itinerary, life, errors, out, habits);
    }

    public Person person() {
        return person;
    }

    public Equipment equipment() {
        return equipment;
    }

    /** The saturation that the person's own device showed in the weeks before the story, as a care team sees it; empty without such a device. */
    public OptionalDouble usualSaturation() {
        return equipment.devices().stream().filter(device -> device.vitals().contains(Vital.SPO2))
                .mapToDouble(errors::usualSaturation).min();
    }

    public boolean hasNextDay() {
        return day < days;
    }

    /** What arrives on the next day, oldest first. */
    public List<Delivery> nextDay() {
        long midnight = start + day * Equipment.DAY;
        day++;
        life.live(midnight);
        Optional<Device> sensor = equipment.device(person, Equipment.SENSOR);
        Optional<Device> capnograph = equipment.device(person, Equipment.CAPNOGRAPH);
        for (int i = 0; i < Life.MINUTES; i++) {
            int minute = i;
            long millis = midnight + minute * Equipment.MINUTE + secondOfMinute * 1_000L;
            Context context = life.context[minute];
            witness.minute(millis, life.pulse[minute], context == Context.REST || context == Context.SLEEP, life.saturation[minute],
                    person.has(Person.Condition.HYPERCAPNIA));
            wearable.ifPresent(device -> device.minute(minute, millis, witness));
            rhythm.ifPresent(device -> device.minute(minute, millis, witness));
            capnograph.filter(device -> context == Context.SLEEP).ifPresent(device -> breathe(device, minute, millis));
            sensor.filter(device -> minute % 5 == 0).ifPresent(device -> sense(device, minute, millis));
        }
        spot.day(midnight, witness);
        return out.take();
    }

    private void breathe(Device capnograph, int minute, long millis) {
        double shown = errors.breaths(capnograph, millis, life.breaths[minute]);
        out.add(Vital.RESPIRATORY_RATE, capnograph.id(), millis, Outgoing.whole(shown, Unit.PER_MINUTE), Context.SLEEP);
        out.send(millis);
        witness.observe(EventKind.S22_BREATHING, millis, Math.round(life.breaths[minute]) <= 8);
    }

    private void sense(Device sensor, int minute, long millis) {
        double truth = life.glucose[minute];
        witness.glucose(millis, truth);
        double shown = errors.glucose(millis, truth);
        Value value = isInWrongUnit(millis) ? Outgoing.tenths(shown / MOLAR, Unit.MG_PER_DL) : glucose(shown);
        out.add(Vital.GLUCOSE_INTERSTITIAL, sensor.id(), millis, value, life.context[minute]);
        out.send(millis);
    }

    /** A sensor shows no less than LO and no more than HI: CR 1.2. */
    private static Value glucose(double shown) {
        long whole = Math.round(shown);
        if (whole <= LOWEST_GLUCOSE) {
            return new Value(Value.Kind.AT_MOST, LOWEST_GLUCOSE * 1_000, Unit.MG_PER_DL);
        }
        return whole >= HIGHEST_GLUCOSE ? new Value(Value.Kind.AT_LEAST, HIGHEST_GLUCOSE * 1_000, Unit.MG_PER_DL)
                : Value.measured(whole * 1_000, Unit.MG_PER_DL);
    }

    private boolean isInWrongUnit(long millis) {
        return itinerary.faults().stream().anyMatch(
                fault -> fault.kind() == FaultKind.S16_GLUCOSE_UNIT && millis >= fault.fromMillis() && millis < fault.untilMillis());
    }

    /** What was true. @throws IllegalStateException while there are days to come */
    public Truth truth() {
        if (hasNextDay()) {
            throw new IllegalStateException("the story has not ended");
        }
        long end = start + days * Equipment.DAY;
        for (Itinerary.Span gap : itinerary.gaps()) {
            witness.find(Set.of("SILENCE"), gap.from(), gap.until());
        }
        for (Truth.Fault fault : itinerary.faults()) {
            witness.find(Set.of("SILENCE", "DATA_QUALITY"), fault.fromMillis(), fault.untilMillis());
        }
        for (Itinerary.Span swing : itinerary.swings()) {
            witness.find(Set.of("NIGHT_RHR"), swing.from(), swing.until());
        }
        boolean measured = equipment.device(person, Equipment.CUFF).isPresent() || equipment.device(person, Equipment.KIT).isPresent();
        if (measured && (person.usual().systolic() >= 135 || person.usual().diastolic() >= 85)) {
            witness.find(Set.of("BP_HOME_AVG"), start, end);
        }
        return witness.truth(itinerary.faults(), equipment.grade());
    }
}
