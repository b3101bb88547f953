package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.time.Duration;

/**
 * The door: opens the patient's twin for each record, lets the timers that are due go first, puts batches in the order in which the device
 * sent them, asks consent for each reading, and closes the twin. What consent does not cover never goes further.
 */
final class GateProcessor implements Processor<String, Incoming, String, Object> {

    static final String VIOLATIONS = "write-violations";
    static final String DEAD_LETTERS = "write-dead-letters";
    static final String SNAPSHOTS = "write-twins";
    static final String NEXT = "quality";

    /** Timers look this far back, so that a record of the same instant from another topic is always seen first: I4. */
    static final long LOOK_BACK_MILLIS = 1_000;

    private static final int LONGEST_KEY = 256;
    private static final Duration TIMER_INTERVAL = Duration.ofSeconds(1);

    private final GateSettings settings;
    private Records records;
    private Timers timers;
    private Admission admission;
    private Outbox outbox;
    private Eraser eraser;
    private ProcessorContext<String, Object> context;

    GateProcessor(GateSettings settings) {
        this.settings = settings;
    }

    /**
     * What the gate is built with; shared by all tasks.
     *
     * @param onErasure called whenever a patient was forgotten, by a stream thread: must return at once
     */
    record GateSettings(
            Topics topics,
            AvroSerde<PatientContext> plans,
            AvroSerde<ReadingBatch> readings,
            RuleSet rules,
            Duration snapshotInterval,
            TwinMetrics metrics,
            Runnable onErasure) {
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        records = new Records(context, settings.plans(), settings.rules());
        outbox = new Outbox(context, settings.topics().readings().name(), settings.metrics());
        admission = new Admission(records, outbox, settings.readings(), settings.topics().readings().name());
        eraser = new Eraser(records, outbox, settings.onErasure());
        timers = new Timers(records, outbox, admission, settings.snapshotInterval().toMillis());
        context.schedule(TIMER_INTERVAL, PunctuationType.STREAM_TIME, this::onTime);
    }

    @Override
    public void process(Record<String, Incoming> record) {
        String patient = record.key();
        Incoming incoming = record.value();
        RecordMetadata metadata = context.recordMetadata().orElseThrow(() -> new IllegalStateException("a record from no topic"));
        if (incoming instanceof Incoming.Tick) {
            return;
        }
        if (patient == null || patient.isEmpty() || patient.length() > LONGEST_KEY) {
            outbox.deadLetter("", incoming.bytes(), withoutKey(incoming), metadata, record.timestamp());
            return;
        }
        if (incoming instanceof Incoming.Erasure erasure) {
            eraser.onOrder(patient, erasure.order(), record.timestamp());
            return;
        }
        Visit visit = records.open(patient, record.timestamp());
        timers.run(visit, record.timestamp() - LOOK_BACK_MILLIS);
        visit.nowMillis = record.timestamp();
        boolean readings = metadata.topic().equals(settings.topics().readings().name());
        visit.twin.seen(visit.nowMillis, readings ? metadata.offset() : 0);
        take(visit, incoming, metadata);
        timers.close(visit);
    }

    /** A tick has no key and needs none: if it cannot be read, that is what is wrong with it. */
    private static DeadReason withoutKey(Incoming incoming) {
        return incoming instanceof Incoming.Unreadable unreadable ? DeadReason.of(unreadable.reason(), unreadable.message())
                : DeadReason.of("SCHEMA_INVALID", "the record has no key, or one that is too long: key it by the patient's pseudonym");
    }

    private void take(Visit visit, Incoming incoming, RecordMetadata metadata) {
        switch (incoming) {
            case Incoming.Readings readings -> admission.onBatch(visit, readings.batch(), readings.bytes(), metadata);
            case Incoming.CarePlan plan -> {
                records.storePlan(visit, plan.context(), plan.bytes());
                visit.twin.changed();
                admission.covered(visit, true);
            }
            case Incoming.Consent consent -> onConsent(visit, consent);
            case Incoming.Report report -> onReport(visit, report.report());
            case Incoming.Unreadable unreadable -> {
                if (metadata.topic().equals(settings.topics().readings().name())) {
                    visit.twin.counts().dead++;
                    visit.twin.changed();
                }
                outbox.deadLetter(visit.patient, unreadable.bytes(), DeadReason.of(unreadable.reason(), unreadable.message()), metadata, visit.nowMillis);
            }
            case Incoming.Tick tick -> throw new IllegalStateException("a tick opens no visit");
            case Incoming.Erasure erasure -> throw new IllegalStateException("an erasure leaves nothing to visit");
        }
    }

    private void onConsent(Visit visit, Incoming.Consent consent) {
        ViolationTally tally = records.tally(visit.patient);
        outbox.violations(visit, tally.flushAll());
        records.storeTally(visit, tally);
        records.storeTimeline(visit, visit.consents.apply(FromAvro.consent(consent.consent(), visit.nowMillis)));
        visit.twin.changed();
        visit.twin.coveredUntil(visit.consents.nextChange(visit.nowMillis));
        admission.covered(visit, false);
    }

    private void onReport(Visit visit, PatientReport report) {
        long effective = report.getEffectiveTime().toEpochMilli();
        if (report.getKind() == ReportKind.SYMPTOM && report.getSymptom() != null) {
            visit.twin.changed();
            context.forward(outbox.step(new Step.Symptom(visit, report.getSymptom(), effective)), NEXT);
        } else if (report.getKind() == ReportKind.DISPUTE && report.getDisputedRule() != null) {
            if (visit.plan.rules().custom().of(report.getDisputedRule()).isPresent()) {
                context.forward(outbox.step(new Step.Dispute(visit, RuleId.CUSTOM, report.getDisputedRule(), effective)), NEXT);
            }
            for (RuleId rule : RuleId.values()) {
                if (rule.name().equals(report.getDisputedRule())) {
                    context.forward(outbox.step(new Step.Dispute(visit, rule, "", effective)), NEXT);
                }
            }
        }
    }

    /** Visits the patients whose timers are due, although nothing has come from them. */
    private void onTime(long streamMillis) {
        long until = streamMillis - LOOK_BACK_MILLIS;
        for (KeyValue<Long, String> timer : records.dueTimers(until)) {
            Visit visit = records.open(timer.value, streamMillis);
            if (visit.twin.timerMillis() == timer.key) {
                visit.twin.timer(0);
                timers.run(visit, until);
                timers.close(visit);
            }
        }
    }
}
