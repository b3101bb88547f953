package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.Verdict;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The export against a real broker without any application: p1 sent two readings, permits nothing to anybody, and asks for the data. */
class ExportCommandTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final CliBench CLI = new CliBench();

    @BeforeAll
    static void writeReadings() throws Exception {
        Topics topics = new Topics("vt.", 1);
        CLI.with(topics);
        CLI.write(topics.qualityFlags(), "p1", QualityFlag.newBuilder().setPatientId("p1").setDeviceId("w1").setVital("spo2").setEffectiveTime(T0)
                .setVerdict(Verdict.SUSPECT).setReasons(List.of("MOTION")).setRuleVersion("1").setSigma(2.5).setAppendTime(T0).build());
        CLI.write(topics.readings(), "p1", batch("w1"));
        CLI.write(topics.readings(), "p2", batch("of-somebody-else"));
    }

    @Test
    void shouldGiveThePatientEverythingWhateverConsentSays() throws Exception {
        // When
        Path to = CLI.path("own");
        Outcome outcome = CLI.run("export", "p1", "--to", to.toString(), "--time", "2026-04-01T00:00:00Z");
        // Then
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        JsonNode observation = JSON.readTree(Files.readAllLines(to.resolve("Observation.ndjson")).getFirst());
        assertThat(observation.at("/valueQuantity/value").asDouble()).isEqualTo(86.5);
        assertThat(observation.at("/extension/0/extension/0/valueCode").asText()).isEqualTo("SUSPECT");
        assertThat(Files.readAllLines(to.resolve("readings.csv"))).hasSize(3).element(1).asString()
                .startsWith("2026-03-02T08:00:00Z,spo2,86.5,%,UNKNOWN,w1,UNKNOWN,SUSPECT,MOTION,2.5");
        JsonNode manifest = JSON.readTree(to.resolve("manifest.json").toFile());
        assertThat(manifest.get("time").asText()).isEqualTo("2026-04-01T00:00:00Z");
        for (JsonNode file : manifest.get("files")) {
            byte[] bytes = Files.readAllBytes(to.resolve(file.get("name").asText()));
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))).isEqualTo(file.get("sha256").asText());
            assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("of-somebody-else");
        }
        JsonNode entry = JSON.readTree(CLI.run("disclosures", "p1", "--output", "json").out().lines().findFirst().orElseThrow());
        assertThat(entry.get("egress").asText()).isEqualTo("export");
        assertThat(entry.get("purpose").asText()).isEqualTo("PATRQT");
        assertThat(entry.get("vitals").toString()).isEqualTo("[\"heart_rate\",\"spo2\"]");
        assertThat(entry.get("count").asInt()).isEqualTo(2);
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws Exception {
        Path one = CLI.path("one");
        Path two = CLI.path("two");
        CLI.run("export", "p1", "--to", one.toString(), "--format", "fhir");
        CLI.run("export", "p1", "--to", two.toString(), "--format", "fhir");
        for (String name : List.of("Observation.ndjson", "Provenance.ndjson", "Device.ndjson", "Patient.ndjson", "README.txt")) {
            assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
        }
        assertThat(one.resolve("readings.csv")).doesNotExist();
    }

    @Test
    void shouldComeBackByLoad() throws Exception {
        CLI.with(new Topics("back.", 1));
        Path to = CLI.path("out");
        CLI.run("export", "p1", "--to", to.toString());
        Outcome load = CLI.run("load", to.resolve("Observation.ndjson").toString(), "--format", "fhir-ndjson", "--patient", "p1", "--device", "w1",
                "--prefix", "back.", "--output", "json");
        assertThat(load.exit()).as(load.err()).isZero();
        assertThat(JSON.readTree(load.out()).get("readings").asInt()).isEqualTo(2);
        Path again = CLI.path("in");
        CLI.run("export", "p1", "--to", again.toString(), "--prefix", "back.");
        assertThat(measured(again)).isEqualTo(measured(to));
    }

    /** Time, vital, value and unit of each reading. */
    private static List<String> measured(Path export) throws Exception {
        return Files.readAllLines(export.resolve("readings.csv")).stream().map(line -> String.join(",", List.of(line.split(",")).subList(0, 6))).toList();
    }

    @Test
    void shouldLeaveNothingBehindWhenItFails() throws Exception {
        Path to = CLI.path("none");
        Outcome unknown = CLI.run("export", "p9", "--to", to.toString());
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("holds nothing about this patient").doesNotContain("p9");
        CLI.with(new Topics("mute.", 1));
        CLI.write(new Topics("mute.", 1).readings(), "p1", batch("w1"));
        try (Admin admin = CLI.admin()) {
            admin.deleteTopics(List.of("mute.consents.v1")).all().get();
        }
        assertThat(CLI.run("export", "p1", "--to", to.toString(), "--prefix", "mute.").exit()).isEqualTo(1);
        assertThat(to).doesNotExist();
        assertThat(CLI.path("none.partial")).doesNotExist();
    }

    @Test
    void shouldNotWriteOverWhatIsThere() throws Exception {
        Path to = Files.createDirectories(CLI.path("full"));
        Files.writeString(to.resolve("mine.txt"), "mine");
        Outcome outcome = CLI.run("export", "p1", "--to", to.toString());
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--to").contains("not empty");
        assertThat(to.resolve("mine.txt")).hasContent("mine");
    }

    private static ReadingBatch batch(String device) {
        return ReadingBatch.newBuilder().setBatchId("b1").setDeviceId(device).setSentAt(T0).setReadings(List.of(
                Reading.newBuilder().setVital("spo2").setEffectiveTime(T0).setValue(86.5).setUnit("%").build(),
                Reading.newBuilder().setVital("heart_rate").setEffectiveTime(T0.plusSeconds(1)).setValue(86.0).setUnit("/min").build())).build();
    }
}
