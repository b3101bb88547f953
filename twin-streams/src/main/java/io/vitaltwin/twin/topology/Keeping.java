package io.vitaltwin.twin.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Where a topology keeps its state. */
public enum Keeping {

    /** RocksDB and a changelog: the state outlives the process. */
    ON_DISK {
        @Override
        <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> key) {
            var store = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, Serdes.ByteArray());
            return TwinStores.isCached(name) ? store.withCachingEnabled() : store.withCachingDisabled();
        }
    },

    /** The heap, without a changelog: for whoever plays a log in one process and needs the state no longer. What comes out is the same. */
    IN_MEMORY {
        @Override
        <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> key) {
            return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, Serdes.ByteArray()).withLoggingDisabled();
        }
    };

    abstract <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> key);
}
