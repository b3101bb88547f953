package io.vitaltwin.twin.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Refusals of a replay, as far as they fall into its time. */
final class ShadowViolations implements Processor<String, Object, String, Object> {

    static final String VIOLATIONS = "shadow-violations";

    private final Shadow shadow;
    private ProcessorContext<String, Object> context;

    ShadowViolations(Shadow shadow) {
        this.shadow = shadow;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Object> record) {
        if (shadow.writes(record.timestamp())) {
            context.forward(record.withHeaders(shadow.headers()));
        }
    }
}
