package io.vitaltwin.twin.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Stands where the twin writes something that a replay must not write again. */
final class ShadowNothing implements Processor<String, Object, String, Object> {

    @Override
    public void process(Record<String, Object> record) {
        // What was told, shown or refused at the time is in the log already.
    }
}
