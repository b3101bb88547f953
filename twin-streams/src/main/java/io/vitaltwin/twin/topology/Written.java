package io.vitaltwin.twin.topology;

import org.apache.avro.specific.SpecificRecord;

import java.util.Optional;

/**
 * What the topology would have written.
 *
 * @param topic name of the topic
 * @param key the patient, or for a sighting the hash of a serial number
 * @param value a record of the topic, or bytes for the dead letters; empty: a tombstone
 * @param millis append time of the record that caused it, or the time at which it was due
 */
public record Written(String topic, String key, Optional<Object> value, long millis) {

    /** The value if it is one of these. */
    public <T extends SpecificRecord> Optional<T> as(Class<T> type) {
        return value.filter(type::isInstance).map(type::cast);
    }
}
