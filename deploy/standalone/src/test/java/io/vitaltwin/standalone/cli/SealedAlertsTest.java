package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.StackSettings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The workflow of alerts and its commands with encryption on: they work as ever, and nothing at rest in the cluster names or measures the patient. */
@Tag("ethics")
class SealedAlertsTest {

    private static final String ANN = "case-771";
    private static final String MEASURED = "SpO2 86 %.";
    private static final String NOTE = "asleep, woken by her daughter";
    private static final String TEAM = "team-of-ann";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private List<String> options = List.of();

    @Test
    void shouldSealWhatPeopleDoWithAlertsAndWhatTheWorkflowKeeps() throws Exception {
        PrivacySettings keys = PrivacySettings.in(folder.resolve("keys"));
        Privacy privacy = Privacy.on(keys.open());
        try (EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder.resolve("data")).withoutRegistry()
                .withAlerts(config -> config.withPrivacy(keys)))) {
            options = List.of("--bootstrap-server", stack.bootstrapServers(), "--encryption", "on", "--keys", keys.keys().toString());
            // Given
            done("consent", "apply", file("consents: [{patient: case-771, status: active, permit: [{purpose: TREAT}]}]"));
            done("care-team", "apply", file("teams: [{patient: '*', name: all, shifts: []}, {patient: case-771, name: team-of-ann, "
                    + "shifts: [{role: first-contact, recipient: desk}]}]"));
            raise(stack, privacy);
            // When
            done("alert", "snooze", "aa11", "--for", "30m", "--reason", NOTE, "--actor", "anna");
            // Then
            assertThat(done("alert", "list", "--patient", ANN).out()).contains(ANN + "  HIGH SNOOZED until").contains(MEASURED);
            assertThat(done("tail", "notifications", "--from-beginning", "--max", "1", "--timeout", "20s").out()).contains("FIRST_CONTACT to desk");
            assertThat(atRest(stack)).as("topics that name or measure the patient").isEmpty();
            assertThat(keysOn(stack, stack.topics().careTeams())).contains("*", privacy.onTopics(ANN)).hasSize(2);
            Outcome without = Outcome.of(List.of("alert", "list", "--bootstrap-server", stack.bootstrapServers()));
            assertThat(without.exit()).isEqualTo(1);
            assertThat(without.err()).contains("cannot be decoded").doesNotContain(MEASURED).doesNotContain(ANN);
        }
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("in.yaml"), text + "\n").toString();
    }

    private Outcome done(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(options);
        Outcome outcome = Outcome.of(all);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome;
    }

    private void raise(EmbeddedStack stack, Privacy privacy) throws Exception {
        Topic<AlertEvent> topic = stack.topics().alerts();
        Instant now = Instant.now();
        AlertEvent event = AlertEvent.newBuilder().setAlertId("aa11bb22").setPatientId(ANN).setRule("SPO2_CRIT").setFamily("SPO2")
                .setEvent(AlertEventType.RAISED).setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(now).setEffectiveTime(now)
                .setAppendTime(now).setText(MEASURED).setRuleSetVersion("1").setEvidence(List.of()).build();
        privacy.hide(event);
        try (AvroSerde<AlertEvent> serde = new AvroSerde<>(topic, stack.schemaIds());
                Producer<String, byte[]> producer = privacy.producer(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            producer.send(new ProducerRecord<>(topic.name(), ANN, serde.serialize(topic.name(), event))).get();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(done("alert", "list").out()).contains("aa11bb22"));
    }

    /** Every topic of the cluster, those of the workflow's own state too. */
    private static Set<String> atRest(EmbeddedStack stack) {
        Set<String> names;
        try (Admin admin = stack.admin()) {
            names = new TreeSet<>(KafkaCalls.await(admin.listTopics().names()));
        }
        assertThat(names).contains("vitaltwin-alerts-caseloads-changelog", "vitaltwin-alerts-teams-changelog", "vitaltwin-alerts-workflow-timers-changelog");
        assertThat(records(stack, "vitaltwin-alerts-caseloads-changelog")).isNotEmpty();
        names.removeIf(name -> records(stack, name).stream().noneMatch(SealedAlertsTest::tellsOfAnn));
        return names;
    }

    private static boolean tellsOfAnn(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record.key()) + text(record.value());
        return List.of(ANN, MEASURED, NOTE, TEAM).stream().anyMatch(text::contains);
    }

    private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> keysOn(EmbeddedStack stack, Topic<?> topic) {
        Set<String> keys = new TreeSet<>();
        records(stack, topic.name()).forEach(record -> keys.add(text(record.key())));
        return keys;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(EmbeddedStack stack, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(one -> new TopicPartition(topic, one.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
