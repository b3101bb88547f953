package io.vitaltwin.testbench.bench;

import com.sun.management.OperatingSystemMXBean;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.AppInfoParser;
import org.rocksdb.RocksDB;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/** What a figure was measured on. */
final class Machine {

    private Machine() {
    }

    static ThroughputReport.Machine here() {
        Runtime runtime = Runtime.getRuntime();
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known.getTotalMemorySize() : -1;
        return new ThroughputReport.Machine(runtime.availableProcessors(), memory, runtime.maxMemory(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    /** What it ran with. */
    static Map<String, String> versions() {
        RocksDB.loadLibrary();
        Map<String, String> versions = new TreeMap<>();
        versions.put("kafka", AppInfoParser.getVersion());
        versions.put("rocksdb", RocksDB.rocksdbVersion().toString());
        versions.put("avro", String.valueOf(Schema.class.getPackage().getImplementationVersion()));
        return versions;
    }
}
