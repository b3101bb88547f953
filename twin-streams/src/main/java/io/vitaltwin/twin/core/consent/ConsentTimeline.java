package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;

import java.util.ArrayList;
import java.util.List;

/**
 * Every consent version of one patient in the order in which it became known, and the decision that follows. Immutable; safe for any thread.
 *
 * <p>Of each consent the newest version that is known decides. A patient may have several consents at once (treatment, research): one
 * permit suffices, unless a deny of any of them covers the same request. An active version that is meant for later leaves the version
 * before it in force until then; any other status ends the consent at its append time, whatever effective time it names.
 *
 * @see "CLINICAL.md sections 8.3 and 3.12.11"
 */
public final class ConsentTimeline {

    private static final ConsentTimeline EMPTY = new ConsentTimeline(List.of());

    private final List<ConsentVersion> versions;
    private final Entry[] entries;
    /** What is in force from {@link #settledFrom} on: the answer for nearly every call. */
    private final Entry[] settled;
    private final long settledFrom;
    /** When the patient first said yes or no; before, nothing was blocked by a decision. */
    private final long firstDecided;
    private final boolean anyDeny;

    /** Oldest first. */
    ConsentTimeline(List<ConsentVersion> versions) {
        this.versions = List.copyOf(versions);
        entries = new Entry[versions.size()];
        long settles = Long.MIN_VALUE;
        long decided = Long.MAX_VALUE;
        boolean denies = false;
        for (int i = 0; i < entries.length; i++) {
            Entry entry = Entry.of(this.versions, i);
            entries[i] = entry;
            settles = Math.max(settles, Math.max(entry.knownAt, entry.inForceFrom));
            decided = entry.status.isDecided() ? Math.min(decided, entry.knownAt) : decided;
            denies |= entry.denies();
        }
        settledFrom = settles;
        firstDecided = decided;
        anyDeny = denies;
        settled = findInForce(settles);
    }

    /** Of a patient who has never said anything: denies everything. */
    public static ConsentTimeline empty() {
        return EMPTY;
    }

    /**
     * With one more version. One that comes out of order takes its place by append time; of two with the same append time the one applied later
     * is the newer. A version sent twice changes nothing. A record that reuses a version id for something else is a version of its own: to
     * drop it could drop a withdrawal.
     *
     * @return this timeline itself when nothing changed
     */
    public ConsentTimeline apply(ConsentVersion version) {
        int place = versions.size();
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).repeats(version)) {
                return this;
            }
            if (versions.get(i).knownAtMillis() > version.knownAtMillis()) {
                place = i;
            }
        }
        List<ConsentVersion> more = new ArrayList<>(versions);
        more.add(place, version);
        return new ConsentTimeline(more);
    }

    /** {@code <consentId>/<versionId>} of the version that became known last; empty when none is. */
    public String newestLabel() {
        return entries.length == 0 ? "" : entries[entries.length - 1].permitted.consentVersion();
    }

    /** Append time of the version that became known last: it is not earlier now. Long.MIN_VALUE when none is known. */
    public long newestKnownAt() {
        return entries.length == 0 ? Long.MIN_VALUE : entries[entries.length - 1].knownAt;
    }

    /** Oldest first. */
    public List<ConsentVersion> versions() {
        return versions;
    }

    /**
     * Whether a reading may be collected, used or disclosed.
     *
     * <p>A time in which the request was refused stays closed under a new consent, unless its data period names a start and covers it. Data
     * from before the patient's first decision were refused by nobody: the first consent covers them unless its data period does not.
     *
     * @param vital vital id, also of one that the twin does not know
     * @param effectiveMillis when the patient was measured
     * @param processingMillis append time of the reading, or the time of a disclosure; in a replay the time of the replay
     */
    public Decision decide(String vital, String purpose, String actor, Stage stage, long effectiveMillis, long processingMillis) {
        return judge(new Request(vital, purpose, actor, stage.name()), effectiveMillis, processingMillis);
    }

    /**
     * The first processing time after the given one at which a decision may change by itself: a version comes into force, a period
     * begins or ends.
     *
     * @return Long.MAX_VALUE when none will
     */
    public long nextChange(long afterMillis) {
        long next = Long.MAX_VALUE;
        for (Entry entry : entries) {
            next = earlier(next, entry.inForceFrom, afterMillis);
            for (Provision provision : entry.provisions) {
                next = earlier(next, provision.periodStart(), afterMillis);
                next = earlier(next, provision.periodEnd(), afterMillis);
            }
        }
        return next;
    }

    /** Compact form; its first byte is the version of the format. */
    public byte[] encode() {
        return TimelineCodec.encode(versions);
    }

    /** @throws IllegalArgumentException if the bytes were not written by {@link #encode} */
    public static ConsentTimeline decode(byte[] bytes) {
        return new ConsentTimeline(TimelineCodec.decode(bytes));
    }

    private Decision judge(Request request, long effectiveMillis, long processingMillis) {
        Entry[] inForce = processingMillis >= settledFrom ? settled : findInForce(processingMillis);
        Judgement judgement = new Judgement(request, effectiveMillis, processingMillis);
        for (Entry entry : inForce) {
            judgement.weigh(entry);
        }
        Decision decision = judgement.decision();
        boolean reachesBack = decision.isPermitted() && effectiveMillis < processingMillis && !judgement.namesDataStart();
        if (reachesBack && wasBlocked(request, effectiveMillis, judgement)) {
            return new Denied(ViolationReason.DATA_PERIOD, decision.consentVersion());
        }
        return decision;
    }

    /** Whether the same request would have been refused when the reading was measured, although a decision of the patient was known then. */
    private boolean wasBlocked(Request request, long effectiveMillis, Judgement now) {
        if (effectiveMillis < firstDecided || !anyDeny && now.alreadyHeldAt(effectiveMillis)) {
            return false;
        }
        return !judge(request, effectiveMillis, effectiveMillis).isPermitted();
    }

    /** The newest version in force of each consent, newest first. */
    private Entry[] findInForce(long processingMillis) {
        List<Entry> found = new ArrayList<>();
        for (int i = entries.length - 1; i >= 0; i--) {
            Entry entry = entries[i];
            if (entry.knownAt <= processingMillis && entry.inForceFrom <= processingMillis
                    && found.stream().noneMatch(newer -> newer.consentId.equals(entry.consentId))) {
                found.add(entry);
            }
        }
        return found.toArray(Entry[]::new);
    }

    private static long earlier(long next, long candidate, long after) {
        return candidate > after && candidate < next ? candidate : next;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsentTimeline timeline && versions.equals(timeline.versions);
    }

    @Override
    public int hashCode() {
        return versions.hashCode();
    }

    /** Says how much is known, never what. */
    @Override
    public String toString() {
        return "ConsentTimeline[" + versions.size() + " versions]";
    }

    record Request(String vital, String purpose, String actor, String action) {
    }

    /**
     * A version, ready to be asked often.
     *
     * @param inForceFrom effective time of an active version, else the append time
     * @param wasActive an older version of the same consent was active
     */
    record Entry(String consentId, ConsentStatus status, long knownAt, long inForceFrom, boolean wasActive, Provision[] provisions,
            Permitted permitted) {

        static Entry of(List<ConsentVersion> versions, int index) {
            ConsentVersion version = versions.get(index);
            boolean wasActive = versions.subList(0, index).stream()
                    .anyMatch(older -> older.status() == ConsentStatus.ACTIVE && older.consentId().equals(version.consentId()));
            boolean active = version.status() == ConsentStatus.ACTIVE;
            return new Entry(version.consentId(), version.status(), version.knownAtMillis(),
                    active ? version.effectiveMillis() : version.knownAtMillis(), wasActive,
                    version.provisions().toArray(Provision[]::new), new Permitted(version.label()));
        }

        boolean denies() {
            for (Provision provision : provisions) {
                if (provision.type() == Provision.Type.DENY) {
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
}
