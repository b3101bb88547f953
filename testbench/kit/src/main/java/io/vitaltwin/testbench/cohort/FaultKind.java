package io.vitaltwin.testbench.cohort;

/** What goes wrong with a device or its data while the person is well, named by the acceptance scenario. */
public enum FaultKind {
    S05_MOTION, S10_SCALE, S16_GLUCOSE_UNIT, S19_CADENCE_LOCK, S23_FLATLINE, S25_CLOCK, S28_GAMING
}
