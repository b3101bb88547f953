package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.standalone.input.InputFile;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Virtual trials and looks back against a real broker, without any application: three patients with low saturations for twenty minutes. */
class WhatIfCommandTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final Topics TOPICS = new Topics("vt.", 1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATIENTS = """
            patients:
              - {id: p1, news2: false}
              - {id: p2, news2: false}
              - {id: shy, news2: false}
            devices:
              - {id: oxi-p1, patient: p1, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT30S}
              - {id: oxi-p2, patient: p2, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT30S}
              - {id: oxi-shy, patient: shy, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT30S}
            consents:
              - {patient: p1, status: active, permit: [{purpose: TREAT}]}
              - {patient: p2, status: active, permit: [{purpose: TREAT}]}
              - {patient: shy, status: active, permit: [{purpose: TREAT, vitals: [spo2], actors: [vitaltwin]}]}
            """;

    @AutoClose
    private static final CliBench CLI = new CliBench();

    @BeforeAll
    static void writeTheLog() throws Exception {
        try (Admin admin = CLI.admin()) {
            new TopicAdmin(admin, TOPICS, TopicAdmin.Clock.WRITER).apply();
        }
        InputFile input = InputFile.parse("people", PATIENTS, InputFile.Kind.PATIENTS, T0);
        for (var patient : input.patients()) {
            CLI.write(TOPICS.patients(), patient.getPatientId(), patient, T0);
        }
        for (var consent : input.consents()) {
            CLI.write(TOPICS.consents(), consent.getPatientId(), consent, T0);
        }
        for (String patient : List.of("p1", "p2", "shy")) {
            for (int i = 1; i <= 40; i++) {
                Instant measured = T0.plusSeconds(30L * i);
                CLI.write(TOPICS.readings(), patient, batch("oxi-" + patient, measured), measured.plusSeconds(1));
            }
        }
    }

    private static ReadingBatch batch(String device, Instant measured) {
        return ReadingBatch.newBuilder().setBatchId(device + measured).setDeviceId(device).setSentAt(measured).setSequence(-1L).setReadings(List.of(
                Reading.newBuilder().setVital("spo2").setEffectiveTime(measured).setValue(86.0).setUnit("%").setContext(ActivityContext.REST).build())).build();
    }

    @Test
    void shouldTellWhatAnotherPlanWouldHaveLeftOut() throws Exception {
        // Given
        String file = CLI.file("plan.yaml", """
                patients:
                  - {id: any, news2: false, rules: {SPO2_LOW: {on: 80}, SPO2_CRIT: {on: 78}}}
                devices: [{id: oxi-p1, patient: any, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT30S}]
                """).toString();
        // When
        Outcome outcome = CLI.done("whatif", "p1", "--plan", file, "--last", "19m", "--output", "json", "--actor", "anna");
        // Then
        JsonNode answer = JSON.readTree(outcome.lines().getFirst());
        assertThat(outcome.lines()).hasSize(1);
        assertThat(answer.get("patient").asText()).isEqualTo("p1");
        assertThat(answer.get("removed")).anySatisfy(alert -> assertThat(alert.get("family").asText()).isEqualTo("SPO2"));
        assertThat(answer.get("added")).isEmpty();
        assertThat(answer.at("/load/would/HIGH").asInt()).isZero();
        assertThat(answer.at("/load/was/perPatientDay").asDouble()).isPositive();
        assertThat(answer.get("foldedFrom").asText()).isEqualTo(T0.toString());
        assertThat(answer.get("missing")).isEmpty();
        assertThat(CLI.read(TOPICS.disclosures())).filteredOn(entry -> entry.getActor().equals("anna")).singleElement().satisfies(entry -> {
            assertThat(entry.getEgress()).isEqualTo("what-if");
            assertThat(entry.getVitals()).containsExactly("spo2");
        });
        assertThat(CLI.read(TOPICS.alerts())).as("nothing is written").isEmpty();
    }

    @Test
    void shouldTellPeopleWhatADeviceOfAnotherGradeWouldHaveDone() {
        Outcome outcome = CLI.done("whatif", "p1", "--grade", "oxi-p1=CONSUMER", "--last", "19m");
        assertThat(outcome.out()).startsWith("virtual trial of p1").contains("HIGH", "MEDIUM", "a patient-day", "rests on the log from " + T0);
    }

    @Test
    void shouldNameADeviceThatTheTrialDoesNotFind() throws Exception {
        Outcome outcome = CLI.done("whatif", "p1", "--without", "watch-9", "--output", "json");
        assertThat(JSON.readTree(outcome.out()).get("unknownDevices").toString()).isEqualTo("[\"watch-9\"]");
    }

    @Test
    void shouldShowACohortWithoutThoseWhoDenied() {
        Outcome outcome = CLI.done("whatif", "--all", "--without", "oxi-p1", "--last", "19m");
        assertThat(outcome.out()).contains("virtual trial of p1", "virtual trial of p2", "together: patients 2").doesNotContain("shy");
        assertThat(outcome.err()).contains("withheld", ": 1;");
    }

    @Test
    void shouldShowNothingOfAPatientWhoDeniedAndWriteAViolation() throws Exception {
        Outcome outcome = CLI.run("whatif", "shy", "--without", "oxi-shy", "--actor", "curious");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("withheld");
        assertThat(CLI.read(TOPICS.violations())).filteredOn(violation -> violation.getActor().equals("curious")).isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE));
        assertThat(CLI.read(TOPICS.disclosures())).noneMatch(entry -> entry.getPatientId().equals("shy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whatif p1", "whatif --without d", "whatif p1 --all --without d", "whatif p1 --grade d=BEST", "whatif p1 --without d --last 0s",
            "whatif p1 --plan /no/such/file", "whatif p1 --rules /no/such/file", "whatif p1 --without d --purpose treat"})
    void shouldRefuseAWrongCall(String command) {
        Outcome outcome = CLI.run(command.split(" "));
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("vitaltwin: ");
    }

    @Test
    void shouldSayWhenNobodyIsKnown() {
        Outcome outcome = CLI.run("whatif", "nobody-9", "--without", "d");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing about").doesNotContain("nobody-9");
    }

    @Test
    void shouldShowTheTwinAsItWasWithWhatTheRulesRemembered() throws Exception {
        // When: 45 s into low saturations, long before any alert
        JsonNode early = rewound("2026-03-02T08:00:45Z");
        JsonNode late = rewound("2026-03-02T08:15:00Z");
        // Then
        assertThat(early.get("appendTime").asText()).isEqualTo("2026-03-02T08:00:45Z");
        assertThat(early.at("/fates/applied").asInt()).isEqualTo(1);
        assertThat(early.get("openAlerts")).isEmpty();
        assertThat(early.get("runs")).anySatisfy(run -> assertThat(run.get("since").asText()).isEqualTo("2026-03-02T08:00:30Z"));
        assertThat(late.at("/fates/applied").asInt()).isEqualTo(29);
        assertThat(late.get("openAlerts")).isNotEmpty();
        assertThat(late.get("foldedFrom").asText()).isEqualTo(T0.toString());
        assertThat(CLI.done("twin", "show", "p1", "--at", "2026-03-02T08:15:00Z").out()).startsWith("twin of p1 as of 2026-03-02T08:15:00Z")
                .contains("folded from the log since " + T0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T07:59:59.999Z", "2031-01-01T00:00:00Z"})
    void shouldShowNothingBeforeTheFirstRecordNorAfterTheLast(String at) {
        Outcome outcome = CLI.run("twin", "show", "p1", "--at", at);
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(at.startsWith("2031") ? "the log ends at" : "nothing was known of this patient at");
    }

    private static JsonNode rewound(String at) throws Exception {
        List<String> args = new ArrayList<>(List.of("twin", "show", "p1", "--output", "json", "--at", at));
        return JSON.readTree(CLI.done(args.toArray(String[]::new)).out());
    }
}
