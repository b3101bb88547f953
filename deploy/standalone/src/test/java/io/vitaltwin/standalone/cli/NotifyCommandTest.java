package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NotifyCommandTest {

    @TempDir
    private Path folder;

    private Path teams = Path.of("");
    private Path notify = Path.of("");

    @BeforeEach
    void files() throws IOException {
        teams = Files.writeString(folder.resolve("teams.yaml"), """
                teams:
                  - patient: "*"
                    shifts: [{role: first-contact, recipient: desk, from: "08:00", until: "20:00"}, {role: second-contact, recipient: nurse-2},
                             {role: on-call-lead, recipient: lead}]
                  - {patient: p1, shifts: [{role: first-contact, recipient: nurse-2}]}
                """);
        notify = Files.writeString(folder.resolve("notify.yaml"), """
                link: https://alerts.example.org
                channels:
                  email: {host: 127.0.0.1, security: plain, from: alerts@example.org}
                contacts:
                  - {name: desk, members: [nurse-1, nurse-2]}
                  - {name: nurse-1, ways: [{channel: email, to: nurse-1@example.org, language: nl, priority: high}]}
                  - {name: nurse-2, ways: [{channel: email, to: nurse-2@example.org}]}
                """);
    }

    private Outcome preview(String... more) {
        List<String> args = new ArrayList<>(List.of("notify", "preview", "--teams", teams.toString(), "--notify", notify.toString()));
        args.addAll(List.of(more));
        return Outcome.of(args);
    }

    @Test
    void shouldShowEachRungWithThoseWhoAreToldAndFailWhereNobodyIs() {
        Outcome outcome = preview("--priority", "high", "--at", "2026-03-02T19:57:00Z");
        assertThat(outcome.out().lines()).containsExactly(
                "2026-03-02T19:57:00Z  FIRST_CONTACT  desk: nurse-1 by email (nl), nurse-2 by email (en)",
                "2026-03-02T20:02:00Z  SECOND_CONTACT  nurse-2: nurse-2 by email (en)",
                "2026-03-02T20:07:00Z  ON_CALL_LEAD  lead: NOBODY IS REACHED");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).doesNotContain("@");
    }

    @Test
    void shouldHonourPriorityPatientAndFormat() throws IOException {
        Outcome medium = preview("--priority", "medium", "--lane", "technical", "--at", "2026-03-02T10:00:00Z", "--output", "json");
        assertThat(medium.exit()).as(medium.err()).isZero();
        JsonNode first = new ObjectMapper().readTree(medium.out().lines().toList().getFirst());
        assertThat(first.at("/told")).singleElement().satisfies(told -> assertThat(told.get("recipient").asText()).isEqualTo("nurse-2"));
        assertThat(preview("--priority", "high", "--patient", "p1", "--at", "2026-03-02T10:00:00Z").out().lines())
                .hasSize(3).allMatch(line -> line.endsWith("nurse-2: nurse-2 by email (en)"));
        assertThat(preview("--priority", "info")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void shouldNameWhatIsWrongInAFile() throws IOException {
        Files.writeString(notify, "link: https://alerts.example.org\nchannels: {pigeon: {}}\ncontacts: []\n");
        Outcome outcome = preview("--priority", "high");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("notify.yaml:2").contains("pigeon").contains("webhook");
    }
}
