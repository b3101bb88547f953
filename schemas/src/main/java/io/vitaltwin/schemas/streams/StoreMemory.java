package io.vitaltwin.schemas.streams;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of an application together: blocks, indexes, filters and write buffers share one cache. Without it every store of
 * every task takes its own. For the life of the process: closed by no store, because all share it. Safe for several threads.
 */
public final class StoreMemory {

    private static final int WRITE_BUFFERS = 3;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffersTogether;
    private final long oneWriteBufferBytes;
    private volatile boolean rewritesOnOpen;

    /**
     * @param totalBytes of everything
     * @param writeBufferBytes of all write buffers, a part of the total
     * @param oneWriteBufferBytes of each
     */
    public StoreMemory(long totalBytes, long writeBufferBytes, long oneWriteBufferBytes) {
        this.cache = new LRUCache(totalBytes, -1, false, 0.1);
        this.writeBuffersTogether = new WriteBufferManager(writeBufferBytes, cache);
        this.oneWriteBufferBytes = oneWriteBufferBytes;
    }

    /**
     * Whether a store that is opened from now on rewrites its files, so that nothing that was deleted before is in them. For a short time only: it
     * would rewrite again and again. Kafka Streams does not hand on the settings that would tell RocksDB of deletions.
     */
    public void rewriteOnOpen(boolean rewrite) {
        rewritesOnOpen = rewrite;
    }

    /** For a store that is opened. */
    public void apply(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(writeBuffersTogether);
        options.setWriteBufferSize(oneWriteBufferBytes);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        if (rewritesOnOpen) {
            options.setPeriodicCompactionSeconds(ThreadRenewal.REWRITE_AGE_SECONDS);
        }
    }
}
