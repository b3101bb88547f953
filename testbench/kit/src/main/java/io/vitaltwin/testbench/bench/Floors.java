package io.vitaltwin.testbench.bench;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

import java.nio.ByteBuffer;

/** The least that a stream program can do with a record: what the whole topology is compared with. Neither looks into the value. */
final class Floors {

    static final String STORE = "floor";
    static final int STATE_BYTES = 200;
    private static final String SOURCE = "readings";
    private static final String STEP = "step";

    private Floors() {
    }

    /** Reads each record and writes it as it came. */
    static Topology passThrough(String from, String to) {
        return new Topology()
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), from)
                .addSink("copies", to, new ByteArraySerializer(), new ByteArraySerializer(), SOURCE);
    }

    /** Reads and replaces {@value #STATE_BYTES} bytes per key in RocksDB with a changelog, once for each record. */
    static Topology getAndPut(String from) {
        var store = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled();
        return new Topology()
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), from)
                .addProcessor(STEP, GetAndPut::new, SOURCE)
                .addStateStore(store, STEP);
    }

    /** The state counts the records of its key in its first eight bytes; the rest stands for what a real state holds. */
    private static final class GetAndPut implements Processor<byte[], byte[], Void, Void> {

        private KeyValueStore<byte[], byte[]> states;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            states = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> entry) {
            byte[] before = states.get(entry.key());
            byte[] after = before == null ? new byte[STATE_BYTES] : before.clone();
            ByteBuffer counter = ByteBuffer.wrap(after);
            counter.putLong(0, counter.getLong(0) + 1);
            states.put(entry.key(), after);
        }
    }
}
