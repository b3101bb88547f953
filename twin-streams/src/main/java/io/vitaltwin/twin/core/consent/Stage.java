package io.vitaltwin.twin.core.consent;

/** What is done with a reading when consent is asked for. Stored in state by number: append only. */
public enum Stage {
    COLLECT, USE, DISCLOSE,
    /** A part of USE: outputs about what may come. */
    PREDICT,
    /** A part of USE: outputs that nobody asked for, such as a suspicion of fibrillation. */
    SCREEN
}
