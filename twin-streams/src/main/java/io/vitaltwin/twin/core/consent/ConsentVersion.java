package io.vitaltwin.twin.core.consent;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of one consent of a patient, or a broken glass.
 *
 * @param versionId new for each version of the consent
 * @param effectiveMillis from when on an active version is meant to hold; of any other status the append time counts at once
 * @param knownAtMillis append time of the record: before it, nobody knew
 * @param provisions in the order of the record: exceptions name their rule by its place
 * @param proven false: the record itself says that nobody has verified it, or contradicts itself about that
 * @param emergency not null: this is no consent but a broken glass, and status, provisions and times of validity say nothing
 */
public record ConsentVersion(
        String consentId,
        String versionId,
        ConsentStatus status,
        long effectiveMillis,
        long knownAtMillis,
        List<Provision> provisions,
        boolean proven,
        @Nullable Emergency emergency) {

    public ConsentVersion {
        provisions = List.copyOf(provisions);
    }

    /** A consent whose record contradicts no proof. */
    public ConsentVersion(String consentId, String versionId, ConsentStatus status, long effectiveMillis, long knownAtMillis,
            List<Provision> provisions) {
        this(consentId, versionId, status, effectiveMillis, knownAtMillis, provisions, true, null);
    }

    /** A broken glass, known and in force from the same moment. */
    public static ConsentVersion brokenGlass(String consentId, String versionId, long knownAtMillis, Emergency emergency) {
        return new ConsentVersion(consentId, versionId, ConsentStatus.ACTIVE, knownAtMillis, knownAtMillis, List.of(), true, emergency);
    }

    /** The same version with its rules read otherwise. */
    public ConsentVersion withProvisions(List<Provision> others) {
        return new ConsentVersion(consentId, versionId, status, effectiveMillis, knownAtMillis, others, proven, emergency);
    }

    /** {@code <consentId>/<versionId>} */
    public String label() {
        return consentId + "/" + versionId;
    }

    /** The same, had it been known since then. */
    ConsentVersion knownAt(long millis) {
        return new ConsentVersion(consentId, versionId, status, effectiveMillis, millis, provisions, proven, emergency);
    }

    /**
     * Why this version permits nothing, whatever it says, and what to do. Its denials hold all the same, each as if it stood alone: the
     * patient's no needs no proof.
     *
     * @return empty when the version means what it says; else a sentence without anything that belongs to the patient
     */
    public Optional<String> fault() {
        if (emergency != null) {
            return emergency.isComplete() ? Optional.empty()
                    : Optional.of("a broken glass without role, actor or reason opens nothing: send it again with all three");
        }
        return proven ? Rule.fault(provisions)
                : Optional.of("its verification says that it was not verified, or contradicts itself: verify it, then send a new version");
    }

    /** The same version sent again, whenever it came: a broken glass that is sent again does not begin anew. */
    boolean repeats(ConsentVersion other) {
        return versionId.equals(other.versionId) && consentId.equals(other.consentId) && status == other.status
                && Objects.equals(emergency, other.emergency) && (emergency != null || effectiveMillis == other.effectiveMillis)
                && proven == other.proven && provisions.equals(other.provisions);
    }
}
