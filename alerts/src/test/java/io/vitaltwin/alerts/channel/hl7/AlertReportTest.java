package io.vitaltwin.alerts.channel.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.v26.message.ORU_R01;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AlertReportTest {

    private static final Instant SENT = Instant.parse("2026-11-22T09:30:05.123Z");
    private static final AlertReport REPORT = new AlertReport("vitaltwin", "ward-3", "AM", "hospital", "house");

    private static List<String> segments(Message message) {
        return List.of(REPORT.of(message, SENT).split("\r"));
    }

    /** The value of a facet, by its code. */
    private static String facet(Message message, String code) {
        return segments(message).stream().filter(segment -> segment.startsWith("OBX|") && segment.split("\\|")[3].startsWith(code + "^"))
                .map(segment -> segment.split("\\|")[5]).findFirst().orElse("");
    }

    @Test
    void shouldReportAnAlert() {
        Message message = Samples.call();
        assertThat(segments(message)).containsExactly(
                "MSH|^~\\&|vitaltwin|ward-3|AM|hospital|20261122093005.123+0000||ORU^R40^ORU_R40|" + message.id()
                        + "|P|2.6|||AL|NE||UNICODE UTF-8|||IHE_PCD_ACM_001^IHE PCD^1.3.6.1.4.1.19376.1.6.4.4^ISO",
                "PID|||pseudonym-ann^^^house^PI",
                "OBR|1||" + message.id() + "^vitaltwin|196616^MDC_EVT_ALARM^MDC|||20261122093000.000+0000||||||||||||||||||||||^" + Samples.ALERT + "&vitaltwin",
                "NTE|1||" + message.notice(),
                "OBX|1|ST|196674^MDC_EVT_LO_VAL_LT_LIM^MDC|1.0.0.0.1|SPO2_CRIT|||L~PH~SP|||F|||20261122092610.000+0000",
                "OBX|2|CWE|68480^MDC_ATTR_ALERT_SOURCE^MDC|1.0.0.0.2|150456^MDC_PULS_OXIM_SAT_O2^MDC||||||F",
                "OBX|3|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|start||||||F",
                "OBX|4|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|active||||||F",
                "OBX|5|ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|enabled||||||F",
                "OBX|6|ST|68484^MDC_ATTR_ALARM_PRIORITY^MDC|1.0.0.0.6|PH||||||F",
                "OBX|7|ST|68485^MDC_ATTR_ALERT_TYPE^MDC|1.0.0.0.7|SP||||||F",
                "OBX|8|ST|68546^MDC_ATTR_ALERT_TEXT^MDC|1.0.0.0.8|" + Samples.TEXT + "||||||F");
    }

    @Test
    void shouldSayOnlyThatThereIsSomethingToSeeWhereItIsWithheld() {
        Message message = Samples.withheld();
        String text = String.join("\n", segments(message));
        assertThat(text).doesNotContain("84 %", "SPO2", "SAT_O2", "68480").contains("OBX|1|ST|196616^MDC_EVT_ALARM^MDC|1.0.0.0.1|alert|||PH~SP|||F|||20261122093000");
        assertThat(facet(message, "68546")).isEqualTo(message.shortText());
        assertThat(facet(message, "68482")).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({"FIRST_CONTACT, start", "DIGEST, start", "SECOND_CONTACT, escalate", "ON_CALL_LEAD, escalate", "REMINDER, continue", "ASSIGNED, update"})
    void shouldTellThePhaseOfEachStep(Step step, String phase) {
        assertThat(facet(Samples.call(step.name(), Priority.HIGH), "68481")).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({"HIGH, PH", "MEDIUM, PM", "LOW, PL", "INFO, PN"})
    void shouldTellThePriority(Priority priority, String code) {
        assertThat(facet(Samples.call("FIRST_CONTACT", priority), "68484")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"PHYSIOLOGICAL, SP, 150456^MDC_PULS_OXIM_SAT_O2^MDC", "TECHNICAL, ST, 150456^MDC_PULS_OXIM_SAT_O2^MDC", "ADMINISTRATIVE, SA, ''"})
    void shouldTellWhatKindItIs(Lane lane, String code, String source) {
        Notification planned = Samples.planned("FIRST_CONTACT", Priority.LOW);
        planned.setLane(lane);
        Message message = Samples.COMPOSER.call(planned, Optional.of(Samples.alert(Priority.LOW)), Language.EN);
        assertThat(facet(message, "68485")).isEqualTo(code);
        assertThat(facet(message, "68480")).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true, active, enabled", "ESCALATED, true, active, enabled", "ACKNOWLEDGED, true, active, alert-acknowledged",
        "SNOOZED, true, active, audio-paused", "LATCHED, false, latched, enabled"})
    void shouldTellWhereItStands(WorkflowState workflow, boolean holds, String state, String inactivation) {
        WorklistAlert alert = Samples.alert(Priority.HIGH);
        alert.setState(workflow);
        alert.setHolds(holds);
        assertThat(facet(Samples.call(alert), "68482")).isEqualTo(state);
        assertThat(facet(Samples.call(alert), "68483")).isEqualTo(inactivation);
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, update, active, alert-acknowledged", "RESOLVED, end, inactive, enabled"})
    void shouldTellChanges(WorkflowEventType type, String phase, String state, String inactivation) {
        Message message = Samples.change(type);
        assertThat(facet(message, "68481")).isEqualTo(phase);
        assertThat(facet(message, "68482")).isEqualTo(state);
        assertThat(facet(message, "68483")).isEqualTo(inactivation);
    }

    @ParameterizedTest
    @CsvSource({"HR_BRADY, 196674^MDC_EVT_LO_VAL_LT_LIM^MDC, L~PH~SP", "FEVER, 196616^MDC_EVT_ALARM^MDC, H~PH~SP", "AF_SUSPECT, 196616^MDC_EVT_ALARM^MDC, PH~SP"})
    void shouldTellTheSideOfTheLimitWhereThereIsOne(String rule, String event, String flags) {
        WorklistAlert alert = Samples.alert(Priority.HIGH);
        alert.setRule(rule);
        assertThat(segments(Samples.call(alert))).anyMatch(segment -> segment.startsWith("OBX|1|ST|" + event + "|1.0.0.0.1|" + rule + "|||" + flags + "|"));
    }

    @Test
    void shouldNameAVitalThatHasNoCodeAsOurOwn() {
        WorklistAlert alert = Samples.alert(Priority.HIGH);
        alert.setBasis(List.of(new AlertBasis("ring", "hrv_rmssd", SENT)));
        assertThat(facet(Samples.call(alert), "68480")).isEqualTo("hrv_rmssd^hrv_rmssd^L");
    }

    /** What comes from elsewhere stays in its field. */
    @Test
    void shouldEscapeWhatHl7ReadsAsItsOwn() throws Exception {
        WorklistAlert alert = Samples.alert(Priority.HIGH);
        alert.setText("a|b^c&d~e\\f");
        alert.setRule("R|1");
        Notification planned = Samples.planned("FIRST_CONTACT", Priority.HIGH);
        planned.setPatientId("ann|x\rOBX|9|y^z");
        Message message = Samples.COMPOSER.call(planned, Optional.of(alert), Language.EN);
        String text = REPORT.of(message, SENT);
        assertThat(text.split("\r")).hasSize(12).allMatch(segment -> segment.matches("(MSH|PID|OBR|NTE|OBX)\\|.*"));
        assertThat(read(text, "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(7)/OBX-5")).isEqualTo("a|b^c&d~e\\f");
        assertThat(read(text, "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(0)/OBX-5")).isEqualTo("R|1");
        assertThat(read(text, "/PATIENT_RESULT/PATIENT/PID-3-1")).startsWith("ann|x").endsWith("y^z");
    }

    private static String read(String text, String path) throws HL7Exception, IOException {
        try (HapiContext context = Hl7Channel.answers()) {
            ORU_R01 parsed = new ORU_R01();
            parsed.setParser(new PipeParser(context));
            parsed.parse(text.replace("ORU^R40^ORU_R40", "ORU^R01^ORU_R01"));
            return new Terser(parsed).get(path);
        }
    }
}
