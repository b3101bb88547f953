package io.vitaltwin.twin.topology;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

import java.util.List;

/** The state stores of the topology. Renaming one loses its content: the names are part of the stored form. */
final class TwinStores {

    /** Key: patient. Value: the care plan as it came (Avro). */
    static final String PLANS = "plans";
    /** Key: patient. Value: the consent timeline; absent before the first consent. */
    static final String CONSENTS = "consents";
    /** Key: patient. Value: refusals that were counted and are not yet told; absent when none wait. */
    static final String REFUSALS = "refusals";
    /** Key: patient. Value: the twin; absent before the first reading. */
    static final String TWINS = "twin";
    /** Key: patient, device, sequence. Value: a batch that came before one that was sent earlier. */
    static final String HELD = "held";
    /** Key: patient, or patient and hour. Value: what was used, by the hour; see {@link UseLog}. */
    static final String USES = "uses";
    /** Key: hash of a serial number. Value: whom the device measured in the last two days. */
    static final String DEVICES = "devices";
    /** Key: due time, then patient. Value: nothing. */
    static final String TIMERS = "timers";

    /** Those whose keys are the patient, or the patient, a zero and something else: an erasure empties them all. */
    static final List<String> BY_PATIENT = List.of(PLANS, CONSENTS, REFUSALS, TWINS, HELD, USES);

    private TwinStores() {
    }

    /**
     * Kafka's record cache is for what is written again before it is committed: twins and timers. What is seldom written, or kept decoded
     * ({@link Records}), would only take their place there.
     */
    static boolean isCached(String name) {
        return name.equals(TWINS) || name.equals(TIMERS);
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> byText(String name, Keeping keeping) {
        return keeping.store(name, Serdes.String());
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> timers(Keeping keeping) {
        return keeping.store(TIMERS, Serdes.Bytes());
    }
}
