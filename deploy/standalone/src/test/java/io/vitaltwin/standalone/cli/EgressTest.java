package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way out of the command line against a real broker: a patient who permits nothing for the purpose, and one who permits it. */
@Tag("ethics")
class EgressTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** In everything that is shown of a patient; in nothing that is written about refusals. */
    private static final String MARK = "finger-7";

    @AutoClose
    private static final CliBench CLI = new CliBench();

    /** A patient's records and a consent for research only: none for treatment. */
    private static void stack(String prefix, String patient, String consent) throws Exception {
        Topics topics = new Topics(prefix, 1);
        CLI.with(topics);
        Path file = CLI.file(prefix + "yaml", "consents: [" + consent + "]\n");
        CLI.done("consent", "apply", file.toString(), "--prefix", prefix);
        CLI.write(topics.alerts(), patient, alert(patient), T0);
        CLI.write(topics.twins(), patient, twin(patient), T0);
        CLI.write(topics.qualityFlags(), patient, flag(patient), T0);
        CLI.write(topics.readings(), patient, batch(), T0);
        CLI.write(topics.notifications(), patient, notification(patient), T0);
        CLI.write(topics.worklist(), patient, worklist(patient), T0);
    }

    /** The command of each way out and how many records it shows. No default: a new way out must say how it is called. */
    private static Outcome call(Egress egress, String prefix, String purpose, Path file) throws Exception {
        String[] all = {"--from-beginning", "--timeout", "1s", "--output", "json"};
        String[] viewer = {"--purpose", purpose, "--actor", "lab", "--role", "tester"};
        return switch (egress) {
            case TAIL_ALERTS -> run(prefix, viewer, all, "tail", "alerts");
            case TAIL_QUALITY -> run(prefix, viewer, all, "tail", "quality");
            case TAIL_TWINS -> run(prefix, viewer, all, "tail", "twins");
            case TAIL_NOTIFICATIONS -> run(prefix, viewer, all, "tail", "notifications");
            case TWIN_SHOW -> run(prefix, viewer, new String[] {"--output", "json"}, "twin", "show", "p1");
            case ALERT_LIST -> run(prefix, viewer, new String[] {"--output", "json"}, "alert", "list");
            case SINK_READINGS -> sink(run(prefix, viewer, all, "sink", "--topic", "readings", "--to", file.toString()), file);
            case SINK_ALERTS -> sink(run(prefix, viewer, all, "sink", "--topic", "alerts", "--to", file.toString()), file);
            case EXPORT, SCENARIO_SINK, NOTIFICATION, QUERY_API, SHADOW, DIFF, WHAT_IF, API, API_STREAM, API_OWN -> throw new IllegalArgumentException(
                    "tested in ExportCommandTest, ScenarioSinksTest, NotificationDeliveryTest, QueryApiIT, ReplayIT, WhatIfCommandTest and ConsoleGateTest");
        };
    }

    /** What a sink wrote, as if it had been printed. */
    private static Outcome sink(Outcome outcome, Path file) throws Exception {
        return new Outcome(outcome.exit(), Files.readString(file), outcome.err());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"EXPORT", "SCENARIO_SINK", "NOTIFICATION", "QUERY_API", "SHADOW", "DIFF", "WHAT_IF", "API", "API_STREAM", "API_OWN"})
    void shouldSendNothingOfAPatientWhoDeniedAndWriteAViolation(Egress egress) throws Exception {
        // Given
        String prefix = "no-" + egress.word() + ".";
        stack(prefix, "p1", "{patient: p1, status: active, permit: [{purpose: TREAT}]}");
        // When
        Outcome outcome = call(egress, prefix, "HRESCH", CLI.path(prefix + "ndjson"));
        // Then
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exit()).isEqualTo(egress == Egress.TWIN_SHOW ? 1 : 0);
        assertThat(CLI.read(new Topics(prefix, 1).disclosures())).isEmpty();
        assertThat(CLI.read(new Topics(prefix, 1).violations())).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE);
            assertThat(violation.getReason()).isEqualTo(ViolationReason.PURPOSE_DENIED);
            assertThat(List.of(violation.getPurpose(), violation.getActor())).containsExactly("HRESCH", "lab");
            assertThat(violation.toString()).doesNotContain(MARK);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"EXPORT", "SCENARIO_SINK", "NOTIFICATION", "QUERY_API", "SHADOW", "DIFF", "WHAT_IF", "API", "API_STREAM", "API_OWN"})
    void shouldSendEverythingOfAPatientWhoPermittedAndWriteItDown(Egress egress) throws Exception {
        // Given
        String prefix = "yes-" + egress.word() + ".";
        stack(prefix, "p1", "{patient: p1, status: active, permit: [{purpose: HRESCH}]}");
        // When
        Outcome outcome = call(egress, prefix, "HRESCH", CLI.path(prefix + "ndjson"));
        // Then
        assertThat(outcome).extracting(Outcome::exit, Outcome::err).containsExactly(0, "");
        assertThat(outcome.out().lines().toList()).hasSize(egress == Egress.SINK_READINGS ? 2 : 1);
        assertThat(outcome.out()).contains(egress == Egress.TAIL_NOTIFICATIONS ? "\"n1\"" : MARK);
        assertThat(CLI.read(new Topics(prefix, 1).violations())).isEmpty();
        assertThat(CLI.read(new Topics(prefix, 1).disclosures())).singleElement().satisfies(entry -> {
            assertThat(entry.getEgress()).isEqualTo(egress.word());
            assertThat(List.of(entry.getPurpose(), entry.getActor(), entry.getRole())).containsExactly("HRESCH", "lab", "tester");
            assertThat(entry.getPatientId()).isEqualTo("p1");
            assertThat(entry.getConsentVersion()).startsWith("monitoring/");
            assertThat(entry.getCount()).isEqualTo(switch (egress) {
                case SINK_READINGS -> 2;
                case TAIL_NOTIFICATIONS -> 0;
                default -> 1;
            });
        });
    }

    @Test
    void shouldSendOfABatchOnlyWhatIsPermitted() throws Exception {
        stack("part.", "p1", "{patient: p1, status: active, permit: [{purpose: HRESCH, vitals: [heart_rate]}]}");
        Path file = CLI.path("part.ndjson");
        Outcome outcome = CLI.run("sink", "--topic", "readings", "--purpose", "HRESCH", "--actor", "lab", "--to", file.toString(), "--prefix",
                "part.", "--from-beginning", "--timeout", "1s", "--output", "json");
        assertThat(JSON.readTree(outcome.out()).get("written").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(outcome.out()).get("withheld").asInt()).isEqualTo(1);
        JsonNode line = JSON.readTree(Files.readString(file));
        assertThat(line.get("value").get("vital").asText()).isEqualTo("heart_rate");
        assertThat(line.get("index").asInt()).isEqualTo(1);
        assertThat(CLI.read(new Topics("part.", 1).violations())).singleElement()
                .satisfies(violation -> assertThat(violation.getVital()).isEqualTo("spo2"));
    }

    @Test
    void shouldSayOnceHowMuchWasWithheldAndShowViolationsToAnybody() throws Exception {
        stack("told.", "p1", "{patient: p1, status: inactive}");
        Outcome outcome = CLI.run("tail", "alerts", "--prefix", "told.", "--from-beginning", "--timeout", "1s");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().contains("withheld").endsWith(": 1; told.consent-violations.v1 says why");
        Outcome refused = CLI.run("tail", "violations", "--prefix", "told.", "--from-beginning", "--max", "1", "--purpose", "HMARKT");
        assertThat(refused.out()).contains("DISCLOSE spo2 for TREAT");
        assertThat(CLI.read(new Topics("told.", 1).disclosures())).isEmpty();
    }

    @Test
    void shouldTellThePatientWhoSawWhat() throws Exception {
        stack("log.", "p1", "{patient: p1, status: active, permit: [{purpose: TREAT}]}");
        assertThat(CLI.run("disclosures", "p1", "--prefix", "log.").out()).startsWith("nothing about this patient");
        CLI.run("tail", "alerts", "--prefix", "log.", "--from-beginning", "--max", "1", "--actor", "anna", "--role", "nurse");
        Outcome text = CLI.run("disclosures", "p1", "--prefix", "log.");
        assertThat(text.out().lines()).singleElement().asString().contains("anna (nurse) for TREAT by tail-alerts: spo2, values: 1, under consent");
        Outcome json = CLI.run("disclosures", "p1", "--prefix", "log.", "--output", "json");
        assertThat(JSON.readTree(json.out()).get("actor").asText()).isEqualTo("anna");
        assertThat(CLI.run("disclosures", "p2", "--prefix", "log.", "--output", "json")).isEqualTo(new Outcome(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sink --topic alerts --to f --purpose HRESCH", "sink --topic alerts --to f --actor lab",
            "sink --topic alerts --to f --actor lab --purpose TREAT", "sink --topic twins --to f --actor lab --purpose HRESCH",
            "sink --topic alerts --to /no/such/folder/f --actor lab --purpose HRESCH", "tail alerts --purpose treat", "twin show p1 --actor ",
            "disclosures"})
    void shouldRefuseAWrongCall(String command) {
        Outcome outcome = CLI.run(command.split(" ", -1));
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("vitaltwin: ");
    }

    @Test
    void shouldShowNothingWhereDisclosuresCannotBeWritten() throws Exception {
        Topics topics = new Topics("mute.", 1);
        stack("mute.", "p1", "{patient: p1, status: active, permit: [{purpose: TREAT}]}");
        try (Admin admin = CLI.admin()) {
            admin.deleteTopics(List.of(topics.disclosures().name())).all().get();
        }
        Outcome outcome = CLI.run("tail", "alerts", "--prefix", "mute.", "--from-beginning", "--max", "1");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("mute.disclosures.v1").contains("nothing is shown");
    }

    private static Outcome run(String prefix, String[] viewer, String[] more, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--prefix", prefix));
        args.addAll(List.of(viewer));
        args.addAll(List.of(more));
        return CLI.run(args.toArray(String[]::new));
    }

    private static AlertEvent alert(String patient) {
        Evidence evidence = Evidence.newBuilder().setTopic("vt.readings.v1").setPartition(0).setOffset(7).setDeviceId(MARK)
                .setVital("spo2").setValue(86.0).setUnit("%").setEffectiveTime(T0).build();
        return AlertEvent.newBuilder().setAlertId("a1").setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2")
                .setEvent(AlertEventType.RAISED).setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(T0)
                .setEffectiveTime(T0).setAppendTime(T0).setText("SpO2 below its limit.").setEvidence(List.of(evidence))
                .setRuleSetVersion("1").build();
    }

    private static TwinSnapshot twin(String patient) {
        TwinVital vital = TwinVital.newBuilder().setVital("spo2").setDeviceId(MARK).setValue(86.0).setUnit("%").setEffectiveTime(T0).build();
        return TwinSnapshot.newBuilder().setPatientId(patient).setAppendTime(T0).setVitals(List.of(vital))
                .setFates(new Fates(1L, 0L, 0L, 0L, 0L)).setVerdicts(new VerdictCounts(1L, 0L, 0L)).build();
    }

    private static QualityFlag flag(String patient) {
        return QualityFlag.newBuilder().setPatientId(patient).setDeviceId(MARK).setVital("spo2").setEffectiveTime(T0)
                .setVerdict(Verdict.SUSPECT).setReasons(List.of("MOTION")).setRuleVersion("1").setAppendTime(T0).build();
    }

    private static Notification notification(String patient) {
        return Notification.newBuilder().setNotificationId("n1").setAlertId("a1").setPatientId(patient).setChannel("email")
                .setRecipient("ward").setStatus(DeliveryStatus.SENT).setTime(T0).build();
    }

    private static WorklistItem worklist(String patient) {
        WorklistAlert alert = WorklistAlert.newBuilder().setAlertId("a1").setRule("SPO2_CRIT").setFamily("SPO2").setPriority(Priority.HIGH)
                .setHighest(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setState(WorkflowState.OPEN).setEpisodeStart(T0).setRaised(T0).setUpdated(T0)
                .setText("SpO2 below its limit.").setBasis(List.of(new AlertBasis(MARK, "spo2", T0))).build();
        return WorklistItem.newBuilder().setAlertId("a1").setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2").setPriority(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).setState(WorkflowState.OPEN).setEpisodeStart(T0).setUpdated(T0).setAlerts(List.of(alert)).build();
    }

    private static ReadingBatch batch() {
        return ReadingBatch.newBuilder().setBatchId("b1").setDeviceId(MARK).setSentAt(T0).setReadings(List.of(
                Reading.newBuilder().setVital("spo2").setEffectiveTime(T0).setValue(86.0).setUnit("%").build(),
                Reading.newBuilder().setVital("heart_rate").setEffectiveTime(T0).setValue(86.0).setUnit("/min").build())).build();
    }
}
