package io.vitaltwin.testbench.bench;

import java.util.Locale;

/** Numbers as a table shows them. What is no number is a dash: a figure that the data cannot give is not printed. */
public final class Figures {

    private static final String NONE = "-";

    private Figures() {
    }

    /** With a fixed number of decimals, half up. */
    public static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : NONE;
    }

    /** A part of 1 in percent with one decimal, such as {@code 12.5 %}. */
    public static String percent(double part) {
        return Double.isFinite(part) ? fixed(100 * part, 1) + " %" : NONE;
    }

    /** With both ends of its interval, such as {@code 0.71 (0.55-0.87)}. */
    public static String between(double value, double low, double high, int decimals) {
        return Double.isFinite(value) ? fixed(value, decimals) + " (" + fixed(low, decimals) + " to " + fixed(high, decimals) + ")" : NONE;
    }
}
