package io.vitaltwin.twin.core.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a patient's consents would have said, had a version been known since the time from which it is meant to hold. It tells which uses were
 * lawful when they happened and would not have been: the reason RETROACTIVE. It never permits anything: a late permit finds nothing that was used
 * without it.
 *
 * @see "CLINICAL.md sections 8.3.2, 8.3.8 and 3.12.11"
 */
public final class Hindsight {

    private static final String HINDSIGHT = "\0hindsight";

    private final ConsentTimeline timeline;
    private final long fromMillis;
    private final long untilMillis;

    private Hindsight(ConsentTimeline timeline, long fromMillis, long untilMillis) {
        this.timeline = timeline;
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
    }

    /**
     * @param before everything that was known before the version
     * @return empty where the version says nothing of the time before it was known
     */
    public static Optional<Hindsight> of(ConsentTimeline before, ConsentVersion version) {
        if (!version.status().isDecided() || version.emergency() != null) {
            return Optional.empty();
        }
        boolean understood = version.status() != ConsentStatus.ACTIVE || version.fault().isEmpty();
        if (understood && version.effectiveMillis() < version.knownAtMillis()) {
            return Optional.of(knownSince(before, version));
        }
        return deniesBefore(before, version);
    }

    /** What the same consent said between then and now would never have been said. */
    private static Hindsight knownSince(ConsentTimeline before, ConsentVersion version) {
        long from = version.effectiveMillis();
        ConsentTimeline timeline = ConsentTimeline.empty();
        for (ConsentVersion other : before.versions()) {
            boolean replaced = other.consentId().equals(version.consentId()) && other.knownAtMillis() >= from;
            timeline = replaced ? timeline : timeline.apply(other);
        }
        return new Hindsight(timeline.apply(version.knownAt(from)), from, version.knownAtMillis());
    }

    /**
     * A version that is to hold from now on may still deny a period that lies before, and one that permits nothing because of a fault still denies: only
     * such denials look back, and only those without exceptions.
     */
    private static Optional<Hindsight> deniesBefore(ConsentTimeline before, ConsentVersion version) {
        List<Provision> denies = new ArrayList<>();
        long from = version.knownAtMillis();
        for (int i = 0; i < version.provisions().size(); i++) {
            Provision provision = version.provisions().get(i);
            long since = provision.periodStart() == Provision.OPEN_START ? version.effectiveMillis() : provision.periodStart();
            if (version.status() == ConsentStatus.ACTIVE && isPlainDeny(version.provisions(), i) && since < version.knownAtMillis()) {
                denies.add(provision);
                from = Math.min(from, since);
            }
        }
        if (denies.isEmpty()) {
            return Optional.empty();
        }
        ConsentVersion since = new ConsentVersion(version.consentId() + HINDSIGHT, version.versionId(), ConsentStatus.ACTIVE, from, from, denies);
        return Optional.of(new Hindsight(before.apply(since), from, version.knownAtMillis()));
    }

    private static boolean isPlainDeny(List<Provision> provisions, int place) {
        Provision provision = provisions.get(place);
        return provision.type() == Provision.Type.DENY && provision.exceptionTo() == Provision.ALONE
                && provisions.stream().noneMatch(other -> other.exceptionTo() == place);
    }

    /**
     * Whether a use would have been refused. Of a span that holds both, the whole is: what is known by the minute or the hour is told by it, never
     * left out.
     */
    public boolean forbids(Use use, String purpose, String actor) {
        return use.lastMillis() >= fromMillis && use.firstMillis() < untilMillis
                && (isRefusedAt(use, Math.max(use.firstMillis(), fromMillis), purpose, actor) || isRefusedAt(use, use.lastMillis(), purpose, actor));
    }

    private boolean isRefusedAt(Use use, long millis, String purpose, String actor) {
        return !timeline.decide(use.vital().id(), purpose, actor, Stage.USE, millis, millis).isPermitted();
    }
}
