package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Emergency;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.state.Episode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must go with a broken glass: an entry in the log of disclosures and an alert at once, a notice to the patient at its end. The open alert is the
 * memory of it.
 */
final class BrokenGlass {

    private static final String EGRESS = "break-glass";
    private static final String PURPOSE = "ETREAT";
    private static final String PATIENT = "patient";

    private BrokenGlass() {
    }

    /** A version became known; one that is no broken glass, or opens nothing, is left alone. */
    static void begin(Visit visit, ConsentVersion version, Outbox outbox) {
        Emergency emergency = version.emergency();
        if (emergency == null || version.fault().isPresent()) {
            return;
        }
        outbox.disclosure(visit, Disclosure.newBuilder()
                .setDisclosureId(AlertId.of(visit.patient, EGRESS + '/' + version.label(), version.knownAtMillis()))
                .setPatientId(visit.patient).setActor(emergency.actor()).setPurpose(PURPOSE).setEgress(EGRESS)
                .setTime(Instant.ofEpochMilli(visit.nowMillis)).setConsentVersion(version.label()).setVitals(List.of())
                .setRole(emergency.role()).setReason(emergency.reason()).build());
        outbox.next(new Step.GlassBroken(visit, emergency.role(), version.knownAtMillis() + Emergency.HOLDS_MILLIS));
    }

    /**
     * Ends what began with a broken glass, if none holds any longer.
     *
     * @return since when it had been broken; empty when nothing ended
     */
    static OptionalLong end(Visit visit, Outbox outbox) {
        Optional<Episode> open = visit.twin.episode(Family.CONSENT).filter(episode -> episode.holds(RuleId.BREAK_GLASS));
        if (open.isEmpty() || visit.consents.emergencyAt(visit.nowMillis).isPresent()) {
            return OptionalLong.empty();
        }
        long since = open.get().startMillis();
        outbox.notification(visit, Notification.newBuilder()
                .setNotificationId(AlertId.of(visit.patient, EGRESS + "/told", since))
                .setAlertId(AlertId.of(visit.patient, Family.CONSENT.name(), since))
                .setPatientId(visit.patient).setChannel(PATIENT).setRecipient(PATIENT).setStatus(DeliveryStatus.PLANNED)
                .setTime(Instant.ofEpochMilli(visit.nowMillis)).build());
        outbox.next(new Step.GlassMended(visit));
        return OptionalLong.of(since);
    }
}
