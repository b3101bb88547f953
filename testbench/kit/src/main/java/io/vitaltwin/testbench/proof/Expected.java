package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.twin.core.AlertId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** The readings of a story that consent refuses, or may refuse when they wait for an earlier batch. */
final class Expected {

    private static final long GRACE_MILLIS = 301_000;

    /**
     * One reading that is or may be refused.
     *
     * @param certain refused when it came; else it came under consent, and may be refused when it has waited
     * @param fromMillis when it came; earlier where a consent that refuses what waits was itself read late, and carries its own time
     * @param untilMillis when it has been taken at the latest
     */
    private record Refusal(String stream, Set<ViolationReason> reasons, boolean certain, long fromMillis, long untilMillis) {
    }

    private final List<Refusal> refusals = new ArrayList<>();
    /** Append times of all readings, by stream. */
    private final Map<String, List<Long>> sent = new HashMap<>();
    private final ProofStory story;
    private final PlainConsent consent = new PlainConsent();
    private final Map<String, Set<Long>> sequences = new HashMap<>();
    private @Nullable Set<String> registered;

    private Expected(ProofStory story) {
        this.story = story;
    }

    static Expected of(ProofStory story) {
        Expected expected = new Expected(story);
        for (int i = 0; i < story.entries().size(); i++) {
            Entry entry = story.entries().get(i);
            switch (entry.arrival()) {
                case Arrival.Plan plan -> expected.registered = vitals(plan.plan());
                case Arrival.Consent one -> expected.consent.take(one.consent(), entry.appendMillis());
                case Arrival.Batch batch -> expected.batch(batch, i, entry.appendMillis());
                case Arrival.Report report -> { }
                case Arrival.Garbage garbage -> { }
            }
        }
        return expected;
    }

    private static Set<String> vitals(PatientContext plan) {
        Set<String> vitals = new HashSet<>();
        plan.getDevices().forEach(device -> vitals.addAll(device.getVitals()));
        if (!plan.getMonitor().isEmpty()) {
            vitals.clear();
            plan.getMonitor().forEach(monitored -> vitals.add(monitored.getVital()));
        }
        return vitals;
    }

    private void batch(Arrival.Batch batch, int place, long append) {
        String device = batch.batch().getDeviceId();
        boolean mayWait = mayWait(device, batch.batch().getSequence());
        for (Reading reading : batch.batch().getReadings()) {
            String stream = AlertId.ofDevice(story.patient(), device) + ' ' + reading.getVital();
            long effective = reading.getEffectiveTime().toEpochMilli();
            sent.computeIfAbsent(stream, none -> new ArrayList<>()).add(append);
            Set<ViolationReason> reasons = reasons(consent, registered, reading.getVital(), effective, append);
            if (!reasons.isEmpty()) {
                refusals.add(new Refusal(stream, reasons, true, append, append));
            } else if (mayWait) {
                Set<ViolationReason> later = later(place, reading.getVital(), effective, append);
                if (!later.isEmpty()) {
                    refusals.add(new Refusal(stream, later, false, Math.min(append, overtaken(place, append)), append + GRACE_MILLIS));
                }
            }
        }
    }

    /** What nobody registered is refused whatever the consent; of somebody unknown, consent is asked first. */
    private static Set<ViolationReason> reasons(
            PlainConsent consent, @Nullable Set<String> registered, String vital, long effective, long processing) {
        if (registered != null && !registered.contains(vital)) {
            return EnumSet.of(ViolationReason.HYPERCOLLECTION);
        }
        Set<ViolationReason> reasons = consent.refusal(vital, "COLLECT", effective, processing);
        if (reasons.isEmpty()) {
            reasons = consent.refusal(vital, "USE", effective, processing);
        }
        return reasons.isEmpty() && registered == null ? EnumSet.of(ViolationReason.HYPERCOLLECTION) : reasons;
    }

    /** Whether a batch that the device sent before this one has not come yet. */
    private boolean mayWait(String device, long sequence) {
        if (sequence < 0) {
            return false;
        }
        Set<Long> seen = sequences.computeIfAbsent(device, none -> new HashSet<>());
        seen.add(sequence);
        return LongStream.range(0, sequence).anyMatch(before -> !seen.contains(before));
    }

    /** Why a reading may be refused at any moment of the next five minutes. */
    private Set<ViolationReason> later(int place, String vital, long effective, long append) {
        PlainConsent then = new PlainConsent();
        Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
        long from = append;
        for (int i = 0; i <= story.entries().size(); i++) {
            boolean last = i == story.entries().size() || story.entries().get(i).takenMillis() > append + GRACE_MILLIS;
            long until = last ? append + GRACE_MILLIS : story.entries().get(i).takenMillis();
            if (i > place) {
                reasons.addAll(between(then, vital, effective, from, until));
                from = until;
            }
            if (last) {
                return reasons;
            }
            Entry entry = story.entries().get(i);
            if (entry.arrival() instanceof Arrival.Consent one) {
                then.take(one.consent(), entry.appendMillis());
            }
        }
        return reasons;
    }

    /** The earliest time of a consent that is read while the reading may wait. */
    private long overtaken(int place, long append) {
        return story.entries().subList(place, story.entries().size()).stream()
                .filter(entry -> entry.takenMillis() <= append + GRACE_MILLIS && entry.arrival() instanceof Arrival.Consent)
                .mapToLong(Entry::appendMillis).min().orElse(append);
    }

    private Set<ViolationReason> between(PlainConsent then, String vital, long effective, long from, long until) {
        Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
        reasons.addAll(reasons(then, registered, vital, effective, from));
        reasons.addAll(reasons(then, registered, vital, effective, until));
        for (long point : then.turningPoints()) {
            if (point >= from && point <= until) {
                reasons.addAll(reasons(then, registered, vital, effective, point));
            }
        }
        return reasons;
    }

    /** Readings that came in this time, both ends included, or so shortly before that they may have waited. */
    long sent(String stream, Instant first, Instant last) {
        return sent.getOrDefault(stream, List.of()).stream()
                .filter(append -> append >= first.toEpochMilli() - GRACE_MILLIS && append <= last.toEpochMilli()).count();
    }

    long certain() {
        return refusals.stream().filter(Refusal::certain).count();
    }

    long possible() {
        return refusals.size() - certain();
    }

    Set<String> streams() {
        Set<String> streams = new HashSet<>();
        refusals.forEach(refusal -> streams.add(refusal.stream()));
        return streams;
    }

    /** Refused for this reason and no other. */
    long least(String stream, ViolationReason reason) {
        return refusals.stream().filter(refusal -> refusal.stream().equals(stream) && refusal.certain() && refusal.reasons().equals(EnumSet.of(reason))).count();
    }

    long most(String stream, ViolationReason reason) {
        return refusals.stream().filter(refusal -> refusal.stream().equals(stream) && refusal.reasons().contains(reason)).count();
    }

    /** Readings that may be refused for this reason at a time from first to last, both included. */
    long fitting(String stream, ViolationReason reason, Instant first, Instant last) {
        return refusals.stream().filter(refusal -> refusal.stream().equals(stream) && refusal.reasons().contains(reason)
                && refusal.fromMillis() <= last.toEpochMilli() && refusal.untilMillis() >= first.toEpochMilli()).count();
    }
}
