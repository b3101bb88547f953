package io.vitaltwin.standalone;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.TopicAdmin.Clock;
import io.vitaltwin.standalone.TopicDifference.Kind;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TopicAdminTest {

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.in(folder));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldPlanEveryTopicOnAnEmptyClusterAndNothingOnceApplied() {
        // Given
        Topics topics = new Topics("empty.", 2);
        TopicAdmin topicAdmin = new TopicAdmin(admin, topics, Clock.BROKER);
        // When
        List<TopicDifference> before = topicAdmin.plan();
        List<TopicDifference> done = topicAdmin.apply();
        // Then
        assertThat(before).hasSize(topics.all().size()).allMatch(difference -> difference.kind() == Kind.MISSING);
        assertThat(done).isEqualTo(before);
        assertThat(topicAdmin.plan()).isEmpty();
        assertThat(topicAdmin.apply()).isEmpty();
        assertThat(topicAdmin.inputPartitions()).hasSize(topics.topologyInputs().size()).containsEntry("empty.readings.v1", 2);
    }

    @Test
    void shouldMakeTopicsAsTheCatalogueSays() throws Exception {
        Topics topics = new Topics("settings.", 3);
        new TopicAdmin(admin, topics, Clock.BROKER).apply();
        assertThat(setting(topics.readings().name(), "message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(setting(topics.readings().name(), "retention.ms")).isEqualTo("2592000000");
        assertThat(setting(topics.readings().name(), "cleanup.policy")).isEqualTo("delete");
        assertThat(setting(topics.consents().name(), "retention.ms")).isEqualTo("-1");
        assertThat(setting(topics.twins().name(), "cleanup.policy")).isEqualTo("compact");
        assertThat(setting(topics.twins().name(), "min.compaction.lag.ms")).isEqualTo("0");
        assertThat(setting(topics.patients().name(), "cleanup.policy")).isEqualTo("compact");
        assertThat(setting(topics.patients().name(), "min.compaction.lag.ms")).isEqualTo(String.valueOf(Duration.ofDays(30).toMillis()));
        assertThat(setting(topics.alerts().name(), "message.timestamp.type")).isEqualTo("CreateTime");
    }

    @Test
    void shouldLetTheWriterStampAndRemoveNothingInVirtualTime() throws Exception {
        Topics topics = new Topics("virtual.", 1);
        TopicAdmin topicAdmin = new TopicAdmin(admin, topics, Clock.WRITER);
        topicAdmin.apply();
        assertThat(setting(topics.readings().name(), "message.timestamp.type")).isEqualTo("CreateTime");
        assertThat(setting(topics.readings().name(), "retention.ms")).isEqualTo("-1");
        assertThat(topicAdmin.plan()).isEmpty();
        assertThat(new TopicAdmin(admin, topics, Clock.BROKER).plan()).extracting(TopicDifference::setting)
                .contains("message.timestamp.type", "retention.ms");
    }

    @Test
    void shouldSetBackASettingThatSomebodyChanged() throws Exception {
        // Given
        Topics topics = new Topics("changed.", 1);
        TopicAdmin topicAdmin = new TopicAdmin(admin, topics, Clock.BROKER);
        topicAdmin.apply();
        String readings = topics.readings().name();
        admin.incrementalAlterConfigs(Map.of(resource(readings),
                List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET)))).all().get();
        await().until(() -> setting(readings, "retention.ms").equals("1000"));
        // When
        List<TopicDifference> done = topicAdmin.apply();
        // Then
        assertThat(done).containsExactly(new TopicDifference(readings, Kind.SETTING, "retention.ms", "2592000000", "1000"));
        assertThat(setting(readings, "retention.ms")).isEqualTo("2592000000");
    }

    @Test
    void shouldNeverChangeTheNumberOfPartitions() throws Exception {
        // Given
        Topics topics = new Topics("parts.", 2);
        admin.createTopics(List.of(new NewTopic(topics.consents().name(), 3, (short) 1))).all().get();
        TopicAdmin topicAdmin = new TopicAdmin(admin, topics, Clock.BROKER);
        // When
        topicAdmin.apply();
        // Then
        assertThat(topicAdmin.plan()).containsExactly(
                new TopicDifference(topics.consents().name(), Kind.PARTITIONS, "partitions", "2", "3"));
        assertThat(topicAdmin.inputPartitions()).containsEntry("parts.consents.v1", 3).containsEntry("parts.readings.v1", 2);
    }

    private static String setting(String topic, String setting) throws Exception {
        return admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic)).get(setting).value();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
