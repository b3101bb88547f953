package io.vitaltwin.twin.core.consent;

import java.util.List;

/**
 * One version of one consent of a patient.
 *
 * @param versionId new for each version of the consent
 * @param effectiveMillis from when on an active version is meant to hold; of any other status the append time counts at once
 * @param knownAtMillis append time of the record: before it, nobody knew
 */
public record ConsentVersion(
        String consentId, String versionId, ConsentStatus status, long effectiveMillis, long knownAtMillis, List<Provision> provisions) {

    public ConsentVersion {
        provisions = List.copyOf(provisions);
    }

    /** The same version with its rules read otherwise. */
    public ConsentVersion withProvisions(List<Provision> others) {
        return new ConsentVersion(consentId, versionId, status, effectiveMillis, knownAtMillis, others);
    }

    /** {@code <consentId>/<versionId>} */
    public String label() {
        return consentId + "/" + versionId;
    }

    /** The same version sent again, whenever it came. */
    boolean repeats(ConsentVersion other) {
        return versionId.equals(other.versionId) && consentId.equals(other.consentId) && status == other.status
                && effectiveMillis == other.effectiveMillis && provisions.equals(other.provisions);
    }
}
