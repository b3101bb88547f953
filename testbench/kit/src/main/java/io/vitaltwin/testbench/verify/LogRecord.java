package io.vitaltwin.testbench.verify;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input topic.
 *
 * @param key empty when it has none
 * @param value null for a tombstone
 */
record LogRecord(String topic, long offset, long appendMillis, String key, byte @Nullable [] value) {

    static LogRecord of(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        return new LogRecord(record.topic(), record.offset(), record.timestamp(), key == null ? "" : key, record.value());
    }
}
