package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.TrustedRecords;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What one patient sends. Numbers the batches of each device in the order of sending, and sends some of them twice. */
public final class Log {

    /** From measurement to broker, when nothing is in the way. */
    public static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration UNTIL_SENT_AGAIN = Duration.ofSeconds(3);

    static {
        TrustedRecords.trust();
    }

    private final String patientId;
    private final double sentTwice;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private int consentVersions;
    private int reports;

    /**
     * @param sentTwice share of the batches that a gateway sends a second time, 0 to 1
     * @param consentVersions how many versions of the patient's consent there are already
     */
    Log(String patientId, double sentTwice, int consentVersions) {
        this.patientId = patientId;
        this.sentTwice = sentTwice;
        this.consentVersions = consentVersions;
    }

    /** A reading, still to be sent. @param value a number or a code */
    public static Reading reading(String vital, Instant effective, Object value, String unit, ActivityContext context) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(effective).setValue(value).setUnit(unit).setContext(context).build();
    }

    /** Sends a batch that arrives as soon as its last reading can. */
    public void send(String deviceId, List<Reading> readings) {
        sendAt(readings.getLast().getEffectiveTime().plus(DELAY), deviceId, readings);
    }

    /** Sends a batch that arrives at this time, however old its readings are. */
    public void sendAt(Instant arrival, String deviceId, List<Reading> readings) {
        var batch = ReadingBatch.newBuilder().setBatchId("").setDeviceId(deviceId).setSentAt(arrival.minus(DELAY)).setReadings(readings).build();
        arrivals.add(new Arrival.Batch(arrival, patientId, batch));
    }

    /** The patient lets everything be used for treatment. */
    public void permitTreatment(Instant at) {
        var permit = Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build();
        consent(at, ConsentStatus.ACTIVE, List.of(permit));
    }

    public void withdrawConsent(Instant at) {
        consent(at, ConsentStatus.INACTIVE, List.of());
    }

    private void consent(Instant at, ConsentStatus status, List<Provision> provisions) {
        arrivals.add(new Arrival.Consent(at, ConsentRecord.newBuilder().setPatientId(patientId).setConsentId("consent-" + patientId)
                .setVersionId(String.valueOf(++consentVersions)).setStatus(status).setEffectiveTime(at).setProvisions(provisions).build()));
    }

    /** @param symptom a word that {@link PatientReport} knows, such as breathlessness */
    public void report(Instant at, String symptom) {
        arrivals.add(new Arrival.Report(at.plus(DELAY), PatientReport.newBuilder().setReportId(patientId + "-" + ++reports)
                .setPatientId(patientId).setEffectiveTime(at).setKind(ReportKind.SYMPTOM).setSymptom(symptom).build()));
    }

    public void garbage(Instant at) {
        arrivals.add(new Arrival.Garbage(at, patientId));
    }

    /**
     * What was sent since the last call, in the order of arrival.
     *
     * @throws IllegalStateException if something arrives outside {@code [from, until)}
     */
    List<Arrival> take(Instant from, Instant until, SplittableRandom random) {
        arrivals.sort(Comparator.comparing(Arrival::at));
        List<Arrival> sent = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            if (arrival.at().isBefore(from) || !arrival.at().isBefore(until)) {
                throw new IllegalStateException("something arrives at " + arrival.at() + ", outside " + from + " to " + until);
            }
            Arrival numbered = arrival instanceof Arrival.Batch batch ? number(batch) : arrival;
            sent.add(numbered);
            if (numbered instanceof Arrival.Batch batch && random.nextDouble() < sentTwice) {
                Instant again = batch.at().plus(UNTIL_SENT_AGAIN);
                if (again.isBefore(until)) {
                    sent.add(new Arrival.Batch(again, patientId, batch.batch()));
                }
            }
        }
        sent.sort(Comparator.comparing(Arrival::at));
        arrivals.clear();
        return sent;
    }

    private Arrival.Batch number(Arrival.Batch arrival) {
        ReadingBatch batch = arrival.batch();
        long sequence = sequences.merge(batch.getDeviceId(), 0L, (last, zero) -> last + 1);
        batch.setSequence(sequence);
        batch.setBatchId(batch.getDeviceId() + "-" + sequence);
        return arrival;
    }
}
