package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.Topics;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does about consent, against a real broker: each command leaves what the next one finds. */
class ConsentCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final CliBench CLI = new CliBench().with(Topics.defaults());

    @Test
    void shouldSwitchOneVitalOffAndOnAgain() throws Exception {
        permitTreatment("switching");
        CLI.done("consent", "switch", "switching", "--off", "spo2");
        CLI.done("consent", "switch", "switching", "--off", "steps", "body_weight", "--on", "heart_rate");
        assertThat(answer("switching", "spo2", "TREAT", "COLLECT")).isEqualTo("CLASS_DENIED");
        assertThat(answer("switching", "steps", "TREAT", "USE")).isEqualTo("CLASS_DENIED");
        assertThat(answer("switching", "heart_rate", "TREAT", "USE")).isEqualTo("permitted");
        CLI.done("consent", "switch", "switching", "--on", "spo2");
        assertThat(answer("switching", "spo2", "TREAT", "COLLECT")).isEqualTo("permitted");
        assertThat(answer("switching", "steps", "TREAT", "USE")).isEqualTo("CLASS_DENIED");
    }

    @Test
    void shouldNotTellWhatThePatientDoesNotWantToKnow() throws Exception {
        permitTreatment("unknowing");
        CLI.done("consent", "opt-out", "unknowing", "--of", "predictive", "--vital", "glucose_interstitial");
        CLI.done("consent", "opt-out", "unknowing", "--of", "screening");
        assertThat(answer("unknowing", "glucose_interstitial", "TREAT", "PREDICT")).isEqualTo("CLASS_DENIED");
        assertThat(answer("unknowing", "glucose_interstitial", "TREAT", "USE")).isEqualTo("permitted");
        assertThat(answer("unknowing", "spo2", "TREAT", "PREDICT")).isEqualTo("permitted");
        assertThat(answer("unknowing", "spo2", "TREAT", "SCREEN")).isEqualTo("PURPOSE_DENIED");
        CLI.done("consent", "opt-out", "unknowing", "--of", "screening", "--undo");
        assertThat(answer("unknowing", "spo2", "TREAT", "SCREEN")).isEqualTo("permitted");
        assertThat(answer("unknowing", "glucose_interstitial", "TREAT", "PREDICT")).isEqualTo("CLASS_DENIED");
    }

    /** A consent of another system is withdrawn as well; what only denies stays. */
    @Test
    void shouldWithdrawEverythingThatPermits() throws Exception {
        permitTreatment("leaving");
        Path fhir = CLI.file("leaving.json", """
                {"resourceType": "Consent", "id": "study", "status": "active", "scope": {"text": "study"}, "patient": {"reference": "Patient/other"},
                 "provision": {"type": "permit", "purpose": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HRESCH"}]}}
                """);
        CLI.done("consent", "apply", fhir.toString(), "--patient", "leaving");
        CLI.done("consent", "switch", "leaving", "--off", "steps");
        assertThat(answer("leaving", "spo2", "HRESCH", "USE")).isEqualTo("permitted");
        assertThat(CLI.done("consent", "withdraw", "leaving").lines()).hasSize(2);
        assertThat(answer("leaving", "spo2", "TREAT", "USE")).isEqualTo("WITHDRAWN");
        assertThat(answer("leaving", "spo2", "HRESCH", "USE")).isEqualTo("WITHDRAWN");
        permitTreatment("leaving");
        assertThat(answer("leaving", "spo2", "TREAT", "USE")).isEqualTo("permitted");
        assertThat(answer("leaving", "steps", "TREAT", "USE")).isEqualTo("CLASS_DENIED");
        assertThat(CLI.done("consent", "withdraw", "leaving", "--consent-id", "other").lines()).hasSize(1);
        assertThat(answer("leaving", "spo2", "TREAT", "USE")).isEqualTo("permitted");
    }

    @Test
    void shouldBreakTheGlassForFourHours() throws Exception {
        CLI.done("consent", "withdraw", "unconscious");
        Instant before = Instant.now();
        Outcome broken = CLI.done("consent", "break-glass", "unconscious", "--role", "physician", "--actor", "dr-1", "--reason", "found unconscious",
                "--output", "json");
        JsonNode told = JSON.readTree(broken.lines().getLast());
        assertThat(Instant.parse(told.get("until").asText())).isBetween(before.plus(Duration.ofHours(4)).minusSeconds(60),
                Instant.now().plus(Duration.ofHours(4)).plusSeconds(60));
        assertThat(told.get("audited").asBoolean()).isTrue();
        assertThat(told.get("patientIsTold").asBoolean()).isTrue();
        assertThat(answer("unconscious", "spo2", "TREAT", "DISCLOSE")).isEqualTo("permitted");
        assertThat(answer("unconscious", "spo2", "HRESCH", "DISCLOSE")).isEqualTo("WITHDRAWN");
        assertThat(answer("unconscious", "spo2", "TREAT", "USE", "--at", Instant.now().plus(Duration.ofHours(5)).toString())).isEqualTo("WITHDRAWN");
        assertThat(CLI.done("consent", "show", "unconscious").out()).contains("the glass is broken until");
        Outcome again = CLI.done("consent", "break-glass", "unconscious", "--role", "physician", "--actor", "dr-1", "--reason", "still");
        assertThat(again.out()).contains("care is open until").contains("audited").contains("the patient will be told");
    }

    @Test
    void shouldShowVersionsAndWhyNot() throws Exception {
        Path file = CLI.file("shown.yaml", """
                - {patient: shown, consentId: care, versionId: "1", status: active, verified: true, permit: [{purpose: TREAT, except: [{vital: spo2}]}]}
                - {patient: shown, consentId: study, versionId: "1", status: active, verified: false, permit: [{purpose: HRESCH}]}
                """);
        Outcome apply = CLI.run("consent", "apply", file.toString());
        assertThat(apply.exit()).isZero();
        assertThat(apply.err()).contains("consent study/1 is written but will permit nothing").doesNotContain("care/1");
        Outcome shown = CLI.done("consent", "show", "shown");
        assertThat(shown.out()).startsWith("consents of shown as of ").contains("care/1  ACTIVE, rules 2").contains("permits nothing: its verification")
                .contains("TREAT: COLLECT USE DISCLOSE PREDICT SCREEN permitted by care/1")
                .contains("TREAT: COLLECT USE DISCLOSE PREDICT SCREEN CLASS_DENIED by care/1" + System.lineSeparator() + "      spo2" + System.lineSeparator())
                .contains("HRESCH: COLLECT USE DISCLOSE PREDICT SCREEN PURPOSE_DENIED by care/1");
        JsonNode version = JSON.readTree(CLI.done("consent", "show", "shown", "--output", "json").lines().get(1));
        assertThat(version.get("consent").get("consentId").asText()).isEqualTo("study");
        assertThat(version.get("fault").asText()).contains("verif");
        assertThat(answer("shown", "spo2", "TREAT", "USE", "--at", "2020-01-01T00:00:00Z")).isEqualTo("NO_CONSENT");
        Outcome unknown = CLI.run("consent", "show", "nobody");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("no consent of this patient is in vt.consents.v1").doesNotContain("nobody");
    }

    @Test
    void shouldWriteNothingOfAFileThatCannotBeHonoured() throws Exception {
        Path fhir = CLI.file("label.json", """
                {"resourceType": "Consent", "id": "c", "status": "active", "scope": {"text": "care"}, "patient": {"reference": "Patient/refused"},
                 "provision": {"type": "permit", "provision": [{"type": "deny", "securityLabel": [{"code": "R"}]}]}}
                """);
        Outcome outcome = CLI.run("consent", "apply", fhir.toString());
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("vitaltwin: " + fhir + ": Consent.provision.provision[0].securityLabel: cannot be honoured");
        assertThat(CLI.run("consent", "show", "refused").exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consent switch p1", "consent switch p1 --off pulse", "consent switch p1 --off spo2 --on spo2", "consent switch --off spo2",
            "consent opt-out p1", "consent opt-out p1 --of everything", "consent opt-out p1 --of predictive --vital pulse",
            "consent break-glass p1 --role r --actor a", "consent break-glass p1 --role r --reason x", "consent break-glass p1 --actor a --reason x",
            "consent show", "consent show p1 --at soon", "consent withdraw", "consent apply /no/such/file"})
    void shouldEndWithTwoOnAWrongCall(String command) {
        assertWrongCall(Outcome.of(List.of(command.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--role", "--actor", "--reason"})
    void shouldNotBreakTheGlassForNobody(String empty) {
        List<String> args = new ArrayList<>(List.of("consent", "break-glass", "p1", "--role", "r", "--actor", "a", "--reason", "x"));
        args.set(args.indexOf(empty) + 1, " ");
        Outcome outcome = Outcome.of(args);
        assertWrongCall(outcome);
        assertThat(outcome.err()).contains(empty + " is empty");
    }

    private static void assertWrongCall(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("vitaltwin: ");
    }

    private static void permitTreatment(String patient) throws Exception {
        Path file = CLI.file(patient + ".yaml", "{patient: " + patient + ", status: active, permit: [{purpose: TREAT}]}");
        CLI.done("consent", "apply", file.toString());
    }

    private static String answer(String patient, String vital, String purpose, String stage, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("consent", "show", patient, "--purpose", purpose, "--output", "json"));
        args.addAll(List.of(more));
        for (String line : CLI.done(args.toArray(String[]::new)).lines()) {
            JsonNode node = JSON.readTree(line);
            if (vital.equals(node.path("vital").asText()) && stage.equals(node.path("stage").asText())) {
                return node.get("permitted").asBoolean() ? "permitted" : node.get("reason").asText();
            }
        }
        throw new AssertionError("nothing is said about " + vital + " and " + stage);
    }

}
