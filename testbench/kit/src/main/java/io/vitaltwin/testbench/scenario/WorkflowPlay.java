package io.vitaltwin.testbench.scenario;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.alerts.topology.LiveFrom;
import io.vitaltwin.alerts.topology.WorkflowTopology;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The alerts of a scenario and what people did with them, through the workflow's topology, no broker. */
final class WorkflowPlay {

    private final Topics topics;
    private final SchemaIds ids;

    WorkflowPlay(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.ids = ids;
    }

    /** @param observed what the twin wrote, all of it: alerts after the end tell nothing, but time must pass */
    List<AlertWorkflowEvent> play(ScenarioPlan plan, Observed observed, Path state) {
        var topology = new WorkflowTopology(topics, ids, Policy.defaults(), LiveFrom.ALWAYS, new AlertsMetrics(new SimpleMeterRegistry())).build();
        AlertsConfig config = AlertsConfig.of("unused:9092", topics, state);
        InputRecords records = new InputRecords(topics, ids);
        try (var driver = new TopologyTestDriver(topology, config.streamsProperties(), plan.scenario().start())) {
            for (Input input : inputs(plan, observed)) {
                driver.createInputTopic(records.topic(input), new ByteArraySerializer(), new ByteArraySerializer())
                        .pipeInput(records.key(input), records.value(input), input.arrival());
            }
            return written(driver);
        }
    }

    private static List<Input> inputs(ScenarioPlan plan, Observed observed) {
        List<Input> inputs = new ArrayList<>();
        observed.alerts().forEach(event -> inputs.add(new Input(Input.Kind.ALERT, event.getAppendTime(), event.getPatientId(), event)));
        Deeds.of(plan.scenario(), observed.alerts()).inOrder()
                .forEach(deed -> inputs.add(new Input(Input.Kind.ACTION, deed.arrival(), deed.action().getPatientId(), deed.action())));
        QuietTicks quiet = new QuietTicks();
        plan.forEach(input -> {
            if (!quiet.leavesOut(input) && input.kind() == Input.Kind.TICK) {
                inputs.add(input);
            }
        });
        inputs.sort(Comparator.comparing(Input::arrival).thenComparing(Input::kind));
        return inputs;
    }

    private List<AlertWorkflowEvent> written(TopologyTestDriver driver) {
        Outputs outputs = new Outputs(topics, ids);
        String name = topics.alertWorkflow().name();
        if (driver.producedTopicNames().contains(name)) {
            TestOutputTopic<byte[], byte[]> topic = driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            topic.readValuesToList().forEach(value -> outputs.add(name, value));
        }
        return outputs.observed().workflow();
    }
}
