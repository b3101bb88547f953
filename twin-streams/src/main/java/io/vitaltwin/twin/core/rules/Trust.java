package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;

/**
 * How far the blood pressure of a device goes, rising. Stored by number: append only.
 *
 * @see "CLINICAL.md section 3.0 (BP_SEVERE)"
 */
enum Trust {
    /** Without a cuff: raises nothing, may ask for a measurement with a cuff. */
    CUFFLESS,
    /** A cuff that nobody validated, or a device that nobody registered: LOW, to be confirmed. */
    UNVALIDATED,
    /** A cuff of medical grade. */
    VALIDATED;

    private static final Trust[] VALUES = values();

    static Trust of(Device device) {
        boolean medical = device.grade() == Grade.CLINICAL || device.grade() == Grade.MEDICAL_HOME;
        return switch (device.kind()) {
            case "cuff", "wrist-cuff", "kit", "manual" -> medical ? VALIDATED : UNVALIDATED;
            case "" -> UNVALIDATED;
            default -> CUFFLESS;
        };
    }

    static Trust ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }

    boolean isAtLeast(Trust other) {
        return compareTo(other) >= 0;
    }
}
