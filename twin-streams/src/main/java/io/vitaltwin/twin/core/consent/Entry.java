package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;

import java.util.List;

/**
 * A version of a consent, ready to be asked often.
 *
 * @param inForceFrom effective time of an active version, else the append time
 * @param isWithdrawn not only never given: it was there and is no longer. What only ever denied was no consent that could be withdrawn
 * @param isValid means what it says; else it can only deny
 */
record Entry(String consentId, ConsentStatus status, long knownAt, long inForceFrom, boolean isWithdrawn, boolean isValid, Rule[] rules,
        Permitted permitted) {

    /** @param older versions that were known before, without broken glasses */
    static Entry of(ConsentVersion version, List<Entry> older) {
        boolean hadPermit = false;
        boolean wasActive = false;
        for (Entry entry : older) {
            boolean same = entry.consentId.equals(version.consentId());
            hadPermit |= same && entry.permitsSomething();
            wasActive |= same && entry.isActive();
        }
        boolean active = version.status() == ConsentStatus.ACTIVE;
        boolean withdrawn = !active && (hadPermit || version.status() == ConsentStatus.INACTIVE && !wasActive);
        boolean valid = version.fault().isEmpty();
        Rule[] rules = valid ? Rule.nested(version.provisions()) : Rule.denialsAlone(version.provisions());
        return new Entry(version.consentId(), version.status(), version.knownAtMillis(),
                active ? version.effectiveMillis() : version.knownAtMillis(), withdrawn, valid, rules, new Permitted(version.label()));
    }

    boolean denies() {
        for (Rule rule : rules) {
            if (rule.isDeny()) {
                return true;
            }
        }
        return false;
    }

    private boolean permitsSomething() {
        if (isActive() && isValid) {
            for (Rule rule : rules) {
                if (!rule.isDeny()) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isActive() {
        return status == ConsentStatus.ACTIVE;
    }

    Denied denied(ViolationReason reason) {
        return new Denied(reason, permitted.consentVersion());
    }
}
