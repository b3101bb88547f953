package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.disclosure.Disclosing;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Outcome;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.topology.ConsentRecords;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stands at one way out, for one viewer. What passes was permitted by consent as it is known now, and is written down as a disclosure before it is
 * handed back; what does not pass is written down as a violation. If either cannot be done, nothing passes. For one thread.
 */
public final class DisclosureGate implements AutoCloseable {

    private final Egress egress;
    private final Viewer viewer;
    private final ConsentSource consents;
    private final DisclosureLog log;
    private final InstantSource clock;
    private long withheld;

    /**
     * Opens when all consents are known that were committed before.
     *
     * @param consents read for this viewer; closed with the gate
     * @param log closed with the gate
     * @param clock time of the disclosure
     * @throws DisclosureFailed if the consents cannot be read
     */
    public DisclosureGate(Egress egress, Viewer viewer, ConsentSource consents, DisclosureLog log, InstantSource clock) {
        this.egress = egress;
        this.viewer = viewer;
        this.consents = consents;
        this.log = log;
        this.clock = clock;
        consents.catchUp();
    }

    /**
     * What may be shown of these items, in their order. A withdrawal that was committed before the call is honoured.
     *
     * @throws DisclosureFailed if consent cannot be asked or the disclosure cannot be written: then nothing may be shown
     */
    public <T> List<T> pass(List<Item<T>> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        consents.catchUp();
        boolean[] permitted = new boolean[items.size()];
        List<Disclosure> disclosures = new ArrayList<>();
        List<ConsentViolation> violations = new ArrayList<>();
        byPatient(items).forEach((patient, places) -> {
            long now = now(patient, items, places);
            List<Offer> offers = places.stream().map(place -> items.get(place).offer()).toList();
            Outcome outcome = Disclosing.decide(consents.of(patient), egress, viewer, offers, now);
            for (int i = 0; i < places.size(); i++) {
                permitted[places.get(i)] = outcome.permitted().get(i);
            }
            disclosures.addAll(disclosures(patient, egress, viewer, outcome, now));
            outcome.violations().forEach(violation -> violations.add(ConsentRecords.violation(patient, violation)));
        });
        log.write(disclosures, violations);
        return permitted(items, permitted);
    }

    /** Items that did not pass, since the gate opened. */
    public long withheld() {
        return withheld;
    }

    /**
     * The records of what is shown.
     *
     * @param nowMillis time of the disclosure
     */
    public static List<Disclosure> disclosures(String patient, Egress egress, Viewer viewer, Outcome outcome, long nowMillis) {
        return outcome.shown().stream().map(shown -> Disclosure.newBuilder()
                .setDisclosureId(UUID.randomUUID().toString())
                .setPatientId(patient)
                .setActor(viewer.actor())
                .setPurpose(viewer.purpose())
                .setEgress(egress.word())
                .setVitals(shown.vitals())
                .setCount(shown.values())
                .setTime(Instant.ofEpochMilli(nowMillis))
                .setConsentVersion(shown.consentVersion())
                .setRole(viewer.role())
                .build()).toList();
    }

    private static <T> Map<String, List<Integer>> byPatient(List<Item<T>> items) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            places.computeIfAbsent(items.get(i).patient(), patient -> new ArrayList<>()).add(i);
        }
        return places;
    }

    /**
     * The time of the disclosure: never before what is already in the log. A broker whose clock is ahead of this machine's, or that runs in the time
     * of a story, must not make a withdrawal look as if it were still to come.
     */
    private <T> long now(String patient, List<Item<T>> items, List<Integer> places) {
        ConsentTimeline known = consents.of(patient);
        long now = Math.max(clock.instant().toEpochMilli(), known.newestKnownAt());
        for (int place : places) {
            now = Math.max(now, items.get(place).appendMillis());
        }
        return now;
    }

    private <T> List<T> permitted(List<Item<T>> items, boolean[] permitted) {
        List<T> passed = new ArrayList<>();
        for (int i = 0; i < permitted.length; i++) {
            if (permitted[i]) {
                passed.add(items.get(i).content());
            }
        }
        withheld += items.size() - passed.size();
        return passed;
    }

    @Override
    public void close() {
        try {
            consents.close();
        } finally {
            log.close();
        }
    }
}
