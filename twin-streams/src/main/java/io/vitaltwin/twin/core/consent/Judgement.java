package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.ConsentTimeline.Request;
import io.vitaltwin.twin.core.consent.Decision.Denied;

import org.jspecify.annotations.Nullable;

/**
 * One request against the versions in force, weighed newest first. Of the permits the one that comes nearest to covering the request gives
 * the reason when none covers it.
 */
final class Judgement {

    /** How far a permit covers a request; each step includes those before it. */
    private static final int NOTHING = -1;
    private static final int NOT_CLASS = 0;
    private static final int NOT_PURPOSE = 1;
    private static final int NOT_ACTOR = 2;
    private static final int NOT_LIVE = 3;
    private static final int NOT_DATA = 4;
    private static final int COVERS = 5;
    private static final int COVERS_BY_NAME = 6;

    private final Request request;
    private final long effectiveMillis;
    private final long processingMillis;

    private @Nullable Entry newestActive;
    private @Nullable Entry invalid;
    private @Nullable Entry withdrawn;
    private @Nullable Entry expired;
    private @Nullable Entry denier;
    private @Nullable Rule denial;
    private @Nullable Entry nearest;
    private @Nullable Rule nearestPermit;
    private int reached = NOTHING;
    private boolean anyPermit;
    private boolean anyLivePermit;

    Judgement(Request request, long effectiveMillis, long processingMillis) {
        this.request = request;
        this.effectiveMillis = effectiveMillis;
        this.processingMillis = processingMillis;
    }

    void weigh(Entry entry) {
        if (!entry.isActive()) {
            withdrawn = withdrawn == null && entry.isWithdrawn() ? entry : withdrawn;
            return;
        }
        if (entry.isValid()) {
            newestActive = newestActive == null ? entry : newestActive;
        } else {
            invalid = invalid == null ? entry : invalid;
        }
        for (Rule rule : entry.rules()) {
            if (rule.isDeny()) {
                weighDeny(entry, rule);
            } else {
                weighPermit(entry, rule);
            }
        }
    }

    /**
     * A denial decides where it covers the request and none of its exceptions does. An exception that covers the request but has one itself
     * that denies it is no way out: that one is weighed in its own turn.
     */
    private void weighDeny(Entry entry, Rule deny) {
        if (denier != null || reach(deny) < COVERS) {
            return;
        }
        for (Rule exception : deny.exceptions()) {
            if (reach(exception.provision()) >= COVERS) {
                return;
            }
        }
        denier = entry;
        denial = deny;
    }

    private void weighPermit(Entry entry, Rule permit) {
        anyPermit = true;
        if (permit.isLiveAt(processingMillis)) {
            anyLivePermit = true;
        } else if (expired == null && permit.hasEndedAt(processingMillis)) {
            expired = entry;
        }
        int reach = reach(permit);
        if (reach == COVERS && permit.namesDataStart()) {
            reach = COVERS_BY_NAME;
        }
        if (reach > reached) {
            reached = reach;
            nearest = entry;
            nearestPermit = permit;
        }
    }

    /** An exception reaches no further than the rules around it. */
    private int reach(Rule rule) {
        int reach = reach(rule.provision());
        for (Rule outer = rule.outer(); outer != null && reach > NOT_CLASS; outer = outer.outer()) {
            reach = Math.min(reach, reach(outer.provision()));
        }
        return reach;
    }

    private int reach(Provision provision) {
        if (!Provision.covers(provision.vitals(), request.vital())) {
            return NOT_CLASS;
        }
        if (!Provision.covers(provision.purposes(), request.purpose()) || !provision.coversAction(request.stage())) {
            return NOT_PURPOSE;
        }
        if (!Provision.covers(provision.actors(), request.actor())) {
            return NOT_ACTOR;
        }
        if (!provision.isLiveAt(processingMillis)) {
            return NOT_LIVE;
        }
        return provision.coversData(effectiveMillis) ? COVERS : NOT_DATA;
    }

    Decision decision() {
        if (newestActive == null || anyPermit && !anyLivePermit) {
            return nothingActive();
        }
        if (denier != null && denial != null) {
            return denier.denied(reasonOf(denial));
        }
        if (nearest == null || nearestPermit == null) {
            return newestActive.denied(ViolationReason.CLASS_DENIED);
        }
        return reached >= COVERS ? nearest.permitted() : nearest.denied(reasonOfMiss(reached, nearestPermit));
    }

    private Denied nothingActive() {
        if (expired != null) {
            return expired.denied(ViolationReason.EXPIRED);
        }
        if (withdrawn != null) {
            return withdrawn.denied(ViolationReason.WITHDRAWN);
        }
        Entry named = newestActive != null ? newestActive : invalid;
        return named != null ? named.denied(ViolationReason.NO_CONSENT) : new Denied(ViolationReason.NO_CONSENT, "");
    }

    private ViolationReason reasonOfMiss(int reach, Rule permit) {
        return switch (reach) {
            case NOT_CLASS -> ViolationReason.CLASS_DENIED;
            case NOT_PURPOSE -> ViolationReason.PURPOSE_DENIED;
            case NOT_ACTOR -> ViolationReason.ACTOR_DENIED;
            case NOT_LIVE -> permit.hasEndedAt(processingMillis) ? ViolationReason.EXPIRED : ViolationReason.NO_CONSENT;
            default -> ViolationReason.DATA_PERIOD;
        };
    }

    /** Of a denial with exceptions for this vital: what the nearest of them lacks. Of any other: what it names. */
    private ViolationReason reasonOf(Rule deny) {
        int best = NOT_CLASS;
        ViolationReason reason = reasonOf(deny.provision());
        for (Rule exception : deny.exceptions()) {
            int reach = reach(exception.provision());
            if (reach > best) {
                best = reach;
                reason = reasonOfMiss(reach, exception);
            }
        }
        return reason;
    }

    /** The narrowest thing that the rule names; a rule that names nothing denies every class. */
    private static ViolationReason reasonOf(Provision deny) {
        if (!deny.vitals().isEmpty()) {
            return ViolationReason.CLASS_DENIED;
        }
        if (!deny.purposes().isEmpty() || !deny.actions().isEmpty()) {
            return ViolationReason.PURPOSE_DENIED;
        }
        if (!deny.actors().isEmpty()) {
            return ViolationReason.ACTOR_DENIED;
        }
        boolean namesData = deny.namesDataStart() || deny.dataEnd() != Provision.OPEN_END;
        return namesData ? ViolationReason.DATA_PERIOD : ViolationReason.CLASS_DENIED;
    }

    /** Whether the permit that decided names itself from when on data are covered. */
    boolean namesDataStart() {
        return reached == COVERS_BY_NAME;
    }

    /** Whether the permit that decided was known and in force at that time too; then, with no deny around, nothing was blocked. */
    boolean alreadyHeldAt(long millis) {
        return nearest != null && nearestPermit != null && nearest.knownAt() <= millis && nearest.inForceFrom() <= millis
                && nearestPermit.isLiveAt(millis);
    }
}
