package io.vitaltwin.twin.core.consent;

/** FHIR R4 Consent.status; only ACTIVE can permit. Stored in state by number: append only. */
public enum ConsentStatus {
    DRAFT, PROPOSED, ACTIVE, REJECTED, INACTIVE, ENTERED_IN_ERROR;

    /** Whether the patient has said yes or no: a draft or a proposal is nobody's decision yet. */
    boolean isDecided() {
        return this != DRAFT && this != PROPOSED;
    }
}
