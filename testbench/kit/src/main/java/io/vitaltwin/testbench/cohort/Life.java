package io.vitaltwin.testbench.cohort;

import io.vitaltwin.testbench.cohort.Course.Quantity;
import io.vitaltwin.twin.core.Context;

import java.util.Arrays;

/**
 * The true body of one person, lived day by day in minutes: sleep, walks, heart, breath, glucose. What is not marked with a source here is a
 * project default, no source. One object lives one life; its arrays hold the day that was lived last.
 */
final class Life {

    static final int MINUTES = 24 * 60;

    private static final double PULSE_NOISE = 2.5;
    private static final double PULSE_KEPT = 0.85;
    private static final double BREATHS_NOISE = 1.2;
    /** Points of saturation; project default, no source. */
    static final double LOWER_ASLEEP = 0.6;
    private static final double SATURATION_NOISE = 0.5;
    private static final double GLUCOSE_NOISE = 10;

    private final Person person;
    private final Itinerary itinerary;
    private final Dice dice;
    private final double effort;

    final Context[] context = new Context[MINUTES];
    final int[] steps = new int[MINUTES];
    final double[] pulse = new double[MINUTES];
    final double[] saturation = new double[MINUTES];
    final double[] breaths = new double[MINUTES];
    final double[] glucose = new double[MINUTES];
    private long dayStart;
    private int wake;
    private int bed;

    private double heart;
    private double heartNoise;
    private double breathNoise;
    private double saturationNoise;
    private double glucoseNoise;
    private double smoothNoise;
    private double nightOffset;
    private double pressureOfDay;
    private double weightOfDay;
    private int stillMinutes = 60;
    private int stressLeft;
    private double stress;

    Life(long seed, Person person, Itinerary itinerary) {
        this.person = person;
        this.itinerary = itinerary;
        this.dice = Dice.of(seed, person.number(), Dice.Purpose.LIFE);
        this.effort = dice.uniform(24, 34);
        this.heart = person.sleepingPulse();
    }

    /** Lives the next day. */
    void live(long start) {
        dayStart = start;
        wake = (int) dice.gauss(7 * 60, 35, 5 * 60, 9 * 60);
        bed = (int) dice.gauss(22.8 * 60, 35, 21 * 60, MINUTES);
        nightOffset = 0.5 * nightOffset + dice.gauss(0, 1.3);
        pressureOfDay = dice.gauss(0, 5);
        weightOfDay = dice.gauss(0, 0.42);         // two days then differ by 0.6 kg (1 SD): CR 4.4
        move();
        for (int minute = 0; minute < MINUTES; minute++) {
            liveMinute(minute, start + minute * Equipment.MINUTE);
        }
        if (person.has(Person.Condition.DIABETES)) {
            eat(start);
        }
    }

    /** Walks, and getting up now and then. The reference's contexts: no step for five minutes is rest (CR 0). */
    private void move() {
        Arrays.fill(steps, 0);
        double pace = person.age() >= 80 ? 0.75 : 1;
        boolean moving = false;
        for (int minute = wake; minute < bed; minute++) {
            moving = moving ? !dice.chance(0.2) : dice.chance(1 / 14.0);
            steps[minute] = moving ? (int) (pace * (8 + dice.below(55))) : 0;
        }
        for (int walks = 1 + dice.below(3); walks > 0; walks--) {
            int from = wake + 60 + dice.below(Math.max(1, bed - wake - 150));
            int cadence = (int) (pace * dice.uniform(75, 122));
            int until = Math.min(bed, from + 10 + dice.below(30));
            for (int minute = from; minute < until; minute++) {
                steps[minute] = cadence + dice.below(7) - 3;
            }
        }
    }

    private void liveMinute(int minute, long millis) {
        boolean resting = isLyingDown(millis);
        if (resting) {
            steps[minute] = 0;
        }
        boolean asleep = minute < wake || minute >= bed;
        stillMinutes = steps[minute] > 0 ? 0 : stillMinutes + 1;
        context[minute] = asleep ? Context.SLEEP : steps[minute] >= 100 ? Context.VIGOROUS : stillMinutes < 5 ? Context.LIGHT : Context.REST;
        liveHeart(minute, millis, asleep);
        breathNoise = 0.8 * breathNoise + dice.gauss(0, BREATHS_NOISE * 0.6);
        double usualBreaths = person.usual().breaths() + (asleep ? 0 : 1) + steps[minute] * 0.05 + breathNoise;
        breaths[minute] = of(Quantity.BREATHS, usualBreaths, millis);
        saturationNoise = 0.97 * saturationNoise + dice.gauss(0, SATURATION_NOISE * 0.243);
        double usualSaturation = person.usual().saturation() - (asleep ? LOWER_ASLEEP : 0) + saturationNoise;
        saturation[minute] = Math.min(100, of(Quantity.SATURATION, usualSaturation, millis));
    }

    private void liveHeart(int minute, long millis, boolean asleep) {
        double hour = minute / 60.0;
        double usual = asleep ? person.sleepingPulse() + nightOffset
                : person.usual().pulse() + 6 + 2 * StrictMath.sin((hour - 10) / 12 * StrictMath.PI) + nightOffset / 2;
        for (Itinerary.Span swing : itinerary.swings()) {
            usual += swing.covers(millis) ? 10 : 0;
        }
        if (!asleep && stressLeft == 0 && dice.chance(1 / 900.0)) {
            stressLeft = 5 + dice.below(15);
            stress = dice.uniform(8, 22);
        }
        usual += stressLeft > 0 ? stress : 0;
        stressLeft = Math.max(0, stressLeft - 1);
        double goal = usual + effort * steps[minute] / 110.0;
        heart += (goal - heart) * 0.4;
        heartNoise = PULSE_KEPT * heartNoise + dice.gauss(0, PULSE_NOISE * 0.527);
        pulse[minute] = Math.max(30, of(Quantity.PULSE, heart, millis) + heartNoise);
    }

    /** Three meals; without a deterioration never below 75 mg/dL, so that these days are as quiet as the scenario of a quiet day. */
    private void eat(long start) {
        int[] meals = {8 * 60 + dice.below(60), 12 * 60 + dice.below(80), 18 * 60 + dice.below(80)};
        double[] heights = {dice.uniform(30, 75), dice.uniform(35, 80), dice.uniform(35, 85)};
        for (int minute = 0; minute < MINUTES; minute++) {
            double level = person.usual().glucose();
            for (int i = 0; i < meals.length; i++) {
                double since = (minute - meals[i]) / 55.0;
                level += since <= 0 ? 0 : heights[i] * since * StrictMath.exp(1 - since);
            }
            glucoseNoise = 0.99 * glucoseNoise + dice.gauss(0, GLUCOSE_NOISE * 0.141);
            smoothNoise += (glucoseNoise - smoothNoise) / 20;
            glucose[minute] = of(Quantity.GLUCOSE, Math.max(75, level + smoothNoise), start + minute * Equipment.MINUTE);
        }
    }

    /** At a moment of the day that was lived last. */
    double systolic(long millis) {
        return of(Quantity.SYSTOLIC, person.usual().systolic() + pressureOfDay, millis);
    }

    double diastolic(long millis) {
        return of(Quantity.DIASTOLIC, person.usual().diastolic() + pressureOfDay * 0.6, millis);
    }

    double celsius(long millis) {
        double hour = (millis - dayStart) / (double) Equipment.HOUR;
        return of(Quantity.CELSIUS, person.usual().celsius() + 0.2 * StrictMath.sin((hour - 11) / 12 * StrictMath.PI), millis);
    }

    double kilograms(long millis) {
        return of(Quantity.KILOGRAMS, person.usual().kilograms() + weightOfDay, millis);
    }

    int minuteOf(long millis) {
        return Math.clamp((millis - dayStart) / Equipment.MINUTE, 0, MINUTES - 1);
    }

    private double of(Quantity quantity, double usual, long millis) {
        double value = usual;
        for (Course course : itinerary.courses()) {
            value = course.on(quantity, value, millis);
        }
        return value;
    }

    private boolean isLyingDown(long millis) {
        for (Course course : itinerary.courses()) {
            if (course.resting() && course.covers(millis)) {
                return true;
            }
        }
        return false;
    }
}
