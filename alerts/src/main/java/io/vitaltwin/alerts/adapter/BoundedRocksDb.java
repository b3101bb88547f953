package io.vitaltwin.alerts.adapter;

import io.vitaltwin.schemas.streams.StoreMemory;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

import java.util.Map;

/** The workflow's stores share their memory; caseloads are small, so little will do. Sizes are project defaults, no source. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final StoreMemory MEMORY = new StoreMemory(32L << 20, 16L << 20, 2L << 20);

    /** As {@link StoreMemory#rewriteOnOpen}, for all stores of this application in this process. */
    public static void rewriteOnOpen(boolean rewrite) {
        MEMORY.rewriteOnOpen(rewrite);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        MEMORY.apply(options);
    }

    @Override
    public void close(String storeName, Options options) {
        // what was set is shared by all stores and outlives each
    }
}
