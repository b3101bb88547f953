package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.ConsentRule;
import io.vitaltwin.twin.core.rules.EmergencyRule;
import io.vitaltwin.twin.core.rules.Rules;
import io.vitaltwin.twin.core.rules.SilenceRules;
import io.vitaltwin.twin.core.rules.StatementRule;
import io.vitaltwin.twin.core.rules.SymptomRule;
import io.vitaltwin.twin.core.rules.Turn;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.util.List;

/** Asks the rules, and writes what they decide as alert events. */
final class RuleProcessor implements Processor<String, Object, String, Object> {

    static final String ALERTS = "write-alerts";

    private final String readingsTopic;
    private final TwinMetrics metrics;
    private ProcessorContext<String, Object> context;
    private ToAvro toAvro;

    RuleProcessor(String readingsTopic, TwinMetrics metrics) {
        this.readingsTopic = readingsTopic;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        toAvro = new ToAvro(readingsTopic, processorContext.taskId().partition());
    }

    @Override
    public void process(Record<String, Object> record) {
        Step step = (Step) record.value();
        Visit visit = step.visit();
        Turn turn = new Turn(visit.twin, visit.plan, visit.nowMillis, change -> write(record, visit, change, List.of()));
        switch (step) {
            case Step.Judged judged when judged.late() || judged.sample().verdict() == Verdict.REJECT ->
                    Rules.onHeard(turn, judged.stream(), judged.sample());
            case Step.Judged judged -> Rules.onSample(turn, judged.stream(), judged.sample());
            case Step.SetEnded ended -> Rules.onSet(turn, ended.effectiveMillis());
            case Step.Covered covered ->
                    ConsentRule.onCovered(turn, covered.vitals(), covered.planChanged(), covered.endReason(), visit.nowMillis);
            case Step.Symptom symptom -> SymptomRule.onSymptom(reported(record, visit, symptom.symptom(), symptom.effectiveMillis()),
                    symptom.symptom(), symptom.effectiveMillis(), symptom.untilMillis());
            case Step.GlassBroken broken -> EmergencyRule.onBroken(turn, broken.role(), broken.untilMillis());
            case Step.GlassMended mended -> EmergencyRule.onMended(turn);
            case Step.Note note -> StatementRule.onNote(turn, note.note(), note.effectiveMillis(), note.untilMillis());
            case Step.DisputedReadings disputed -> throw new IllegalStateException("a dispute of readings that was not taken");
            case Step.Dispute dispute -> SymptomRule.onDispute(reported(record, visit, "dispute", dispute.effectiveMillis()),
                    dispute.rule(), dispute.key(), dispute.effectiveMillis());
            case Step.Silent silent -> SilenceRules.onTime(turn, silent.stream(), silent.deadlineMillis());
            case Step.Due due -> Rules.onDue(turn, due.dueMillis());
            case Step.Permitted permitted -> throw new IllegalStateException("a reading that was not judged");
            case Step.Released released -> throw new IllegalStateException("a reading that was not judged");
        }
    }

    /** What follows from a report rests on the report, too. */
    private Turn reported(Record<String, Object> record, Visit visit, String said, long effectiveMillis) {
        RecordMetadata from = context.recordMetadata().orElseThrow(() -> new IllegalStateException("a report from no topic"));
        List<Evidence> report = List.of(ToAvro.report(from, said, effectiveMillis, visit.nowMillis));
        return new Turn(visit.twin, visit.plan, visit.nowMillis, change -> write(record, visit, change, report));
    }

    private void write(Record<String, Object> record, Visit visit, AlertChange change, List<Evidence> more) {
        metrics.alert(change.ruleName(), change.event().name());
        visit.twin.changed();
        AlertEvent event = toAvro.alert(visit, change);
        event.getEvidence().addAll(more);
        context.forward(record.withValue((Object) event), ALERTS);
    }
}
