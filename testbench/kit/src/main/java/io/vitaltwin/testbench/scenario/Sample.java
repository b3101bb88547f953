package io.vitaltwin.testbench.scenario;

/** One value as the scenario gives it. */
sealed interface Sample {

    record Number(double value) implements Sample {}

    /** A code (A, C) or a bound (LO, HI), sent as it stands. */
    record Text(String value) implements Sample {}

    /** In a series: nothing is sent at this step. In a single record: a reading without a value. */
    enum Nothing implements Sample { NOTHING }
}
