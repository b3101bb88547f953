package io.vitaltwin.twin.core.disclosure;

import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.Decision;
import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.consent.ViolationReason;
import io.vitaltwin.twin.core.disclosure.Egress.Basis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides about one disclosure: offers about one patient to one viewer at one moment. Pure: the same offers under the same consents at the same
 * time are decided the same. Offers do not influence each other; one that comes twice is counted twice.
 *
 * @see "CLINICAL.md section 8.3.3: no disclosure after a withdrawal, whatever the effective time"
 */
public final class Disclosing {

    private static final Decision NEEDS_NONE = new Permitted("");

    private final ConsentTimeline consents;
    private final Egress egress;
    private final Viewer viewer;
    private final long nowMillis;

    private final List<Boolean> permitted = new ArrayList<>();
    private final Map<String, Tally> shown = new TreeMap<>();
    private final Map<Kind, Long> denied = new LinkedHashMap<>();

    private Disclosing(ConsentTimeline consents, Egress egress, Viewer viewer, long nowMillis) {
        this.consents = consents;
        this.egress = egress;
        this.viewer = viewer;
        this.nowMillis = nowMillis;
    }

    /**
     * @param consents of this patient, each version as {@link Viewer#read} gives it
     * @param nowMillis time of the disclosure
     */
    public static Outcome decide(ConsentTimeline consents, Egress egress, Viewer viewer, List<Offer> offers, long nowMillis) {
        Disclosing disclosing = new Disclosing(consents, egress, viewer, nowMillis);
        offers.forEach(disclosing::decide);
        return disclosing.outcome();
    }

    private void decide(Offer offer) {
        Set<String> labels = new TreeSet<>();
        boolean allPermitted = true;
        for (Datum datum : offer.data()) {
            switch (decide(datum)) {
                case Permitted covered -> labels.add(covered.consentVersion());
                case Denied refusal -> {
                    allPermitted = false;
                    denied.merge(new Kind(datum.device(), datum.vital(), refusal.reason(), refusal.consentVersion()), 1L, Long::sum);
                }
            }
        }
        permitted.add(allPermitted);
        if (allPermitted) {
            shown.computeIfAbsent(String.join(" ", labels).strip(), label -> new Tally()).add(offer);
        }
    }

    /** A run is permitted when both its ends are: what is between was measured under one of the same rules or was never taken in. */
    private Decision decide(Datum datum) {
        if (egress.basis() == Basis.RIGHT_OF_ACCESS || datum.isNotice() && viewer.treats()) {
            return NEEDS_NONE;
        }
        Decision first = decide(datum.vital(), datum.fromMillis());
        return first.isPermitted() && datum.untilMillis() != datum.fromMillis() ? decide(datum.vital(), datum.untilMillis()) : first;
    }

    private Decision decide(String vital, long effectiveMillis) {
        return consents.decide(vital, viewer.purpose(), viewer.actor(), Stage.DISCLOSE, effectiveMillis, nowMillis);
    }

    private Outcome outcome() {
        List<Shown> all = new ArrayList<>();
        shown.forEach((label, tally) -> all.add(new Shown(List.copyOf(tally.vitals), tally.values, label)));
        List<Violation> violations = new ArrayList<>();
        denied.forEach((kind, count) -> violations.add(new Violation(kind.device, kind.vital, kind.reason, viewer.purpose(), viewer.actor(),
                Stage.DISCLOSE, kind.consentVersion, nowMillis, nowMillis, count)));
        return new Outcome(permitted, all, violations);
    }

    private record Kind(String device, String vital, ViolationReason reason, String consentVersion) {
    }

    private static final class Tally {

        private final Set<String> vitals = new TreeSet<>();
        private long values;

        void add(Offer offer) {
            offer.data().stream().filter(datum -> !datum.isNotice()).map(Datum::vital).forEach(vitals::add);
            values += offer.values();
        }
    }
}
