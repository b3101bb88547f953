package io.vitaltwin.twin.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ErasureOrder;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.TwinMetrics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.T0;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** What the twin does with the order to forget a patient. */
class EraserTest {

    private static final String ANN = "case-771";
    private static final String BEN = "case-7710";
    private static final List<String> STORES = Stream.concat(TwinStores.BY_PATIENT.stream(), Stream.of(TwinStores.TIMERS)).toList();

    @TempDir
    private Path folder;
    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN).enrol(BEN);

    private static Input order(String patient, Instant at) {
        return new Input("erasure-orders", patient, new AvroSerde<>(TOPICS.erasureOrders(), IDS)
                .serialize("any", new ErasureOrder("erasure-1", patient, at)), at);
    }

    private static List<Input> lowSaturation(String patient, int from, int to) {
        List<Input> inputs = new ArrayList<>();
        for (int i = from; i < to; i++) {
            inputs.add(batch(patient, OXIMETER, at(30L * i), saturation(at(30L * i), 80)));
        }
        return inputs;
    }

    @Test
    void shouldEndWhatIsOpenWithoutDataAndTakeTheSnapshotBack() {
        twin.play(lowSaturation(ANN, 0, 10)).play(lowSaturation(BEN, 0, 10));
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        twin.play(order(ANN, at(400)));
        AlertEvent last = twin.alerts(ANN).getLast();
        assertThat(last.getEvent()).isEqualTo(AlertEventType.CLEARED);
        assertThat(last.getEndReason()).isEqualTo("ERASED");
        assertThat(last.getEvidence()).isEmpty();
        assertThat(twin.alerts(BEN, AlertEventType.CLEARED)).isEmpty();
        TestRecord<String, byte[]> snapshot = twin.records(TOPICS.twins()).getLast();
        assertThat(snapshot.key()).isEqualTo(ANN);
        assertThat(snapshot.value()).isNull();
    }

    @Test
    void shouldTellNobodyThatMonitoringStopped() {
        twin.play(lowSaturation(ANN, 0, 2)).play(order(ANN, at(100))).tick(Duration.ofMinutes(3));
        assertThat(twin.alerts(ANN)).noneMatch(alert -> alert.getRule().equals("CONSENT_WITHDRAWN"));
    }

    @Test
    void shouldRefuseWhatComesLater() {
        twin.play(lowSaturation(ANN, 0, 3)).play(order(ANN, at(200))).play(lowSaturation(ANN, 7, 10));
        assertThat(twin.violations(ANN)).isNotEmpty()
                .allMatch(violation -> violation.getReason() == ViolationReason.NO_CONSENT && violation.getConsentVersion().isEmpty());
        twin.play(plan(ANN, at(400)), permit(ANN, "1", at(401))).play(lowSaturation(ANN, 14, 16)).tick(Duration.ofMinutes(2));
        assertThat(twin.fates(ANN).getApplied()).as("a new beginning knows nothing of before").isEqualTo(2);
    }

    @Test
    void shouldDoNothingForAnOrderTakenBackOrAboutNobody() {
        twin.play(lowSaturation(ANN, 0, 3)).play(new Input("erasure-orders", ANN, null, at(200)), order("nobody", at(201)))
                .play(lowSaturation(ANN, 8, 10)).tick(Duration.ofSeconds(5));
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(5);
        assertThat(twin.deadLetters()).isEmpty();
    }

    /** Every store, whatever was in it: a plan, a consent, a tally of refusals, a batch that waits, timers, the twin. */
    @Test
    void shouldKeepNothingInAnyStore() {
        AtomicInteger erasures = new AtomicInteger();
        TwinConfig config = TwinConfig.of("unused:9092", TOPICS, folder.resolve("stores"));
        TwinTopology topology = new TwinTopology(config, IDS, new TwinMetrics(new SimpleMeterRegistry()), erasures::incrementAndGet);
        try (TopologyTestDriver driver = new TopologyTestDriver(topology.build(), config.streamsProperties(), T0)) {
            List<Input> inputs = new ArrayList<>();
            for (String patient : List.of(ANN, BEN)) {
                inputs.addAll(List.of(plan(patient, at(-60)), permit(patient, "1", at(-59)),
                        batch(patient, PATCH, 0, at(0), pulse(at(0), 70)),
                        batch(patient, PATCH, 2, at(60), pulse(at(60), 71)),
                        batch(patient, OXIMETER, at(61), saturation(at(61), 96), Story.reading("steps", at(61), 3.0, "1"),
                                Story.reading("hypnosis", at(61), 3.0, "1"))));
            }
            play(driver, inputs);
            STORES.forEach(store -> assertThat(keysNaming(driver, store, ANN)).as(store).isNotEmpty());
            play(driver, List.of(order(ANN, at(62))));
            STORES.forEach(store -> {
                assertThat(keysNaming(driver, store, ANN)).as(store).isEmpty();
                assertThat(keysNaming(driver, store, BEN)).as(store).isNotEmpty();
            });
            assertThat(erasures).hasValue(1);
        }
    }

    private static void play(TopologyTestDriver driver, List<Input> inputs) {
        inputs.forEach(input -> driver.createInputTopic(TOPICS.prefix() + input.topic() + ".v1", new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(input.key(), input.value(), input.at())));
    }

    private static List<String> keysNaming(TopologyTestDriver driver, String store, String patient) {
        List<String> keys = new ArrayList<>();
        KeyValueStore<Object, byte[]> entries = driver.getKeyValueStore(store);
        try (KeyValueIterator<Object, byte[]> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<Object, byte[]> one = all.next();
                byte[] key = one.key instanceof Bytes bytes ? bytes.get() : one.key.toString().getBytes(StandardCharsets.UTF_8);
                String name = store.equals(TwinStores.TIMERS) ? new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8)
                        : new String(key, StandardCharsets.UTF_8).split("\0", -1)[0];
                if (name.equals(patient)) {
                    keys.add(Arrays.toString(key));
                }
            }
        }
        return keys;
    }
}
