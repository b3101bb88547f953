package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;

/**
 * Beat by beat, in minutes of beats a batch: around a fibrillation, and in a sample of normal hours. A stream of all beats of everybody would be
 * forty times as much as everything else.
 */
final class Rhythm {

    /** CR 3.12.7: a consumer's inter-beat interval. */
    private static final double ERROR_MILLIS = 25;
    private static final long BEFORE = 30 * Equipment.MINUTE;

    private final Person person;
    private final Device device;
    private final Itinerary itinerary;
    private final Life life;
    private final Outgoing out;
    private final Dice dice;
    private double beatMillis;
    private double phase;

    Rhythm(Person person, Device device, Itinerary itinerary, Life life, Outgoing out, Dice dice) {
        this.person = person;
        this.device = device;
        this.itinerary = itinerary;
        this.life = life;
        this.out = out;
        this.dice = dice;
    }

    /** The beats of one minute, if they are counted. */
    void minute(int minute, long millis, Witness witness) {
        Course fibrillation = fibrillation(millis);
        boolean checked = itinerary.rhythmChecks().stream().anyMatch(check -> check.covers(millis));
        if (fibrillation == null && !checked) {
            beatMillis = 0;
            return;
        }
        boolean irregular = fibrillation != null && fibrillation.covers(millis);
        beatMillis = Math.max(beatMillis, millis);
        long last = millis;
        while (beatMillis < millis + Equipment.MINUTE) {
            double interval = irregular ? fibrillating(life.pulse[minute]) : sinus(life.pulse[minute]);
            last = Math.round(beatMillis);
            double shown = interval + dice.gauss(0, ERROR_MILLIS);
            out.add(Vital.INTER_BEAT_INTERVAL, device.id(), last, millis + Equipment.MINUTE, Outgoing.whole(shown, Unit.MILLISECOND),
                    life.context[minute]);
            beatMillis += interval;
        }
        out.send(millis + Equipment.MINUTE);
        if (irregular) {
            witness.observe(EventKind.S17_FIBRILLATION, millis, true);
        }
    }

    private @Nullable Course fibrillation(long millis) {
        for (Course course : itinerary.courses()) {
            if (course.kind() == EventKind.S17_FIBRILLATION && millis >= course.onset() - BEFORE && millis < course.end()) {
                return course;
            }
        }
        return null;
    }

    /** Without any order: as series AF1 of CR 3.5, 0.67 to 1.33 of the mean. */
    private double fibrillating(double pulse) {
        return 60_000 / pulse * dice.uniform(0.67, 1.33);
    }

    /** Breathing moves it (series SR of CR 3.5: five beats, 5 %), less in the old; and a little of its own. */
    private double sinus(double pulse) {
        phase += 2 * StrictMath.PI / 4.7;
        double depth = person.age() < 50 ? 0.05 : 0.025;
        return 60_000 / pulse * (1 + depth * StrictMath.sin(phase) + dice.gauss(0, 0.01));
    }
}
