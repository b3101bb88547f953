package io.vitaltwin.alerts.topology;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores of the topology. Renaming one loses its content: the names are part of the stored form. */
final class WorkflowStores {

    /** Key: patient. Value: the caseload and its timer; absent when nothing stands or is remembered. */
    static final String CASELOADS = "caseloads";
    /** Key: patient, or * for those without one. Value: the care team as it came (Avro). */
    static final String TEAMS = "teams";
    /** Key: due time, then patient. Value: nothing. At most one for each patient. */
    static final String TIMERS = "workflow-timers";

    private WorkflowStores() {
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> byText(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()).withCachingEnabled();
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> timers() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(TIMERS), Serdes.Bytes(), Serdes.ByteArray()).withCachingEnabled();
    }
}
