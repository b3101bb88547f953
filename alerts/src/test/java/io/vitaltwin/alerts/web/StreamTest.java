package io.vitaltwin.alerts.web;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Wards;
import io.vitaltwin.alerts.web.WebBench.Browser;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.vitaltwin.alerts.console.Wards.T0;
import static org.assertj.core.api.Assertions.assertThat;

class StreamTest {

    @AutoClose
    private final WebBench bench = new WebBench();

    /** One stream, read event by event. */
    private final class Stream implements AutoCloseable {

        private final InputStream in;
        private final BufferedReader lines;

        Stream(Browser browser, String after) throws Exception {
            var request = browser.request("/v1/stream");
            if (!after.isEmpty()) {
                request.header("Last-Event-ID", after);
            }
            HttpResponse<InputStream> response = bench.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            in = response.body();
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        /** The next event that is no beat; empty when the stream has ended. */
        Optional<Map<String, String>> next() throws IOException {
            Map<String, String> event = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && event.containsKey("event") && !event.get("event").equals("beat")) {
                    return Optional.of(event);
                }
                if (line.isEmpty()) {
                    event.clear();
                } else {
                    event.put(line.replaceFirst(":.*", ""), line.replaceFirst("^[a-z]*: ?", ""));
                }
            }
            return Optional.empty();
        }

        void awaitBeat() throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith("event: beat")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private String position(Browser browser) {
        return WebBench.json(browser.get("/v1/worklist")).get("position").asText();
    }

    @Test
    void shouldTellARowAsSoonAsItChangesAndResumeWithoutAHole() throws Exception {
        Browser nurse = bench.as(Wards.NURSE);
        String position = position(nurse);
        String last;
        try (Stream stream = new Stream(nurse, position)) {
            stream.awaitBeat();
            bench.ward.worklist("p1", Wards.worklist("p1", Wards.acknowledged(Wards.alert("a1", Priority.HIGH, T0), "nurse-anna")));
            Map<String, String> row = stream.next().orElseThrow();
            assertThat(row.get("event")).isEqualTo("row");
            assertThat(row.get("data")).contains("\"state\":\"ACKNOWLEDGED\"");
            last = row.get("id");
        }
        bench.ward.worklist("p1", Optional.empty());
        bench.ward.alert("p2", Wards.event("p2", "a9", AlertEventType.RAISED, T0));
        try (Stream stream = new Stream(nurse, last)) {
            assertThat(stream.next().orElseThrow()).containsEntry("event", "row").satisfies(row -> assertThat(row.get("data")).contains("\"state\":\"OK\""));
            assertThat(stream.next().orElseThrow()).containsEntry("event", "alert").containsEntry("data", "{\"patientId\":\"p2\",\"alertId\":\"a9\"}");
        }
    }

    @Test
    void shouldBeginAnewForAPositionOfAnotherRun() throws Exception {
        try (Stream stream = new Stream(bench.as(Wards.NURSE), "other-12")) {
            assertThat(stream.next().orElseThrow()).containsEntry("event", "reset");
        }
        try (Stream stream = new Stream(bench.as(Wards.NURSE), "run-99999")) {
            assertThat(stream.next().orElseThrow()).containsEntry("event", "reset");
        }
    }

    @Test
    void shouldTellNothingOfOtherTeamsAndWhenSomebodyLeaves() throws Exception {
        Browser nurse = bench.as(Wards.NURSE);
        try (Stream stream = new Stream(nurse, position(nurse))) {
            stream.awaitBeat();
            bench.ward.worklist("p3", Optional.empty());
            bench.ward.team("p2", Wards.team("p2", "t2"));
            assertThat(stream.next().orElseThrow()).containsEntry("event", "gone").containsEntry("data", "{\"patientId\":\"p2\"}");
        }
    }

    @Test
    void shouldWithholdARowAtOnceWhenConsentIsWithdrawn() throws Exception {
        Browser nurse = bench.as(Wards.NURSE);
        try (Stream stream = new Stream(nurse, position(nurse))) {
            stream.awaitBeat();
            bench.gate.withdraw("p1");
            assertThat(stream.next().orElseThrow().get("data")).contains("\"state\":\"WITHHELD\"").doesNotContain("84", "SPO2");
        }
    }

    @Test
    void shouldEndWithTheSessionAndWhenTheGateDoesNotAnswer() throws Exception {
        Browser nurse = bench.as(Wards.NURSE);
        try (Stream stream = new Stream(nurse, "")) {
            stream.awaitBeat();
            bench.clock.set(T0.plus(Duration.ofHours(1)));
            assertThat(stream.next()).isEmpty();
        }
        bench.clock.set(T0);
        try (Stream stream = new Stream(bench.as(Wards.NURSE), "")) {
            stream.awaitBeat();
            bench.gate.broken = true;
            bench.ward.worklist("p1", Optional.empty());
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void shouldTellOpsCountsAndNoPatient() throws Exception {
        try (Stream stream = new Stream(bench.as(new Visitor("olga", Role.OPS, Set.of(), "")), "run-0")) {
            assertThat(stream.next().orElseThrow()).containsEntry("event", "ops").satisfies(ops -> assertThat(ops.get("data")).contains("\"APPLIED\":15", "\"dlq\":3"));
        }
    }

    @Test
    void shouldTellAPatientTheOwnRowOnly() throws Exception {
        try (Stream stream = new Stream(bench.as(new Visitor("ann", Role.PATIENT, Set.of(), "p2")), "")) {
            stream.awaitBeat();
            bench.ward.worklist("p1", Optional.empty());
            bench.ward.team("p2", Wards.team("p2", "t2"));
            assertThat(stream.next().orElseThrow().get("data")).startsWith("{\"patientId\":\"p2\"");
        }
    }
}
