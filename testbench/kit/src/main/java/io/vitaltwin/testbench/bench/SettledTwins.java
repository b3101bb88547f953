package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * How large the twins of a few patients become who are measured for hours: a twin remembers more with each sample until its
 * memory is full, which a run over many patients never reaches. Runs in memory; its time says nothing.
 */
final class SettledTwins {

    static final int PATIENTS = 100;
    /** Two hours, one sample of each vital a minute. */
    static final int SAMPLES = 120;

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX, 1);
    private final SchemaIds ids = new BundledSchemaIds();
    private final Cohort cohort;
    private final TwinSizes.Collector collector = new TwinSizes.Collector();

    private SettledTwins(long seed) {
        cohort = new Cohort(PATIENTS, Cohort.VITALS.size(), seed, Throughput.STORY_START);
    }

    /** @param folder for the state; empty */
    static TwinSizes measure(Path folder, long seed) {
        return new SettledTwins(seed).run(folder);
    }

    private TwinSizes run(Path folder) {
        TwinConfig config = TwinConfig.of("unused:0", topics, folder).withApplicationId("bench-settled");
        try (var driver = new TopologyTestDriver(new TwinTopology(config, ids).build(), config.streamsProperties(), cohort.start())) {
            register(driver);
            var batches = new AvroSerde<>(topics.readings(), ids);
            TestInputTopic<String, byte[]> readings = input(driver, topics.readings().name());
            TestOutputTopic<String, @Nullable TwinSnapshot> twins =
                    driver.createOutputTopic(topics.twins().name(), new StringDeserializer(), new AvroSerde<>(topics.twins(), ids));
            for (long n = 0; n < (long) PATIENTS * SAMPLES; n++) {
                readings.pipeInput(Cohort.patientId(cohort.patientOf(n)), batches.serialize("", cohort.batchOf(n)), cohort.arrivalOf(n));
                drain(twins);
            }
            return collector.sizes();
        }
    }

    private void register(TopologyTestDriver driver) {
        var plans = new AvroSerde<>(topics.patients(), ids);
        var consents = new AvroSerde<>(topics.consents(), ids);
        TestInputTopic<String, byte[]> toPatients = input(driver, topics.patients().name());
        TestInputTopic<String, byte[]> toConsents = input(driver, topics.consents().name());
        for (int i = 0; i < PATIENTS; i++) {
            for (Arrival arrival : cohort.patient(i).registration(cohort.start())) {
                switch (arrival) {
                    case Arrival.Plan plan -> toPatients.pipeInput(plan.patientId(), plans.serialize("", plan.plan()), plan.at());
                    case Arrival.Consent consent ->
                        toConsents.pipeInput(consent.patientId(), consents.serialize("", consent.consent()), consent.at());
                    default -> throw new IllegalStateException("a registration holds a care plan and a consent");
                }
            }
        }
    }

    private void drain(TestOutputTopic<String, @Nullable TwinSnapshot> twins) {
        while (!twins.isEmpty()) {
            TwinSnapshot twin = twins.readValue();
            if (twin != null) {
                collector.add(twin);
            }
        }
    }

    private static TestInputTopic<String, byte[]> input(TopologyTestDriver driver, String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }
}
