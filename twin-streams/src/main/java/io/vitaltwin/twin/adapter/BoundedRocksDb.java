package io.vitaltwin.twin.adapter;

import io.vitaltwin.schemas.streams.ThreadRenewal;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

import java.util.Map;

/**
 * Bounds the memory of all RocksDB stores of this process together: blocks, indexes, filters and write buffers share one cache. Without
 * it every store of every task takes its own. Sizes are project defaults, no source.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long TOTAL_BYTES = 128L << 20;
    private static final long WRITE_BUFFER_BYTES = 48L << 20;
    private static final long ONE_WRITE_BUFFER_BYTES = 8L << 20;
    private static final int WRITE_BUFFERS = 3;

    static {
        RocksDB.loadLibrary();
    }

    /** For the life of the process: closed by no store, because all share it. */
    private static final Cache CACHE = new LRUCache(TOTAL_BYTES, -1, false, 0.1);
    private static final WriteBufferManager WRITE_BUFFERS_TOGETHER = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    private static volatile boolean rewritesOnOpen;

    /**
     * Whether a store that is opened from now on rewrites its files, so that nothing that was deleted before is in them. For a short time only: it
     * would rewrite again and again. Kafka Streams does not hand on the settings that would tell RocksDB of deletions.
     */
    public static void rewriteOnOpen(boolean rewrite) {
        rewritesOnOpen = rewrite;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS_TOGETHER);
        options.setWriteBufferSize(ONE_WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        if (rewritesOnOpen) {
            options.setPeriodicCompactionSeconds(ThreadRenewal.REWRITE_AGE_SECONDS);
        }
    }

    @Override
    public void close(String storeName, Options options) {
        // what was set is shared by all stores and outlives each
    }
}
