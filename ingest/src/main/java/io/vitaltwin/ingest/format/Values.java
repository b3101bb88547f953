package io.vitaltwin.ingest.format;

import java.util.Locale;
import java.util.regex.Pattern;

/** Fields that hold what was measured. Decides only what can be a value at all, never whether it is a likely one. */
final class Values {

    /** Bounds as readings carry them: below, above what the device can measure. */
    static final String LOW_BOUND = "LO";
    static final String HIGH_BOUND = "HI";

    private static final int MAX_NUMBER_LENGTH = 32;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private Values() {
    }

    /** A decimal number; a decimal comma, an exponent too large for a double and the like are refused. */
    static Double number(String name, Field field) throws LineRefused {
        String text = field.text();
        if (text.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw LineRefused.invalid(field.column(), name + " is not a number: write it as 12 or 12.5, with a point");
    }

    /** A decimal number, or a bound in the words that devices show: Low, LO, High, HI. */
    static Object numberOrBound(String name, Field field) throws LineRefused {
        return switch (field.text().toUpperCase(Locale.ROOT)) {
            case "LO", "LOW" -> LOW_BOUND;
            case "HI", "HIGH" -> HIGH_BOUND;
            default -> number(name, field);
        };
    }

    /** A word of a coded vital, such as a letter of ACVPU or the name of a rhythm. */
    static String code(String name, Field field) throws LineRefused {
        if (!CODE.matcher(field.text()).matches()) {
            throw LineRefused.invalid(field.column(), name + " is not a code: write one word of letters, digits, - or _");
        }
        return field.text();
    }
}
