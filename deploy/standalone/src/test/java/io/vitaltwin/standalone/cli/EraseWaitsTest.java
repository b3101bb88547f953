package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.KafkaCalls;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** For whom {@code erase} waits, against a real broker on which no application runs. */
class EraseWaitsTest {

    private static final long AHEAD = 1_000_000;

    @AutoClose
    private static final CliBench CLI = new CliBench();

    private static Outcome erase(String prefix, String twin, String workflow) {
        return CLI.run("erase", "ann", "--reason", "x", "--actor", "officer", "--yes", "--wait", "2s", "--prefix", prefix,
                "--application-id", twin, "--alerts-application-id", workflow);
    }

    private static Topics known(String prefix) throws Exception {
        Topics topics = new Topics(prefix, 1);
        CLI.with(topics);
        CLI.done("consent", "apply", CLI.file(prefix + "yaml", "consents: [{patient: ann, status: active, permit: [{purpose: TREAT}]}]\n").toString(),
                "--prefix", prefix);
        return topics;
    }

    /** As if the twin had taken whatever comes. */
    private static void commit(String group, Topics topics) {
        Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
        for (Topic<?> topic : topics.topologyInputs()) {
            ahead.put(new TopicPartition(topic.name(), 0), new OffsetAndMetadata(AHEAD));
        }
        ahead.put(new TopicPartition(topics.deviceSightings().name(), 0), new OffsetAndMetadata(AHEAD));
        try (Admin admin = CLI.admin()) {
            KafkaCalls.await(admin.alterConsumerGroupOffsets(group, ahead).all());
        }
    }

    @Test
    void shouldWaitForTheTwin() throws Exception {
        known("no-twin.");
        Outcome outcome = erase("no-twin.", "twin-1", "alerts-1");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("the application twin-1 has not taken the order").doesNotContain("ann");
    }

    @Test
    void shouldWaitForAWorkflowThatLeftTopics() throws Exception {
        commit("twin-2", known("left-topics."));
        try (Admin admin = CLI.admin()) {
            KafkaCalls.await(admin.createTopics(List.of(new NewTopic("alerts-2-caseloads-changelog", 1, (short) 1))).all());
        }
        assertThat(erase("left-topics.", "twin-2", "alerts-2").err()).contains("the application alerts-2 has not taken the order");
    }

    @Test
    void shouldWaitForAWorkflowThatLeftAGroup() throws Exception {
        Topics topics = known("left-group.");
        commit("twin-3", topics);
        try (Admin admin = CLI.admin()) {
            KafkaCalls.await(admin.alterConsumerGroupOffsets("alerts-3",
                    Map.of(new TopicPartition(topics.ticks().name(), 0), new OffsetAndMetadata(0))).all());
        }
        assertThat(erase("left-group.", "twin-3", "alerts-3").err()).contains("the application alerts-3 has not taken the order");
    }

    @Test
    void shouldNotWaitForAWorkflowThatNeverRan() throws Exception {
        commit("twin-4", known("never-ran."));
        assertThat(erase("never-ran.", "twin-4", "alerts-4").err()).doesNotContain("alerts-4").doesNotContain("has not taken");
    }
}
