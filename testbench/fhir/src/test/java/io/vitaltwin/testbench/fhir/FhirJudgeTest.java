package io.vitaltwin.testbench.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.standalone.fhir.AuditEventJson;
import io.vitaltwin.standalone.fhir.ConsentJson;
import io.vitaltwin.standalone.fhir.DetectedIssueJson;
import io.vitaltwin.standalone.fhir.ObservationJson;
import io.vitaltwin.standalone.fhir.PeopleJson;
import io.vitaltwin.standalone.fhir.Place;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.query.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Every kind of record that an export holds, plain and odd, is valid FHIR R4. */
class FhirJudgeTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00.123Z");
    private static final Place PLACE = new Place(Topics.defaults().readings().name(), 2, 77, T0.plusSeconds(2));
    private static final Judge JUDGE = new Judge();

    private static void assertValid(ObjectNode resource) {
        assertThat(JUDGE.errors(resource.toString())).as("%s", resource).isEmpty();
    }

    private static ReadingBatch batch(String device, Reading... readings) {
        return ReadingBatch.newBuilder().setBatchId("b-1").setDeviceId(device).setSentAt(T0).setSequence(4).setReadings(List.of(readings))
                .setBatteryPercent(87.5f).setMemoryCount(1234L).build();
    }

    /** Each vital in its own unit and in others, as a number, as a bound, as a code, and as nothing. */
    @ParameterizedTest
    @EnumSource(Vital.class)
    void shouldWriteEveryVitalInEveryForm(Vital vital) {
        for (Unit unit : EnumSet.of(vital.unit(), Unit.MMOL_PER_L, Unit.FAHRENHEIT, Unit.CODE)) {
            for (Object value : new Object[] {-7.25E-7, "LO", "A"}) {
                assertValid(observation("w1", reading(vital.id(), value, unit.ucum())));
            }
        }
        String own = vital.unit().ucum();
        for (Object value : new Object[] {72.25, 1.0E21, Double.NaN, Double.NEGATIVE_INFINITY, "HI", "two words"}) {
            assertValid(observation("w1", reading(vital.id(), value, own)));
        }
        assertValid(observation("w1", Reading.newBuilder(reading(vital.id(), 1.0, own)).setValue(null).build()));
    }

    static Stream<Reading> odd() {
        return Stream.of(reading("location", 1.0, "deg"), reading("", 1.0, ""), reading("two  blanks", "x", "furlong"),
                Reading.newBuilder(reading("spo2", 97.0, "%")).setEffectiveTime(Instant.parse("+12026-03-02T08:00:00Z")).build(),
                Reading.newBuilder(reading("spo2", 97.0, "%")).setEffectiveTime(Instant.EPOCH).build(),
                Reading.newBuilder(reading("heart_rate", 72.0, "/min")).setContext(ActivityContext.REST).setSignalQuality(0.3f)
                        .setFlags(List.of("motion", "")).setOriginal("1.2 Hz").build(),
                Reading.newBuilder(reading("body_temperature", 37.0, "Cel")).setOriginal(98.6).build());
    }

    @ParameterizedTest
    @MethodSource("odd")
    void shouldWriteWhatIsOdd(Reading reading) {
        assertValid(observation("a device with a long name / and signs", reading));
        assertValid(observation("", reading));
    }

    @Test
    void shouldWriteWhereReadingsCameFrom() {
        assertValid(PeopleJson.provenance(PLACE, batch("w1", reading("spo2", 97.0, "%"), reading("heart_rate", 70.0, "/min"))));
    }

    @ParameterizedTest
    @EnumSource(AlertEventType.class)
    void shouldWriteAlerts(AlertEventType type) {
        for (Priority priority : Priority.values()) {
            Evidence evidence = Evidence.newBuilder().setRole("first").setTopic(PLACE.topic()).setPartition(2).setOffset(77).setDeviceId("w1")
                    .setVital("spo2").setValue(86.0).setUnit("%").setEffectiveTime(T0).setVerdict(Verdict.SUSPECT).setReasons(List.of("MOTION"))
                    .setSigma(1.5).build();
            Evidence said = Evidence.newBuilder().setRole("report").setTopic("vt.reports.v1").setPartition(2).setOffset(1).setDeviceId("")
                    .setVital("").setValue("chest_pain").setUnit("code").setEffectiveTime(T0).build();
            AlertEvent alert = AlertEvent.newBuilder().setAlertId("0123abcd").setPatientId("p1").setRule("SPO2_CRIT").setFamily("SPO2")
                    .setEvent(type).setPriority(priority).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(T0).setEffectiveTime(T0).setAppendTime(T0)
                    .setText("Oxygen saturation is below its limit.").setTags(List.of("UNCONFIRMED")).setInformationType(InformationType.DESCRIPTIVE)
                    .setEvidence(List.of(evidence, said)).setThresholds(Map.of("SPO2_CRIT.on", 87.0)).setRuleSetVersion("1")
                    .setConsentVersion("c/1").setEndReason("CONSENT_WITHDRAWN").setContextNotes(List.of("travel")).build();
            assertValid(DetectedIssueJson.of("p1", PLACE, alert, proof -> proof.getVital().equals("spo2")));
            assertValid(DetectedIssueJson.of("p1", PLACE, AlertEvent.newBuilder(alert).setEvidence(List.of()).setText("").build(), proof -> true));
        }
    }

    static Stream<ConsentRecord> consents() {
        Provision permit = Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT", "HRESCH"))
                .setVitals(List.of("spo2", "hrv_rmssd", "location")).setActors(List.of("nurse", "lab")).setActions(List.of("COLLECT", "USE", "PREDICT"))
                .setPeriodStart(T0).setPeriodEnd(T0.plusSeconds(3600)).setDataPeriodStart(T0).setDataPeriodEnd(T0.plusSeconds(60)).build();
        Provision exception = Provision.newBuilder().setType(ProvisionType.DENY).setVitals(List.of("spo2")).setExceptionTo(0).build();
        Provision back = Provision.newBuilder().setType(ProvisionType.PERMIT).setActors(List.of("nurse")).setExceptionTo(1).build();
        Provision deny = Provision.newBuilder().setType(ProvisionType.DENY).setPurposes(List.of("HMARKT")).build();
        ConsentRecord full = ConsentRecord.newBuilder().setPatientId("p1").setConsentId("monitoring").setVersionId("2026-03-02T08:00:00Z")
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(T0).setProvisions(List.of(permit, exception, back, deny)).setDateTime(T0)
                .setPolicyUri("https://example.org/policy/3").setVerified(true).setVerifiedWith("p1").setVerificationDate(T0).setScope("treatment")
                .setCategories(List.of("59284-0", "own-word")).setPolicyRule("OPTIN").setPerformers(List.of("p1")).setSource("drawer 7").build();
        return Stream.concat(Arrays.stream(ConsentStatus.values()).map(status -> ConsentRecord.newBuilder(full).setStatus(status).build()),
                Stream.of(ConsentRecord.newBuilder().setPatientId("p1").setConsentId("a name with blanks").setVersionId("1")
                                .setStatus(ConsentStatus.INACTIVE).setEffectiveTime(T0).build(),
                        ConsentRecord.newBuilder(full).setPolicyUri(null).setPolicyRule("in words").setProvisions(List.of(deny)).build(),
                        ConsentRecord.newBuilder(full).setProvisions(List.of()).setEmergency(new Emergency("physician", "dr1", "collapse")).build()));
    }

    @ParameterizedTest
    @MethodSource("consents")
    void shouldWriteConsents(ConsentRecord consent) {
        ConsentJson.of("p1", PLACE, consent, 3).forEach(FhirJudgeTest::assertValid);
    }

    @Test
    void shouldWriteOneConsentForEachRuleThatStandsAloneWithItsExceptionsInside() {
        List<ObjectNode> resources = ConsentJson.of("p1", PLACE, consents().findFirst().orElseThrow(), 0);
        assertThat(resources).extracting(resource -> resource.get("id").asText()).containsExactly("monitoring", "monitoring.2");
        assertThat(resources.getFirst().at("/provision/provision/0/provision/0/type").asText()).isEqualTo("permit");
        assertThat(resources.getLast().at("/provision/type").asText()).isEqualTo("deny");
    }

    @Test
    void shouldWriteWhoSawWhatAndWhatWasRefused() {
        assertValid(AuditEventJson.of("p1", PLACE, Disclosure.newBuilder().setDisclosureId("x").setPatientId("p1").setActor("anna")
                .setPurpose("TREAT").setEgress("tail-alerts").setVitals(List.of("spo2")).setCount(3).setTime(T0).setRole("nurse")
                .setReason("collapse").setConsentVersion("c/1").build()));
        for (ViolationStage stage : ViolationStage.values()) {
            assertValid(AuditEventJson.of("p1", PLACE, ConsentViolation.newBuilder().setPatientId("p1").setDeviceHash("00ff").setVital("spo2")
                    .setPurpose("HRESCH").setActor("lab").setStage(stage).setReason(ViolationReason.PURPOSE_DENIED).setFirstTime(T0)
                    .setLastTime(T0).setCount(5).build()));
        }
    }

    @Test
    void shouldWriteThePeople() {
        RegisteredDevice device = RegisteredDevice.newBuilder().setDeviceId("w1").setKind("watch").setGrade(DeviceGrade.CONSUMER)
                .setVitals(List.of("spo2")).setValidFrom(T0).setValidTo(T0.plusSeconds(9)).setSerial("SN-1").build();
        PatientContext plan = PatientContext.newBuilder().setPatientId("p1").setBirthDate("1950-03-01").setSex("female")
                .setDevices(List.of(device)).build();
        assertValid(PeopleJson.patient("p1", plan));
        assertValid(PeopleJson.patient("a name / that is no id", null));
        assertValid(PeopleJson.device("p1", "w1", List.of(device)));
        assertValid(PeopleJson.device("p1", "", List.of()));
        for (ReportKind kind : ReportKind.values()) {
            assertValid(PeopleJson.report("p1", PLACE, PatientReport.newBuilder().setReportId("r1").setPatientId("p1").setEffectiveTime(T0)
                    .setKind(kind).setSymptom("chest_pain").setDisputedRule("HR_TACHY_REST").setUntilTime(T0).build()));
        }
    }

    /** A judge that lets everything pass proves nothing. */
    @Test
    void shouldFindWhatIsNotFhir() {
        String good = observation("w1", reading("heart_rate", 72.0, "/min")).toString();
        assertThat(JUDGE.errors(good.replace("\"status\":\"final\",", ""))).isNotEmpty();
        assertThat(JUDGE.errors(good.replace("\"code\":\"/min\"", "\"code\":\"bpm\""))).isNotEmpty();
        assertThat(JUDGE.errors(good.replace("08:00:00.123Z", "08:00"))).isNotEmpty();
        assertThat(JUDGE.errors(good.replace("\"issued\"", "\"issuedAt\""))).isNotEmpty();
        assertThat(JUDGE.errors(good.replace("\"final\"", "\"finished\""))).isNotEmpty();
    }

    /** {@code -Dfhir.export=DIR}: a folder that {@code export} wrote. */
    @Test
    void shouldAcceptEveryLineOfAnExport() throws IOException {
        String folder = System.getProperty("fhir.export", "");
        assumeTrue(!folder.isEmpty(), "no folder is given with -Dfhir.export");
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ndjson")).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String place = file.getFileName() + ":" + (i + 1) + ": ";
                    JUDGE.errors(lines.get(i)).forEach(error -> problems.add(place + error));
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static Reading reading(String vital, Object value, String unit) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(T0).setValue(value).setUnit(unit).build();
    }

    private static ObjectNode observation(String device, Reading reading) {
        return ObservationJson.of("p1", PLACE, batch(device, reading), 0, DeviceGrade.MEDICAL_HOME,
                new Mark(Verdict.SUSPECT, List.of("SPIKE", "MOTION"), 1.5, "7"));
    }
}
