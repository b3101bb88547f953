package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.alerts.AlertsApp;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.DeviceStream;
import io.vitaltwin.ingest.ProducerSettings;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two patients with a real broker, the real twin and the real workflow of alerts; one is erased, and the other must not notice. */
@Tag("ethics")
class EraseCommandTest {

    /** The id of the one stands inside that of the other. */
    private static final String ANN = "case-771";
    private static final String BEN = "case-7710";
    private static final List<String> OF_ANN = List.of(ANN, "oximeter-of-ann", "agreement-of-ann", "OX-4711-ANN", "team-of-ann", "her daughter answered the phone");
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    /** Long enough ago that no reading of the story is from the future. */
    private final Instant first = Instant.now().minus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.SECONDS);
    private List<String> cluster = List.of();
    private Privacy privacy = Privacy.off();

    @Test
    void shouldLeaveNothingOfThePatientWithEncryption() throws Exception {
        PrivacySettings keys = PrivacySettings.in(folder.resolve("keys"));
        privacy = Privacy.on(keys.open());
        try (EmbeddedStack stack = start(keys, true)) {
            // Given
            monitorBoth(stack);
            handleAlerts();
            assertThat(namesIn(folder.resolve("data").resolve("broker"))).as("what is at rest names nobody").isEmpty();
            // When
            Outcome erased = erase();
            // Then
            assertThat(erased.exit()).as(erased.out() + erased.err()).isZero();
            JsonNode report = JSON.readTree(erased.out());
            assertThat(report.get("findings").asLong()).isZero();
            assertThat(report.get("keyDestroyed").asBoolean()).isTrue();
            assertThat(report.get("anonymousKeys").asLong()).isPositive();
            assertThat(report.get("recipients").get(0).asText()).isEqualTo("registry-north");
            assertThat(places(report)).contains("vt.readings.v1", "vitaltwin-twin-twin-changelog", "vitaltwin-twin-held-changelog", "vt.worklist.v1",
                    "vt.alert-actions.v1", "vt.alert-workflow.v1", "vt.notifications.v1", "vt.care-teams.v1", "vitaltwin-alerts-caseloads-changelog",
                    "vitaltwin-alerts-teams-changelog", "vitaltwin-alerts-workflow-timers-changelog");
            assertThat(namesIn(folder)).isEmpty();
            assertThat(run("twin", "show", ANN).err()).contains("erased");
            assertThat(run("produce", "--patient", ANN, "--device", "x", "--vital", "spo2", "--value", "97", "--unit", "%").err()).contains("erased");
            continueWithBen(stack, 30);
            awaitAlertsOfBenAlone();
        }
        deleteState();
        try (EmbeddedStack stack = start(keys, true)) {
            continueWithBen(stack, 40);
            awaitAlertsOfBenAlone();
            assertThat(erasures(stack)).isEqualTo(1);
        }
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void shouldSayWhatRemainsWithoutEncryptionAndRemoveItWhenAsked() throws Exception {
        try (EmbeddedStack stack = start(null, false)) {
            // Given
            monitorBoth(stack);
            assertThat(namesIn(folder)).isNotEmpty();
            // When: no workflow ever ran, so nobody waits for one
            Outcome kept = erase();
            // And: one begins, and takes from the logs what was said of Ann
            Outcome deleted;
            try (AlertsApp alerts = startAlerts(stack)) {
                awaitAlertsOfBenAlone();
                await().atMost(LIMIT).untilAsserted(() -> assertThat(namesIn(folder)).anyMatch(file -> file.contains("vitaltwin-alerts-caseloads-changelog")));
                deleted = erase("--delete-log-records");
                assertThat(alerts.failure()).isEmpty();
            }
            // Then
            assertThat(kept.exit()).as(kept.err()).isEqualTo(1);
            assertThat(kept.out()).as(kept.err()).isNotEmpty();
            JsonNode remains = JSON.readTree(kept.out()).get("remains");
            assertThat(remains.findValuesAsText("topic")).contains("vt.readings.v1", "vt.alerts.v1", "vt.consents.v1");
            assertThat(remains.findValuesAsText("topic")).doesNotContain("vt.patients.v1", "vt.twins.v1", "vitaltwin-twin-twin-changelog");
            assertThat(deleted.exit()).as(deleted.out() + deleted.err()).isEqualTo(1);
            assertThat(JSON.readTree(deleted.out()).get("remains").findValuesAsText("topic")).containsExactly("vt.consents.v1");
            assertThat(namesIn(folder)).isNotEmpty().allSatisfy(file -> assertThat(file).contains("/vt.consents.v1-"));
            continueWithBen(stack, 30);
        }
    }

    @Test
    void shouldRefuseWrongCalls() {
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer")).satisfies(outcome -> {
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.err()).contains("--yes");
        });
        assertThat(run("erase", ANN, "--reason", "because of " + ANN, "--actor", "officer", "--yes").err()).contains("must not name");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--data-dir", folder + "/nowhere").err()).contains("--data-dir");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--encryption", "on").err()).contains("--keys");
        assertThat(run("erase", ANN, "--reason", "x", "--actor", "officer", "--yes", "--keys", folder.toString()).err()).contains("--encryption on");
    }

    @Test
    void shouldNotEraseWhomNobodyKnows() {
        try (EmbeddedStack stack = start(null, false)) {
            cluster = List.of("--bootstrap-server", stack.bootstrapServers());
            Outcome outcome = erase();
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("check the pseudonym").doesNotContain(ANN);
        }
    }

    private EmbeddedStack start(@Nullable PrivacySettings keys, boolean workflow) {
        Path data = folder.resolve("data");
        BrokerSettings broker = BrokerSettings.in(data.resolve("broker")).with("log.cleaner.backoff.ms", "200")
                .with("log.retention.check.interval.ms", "1000");
        StackSettings twin = StackSettings.in(data).withBroker(broker).withoutRegistry()
                .withTwin(config -> keys == null ? config : config.withPrivacy(keys));
        EmbeddedStack stack = EmbeddedStack.start(workflow ? twin.withAlerts(config -> keys == null ? config : config.withPrivacy(keys)) : twin);
        cluster = Stream.concat(Stream.of("--bootstrap-server", stack.bootstrapServers()),
                keys == null ? Stream.of() : Stream.of("--encryption", "on", "--keys", keys.keys().toString())).toList();
        stack.awaitRunning(LIMIT);
        return stack;
    }

    private AlertsApp startAlerts(EmbeddedStack stack) {
        AlertsApp alerts = new AlertsApp(AlertsConfig.of(stack.bootstrapServers(), stack.topics(), folder.resolve("data").resolve("state")), stack.schemaIds());
        alerts.start();
        return alerts;
    }

    /** Ann has a team of her own, and somebody writes about her alert. */
    private void handleAlerts() throws IOException {
        Path file = Files.writeString(folder.resolve("in.yaml"), "teams: [{patient: '*', name: all, shifts: []}, {patient: case-771, name: team-of-ann, "
                + "shifts: [{role: first-contact, recipient: desk}]}]\n");
        assertThat(run("care-team", "apply", file.toString()).exit()).isZero();
        Files.delete(file);
        for (String patient : List.of(ANN, BEN)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run("alert", "list", "--patient", patient).out()).startsWith(patient));
        }
        String alert = JSON.readTree(run("alert", "list", "--patient", ANN, "--output", "json").out().lines().findFirst().orElseThrow()).get("alertId").asText();
        for (String[] action : List.of(new String[] {"alert", "comment", alert, "her daughter answered the phone"}, new String[] {"alert", "ack", alert})) {
            List<String> all = new ArrayList<>(List.of(action));
            all.addAll(List.of("--actor", "anna", "--wait", "60s"));
            Outcome outcome = run(all.toArray(String[]::new));
            assertThat(outcome.exit()).as(outcome.err()).isZero();
        }
    }

    private void awaitAlertsOfBenAlone() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run("alert", "list").out().lines().filter(line -> !line.startsWith(" ")))
                .isNotEmpty().allMatch(line -> line.startsWith(BEN + " ")));
    }

    /** Both are registered, permit treatment, and have a low saturation. */
    private void monitorBoth(EmbeddedStack stack) throws IOException {
        Path file = Files.writeString(folder.resolve("in.yaml"), """
                patients: [{id: case-771, monitor: [spo2]}, {id: case-7710, monitor: [spo2]}]
                devices:
                  - {id: oximeter-of-ann, patient: case-771, kind: finger-oximeter, grade: CLINICAL, vitals: [spo2], interval: PT30S, serial: OX-4711-ANN}
                  - {id: oximeter-of-ben, patient: case-7710, kind: finger-oximeter, grade: CLINICAL, vitals: [spo2], interval: PT30S, serial: OX-4712-BEN}
                consents:
                  - {patient: case-771, id: agreement-of-ann, status: active, permit: [{purpose: TREAT}]}
                  - {patient: case-7710, id: agreement-of-ben, status: active, permit: [{purpose: TREAT}]}
                """);
        assertThat(run("patient", "apply", file.toString()).exit()).isZero();
        assertThat(run("consent", "apply", file.toString()).exit()).isZero();
        Files.delete(file);
        send(stack, ANN, "oximeter-of-ann", 0, 20);
        send(stack, BEN, "oximeter-of-ben", 0, 20);
        write(stack, stack.topics().disclosures(), Disclosure.newBuilder().setDisclosureId("d1").setPatientId(ANN).setActor("registry-north")
                .setPurpose("TREAT").setEgress("export").setTime(Instant.now()).build());
        awaitApplied(ANN, 20);
        awaitApplied(BEN, 20);
        assertThat(run("tail", "alerts", "--from-beginning", "--max", "2", "--timeout", "20s", "--output", "json").out())
                .contains("\"key\":\"" + ANN + "\"").contains("\"patientId\":\"" + ANN + "\"");
    }

    private void send(EmbeddedStack stack, String patient, String device, int from, int to) {
        Instant start = patient.equals(ANN) ? first.minusMillis(77) : first;
        try (Producer<String, byte[]> producer =
                        privacy.producer(ProducerSettings.complete(Map.of("bootstrap.servers", stack.bootstrapServers())));
                var oximeter = new DeviceProducer(producer, stack.topics().readings(), stack.schemaIds(), new DeviceStream(patient, device),
                        DeviceProducer.UNCOUNTED)) {
            for (int i : IntStream.range(from, to).toArray()) {
                Reading reading = Reading.newBuilder().setVital("spo2").setEffectiveTime(start.plusSeconds(2L * i)).setValue(82.0 + i % 3)
                        .setUnit("%").build();
                oximeter.send(List.of(reading), Instant.now());
            }
        }
    }

    private void continueWithBen(EmbeddedStack stack, int readings) {
        send(stack, BEN, "oximeter-of-ben", readings - 10, readings);
        awaitApplied(BEN, readings);
        assertThat(run("twin", "show", BEN, "--output", "json").out()).contains("\"patientId\":\"" + BEN + "\"");
    }

    private void awaitApplied(String patient, int readings) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            Outcome twin = run("twin", "show", patient, "--output", "json");
            assertThat(twin.exit()).as(twin.err()).isZero();
            assertThat(JSON.readTree(twin.out()).get("fates").get("applied").asLong()).isEqualTo(readings);
        });
    }

    private void write(EmbeddedStack stack, Topic<Disclosure> topic, Disclosure value) {
        String patient = value.getPatientId();
        try (Producer<String, byte[]> producer = privacy.producer(Map.of("bootstrap.servers", stack.bootstrapServers()));
                AvroSerde<Disclosure> serde = new AvroSerde<>(topic, stack.schemaIds())) {
            privacy.hide(value);
            producer.send(new ProducerRecord<>(topic.name(), patient, serde.serialize(topic.name(), value)));
        }
    }

    private static List<String> places(JsonNode report) {
        return report.get("searched").findValuesAsText("place");
    }

    private long erasures(EmbeddedStack stack) throws Exception {
        JsonNode status = JSON.readTree("[" + String.join(",", run("status", "--output", "json").out().lines().toList()) + "]");
        for (JsonNode line : status) {
            if (line.path("topic").asText().equals(stack.topics().erasures().name())) {
                return line.get("records").asLong();
            }
        }
        return 0;
    }

    private Outcome erase(String... more) {
        List<String> args = new ArrayList<>(List.of("erase", ANN, "--reason", "GDPR 17(1)(b)", "--actor", "officer-1", "--yes", "--output", "json"));
        if (Files.exists(folder.resolve("data"))) {
            args.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        }
        args.addAll(List.of("--wait", "300s"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(cluster);
        return Outcome.of(all);
    }

    private void deleteState() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("state"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Files that hold something of Ann, found without any code of the program. */
    private static List<String> namesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(EraseCommandTest::namesAnn).map(Path::toString).toList();
        }
    }

    private static boolean namesAnn(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace(BEN, "");
            return OF_ANN.stream().anyMatch(text::contains);
        } catch (java.nio.file.NoSuchFileException e) {
            return false; // a broker or a store removed it since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
