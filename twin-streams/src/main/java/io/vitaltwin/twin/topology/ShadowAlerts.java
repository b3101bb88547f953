package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Disclosing;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Outcome;
import io.vitaltwin.twin.core.disclosure.Shown;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.List;

/**
 * Alerts of a replay, as far as they fall into its time and consent covers showing them to whoever replays. What is shown is written into the patient's log
 * of disclosures, what is not as a violation, in the transaction of the alert itself: no kill parts them.
 */
final class ShadowAlerts implements Processor<String, Object, String, Object> {

    static final String ALERTS = "shadow-alerts";
    static final String DISCLOSURES = "shadow-disclosures";
    static final String REFUSALS = "shadow-refusals";

    private static final Vital[] VITALS = Vital.values();

    private final Shadow shadow;
    private ProcessorContext<String, Object> context;
    /** Key: patient. Value: the timeline; absent before the first consent, and always where consents are asked as they are known now. */
    private KeyValueStore<String, byte[]> timelines;

    ShadowAlerts(Shadow shadow) {
        this.shadow = shadow;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        timelines = processorContext.getStateStore(TwinStores.CONSENTS);
    }

    @Override
    public void process(Record<String, Object> record) {
        if (!shadow.writes(record.timestamp())) {
            return;
        }
        String patient = record.key();
        AlertEvent alert = (AlertEvent) record.value();
        ConsentTimeline consents = consents(patient);
        Offer offer = Offers.of(patient, alert, record.timestamp());
        if (isNoticeOfSomebodyGone(consents, offer, record.timestamp())) {
            return;
        }
        Outcome outcome = Disclosing.decide(consents, Egress.SHADOW, shadow.viewer(), List.of(offer), asked(record));
        outcome.shown().forEach(shown -> forward(record, disclosure(patient, alert, shown), DISCLOSURES));
        outcome.violations().forEach(violation -> forward(record, ConsentRecords.violation(patient, violation), REFUSALS));
        if (outcome.permittedCount() > 0) {
            context.forward(record.withHeaders(shadow.headers()), ALERTS);
        }
    }

    /** A replay is new processing, unless it asks what was known at the time. */
    private long asked(Record<String, Object> record) {
        return shadow.consents().isPresent() ? shadow.replayedAt().toEpochMilli() : record.timestamp();
    }

    /** The time of a disclosure is that of the replay, not of the alert. */
    private void forward(Record<String, Object> record, Object value, String to) {
        context.forward(new Record<>(record.key(), value, shadow.replayedAt().toEpochMilli(), shadow.headers()), to);
    }

    private ConsentTimeline consents(String patient) {
        Viewer viewer = shadow.viewer();
        if (shadow.consents().isPresent()) {
            ConsentTimeline known = shadow.consents().get().apply(patient);
            return as(viewer, known).askedAt(Math.max(shadow.replayedAt().toEpochMilli(), known.newestKnownAt()));
        }
        byte[] stored = timelines.get(patient);
        return stored == null ? ConsentTimeline.empty() : as(viewer, ConsentTimeline.decode(stored));
    }

    private static ConsentTimeline as(Viewer viewer, ConsentTimeline consents) {
        ConsentTimeline read = ConsentTimeline.empty();
        for (ConsentVersion version : consents.versions()) {
            read = read.apply(viewer.read(version));
        }
        return read;
    }

    /**
     * What rests on no reading is told to those who treat without asking. A replay treats nobody: of a patient who permits nothing any more nothing is
     * replayed, not even that.
     */
    private boolean isNoticeOfSomebodyGone(ConsentTimeline consents, Offer offer, long millis) {
        if (shadow.consents().isEmpty() || !offer.data().stream().allMatch(Datum::isNotice)) {
            return false;
        }
        Viewer viewer = shadow.viewer();
        for (Vital vital : VITALS) {
            if (consents.decide(vital.id(), viewer.purpose(), viewer.actor(), Stage.DISCLOSE, millis, millis).isPermitted()) {
                return false;
            }
        }
        return true;
    }

    private Disclosure disclosure(String patient, AlertEvent alert, Shown shown) {
        Viewer viewer = shadow.viewer();
        String place = Egress.SHADOW.word() + '/' + shadow.name() + '/' + alert.getAlertId() + '/' + alert.getEvent() + '/' + shown.consentVersion();
        return Disclosure.newBuilder()
                .setDisclosureId(AlertId.of(patient, place, alert.getAppendTime().toEpochMilli()))
                .setPatientId(patient).setActor(viewer.actor()).setPurpose(viewer.purpose()).setRole(viewer.role())
                .setEgress(Egress.SHADOW.word()).setTime(shadow.replayedAt()).setVitals(shown.vitals()).setCount(shown.values())
                .setConsentVersion(shown.consentVersion()).build();
    }
}
