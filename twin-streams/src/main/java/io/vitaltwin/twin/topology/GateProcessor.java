package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The door: opens the patient's twin for each record, lets the timers that are due go first, puts batches in the order in which the device
 * sent them, asks consent for each reading, and closes the twin. What consent does not cover never goes further.
 */
final class GateProcessor implements Processor<String, Incoming, String, Object> {

    static final String VIOLATIONS = "write-violations";
    static final String DEAD_LETTERS = "write-dead-letters";
    static final String SNAPSHOTS = "write-twins";
    static final String DISCLOSURES = "write-disclosures";
    static final String NOTIFICATIONS = "write-notifications";
    static final String SIGHTINGS = "write-device-sightings";
    static final String NEXT = "quality";

    /** Timers look this far back, so that a record of the same instant from another topic is always seen first: I4. */
    static final long LOOK_BACK_MILLIS = 1_000;

    private static final int LONGEST_KEY = 256;
    private static final Duration TIMER_INTERVAL = Duration.ofSeconds(1);

    private final GateSettings settings;
    private Records records;
    private Timers timers;
    private Admission admission;
    private UseLog uses;
    private Sightings sightings;
    private Outbox outbox;
    private Eraser eraser;
    private ProcessorContext<String, Object> context;
    private AtomicLong streamTime;

    GateProcessor(GateSettings settings) {
        this.settings = settings;
    }

    /**
     * What the gate is built with; shared by all tasks.
     *
     * @param onErasure called whenever a patient was forgotten, by a stream thread: must return at once
     * @param consents of each patient; empty: those of the stream, as they were known when a record came
     */
    record GateSettings(
            Topics topics,
            AvroSerde<PatientContext> plans,
            AvroSerde<ReadingBatch> readings,
            RuleSet rules,
            Duration snapshotInterval,
            TwinMetrics metrics,
            Runnable onErasure,
            Optional<Function<String, ConsentTimeline>> consents) {

        GateSettings with(Function<String, ConsentTimeline> known) {
            return new GateSettings(topics, plans, readings, rules, snapshotInterval, metrics, onErasure, Optional.of(known));
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        streamTime = settings.metrics().streamTime(context.taskId().partition());
        records = new Records(context, settings.plans(), settings.rules(), settings.consents());
        outbox = new Outbox(context, settings.topics().readings().name(), settings.metrics());
        sightings = new Sightings(outbox);
        admission = new Admission(records, outbox, sightings, settings.readings(), settings.topics().readings().name());
        uses = new UseLog(context);
        eraser = new Eraser(records, outbox, settings.onErasure());
        timers = new Timers(records, outbox, admission, settings.snapshotInterval().toMillis());
        context.schedule(TIMER_INTERVAL, PunctuationType.STREAM_TIME, this::onTime);
    }

    @Override
    public void process(Record<String, Incoming> record) {
        String patient = record.key();
        Incoming incoming = record.value();
        streamTime.setOpaque(context.currentStreamTimeMs());
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
            case Incoming.Readings readings -> {
                uses.beforeReadings(visit);
                admission.onBatch(visit, readings.batch(), readings.bytes(), metadata);
            }
            case Incoming.CarePlan plan -> {
                Plan before = visit.plan;
                records.storePlan(visit, plan.context(), plan.bytes());
                sightings.registered(visit, before);
                visit.twin.changed();
                admission.covered(visit, true);
            }
            case Incoming.Consent consent -> onConsent(visit, consent, metadata);
            case Incoming.Report report -> Reports.steps(visit, report.report()).forEach(step -> take(visit, step));
            case Incoming.Shared shared -> {
                if (!Sightings.shared(visit, shared.sharing())) {
                    outbox.deadLetter(visit.patient, shared.bytes(), DeadReason.of("SCHEMA_INVALID",
                            "the times of the sharing are no times of a doubt: leave this topic to the twin"), metadata, visit.nowMillis);
                }
            }
            case Incoming.Unreadable unreadable -> {
                if (metadata.topic().equals(settings.topics().readings().name())) {
                    visit.twin.counts().dead++;
                    visit.twin.changed();
                }
                outbox.deadLetter(visit.patient, unreadable.bytes(), DeadReason.of(unreadable.reason(), unreadable.message()), metadata, visit.nowMillis);
            }
            case Incoming.Tick tick -> throw new IllegalStateException("a tick opens no visit");
            case Incoming.Sighted sighted -> throw new IllegalStateException("a sighting is of a device");
            case Incoming.Erasure erasure -> throw new IllegalStateException("an erasure leaves nothing to visit");
        }
    }

    /** A version that does not mean what it says is told as a dead letter; it is stored all the same, and permits nothing. */
    private void onConsent(Visit visit, Incoming.Consent consent, RecordMetadata metadata) {
        ConsentVersion version = ConsentRecords.version(consent.consent(), visit.nowMillis);
        version.fault().ifPresent(fault -> outbox.deadLetter(visit.patient, consent.bytes(), DeadReason.of("CONSENT_INVALID", fault), metadata,
                visit.nowMillis));
        ViolationTally tally = records.tally(visit.patient);
        outbox.violations(visit, tally.flushAll());
        records.storeTally(visit, tally);
        ConsentTimeline before = visit.consents;
        records.storeTimeline(visit, before.apply(version));
        visit.twin.changed();
        visit.twin.coveredUntil(visit.consents.nextChange(visit.nowMillis));
        admission.covered(visit, false);
        if (visit.consents != before) {
            outbox.violations(visit, uses.forbidden(visit, before, version));
            BrokenGlass.begin(visit, version, outbox);
        }
    }

    private void take(Visit visit, Step step) {
        visit.twin.changed();
        context.forward(outbox.step(step), NEXT);
    }

    /** Visits the patients whose timers are due, although nothing has come from them. */
    private void onTime(long streamMillis) {
        long until = streamMillis - LOOK_BACK_MILLIS;
        for (KeyValue<Long, String> timer : records.dueTimers(until)) {
            Visit visit = records.open(timer.value, streamMillis);
            if (visit.twin.timerMillis() == timer.key) {
                visit.twin.timer(0);
                timers.run(visit, until);
                timers.settle(visit);
            }
        }
    }
}
