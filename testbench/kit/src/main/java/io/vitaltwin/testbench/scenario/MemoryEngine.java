package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The topology test driver: the whole topology, no broker. */
final class MemoryEngine implements Engine {

    /** Outputs are taken away this often, so that the driver need not hold those of many days. */
    private static final int DRAIN_EVERY = 5_000;

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX, 1);
    private final SchemaIds ids = new BundledSchemaIds();
    private final InputRecords records = new InputRecords(topics, ids);

    @Override
    public Played play(ScenarioPlan plan) {
        Observed observed = playOnce(plan);
        Optional<Observed> replayed = plan.scenario().replay() ? Optional.of(playOnce(plan)) : Optional.empty();
        return new Played(topics.readings().name(), observed, replayed);
    }

    private Observed playOnce(ScenarioPlan plan) {
        try (TemporaryFolder state = TemporaryFolder.create()) {
            TwinConfig config = TwinConfig.of("unused:9092", topics, state.path());
            var topology = new TwinTopology(config, ids).build();
            try (var driver = new TopologyTestDriver(topology, config.streamsProperties(), plan.scenario().start())) {
                Observed observed = new Run(driver).play(plan);
                return Deeds.matterTo(plan.scenario())
                        ? observed.handled(new WorkflowPlay(topics, ids).play(plan, observed, state.path().resolve("alerts"))) : observed;
            }
        } catch (RuntimeException e) { // whatever a processor or the driver throws means the same: this scenario cannot be played
            throw new EngineProblem("the topology failed: " + e, e);
        }
    }

    @Override
    public void close() {
        // every play cleans up after itself
    }

    private final class Run {

        private final TopologyTestDriver driver;
        private final Outputs outputs = new Outputs(topics, ids);
        private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
        private final Map<String, TestOutputTopic<byte[], byte[]>> read = new HashMap<>();
        private final ReadOnlyKeyValueStore<Bytes, byte[]> timers;
        /** When the next timer fires; ticks before it are not played. */
        private long nextMillis = Long.MIN_VALUE;
        private int played;

        Run(TopologyTestDriver driver) {
            this.driver = driver;
            this.timers = driver.getKeyValueStore(TwinTopology.TIMERS);
        }

        Observed play(ScenarioPlan plan) {
            plan.forEach(input -> {
                if (input.kind() == Input.Kind.TICK && input.arrival().toEpochMilli() < nextMillis) {
                    return; // a tick moves time and nothing else: where no timer is due by then, it changes nothing
                }
                inputs.computeIfAbsent(records.topic(input),
                        topic -> driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()))
                        .pipeInput(records.key(input), records.value(input), input.arrival());
                nextMillis = TwinTopology.nextTimerMillis(timers);
                if (++played % DRAIN_EVERY == 0) {
                    drain();
                }
            });
            drain();
            return outputs.observed();
        }

        private void drain() {
            Set<String> written = driver.producedTopicNames();
            outputs.topics().stream().filter(written::contains).forEach(name -> {
                TestOutputTopic<byte[], byte[]> topic = read.computeIfAbsent(name,
                        n -> driver.createOutputTopic(n, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
                while (!topic.isEmpty()) {
                    byte[] value = topic.readRecord().value();
                    if (value != null) {
                        outputs.add(name, value);
                    }
                }
            });
        }
    }
}
