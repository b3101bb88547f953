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
abstract class EraseStory {

    /** The id of the one stands inside that of the other. */
    static final String ANN = "case-771";
    static final String BEN = "case-7710";
    static final List<String> OF_ANN = List.of(ANN, "oximeter-of-ann", "agreement-of-ann", "OX-4711-ANN", "team-of-ann", "her daughter answered the phone");
    static final Duration LIMIT = Duration.ofSeconds(90);
    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;
    /** Long enough ago that no reading of the story is from the future. */
    private final Instant first = Instant.now().minus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.SECONDS);
    List<String> cluster = List.of();
    Privacy privacy = Privacy.off();

    EmbeddedStack start(@Nullable PrivacySettings keys, boolean workflow) {
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

    AlertsApp startAlerts(EmbeddedStack stack) {
        AlertsApp alerts = new AlertsApp(AlertsConfig.of(stack.bootstrapServers(), stack.topics(), folder.resolve("data").resolve("state")), stack.schemaIds());
        alerts.start();
        return alerts;
    }

    /** Ann has a team of her own, and somebody writes about her alert. */
    void handleAlerts() throws IOException {
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

    void awaitAlertsOfBenAlone() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run("alert", "list").out().lines().filter(line -> !line.startsWith(" ")))
                .isNotEmpty().allMatch(line -> line.startsWith(BEN + " ")));
    }

    /** Both are registered, permit treatment, and have a low saturation. */
    void monitorBoth(EmbeddedStack stack) throws IOException {
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

    void send(EmbeddedStack stack, String patient, String device, int from, int to) {
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

    void continueWithBen(EmbeddedStack stack, int readings) {
        send(stack, BEN, "oximeter-of-ben", readings - 10, readings);
        awaitApplied(BEN, readings);
        assertThat(run("twin", "show", BEN, "--output", "json").out()).contains("\"patientId\":\"" + BEN + "\"");
    }

    void awaitApplied(String patient, int readings) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            Outcome twin = run("twin", "show", patient, "--output", "json");
            assertThat(twin.exit()).as(twin.err()).isZero();
            assertThat(JSON.readTree(twin.out()).get("fates").get("applied").asLong()).isEqualTo(readings);
        });
    }

    void write(EmbeddedStack stack, Topic<Disclosure> topic, Disclosure value) {
        String patient = value.getPatientId();
        try (Producer<String, byte[]> producer = privacy.producer(Map.of("bootstrap.servers", stack.bootstrapServers()));
                AvroSerde<Disclosure> serde = new AvroSerde<>(topic, stack.schemaIds())) {
            privacy.hide(value);
            producer.send(new ProducerRecord<>(topic.name(), patient, serde.serialize(topic.name(), value)));
        }
    }

    static List<String> places(JsonNode report) {
        return report.get("searched").findValuesAsText("place");
    }

    long erasures(EmbeddedStack stack) throws Exception {
        JsonNode status = JSON.readTree("[" + String.join(",", run("status", "--output", "json").out().lines().toList()) + "]");
        for (JsonNode line : status) {
            if (line.path("topic").asText().equals(stack.topics().erasures().name())) {
                return line.get("records").asLong();
            }
        }
        return 0;
    }

    Outcome erase(String... more) {
        List<String> args = new ArrayList<>(List.of("erase", ANN, "--reason", "GDPR 17(1)(b)", "--actor", "officer-1", "--yes", "--output", "json"));
        if (Files.exists(folder.resolve("data"))) {
            args.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        }
        args.addAll(List.of("--wait", "300s"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(cluster);
        return Outcome.of(all);
    }

    void deleteState() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("state"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Files that hold something of Ann, found without any code of the program. */
    static List<String> namesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(EraseStory::namesAnn).map(Path::toString).toList();
        }
    }

    static boolean namesAnn(Path file) {
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
