package io.vitaltwin.testbench.bench;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

class FloorsTest {

    @TempDir
    Path folder;

    private TopologyTestDriver driver(org.apache.kafka.streams.Topology topology) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "floors-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:0");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return new TopologyTestDriver(topology, properties);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldPassEveryRecordThroughAsItCame() {
        try (var driver = driver(Floors.passThrough("in", "out"))) {
            var in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
            var out = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            // When
            in.pipeInput(bytes("p1"), bytes("one"), 1000);
            in.pipeInput(bytes("p2"), bytes("two"), 2000);
            // Then
            assertThat(out.readKeyValuesToList()).hasSize(2).satisfiesExactly(
                    first -> assertThat(first.value).isEqualTo(bytes("one")),
                    second -> assertThat(second.value).isEqualTo(bytes("two")));
        }
    }

    @Test
    void shouldGetAndPutTwoHundredBytesForEachRecordOfAKey() {
        try (var driver = driver(Floors.getAndPut("in"))) {
            var in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
            // When
            in.pipeInput(bytes("p1"), bytes("one"));
            in.pipeInput(bytes("p2"), bytes("two"));
            in.pipeInput(bytes("p1"), bytes("three"));
            // Then
            KeyValueStore<byte[], byte[]> store = driver.getKeyValueStore(Floors.STORE);
            assertThat(store.get(bytes("p1"))).hasSize(200).satisfies(state -> assertThat(ByteBuffer.wrap(state).getLong()).isEqualTo(2));
            assertThat(store.get(bytes("p2"))).hasSize(200).satisfies(state -> assertThat(ByteBuffer.wrap(state).getLong()).isEqualTo(1));
            assertThat(store.persistent()).isTrue();
        }
    }
}
