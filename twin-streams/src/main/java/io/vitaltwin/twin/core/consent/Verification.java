package io.vitaltwin.twin.core.consent;

import org.jspecify.annotations.Nullable;

/**
 * What a consent record says of its own proof (FHIR R4 Consent.verification).
 *
 * @param verified null: not stated
 * @param saysWho it names with whom it was verified
 * @param verifiedMillis when, null: not stated
 * @param agreedMillis when the patient agreed, null: not stated
 * @see "CLINICAL.md section 8.1"
 */
public record Verification(@Nullable Boolean verified, boolean saysWho, @Nullable Long verifiedMillis, @Nullable Long agreedMillis) {

    /** A date without a time of day is wrong by up to a day, in any time zone. */
    private static final long DAY_MILLIS = 86_400_000L;

    /**
     * Whether the record may be believed. One that says nothing of proof may: what is written to the log has been taken from somewhere. One
     * that says no, that gives details of a verification without saying that it was one, or whose verification was before the patient agreed or
     * is still to come, may not.
     *
     * @param knownAtMillis append time of the record
     */
    public boolean holds(long knownAtMillis) {
        if (verified == null) {
            return !saysWho && verifiedMillis == null;
        }
        boolean toCome = verifiedMillis != null && verifiedMillis > knownAtMillis + DAY_MILLIS;
        boolean tooEarly = verifiedMillis != null && agreedMillis != null && verifiedMillis < agreedMillis - DAY_MILLIS;
        return verified && !toCome && !tooEarly;
    }
}
