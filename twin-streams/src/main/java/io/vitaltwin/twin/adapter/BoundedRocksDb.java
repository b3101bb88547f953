package io.vitaltwin.twin.adapter;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WriteBufferManager;

import java.util.List;
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

    /** Marks a file that holds a deletion, so that it is merged with those below it, down to the last. */
    private static final TablePropertiesCollectorFactory DELETIONS =
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(1, 1, 0);

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
        // What was deleted is gone from the files as soon as the deletion itself is written, not whenever RocksDB next finds a reason.
        options.setTablePropertiesCollectorFactory(List.of(DELETIONS));
    }

    @Override
    public void close(String storeName, Options options) {
        // what was set is shared by all stores and outlives each
    }
}
