package io.vitaltwin.ingest;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The Kafka settings of everything that writes readings. A caller gives addresses, security and tuning; what keeps readings from being
 * lost, doubled or put on another partition than their patient's is fixed here.
 */
public final class ProducerSettings {

    /** Fixed: a caller may repeat the value but not change it. */
    private static final Map<String, String> FIXED = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false");

    /** Must not be given at all. Another partitioner would break the co-partitioning of the topology's inputs. */
    private static final Set<String> OWNED = Set.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private ProducerSettings() {
    }

    /**
     * The caller's settings together with the fixed ones; lz4 compression where the caller says nothing.
     *
     * @throws IllegalArgumentException naming the key, if the caller sets what is fixed
     */
    public static Map<String, Object> complete(Map<String, ?> given) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putAll(given);
        for (String key : OWNED) {
            if (given.containsKey(key)) {
                throw new IllegalArgumentException("producer setting " + key + " cannot be changed here: remove it");
            }
        }
        FIXED.forEach((key, value) -> {
            Object found = given.get(key);
            if (found != null && !same(value, found)) {
                throw new IllegalArgumentException("producer setting " + key + " is always " + value + ", found " + found + ": remove it");
            }
            settings.put(key, value);
        });
        return Map.copyOf(settings);
    }

    /**
     * A Kafka producer that any number of {@link DeviceProducer}s may share; the caller closes it after them.
     *
     * @throws IllegalArgumentException as {@link #complete}
     */
    public static Producer<String, byte[]> open(Map<String, ?> given) {
        return new KafkaProducer<>(complete(given), new StringSerializer(), new ByteArraySerializer());
    }

    private static boolean same(String value, Object found) {
        String text = found.toString().strip();
        return text.equalsIgnoreCase(value) || value.equals("all") && text.equals("-1");
    }
}
