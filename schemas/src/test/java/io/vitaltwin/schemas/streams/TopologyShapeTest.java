package io.vitaltwin.schemas.streams;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyShapeTest {

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            // only the shape is looked at
        }
    }

    private static Topology topology(String... stores) {
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "t");
        topology.addProcessor("work", Idle::new, "in");
        for (String store : stores) {
            topology.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.Bytes()), "work");
        }
        return topology;
    }

    @Test
    void shouldBeTheSameInWhateverOrderStoresAreAdded() {
        assertThat(TopologyShape.of(topology("a", "b", "c"))).isEqualTo(TopologyShape.of(topology("c", "a", "b"))).matches("[0-9a-f]{12}");
    }

    @Test
    void shouldBeAnotherWithAnotherStore() {
        assertThat(List.of(TopologyShape.of(topology()), TopologyShape.of(topology("a")), TopologyShape.of(topology("a", "b")))).doesNotHaveDuplicates();
    }

    @Test
    void shouldTravelInTheClientIdOfEachThread() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        String id = TopologyShape.mark(properties, topology("a")).getProperty(StreamsConfig.CLIENT_ID_CONFIG);
        assertThat(id).startsWith("app-");
        assertThat(TopologyShape.inClientId(id + "-StreamThread-1-consumer")).contains(TopologyShape.of(topology("a")));
    }

    @Test
    void shouldLeaveAClientIdThatSomebodyChose() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, "mine");
        assertThat(TopologyShape.mark(properties, topology()).getProperty(StreamsConfig.CLIENT_ID_CONFIG)).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app-3f2c-StreamThread-1-consumer", "app-topology.xyz-1", "app-topology.0123456789a-1", "topology.0123456789ab"})
    void shouldFindNoShapeWhereThereIsNone(String clientId) {
        assertThat(TopologyShape.inClientId(clientId)).isEmpty();
    }
}
