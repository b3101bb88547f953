package io.vitaltwin.testbench.cohort;

/**
 * The true NEWS2 of an alert patient on air, for the truth of an infection: written apart from the twin's own.
 *
 * @see "Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017, chart 1"
 */
final class Score {

    /** Medium band: urgent. */
    static final int URGENT = 5;

    private Score() {
    }

    static int of(double breaths, double saturation, boolean hypercapnia, double systolic, double pulse, double celsius) {
        long rate = Math.round(breaths);
        int total = rate <= 8 || rate >= 25 ? 3 : rate >= 21 ? 2 : rate <= 11 ? 1 : 0;
        long heart = Math.round(pulse);
        total += heart <= 40 || heart >= 131 ? 3 : heart >= 111 ? 2 : heart <= 50 || heart >= 91 ? 1 : 0;
        long pressure = Math.round(systolic);
        total += pressure <= 90 || pressure >= 220 ? 3 : pressure <= 100 ? 2 : pressure <= 110 ? 1 : 0;
        long tenths = Math.round(celsius * 10);
        total += tenths <= 350 ? 3 : tenths >= 391 ? 2 : tenths <= 360 || tenths >= 381 ? 1 : 0;
        return total + oxygen(Math.round(saturation), hypercapnia);
    }

    private static int oxygen(long saturation, boolean hypercapnia) {
        int shift = hypercapnia ? 8 : 0;
        return saturation <= 91 - shift ? 3 : saturation <= 93 - shift ? 2 : saturation <= 95 - shift ? 1 : 0;
    }
}
