package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.Reading;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Conformance;
import io.vitaltwin.twin.core.quality.DeviceClock;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.Judging;
import io.vitaltwin.twin.core.rules.SharedDeviceRule;
import io.vitaltwin.twin.core.rules.StatementRule;
import io.vitaltwin.twin.core.rules.Turn;
import io.vitaltwin.twin.core.state.Counts;
import io.vitaltwin.twin.core.state.StreamState;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** How far each reading can be trusted. What cannot be read or converted goes to the dead letters, what is not plain ACCEPT is flagged. */
final class QualityProcessor implements Processor<String, Object, String, Object> {

    static final String FLAGS = "write-quality-flags";
    static final String DEAD_LETTERS = "write-dead-readings";
    static final String NEXT = "twin";

    private final String readingsTopic;
    private final TwinMetrics metrics;
    private ProcessorContext<String, Object> context;

    QualityProcessor(String readingsTopic, TwinMetrics metrics) {
        this.readingsTopic = readingsTopic;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Object> record) {
        switch (record.value()) {
            case Step.Permitted permitted -> read(record, permitted);
            case Step.Released released -> judge(record, released.visit(), released.device(), released.measurement(), released.clockReasons());
            case Step.DisputedReadings disputed -> flag(record, disputed);
            case Step.Due due -> {
                doubt(record, due);
                context.forward(record, NEXT);
            }
            default -> context.forward(record, NEXT);
        }
    }

    /** DQ-22: what came before it was known that the device is shared. */
    private void doubt(Record<String, Object> record, Step.Due due) {
        SharedDeviceRule.doubt(due.visit().twin, due.dueMillis()).forEach(doubted ->
                context.forward(record.withValue((Object) ToAvro.flag(due.visit(), doubted.stream(), doubted.revision())), FLAGS));
    }

    private void read(Record<String, Object> record, Step.Permitted permitted) {
        Reading reading = permitted.reading();
        switch (Conformance.of(reading.getVital(), reading.getValue(), reading.getUnit())) {
            case Conformance.Unreadable unreadable -> refuse(record, permitted, unreadable);
            case Conformance.Readable readable -> judge(record, permitted, readable.vital(), readable.value());
        }
    }

    private void refuse(Record<String, Object> record, Step.Permitted permitted, Conformance.Unreadable unreadable) {
        permitted.visit().twin.counts().dead++;
        String code = unreadable.reason().name();
        metrics.dead(code);
        DeadReason reason = DeadReason.ofReading(code, Messages.of(unreadable.reason()), permitted.at().index());
        byte[] bytes = permitted.bytes().get();
        context.forward(new Record<>(record.key(), (Object) bytes, record.timestamp(),
                Outbox.headers(reason, readingsTopic, permitted.at().partition(), permitted.at().offset())), DEAD_LETTERS);
    }

    /** Judges a reading by its time as far as it is known, counts it, and tells the device's clock of it. */
    private void judge(Record<String, Object> record, Step.Permitted permitted, Vital vital, Value value) {
        Visit visit = permitted.visit();
        Reading reading = permitted.reading();
        Float signal = reading.getSignalQuality();
        Measurement sent = new Measurement(vital, permitted.device().id(), reading.getEffectiveTime().toEpochMilli(), permitted.appendMillis(),
                value, Context.valueOf(reading.getContext().name()), signal == null ? Float.NaN : signal,
                Conformance.flags(reading.getFlags()), permitted.at());
        DeviceClock clock = visit.twin.device(sent.deviceId()).clock();
        if (clock.isWaiting(sent)) {
            visit.twin.counts().duplicate++;
            metrics.judged(Verdict.REJECT, Judgement.Handling.DUPLICATE);
            return;
        }
        DeviceClock.Time time = clock.at(sent.effectiveMillis(), sent.appendMillis(), permitted.newestMillis());
        Judgement judgement = judge(record, visit, permitted.device(), sent.timed(time.millis(), sent.appendMillis()),
                time.reasons() | permitted.batchReasons());
        count(visit.twin.counts(), judgement);
        metrics.judged(judgement.verdict(), judgement.handling());
        if (!judgement.isDuplicate()) {
            visit.twin.device(sent.deviceId()).judged(judgement.verdict() == Verdict.ACCEPT);
            clock.heard(sent, permitted.newestMillis());
            visit.twin.used(sent.deviceId(), vital, visit.nowMillis);
        }
    }

    /** Judges, flags and hands on; a duplicate is only judged. */
    private Judgement judge(Record<String, Object> record, Visit visit, Device device, Measurement measurement, long clockReasons) {
        Judging.Judged judged = Judging.judge(visit.twin, visit.plan, device, measurement, clockReasons);
        judged.sample().ifPresent(sample -> {
            flag(record, visit, judged.stream(), measurement.effectiveMillis(), judged.judgement());
            context.forward(record.withValue(new Step.Judged(visit, judged.stream(), sample, judged.isLate())), NEXT);
        });
        return judged.judgement();
    }

    private static void count(Counts counts, Judgement judgement) {
        switch (judgement.handling()) {
            case DUPLICATE -> {
                counts.duplicate++;
                return;
            }
            case LATE -> counts.late++;
            case APPLY -> counts.applied++;
        }
        switch (judgement.verdict()) {
            case ACCEPT -> counts.accept++;
            case SUSPECT -> counts.suspect++;
            case REJECT -> counts.reject++;
        }
    }

    private void flag(Record<String, Object> record, Step.DisputedReadings disputed) {
        Visit visit = disputed.visit();
        Turn turn = new Turn(visit.twin, visit.plan, visit.nowMillis, change -> {
            throw new IllegalStateException("a dispute of readings raises nothing");
        });
        StatementRule.onDisputedReadings(turn, disputed.vital(), disputed.device(), disputed.fromMillis(), disputed.untilMillis())
                .forEach(one -> context.forward(record.withValue((Object) ToAvro.flag(visit, one.stream(), one.revision())), FLAGS));
    }

    private void flag(Record<String, Object> record, Visit visit, StreamState stream, long effective, Judgement judgement) {
        if (!judgement.isPlainAccept()) {
            context.forward(record.withValue((Object) ToAvro.flag(visit, stream, effective, judgement)), FLAGS);
        }
        judgement.revisions().forEach(revision -> context.forward(record.withValue((Object) ToAvro.flag(visit, stream, revision)), FLAGS));
    }
}
