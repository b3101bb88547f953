package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;

import java.util.List;

/**
 * A version of a consent, ready to be asked often.
 *
 * @param inForceFrom effective time of an active version, else the append time
 * @param wasActive an older version of the same consent was active
 * @param isValid means what it says; else it can only deny
 */
record Entry(String consentId, ConsentStatus status, long knownAt, long inForceFrom, boolean wasActive, boolean isValid, Rule[] rules,
        Permitted permitted) {

    /** @param older versions that were known before, without broken glasses */
    static Entry of(ConsentVersion version, List<Entry> older) {
        boolean wasActive = older.stream().anyMatch(entry -> entry.isValid && entry.isActive() && entry.consentId.equals(version.consentId()));
        boolean active = version.status() == ConsentStatus.ACTIVE;
        boolean valid = version.fault().isEmpty();
        Rule[] rules = valid ? Rule.nested(version.provisions()) : Rule.denialsAlone(version.provisions());
        return new Entry(version.consentId(), version.status(), version.knownAtMillis(),
                active ? version.effectiveMillis() : version.knownAtMillis(), wasActive, valid, rules, new Permitted(version.label()));
    }

    boolean denies() {
        for (Rule rule : rules) {
            if (rule.isDeny()) {
                return true;
            }
        }
        return false;
    }

    boolean isActive() {
        return status == ConsentStatus.ACTIVE;
    }

    /** Not only never given: it was there and is no longer. */
    boolean isWithdrawn() {
        return status == ConsentStatus.INACTIVE || wasActive && !isActive();
    }

    Denied denied(ViolationReason reason) {
        return new Denied(reason, permitted.consentVersion());
    }
}
