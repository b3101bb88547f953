package io.vitaltwin.testbench.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.web.ServerSettings;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.standalone.cli.ConsolePart;
import io.vitaltwin.testbench.kafka.Clients;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From an alert event on the topic to a row in an open stream, and back from a click to the worklist, over a real broker, workflow and server. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int MEASURED = 40;

    @TempDir
    private Path folder;

    @Test
    void shouldTellAnAlertTakeAnActionAndWithholdAfterAWithdrawal() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder.resolve("data")).withoutRegistry().withAlerts());
                Producer<String, byte[]> producer = Clients.writer(stack.bootstrapServers())) {
            Log log = new Log(stack, producer);
            for (int i = 0; i <= MEASURED; i++) {
                log.patient("p" + i);
            }
            try (ConsolePart console = ConsolePart.start(ClusterOptions.at(stack.bootstrapServers(), stack.topics().prefix(), Optional.empty()),
                    ServerSettings.local(0, folder.resolve("accounts.yaml")), List.of(AlertsConfig.DEFAULT_APPLICATION_ID));
                    Nurse nurse = new Nurse(console)) {
                try (Stream stream = nurse.stream()) {
                    // A first alert meets a workflow that is still starting.
                    log.alert("p0", "a0");
                    JsonNode row = stream.row(patient("p0").and(state("ALERT")));
                    assertThat(row.at("/alerts/0/text").asText()).isEqualTo("SpO2 84 %.");
                    assertThat(nurse.acknowledge("p0", "a0")).isEqualTo(200);
                    await().atMost(LIMIT).untilAsserted(() -> assertThat(nurse.worklist("p0").at("/alerts/0/state").asText()).isEqualTo("ACKNOWLEDGED"));
                    assertThat(nurse.worklist("p0").at("/alerts/0/acknowledgedBy").asText()).isEqualTo("anna");
                    measure(log, stream);
                    log.consent("p0", ConsentStatus.INACTIVE);
                    assertThat(stream.row(patient("p0").and(state("WITHHELD"))).toString()).doesNotContain("SpO2");
                    assertThat(nurse.worklist("p0").get("state").asText()).isEqualTo("WITHHELD");
                }
            }
        }
    }

    /** Printed, not asserted: what a shared machine takes is no property of the code. */
    private static void measure(Log log, Stream stream) throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= MEASURED; i++) {
            long since = System.nanoTime();
            log.alert("p" + i, "a" + i);
            stream.row(patient("p" + i).and(state("ALERT")));
            millis.add((System.nanoTime() - since) / 1_000_000);
        }
        List<Long> sorted = millis.stream().sorted().toList();
        System.out.println("from the alert event to the row in the stream: p50 " + sorted.get(MEASURED / 2) + " ms, p95 " + sorted.get(MEASURED * 95 / 100 - 1)
                + " ms of " + MEASURED);
        assertThat(millis).hasSize(MEASURED);
    }

    private static Predicate<JsonNode> patient(String id) {
        return row -> row.get("patientId").asText().equals(id);
    }

    private static Predicate<JsonNode> state(String state) {
        return row -> row.get("state").asText().equals(state);
    }

    /** Writes what others would have written. */
    private record Log(EmbeddedStack stack, Producer<String, byte[]> producer) {

        void patient(String id) {
            write(stack.topics().patients(), id, PatientContext.newBuilder().setPatientId(id).build());
            write(stack.topics().careTeams(), id, CareTeam.newBuilder().setPatientId(id).setTeam("t1").setShifts(List.of()).build());
            consent(id, ConsentStatus.ACTIVE);
        }

        void consent(String id, ConsentStatus status) {
            write(stack.topics().consents(), id, ConsentRecord.newBuilder().setPatientId(id).setConsentId("c").setVersionId(status.name()).setStatus(status)
                    .setEffectiveTime(Instant.now().minusSeconds(3_600)).setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).build())).build());
        }

        /** It rests on a reading that was measured after consent was given. */
        void alert(String patient, String id) {
            Instant now = Instant.now();
            write(stack.topics().alerts(), patient, AlertEvent.newBuilder().setAlertId(id).setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2")
                    .setEvent(AlertEventType.RAISED).setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(now).setEffectiveTime(now)
                    .setAppendTime(now).setText("SpO2 84 %.").setRuleSetVersion("1").setEvidence(List.of(Evidence.newBuilder()
                            .setTopic(stack.topics().readings().name()).setPartition(0).setOffset(0).setDeviceId("ox-1").setVital("spo2").setValue(84.0)
                            .setUnit("%").setEffectiveTime(now).build())).build());
        }

        private <T extends SpecificRecord> void write(Topic<T> topic, String patient, T value) {
            try (AvroSerde<T> serde = new AvroSerde<>(topic, stack.schemaIds())) {
                producer.send(new ProducerRecord<>(topic.name(), patient, serde.serialize(topic.name(), value)));
                producer.flush();
            }
        }
    }

    /** A nurse of team t1 with a browser. */
    private static final class Nurse implements AutoCloseable {

        private final HttpClient client = HttpClient.newHttpClient();
        private final ConsolePart console;
        private final String cookie;
        private final String csrf;

        Nurse(ConsolePart console) throws Exception {
            this.console = console;
            await().atMost(LIMIT).until(console::isReady);
            String code = console.oneTimeCode(new Visitor("anna", Role.NURSE, Set.of("t1"), ""));
            HttpResponse<String> signIn = client.send(HttpRequest.newBuilder(console.uri().resolve("/v1/session")).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}")).build(), HttpResponse.BodyHandlers.ofString());
            this.cookie = signIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
            this.csrf = JSON.readTree(signIn.body()).get("csrf").asText();
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(console.uri().resolve(path)).header("Cookie", cookie);
        }

        int acknowledge(String patient, String alertId) throws Exception {
            String body = "{\"patient\":\"" + patient + "\",\"actionId\":\"" + UUID.randomUUID() + "\",\"kind\":\"ACKNOWLEDGE\",\"seenPriority\":\"HIGH\"}";
            return client.send(request("/v1/alerts/" + alertId + "/actions").header("X-CSRF-Token", csrf).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        }

        JsonNode worklist(String patient) throws Exception {
            JsonNode list = JSON.readTree(client.send(request("/v1/worklist").build(), HttpResponse.BodyHandlers.ofString()).body());
            for (JsonNode row : list.get("patients")) {
                if (row.get("patientId").asText().equals(patient)) {
                    return row;
                }
            }
            throw new AssertionError("no row of the patient");
        }

        Stream stream() throws Exception {
            return new Stream(client.send(request("/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream()).body());
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** The rows of one stream, read by a thread of their own. */
    private static final class Stream implements AutoCloseable {

        private final BlockingQueue<JsonNode> rows = new LinkedBlockingQueue<>();
        private final InputStream in;

        Stream(InputStream in) {
            this.in = in;
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        event = line.substring(7);
                    } else if (line.startsWith("data: ") && event.equals("row")) {
                        rows.add(JSON.readTree(line.substring(6)));
                    }
                }
            } catch (IOException e) {
                rows.add(JSON.createObjectNode().put("patientId", "").put("state", "ended: " + e.getClass().getSimpleName()));
            }
        }

        JsonNode row(Predicate<JsonNode> wanted) throws InterruptedException {
            for (JsonNode row = next(); ; row = next()) {
                if (wanted.test(row)) {
                    return row;
                }
            }
        }

        private JsonNode next() throws InterruptedException {
            return Optional.ofNullable(rows.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).orElseThrow(() -> new AssertionError("no row came"));
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
