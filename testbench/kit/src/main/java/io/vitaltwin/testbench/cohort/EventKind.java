package io.vitaltwin.testbench.cohort;

import java.util.Set;

/**
 * How somebody truly gets worse, named by the acceptance scenario whose course it takes.
 *
 * @see "clinical-reference.md section 9, last paragraph"
 */
public enum EventKind {
    S02_INFECTION("NEWS2", "FEVER", "QSOFA", "RESP", "HR", "SPO2"),
    S06_HYPOXIA_CONSUMER("SPO2", "HR", "RESP"),
    S07_HYPOXIA_MEDICAL("SPO2", "HR", "RESP"),
    S09_FLUID("HF_WEIGHT"),
    S12_PRESSURE("BP_SEVERE", "SYMPTOM_REPORT"),
    S14_LOW_GLUCOSE("CGM_LOW"),
    S17_FIBRILLATION("AF_SUSPECT", "HR"),
    S20_TACHYCARDIA("HR"),
    S22_BREATHING("RESP", "SPO2");

    private final Set<String> families;

    EventKind(String... families) {
        this.families = Set.of(families);
    }

    /** Names of the rule families whose alert tells of it. */
    public Set<String> families() {
        return families;
    }
}
