package io.vitaltwin.testbench.scenario;

import java.math.BigDecimal;

/** From one number to another, both included. */
record Range(double low, double high) {

    static Range exactly(double value) {
        return new Range(value, value);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    @Override
    public String toString() {
        return low == high ? plain(low) : plain(low) + " to " + plain(high);
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
