package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A record of a topic, read.
 *
 * @param key null: it has none
 * @param value null: a tombstone
 */
record Decoded<T extends SpecificRecord>(
        String topic, int partition, long offset, @Nullable String key, Instant append, @Nullable T value) {

    static <T extends SpecificRecord> Decoded<T> of(ConsumerRecord<String, byte[]> record, @Nullable T value) {
        return new Decoded<>(record.topic(), record.partition(), record.offset(), record.key(), Instant.ofEpochMilli(record.timestamp()), value);
    }

    /** As one offers it to a gate. */
    Item<Decoded<T>> item() {
        String patient = key == null ? "" : key;
        return new Item<>(patient, append.toEpochMilli(), Offers.of(patient, value, append.toEpochMilli()), this);
    }

    /** Where it lies and what it says. */
    ObjectNode json() {
        ObjectNode line = place();
        line.set("value", value == null ? null : RecordText.json(value));
        return line;
    }

    /** Where it lies. */
    ObjectNode place() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic);
        line.put("partition", partition);
        line.put("offset", offset);
        line.put("key", key);
        line.put("append", append.toString());
        return line;
    }
}
