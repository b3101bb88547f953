package io.vitaltwin.alerts.console;

/** What somebody who signed in may do. */
public enum Role {
    /** Sees the patients of the own teams and acts on their alerts. */
    NURSE,
    /** The same. */
    PHYSICIAN,
    /** Sees how the system runs; no patient. */
    OPS,
    /** Sees the own data. */
    PATIENT,
    /** Sees who was shown what, and how the system runs. */
    AUDITOR;

    /** Whether the worklist and the patients of a team are for this role. */
    public boolean cares() {
        return this == NURSE || this == PHYSICIAN;
    }

    public boolean seesOps() {
        return this == OPS || this == AUDITOR;
    }
}
