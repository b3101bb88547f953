package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every consent version of one patient in the order in which it became known, and the decision that follows. Immutable; safe for any thread.
 *
 * <p>Of each consent the newest version that is known decides. A patient may have several consents at once (treatment, research): one
 * permit suffices, unless a deny of any of them covers the same request. An active version that is meant for later leaves the version
 * before it in force until then; any other status ends the consent at its append time, whatever effective time it names.
 *
 * <p>A broken glass stands beside all this: for its hours it permits care that the consents do not, and when they are over everything is as if
 * it had not been. Above all it is no decision of the patient: what was measured in its hours stays closed under a later consent.
 *
 * @see "CLINICAL.md sections 8.1, 8.3 and 3.12.11"
 */
public final class ConsentTimeline {

    private static final ConsentTimeline EMPTY = new ConsentTimeline(List.of());

    private final List<ConsentVersion> versions;
    /** Consents, without broken glasses. */
    private final Entry[] entries;
    private final ConsentVersion[] brokenGlasses;
    /** From here on no broken glass holds: the case of nearly every patient, at any time. */
    private final long emergenciesEnd;
    /** What is in force from {@link #settledFrom} on: the answer for nearly every call. */
    private final Entry[] settled;
    private final long settledFrom;
    /** When the patient first said yes or no; before, nothing was blocked by a decision. */
    private final long firstDecided;
    private final boolean anyDeny;
    /** Processing time of every question, whatever the question says; Long.MIN_VALUE: the question says it. */
    private final long askedAt;

    /** Oldest first. */
    ConsentTimeline(List<ConsentVersion> versions) {
        this(versions, Long.MIN_VALUE);
    }

    private ConsentTimeline(List<ConsentVersion> versions, long askedAt) {
        this.versions = List.copyOf(versions);
        this.askedAt = askedAt;
        List<Entry> consents = new ArrayList<>(versions.size());
        List<ConsentVersion> broken = new ArrayList<>(0);
        for (ConsentVersion version : this.versions) {
            if (version.emergency() == null) {
                consents.add(Entry.of(version, consents));
            } else if (version.fault().isEmpty()) {
                broken.add(version);
            }
        }
        entries = consents.toArray(Entry[]::new);
        brokenGlasses = broken.toArray(ConsentVersion[]::new);
        emergenciesEnd = broken.isEmpty() ? Long.MIN_VALUE : endOf(broken.getLast());
        long settles = Long.MIN_VALUE;
        long decided = Long.MAX_VALUE;
        boolean denies = false;
        for (Entry entry : entries) {
            settles = Math.max(settles, Math.max(entry.knownAt(), entry.inForceFrom()));
            decided = entry.status().isDecided() ? Math.min(decided, entry.knownAt()) : decided;
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
        return new ConsentTimeline(more, askedAt);
    }

    /**
     * The same consents asked at one processing time for ever: a replay is new processing, whenever the data were first processed. Time alone changes
     * nothing then.
     */
    public ConsentTimeline askedAt(long processingMillis) {
        return new ConsentTimeline(versions, processingMillis);
    }

    private long processing(long givenMillis) {
        return askedAt == Long.MIN_VALUE ? givenMillis : askedAt;
    }

    /** {@code <consentId>/<versionId>} of the consent version that became known last; empty when none is. A broken glass is none. */
    public String newestLabel() {
        return entries.length == 0 ? "" : entries[entries.length - 1].permitted().consentVersion();
    }

    /** Append time of the version that became known last: it is not earlier now. Long.MIN_VALUE when none is known. */
    public long newestKnownAt() {
        return versions.isEmpty() ? Long.MIN_VALUE : versions.get(versions.size() - 1).knownAtMillis();
    }

    /** The broken glass that holds at this processing time, the newest when several do. */
    public Optional<ConsentVersion> emergencyAt(long givenMillis) {
        long processingMillis = processing(givenMillis);
        for (int i = brokenGlasses.length - 1; i >= 0; i--) {
            ConsentVersion version = brokenGlasses[i];
            if (version.knownAtMillis() <= processingMillis && processingMillis < endOf(version)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Oldest first, with broken glasses. */
    public List<ConsentVersion> versions() {
        return versions;
    }

    /**
     * Whether a reading may be collected, used or disclosed.
     *
     * <p>A time in which the request was refused stays closed under a new consent, unless its data period names a start and covers it. Data
     * from before the patient's first decision were refused by nobody: the first consent covers them unless its data period does not.
     *
     * <p>Where a broken glass holds, it permits care that the consents refuse, and is named as what permitted it; what they permit themselves
     * they permit under their own name. {@link Stage#PREDICT} and {@link Stage#SCREEN} are asked apart from {@link Stage#USE}, of which they
     * are parts.
     *
     * @param vital vital id, also of one that the twin does not know
     * @param effectiveMillis when the patient was measured
     * @param givenMillis processing time: append time of the reading, or the time of a disclosure; not looked at after {@link #askedAt}
     */
    public Decision decide(String vital, String purpose, String actor, Stage stage, long effectiveMillis, long givenMillis) {
        long processingMillis = processing(givenMillis);
        Decision decision = judge(new Request(vital, purpose, actor, stage), effectiveMillis, processingMillis);
        if (processingMillis < emergenciesEnd && !decision.isPermitted() && Emergency.isFor(purpose)) {
            return emergencyAt(processingMillis).<Decision>map(version -> new Permitted(version.label())).orElse(decision);
        }
        return decision;
    }

    /**
     * The first processing time after the given one at which a decision may change by itself: a version comes into force, a period
     * begins or ends, a broken glass does no longer hold.
     *
     * @return Long.MAX_VALUE when none will
     */
    public long nextChange(long afterMillis) {
        if (askedAt != Long.MIN_VALUE) {
            return Long.MAX_VALUE;
        }
        long next = Long.MAX_VALUE;
        for (Entry entry : entries) {
            next = earlier(next, entry.inForceFrom(), afterMillis);
            for (Rule rule : entry.rules()) {
                next = earlier(next, rule.provision().periodStart(), afterMillis);
                next = earlier(next, rule.provision().periodEnd(), afterMillis);
            }
        }
        for (ConsentVersion version : brokenGlasses) {
            next = earlier(next, version.knownAtMillis(), afterMillis);
            next = earlier(next, endOf(version), afterMillis);
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

    /** What the consents say; broken glasses are not asked. */
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
            if (entry.knownAt() <= processingMillis && entry.inForceFrom() <= processingMillis
                    && !isReplaced(entry, found)) {
                found.add(entry);
            }
        }
        return found.toArray(Entry[]::new);
    }

    private static boolean isReplaced(Entry entry, List<Entry> newer) {
        for (Entry one : newer) {
            if (one.consentId().equals(entry.consentId())) {
                return true;
            }
        }
        return false;
    }

    private static long endOf(ConsentVersion brokenGlass) {
        return brokenGlass.knownAtMillis() + Emergency.HOLDS_MILLIS;
    }

    private static long earlier(long next, long candidate, long after) {
        return candidate > after && candidate < next ? candidate : next;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsentTimeline timeline && askedAt == timeline.askedAt && versions.equals(timeline.versions);
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

    record Request(String vital, String purpose, String actor, Stage stage) {
    }
}
