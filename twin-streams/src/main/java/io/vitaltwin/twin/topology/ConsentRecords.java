package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Violation;

/** Consents and their violations between the records of the topics and the words of the core, for whoever asks consent outside the topology: the same everywhere. */
public final class ConsentRecords {

    private ConsentRecords() {
    }

    /** @param appendMillis append time of the record */
    public static ConsentVersion version(ConsentRecord consent, long appendMillis) {
        return FromAvro.consent(consent, appendMillis);
    }

    public static ConsentViolation violation(String patient, Violation violation) {
        return ToAvro.violation(patient, violation);
    }
}
