package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.state.TwinFold;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Folds what was judged into the twin, and takes out of it what consent no longer covers. */
final class TwinProcessor implements Processor<String, Object, String, Object> {

    static final String NEXT = "rules";

    private ProcessorContext<String, Object> context;

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Object> record) {
        switch ((Step) record.value()) {
            case Step.Judged judged -> TwinFold.take(judged.stream(), judged.sample().point(), judged.sample().newest(), judged.late(),
                    judged.visit().nowMillis);
            case Step.Covered covered -> covered.visit().twin = TwinFold.keep(covered.visit().twin, covered.vitals());
            case Step.Permitted permitted -> throw new IllegalStateException("a reading that was not judged");
            case Step.Released released -> throw new IllegalStateException("a reading that was not judged");
            case Step.SetEnded ended -> { }
            case Step.Symptom symptom -> { }
            case Step.Note note -> { }
            case Step.GlassBroken broken -> { }
            case Step.GlassMended mended -> { }
            case Step.DisputedReadings disputed -> throw new IllegalStateException("a dispute of readings that was not taken");
            case Step.Dispute dispute -> { }
            case Step.Silent silent -> { }
            case Step.Due due -> { }
        }
        context.forward(record, NEXT);
    }
}
