package io.vitaltwin.testbench.cohort;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody who is monitored.
 *
 * @param number from 0; stands for the person everywhere
 * @param skinTone of the person, whether anybody recorded it or not
 * @param recordedTone what the record says of it; EMPTY when there is no entry
 * @param ward observed like a patient of a ward, with whole sets of vitals and a NEWS2, instead of a wearable
 * @param conditions drawn apart from age, sex and skin: so a difference between groups is the doing of devices and rules
 * @param deteriorating truly gets worse in these days, at least once
 */
public record Person(
        int number,
        LocalDate birthDate,
        int age,
        Sex sex,
        SkinTone skinTone,
        String recordedTone,
        boolean ward,
        Set<Condition> conditions,
        Usual usual,
        boolean deteriorating) {

    /** No entry about the skin. */
    public static final String EMPTY = "";

    public enum Sex { FEMALE, MALE }

    public enum SkinTone { LIGHT, MEDIUM, DARK }

    /** HYPERCAPNIA: COPD with a prescribed target of 88 to 92 %, NEWS2 scale 2. OPIOIDS: breathing is watched at night. */
    public enum Condition { HYPERCAPNIA, HEART_FAILURE, DIABETES, HYPERTENSION, OPIOIDS }

    /**
     * The usual values of this person, true ones.
     *
     * @param pulse resting heart rate of a day, /min
     * @param saturation awake, %
     * @param breaths at rest, /min
     */
    public record Usual(double pulse, double saturation, double breaths, double systolic, double diastolic, double celsius, double kilograms,
            double glucose) {
    }

    public Person {
        conditions = Set.copyOf(conditions);
    }

    public String id() {
        return "c" + number;
    }

    public boolean has(Condition condition) {
        return conditions.contains(condition);
    }

    /** True when asleep, /min: the difference to the resting rate of the day is a project default, no source. */
    public double sleepingPulse() {
        return usual.pulse() - 3;
    }

    private static final int TEN = 10;
    private static final double OWN_TONE_RECORDED = 0.7;
    private static final double UNKNOWN_RECORDED = 0.15;

    /**
     * Draws a person. Shares of ages, skin tones and conditions are project defaults, no source, except where the reference names one:
     * resting pulse of CR 7.1, for COPD a tenth and for diabetes a fifth (project defaults).
     *
     * @param firstDay of the story
     */
    static Person draw(long seed, int number, LocalDate firstDay) {
        Dice dice = Dice.of(seed, number, Dice.Purpose.PERSON);
        int age = age(dice);
        Sex sex = dice.chance(0.5) ? Sex.FEMALE : Sex.MALE;
        double tone = dice.uniform();
        SkinTone skin = tone < 0.55 ? SkinTone.LIGHT : tone < 0.80 ? SkinTone.MEDIUM : SkinTone.DARK;
        Set<Condition> conditions = conditions(dice);
        boolean ward = dice.chance(0.12);
        LocalDate born = firstDay.minusYears(age).minusDays(dice.below(365));
        return new Person(number, born, age, sex, skin, recorded(dice, skin), ward, conditions,
                usual(dice, age, sex, conditions), deteriorates(seed, number));
    }

    private static int age(Dice dice) {
        double band = dice.uniform();
        if (band < 0.15) {
            return 18 + dice.below(22);
        }
        if (band < 0.45) {
            return 40 + dice.below(25);
        }
        return band < 0.75 ? 65 + dice.below(15) : 80 + dice.below(16);
    }

    private static Set<Condition> conditions(Dice dice) {
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        double[] shares = {0.10, 0.12, 0.20, 0.35, 0.04};
        for (Condition condition : Condition.values()) {
            if (dice.chance(shares[condition.ordinal()])) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private static String recorded(Dice dice, SkinTone skin) {
        double recorded = dice.uniform();
        if (recorded < OWN_TONE_RECORDED) {
            return skin.name().toLowerCase(Locale.ROOT);
        }
        return recorded < OWN_TONE_RECORDED + UNKNOWN_RECORDED ? "unknown" : EMPTY;
    }

    /** Resting pulse: mean 65, SD 7.7, 40 to 109 between people (CR 7.1). The rest: project defaults, no source. */
    private static Usual usual(Dice dice, int age, Sex sex, Set<Condition> conditions) {
        double pulse = Math.clamp(65 + (sex == Sex.FEMALE ? 1 : -1) + 7.6 * dice.gauss(), 40, 109);
        double saturation = conditions.contains(Condition.HYPERCAPNIA) ? dice.gauss(90.5, 0.7, 89, 92)
                : dice.gauss(97.2 - 0.015 * Math.max(0, age - 40), 0.6, 95.5, 99);
        boolean pressure = conditions.contains(Condition.HYPERTENSION);
        double systolic = pressure ? dice.gauss(131, 9, 110, 155) : dice.gauss(120, 9, 100, 134);
        double glucose = conditions.contains(Condition.DIABETES) ? dice.gauss(132, 10, 112, 155) : 95;
        return new Usual(pulse, saturation, dice.gauss(15.4, 2, 11.8, 19.2), systolic, systolic * 0.6 + dice.gauss(1, 4, -8, 8),
                dice.gauss(36.7, 0.2, 36.3, 37.1), dice.gauss(sex == Sex.FEMALE ? 72 : 84, 13, 45, 140), glucose);
    }

    /** One of each ten, so that small cohorts have their share too. */
    private static boolean deteriorates(long seed, int number) {
        return Dice.of(seed, -1 - number / TEN, Dice.Purpose.PERSON).below(TEN) == number % TEN;
    }
}
