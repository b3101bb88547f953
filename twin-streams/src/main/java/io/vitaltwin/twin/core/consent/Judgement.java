package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.ConsentTimeline.Entry;
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
    private @Nullable Entry withdrawn;
    private @Nullable Entry expired;
    private @Nullable Entry denier;
    private @Nullable Provision denial;
    private @Nullable Entry nearest;
    private @Nullable Provision nearestPermit;
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
        newestActive = newestActive == null ? entry : newestActive;
        for (Provision provision : entry.provisions()) {
            if (provision.type() == Provision.Type.DENY) {
                weighDeny(entry, provision);
            } else {
                weighPermit(entry, provision);
            }
        }
    }

    private void weighDeny(Entry entry, Provision deny) {
        if (denier == null && reach(deny) >= COVERS) {
            denier = entry;
            denial = deny;
        }
    }

    private void weighPermit(Entry entry, Provision permit) {
        anyPermit = true;
        if (permit.isLiveAt(processingMillis)) {
            anyLivePermit = true;
        } else if (expired == null && permit.periodEnd() <= processingMillis) {
            expired = entry;
        }
        int reach = reach(permit);
        if (reach > reached) {
            reached = reach;
            nearest = entry;
            nearestPermit = permit;
        }
    }

    private int reach(Provision provision) {
        if (!Provision.covers(provision.vitals(), request.vital())) {
            return NOT_CLASS;
        }
        if (!Provision.covers(provision.purposes(), request.purpose()) || !Provision.covers(provision.actions(), request.action())) {
            return NOT_PURPOSE;
        }
        if (!Provision.covers(provision.actors(), request.actor())) {
            return NOT_ACTOR;
        }
        if (!provision.isLiveAt(processingMillis)) {
            return NOT_LIVE;
        }
        if (!provision.coversData(effectiveMillis)) {
            return NOT_DATA;
        }
        return provision.namesDataStart() ? COVERS_BY_NAME : COVERS;
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
        return reached >= COVERS ? nearest.permitted() : nearest.denied(reasonOfMiss(nearestPermit));
    }

    private Denied nothingActive() {
        if (expired != null) {
            return expired.denied(ViolationReason.EXPIRED);
        }
        if (withdrawn != null) {
            return withdrawn.denied(ViolationReason.WITHDRAWN);
        }
        return newestActive != null ? newestActive.denied(ViolationReason.NO_CONSENT) : new Denied(ViolationReason.NO_CONSENT, "");
    }

    private ViolationReason reasonOfMiss(Provision permit) {
        return switch (reached) {
            case NOT_CLASS -> ViolationReason.CLASS_DENIED;
            case NOT_PURPOSE -> ViolationReason.PURPOSE_DENIED;
            case NOT_ACTOR -> ViolationReason.ACTOR_DENIED;
            case NOT_LIVE -> permit.periodEnd() <= processingMillis ? ViolationReason.EXPIRED : ViolationReason.NO_CONSENT;
            default -> ViolationReason.DATA_PERIOD;
        };
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
