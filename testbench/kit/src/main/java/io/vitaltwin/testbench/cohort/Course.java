package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Priority;

import java.util.EnumMap;
import java.util.Map;

/**
 * One true deterioration: how much of it there is at a time, and where it takes each quantity of the body.
 *
 * @param goals where the quantity would be at its worst; for KILOGRAMS what is added
 * @param resting the person lies down as long as it lasts
 */
record Course(EventKind kind, long onset, long rise, long hold, long fall, Map<Quantity, Double> goals, Priority worst, boolean resting) {

    enum Quantity { PULSE, SATURATION, BREATHS, SYSTOLIC, DIASTOLIC, CELSIUS, GLUCOSE, KILOGRAMS }

    Course {
        goals = new EnumMap<>(goals);
    }

    long end() {
        return onset + rise + hold + fall;
    }

    boolean covers(long millis) {
        return millis >= onset && millis < end();
    }

    /** 0 outside, 1 at its worst; smooth at both ends. */
    double part(long millis) {
        long since = millis - onset;
        if (since <= 0 || millis >= end()) {
            return 0;
        }
        if (since < rise) {
            return smooth((double) since / rise);
        }
        return since <= rise + hold ? 1 : smooth((double) (end() - millis) / fall);
    }

    private static double smooth(double x) {
        return x * x * (3 - 2 * x);
    }

    /** The quantity as this course makes it. */
    double on(Quantity quantity, double usual, long millis) {
        Double goal = goals.get(quantity);
        if (goal == null) {
            return usual;
        }
        double part = part(millis);
        return quantity == Quantity.KILOGRAMS ? usual + goal * part : usual + (goal - usual) * part;
    }
}
