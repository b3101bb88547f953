package io.vitaltwin.twin.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Lets through what a replay is about: its time and its patients. An order to forget somebody goes through whenever it was given. */
final class ShadowRange implements Processor<String, Incoming, String, Incoming> {

    static final String NAME = "shadow-range";

    private final Shadow shadow;
    private ProcessorContext<String, Incoming> context;

    ShadowRange(Shadow shadow) {
        this.shadow = shadow;
    }

    @Override
    public void init(ProcessorContext<String, Incoming> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Incoming> record) {
        String patient = record.key();
        boolean wanted = patient != null && shadow.takes(record.timestamp()) && shadow.patients().test(patient);
        if (wanted || record.value() instanceof Incoming.Erasure) {
            context.forward(record);
        }
    }
}
