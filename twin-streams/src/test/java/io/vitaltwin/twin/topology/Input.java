package io.vitaltwin.twin.topology;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A record that reaches the broker.
 *
 * @param topic what the topic is called between prefix and version, such as {@code readings}
 * @param key the patient; null: none
 * @param value null: a tombstone
 * @param at append time
 */
record Input(String topic, @Nullable String key, byte @Nullable [] value, Instant at) {
}
