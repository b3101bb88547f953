package io.vitaltwin.testbench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.ingest.format.LineParser;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.standalone.input.fhir.FhirConsents;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.topology.TwinTopology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * E3.1, E3.3: what was exported goes into an empty installation and comes out again: readings, verdicts, alerts and all else are the same, byte for byte. No
 * application runs while it is exported, only a broker: so it is when everything is shut down for good.
 */
@Tag("ethics")
class ExportRoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORY = """
            scenario: round-trip
            title: Two devices, values in doubt, an alert, a bound and a code
            start: 2026-03-02T08:00:00Z
            until: PT30M
            patients:
              - {id: p1, birthDate: 1950-03-01, conditions: [copd]}
              - {id: p2}
            devices:
              - {id: "oxi 1", patient: p1, kind: finger-oximeter, grade: CLINICAL, vitals: [spo2, heart_rate], interval: PT1M}
              - {id: kit1, patient: p1, kind: kit, grade: MEDICAL_HOME, vitals: [consciousness, body_temperature, glucose_capillary]}
              - {id: w2, patient: p2, kind: watch, grade: CONSUMER, vitals: [heart_rate], interval: PT1M}
            consents:
              - {at: PT0S, patient: p1, status: active, permit: [{purpose: TREAT, vitals: [spo2, heart_rate, consciousness, body_temperature]}], deny: [{purpose: HRESCH}]}
              - {at: PT0S, patient: p2, status: active, permit: [{purpose: TREAT}]}
              - {at: PT20M, patient: p1, status: active, permit: [{purpose: TREAT, vitals: [spo2, consciousness, body_temperature, glucose_capillary]}]}
            series:
              - {device: "oxi 1", vital: spo2, unit: "%", every: PT1M, values: [95, 94, 95, 250, 95, "80x20"], context: REST}
              - {device: "oxi 1", vital: heart_rate, unit: "/min", every: PT1M, values: ["72.25x5", 172, "72x19"], batch: 3}
              - {device: w2, vital: heart_rate, unit: "/min", every: PT1M, values: ["70x25"], delay: PT3S}
            records:
              - {at: PT5M, device: kit1, values: {consciousness: [A, code], body_temperature: [98.6, "[degF]"]}}
              - {at: PT6M, device: kit1, values: {glucose_capillary: [LO, "mg/dL"]}}
              - {at: PT9M, patient: p1, report: {symptom: breathlessness}}
            """;

    /** What FHIR requires and nobody had said is told by a second export, and the manifest has the sum of its bytes. */
    private static final Set<String> TELLING_OF_CONSENTS = Set.of("consents.csv", "manifest.json");

    @TempDir
    Path folder;

    private final Topics topics = new Topics("vt.", 1);
    private final SchemaIds ids = new BundledSchemaIds();
    private final InputRecords records = new InputRecords(topics, ids);

    @Test
    void shouldComeOutAsItWentIn() throws Exception {
        // Given
        List<Input> story = inputs(ScenarioPlan.of(ScenarioFile.parse(Path.of("round-trip.yaml"), STORY)));
        // When
        Path first = exported("first", story);
        Path again = exported("again", imported(story, first));
        // Then
        assertThat(Files.readString(first.resolve("DetectedIssue.ndjson"))).contains("SPO2").contains("SYMPTOM");
        assertThat(Files.readString(first.resolve("Observation.ndjson"))).contains("RANGE_IMPOSSIBLE").contains("REJECT");
        assertThat(names(again)).isEqualTo(names(first)).contains("Consent.ndjson", "readings.csv", "quality-flags.csv", "README.txt");
        for (String name : names(first)) {
            assertThat(again.resolve(name)).as(name).hasSameBinaryContentAs(first.resolve(name));
        }
        assertThat(Files.readString(first.resolve("readings.csv"))).doesNotContain("w2");
    }

    /** What the patient agreed to goes with the data: applied as the FHIR R4 that it is, it permits and refuses the same. */
    @Test
    void shouldPermitTheSameWhenItsConsentsAreApplied() throws Exception {
        // Given
        List<Input> story = inputs(ScenarioPlan.of(ScenarioFile.parse(Path.of("round-trip.yaml"), STORY)));
        Path first = exported("first", story);
        // When
        List<Input> applied = new ArrayList<>(story);
        applied.removeIf(input -> input.kind() == Input.Kind.CONSENT && input.key().equals("p1"));
        applied.addAll(consents(first));
        applied.sort(Comparator.comparing(Input::arrival).thenComparing(Input::kind));
        Path again = exported("again", applied);
        // Then
        assertThat(Files.readString(first.resolve("violations.csv"))).contains("heart_rate").contains("glucose_capillary");
        for (String name : names(first)) {
            if (name.equals("Consent.ndjson")) {
                assertThat(provisions(again)).isEqualTo(provisions(first)).hasSizeGreaterThan(2);
            } else if (!TELLING_OF_CONSENTS.contains(name)) {
                assertThat(ofOneConsent(again.resolve(name))).as(name).isEqualTo(ofOneConsent(first.resolve(name)));
            }
        }
    }

    /** FHIR has one root for each consent, so the second rule of a version goes out, and comes in, as a consent of its own. */
    private static String ofOneConsent(Path file) throws IOException {
        return Files.readString(file).replaceAll("[.]2/", "/");
    }

    private static List<Input> consents(Path export) throws IOException {
        String text = Files.readString(export.resolve("Consent.ndjson"));
        List<String> lines = text.lines().toList();
        List<ConsentRecord> consents = FhirConsents.parse("Consent.ndjson", text, Optional.of("p1"), Instant.parse("2026-04-01T00:00:00Z"));
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Instant known = Instant.parse(JSON.readTree(lines.get(i)).at("/meta/lastUpdated").asText());
            inputs.add(new Input(Input.Kind.CONSENT, known, "p1", consents.get(i)));
        }
        return inputs;
    }

    private static List<JsonNode> provisions(Path export) throws IOException {
        List<JsonNode> provisions = new ArrayList<>();
        for (String line : Files.readAllLines(export.resolve("Consent.ndjson"))) {
            JsonNode consent = JSON.readTree(line);
            provisions.add(consent.get("status"));
            provisions.add(consent.get("provision"));
        }
        return provisions;
    }

    private static List<Input> inputs(ScenarioPlan plan) {
        List<Input> inputs = new ArrayList<>();
        plan.forEach(inputs::add);
        return inputs;
    }

    /** The story with the patient's readings as they stand in an export; what others sent stays. */
    private static List<Input> imported(List<Input> story, Path export) throws Exception {
        List<Input> inputs = new ArrayList<>(story);
        inputs.removeIf(input -> input.kind() == Input.Kind.READING && input.key().equals("p1"));
        inputs.addAll(batches(export));
        inputs.sort(Comparator.comparing(Input::arrival).thenComparing(Input::kind));
        return inputs;
    }

    private static List<Input> batches(Path export) throws Exception {
        Map<String, Reading> readings = new TreeMap<>();
        for (String line : Files.readAllLines(export.resolve("Observation.ndjson"))) {
            JsonNode observation = JSON.readTree(line);
            LineParser parser = Formats.named("fhir-ndjson").orElseThrow().open("", new FormatSettings(ZoneOffset.UTC, Optional.empty()));
            readings.put(observation.get("id").asText(), parser.read(line).getFirst());
        }
        List<Input> batches = new ArrayList<>();
        for (String line : Files.readAllLines(export.resolve("Provenance.ndjson"))) {
            JsonNode provenance = JSON.readTree(line);
            Map<String, JsonNode> parts = new HashMap<>();
            provenance.at("/extension/0/extension").forEach(part -> parts.put(part.get("url").asText(), part));
            List<Reading> held = new ArrayList<>();
            provenance.get("target").forEach(target -> held.add(readings.get(target.get("reference").asText().replace("Observation/", ""))));
            String device = device(export, provenance.at("/agent/0/who/reference").asText().replace("Device/", ""));
            batches.add(new Input(Input.Kind.READING, Instant.parse(provenance.get("recorded").asText()), "p1", ReadingBatch.newBuilder()
                    .setBatchId(parts.get("batch").get("valueString").asText()).setDeviceId(device)
                    .setSentAt(Instant.parse(parts.get("sent").get("valueDateTime").asText()))
                    .setSequence(parts.get("sequence").get("valueString").asLong()).setReadings(held).build()));
        }
        return batches;
    }

    private static String device(Path export, String id) throws IOException {
        for (String line : Files.readAllLines(export.resolve("Device.ndjson"))) {
            JsonNode device = JSON.readTree(line);
            if (device.get("id").asText().equals(id)) {
                return device.at("/identifier/0/value").asText();
            }
        }
        throw new AssertionError("a provenance names a device that is not exported");
    }

    /** Plays the inputs through the topology, puts inputs and outputs into a log of their own, and exports p1 from it. */
    private Path exported(String name, List<Input> inputs) throws Exception {
        Path to = folder.resolve(name);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve(name + "-broker")))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicAdmin(admin, topics, TopicAdmin.Clock.WRITER).apply();
            }
            fill(broker, inputs, name);
            run(broker, "export", "p1", "--to", to.toString(), "--time", "2026-04-01T00:00:00Z");
        }
        return to;
    }

    private void fill(EmbeddedBroker broker, List<Input> inputs, String name) {
        TwinConfig config = TwinConfig.of("unused:9092", topics, folder.resolve(name + "-state"));
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
                var driver = new TopologyTestDriver(new TwinTopology(config, ids).build(), config.streamsProperties(), inputs.getFirst().arrival())) {
            for (Input input : inputs) {
                String topic = records.topic(input);
                byte[] key = records.key(input);
                byte[] value = records.value(input);
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()).pipeInput(key, value, input.arrival());
                if (input.kind() != Input.Kind.TICK) {
                    producer.send(new ProducerRecord<>(topic, 0, input.arrival().toEpochMilli(), key, value));
                }
            }
            for (String topic : List.of(topics.alerts().name(), topics.qualityFlags().name(), topics.violations().name())) {
                if (driver.producedTopicNames().contains(topic)) {
                    TestOutputTopic<byte[], byte[]> written =
                            driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    for (TestRecord<byte[], byte[]> record : written.readRecordsToList()) {
                        producer.send(new ProducerRecord<>(topic, 0, record.timestamp(), record.key(), record.value()));
                    }
                }
            }
            producer.flush();
        }
    }

    private static void run(EmbeddedBroker broker, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
        StringWriter err = new StringWriter();
        int exit = Vitaltwin.run(all.toArray(String[]::new), new PrintWriter(new StringWriter()), new PrintWriter(err));
        assertThat(exit).as(err.toString()).isZero();
    }

    private static List<String> names(Path export) throws IOException {
        try (Stream<Path> files = Files.list(export)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
