package io.vitaltwin.twin.core;

/**
 * A measured value, in the unit in which it was sent, as a decimal with three places: 36.05 Cel is 36050. Clinical limits are
 * compared in whole thousandths, never in binary fractions.
 *
 * @param milli thousandths of the unit; for a CODE the code point of its letter, or the number of the rhythm
 */
public record Value(Kind kind, long milli, Unit unit) {

    /** AT_MOST and AT_LEAST are bounds (LO, HI): the true value is at most (at least) milli. Stored by number: append only. */
    public enum Kind { MEASURED, AT_MOST, AT_LEAST, CODE }

    /** Whether it is a number that was measured, not a bound and not a code. */
    public boolean isMeasured() {
        return kind == Kind.MEASURED;
    }

    public static Value measured(long milli, Unit unit) {
        return new Value(Kind.MEASURED, milli, unit);
    }
}
