package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.testbench.scenario.Scenario.Baseline;
import io.vitaltwin.testbench.scenario.Scenario.Period;
import io.vitaltwin.testbench.scenario.Scenario.Quantity;
import io.vitaltwin.testbench.scenario.Scenario.Rule;
import io.vitaltwin.testbench.scenario.Scenario.Single;
import io.vitaltwin.testbench.scenario.Scenario.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.vitaltwin.testbench.scenario.Stories.HEAD;
import static io.vitaltwin.testbench.scenario.Stories.length;
import static io.vitaltwin.testbench.scenario.Stories.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScenarioFileTest {

    private static final String WHOLE_PATIENT = """
            scenario: told
            start: 2026-03-02T01:00:00+01:00
            until: P1DT12H
            timezone: Europe/Berlin
            patients:
              - id: p1
                birthDate: 1960-01-01
                sex: female
                attributes: {skinTone: unknown}
                conditions: [heart_failure, copd]
                spo2Scale: 2
                oxygen: oxygen
                monitor: [spo2, heart_rate]
                cadence: {spo2: PT5S}
                rules: {SPO2_LOW: {on: 90, for: PT2M}}
                news2: false
                baselines:
                  - {vital: heart_rate, context: SLEEP, median: 41, mad: 1.5, days: 28}
            devices:
              - {id: oxi1, patient: p1, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2, heart_rate], interval: PT5S}
              - {id: x1, kind: watch, grade: CLINICAL, vitals: [heart_rate], registered: false}
            """;

    @Test
    void shouldReadWhoAndWithWhichDevices() {
        // When
        Scenario scenario = ScenarioFile.parse(Stories.FILE, WHOLE_PATIENT);
        // Then
        assertThat(scenario.start()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(scenario.until()).isEqualTo(Duration.ofHours(36));
        assertThat(scenario.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(scenario.patients()).containsExactly(new Scenario.Patient("p1", Optional.of(LocalDate.of(1960, 1, 1)), "female",
                Map.of("skinTone", "unknown"), List.of("heart_failure", "copd"), 2, Optional.of("oxygen"), List.of("spo2", "heart_rate"),
                Map.of("spo2", Duration.ofSeconds(5)), Map.of("SPO2_LOW", Map.of("on", 90.0, "for", 120.0)), false,
                List.of(new Baseline("heart_rate", ActivityContext.SLEEP, 41, 1.5, 28))));
        assertThat(scenario.devices()).containsExactly(
                new Scenario.Device("oxi1", "p1", "finger-oximeter", DeviceGrade.MEDICAL_HOME, List.of("spo2", "heart_rate"),
                        Optional.of(Duration.ofSeconds(5)), true),
                new Scenario.Device("x1", "p1", "watch", DeviceGrade.CLINICAL, List.of("heart_rate"), Optional.empty(), false));
    }

    @Test
    void shouldFillInWhatIsLeftOut() {
        // When
        Scenario scenario = scenario();
        // Then
        assertThat(scenario.timezone().getRules()).isEqualTo(ZoneId.of("UTC").getRules());
        assertThat(scenario.consents()).isEmpty();
        assertThat(scenario.reverseBlocks()).isEmpty();
        assertThat(scenario.replay()).isFalse();
        assertThat(scenario.expect()).isEqualTo(Expectations.NOTHING);
        Scenario.Patient patient = scenario.patients().getFirst();
        assertThat(patient.sex()).isEqualTo("unknown");
        assertThat(patient.spo2Scale()).isEqualTo(1);
        assertThat(patient.oxygen()).isEmpty();
        assertThat(patient.news2()).isTrue();
    }

    @Test
    void shouldReadConsents() {
        // When
        Scenario scenario = scenario("""
                consents:
                  - {at: PT0S, patient: p1, status: active, permit: [{purpose: TREAT, vitals: [spo2]}], deny: [{purpose: [HRESCH, HMARKT]}]}
                  - {at: PT30M, status: inactive, effective: PT20M}
                  - {at: -PT1H, status: entered-in-error, permit: [{period: [PT0S, P30D], dataPeriod: [PT1H]}, {dataPeriod: [null, PT2H]}]}
                sinks:
                  - {id: research, purpose: HRESCH}
                """);
        // Then
        assertThat(scenario.sinks()).containsExactly(new Scenario.Sink("research", "HRESCH"));
        assertThat(scenario.consents()).contains(List.of(
                new Scenario.Consent(Duration.ZERO, Duration.ZERO, "p1", ConsentStatus.ACTIVE, List.of(
                        new Rule(ProvisionType.PERMIT, List.of("TREAT"), List.of("spo2"), Period.ANY, Period.ANY),
                        new Rule(ProvisionType.DENY, List.of("HRESCH", "HMARKT"), List.of(), Period.ANY, Period.ANY))),
                new Scenario.Consent(length("PT30M"), length("PT20M"), "p1", ConsentStatus.INACTIVE, List.of()),
                new Scenario.Consent(length("-PT1H"), length("-PT1H"), "p1", ConsentStatus.ENTERED_IN_ERROR, List.of(
                        new Rule(ProvisionType.PERMIT, List.of(), List.of(),
                                new Period(Optional.of(Duration.ZERO), Optional.of(length("P30D"))),
                                new Period(Optional.of(length("PT1H")), Optional.empty())),
                        new Rule(ProvisionType.PERMIT, List.of(), List.of(), Period.ANY,
                                new Period(Optional.empty(), Optional.of(length("PT2H"))))))));
    }

    @Test
    void shouldReadSeriesWithTheirShortForms() {
        // When
        Scenario.Series series = scenario("""
                series:
                  - device: oxi1
                    vital: spo2
                    unit: "%"
                    from: -PT1H
                    every: PT5S
                    values: ["95x2", 94.5, null, LO, "HIx2", "nullx2", "-1x1"]
                    context: ["RESTx3", null, "SLEEPx6"]
                    delay: PT0S
                    clockOffset: -P1D
                    copies: 2
                    batch: 3
                """).series().getFirst();
        // Then
        assertThat(series.values()).containsExactly(new Sample.Number(95), new Sample.Number(95), new Sample.Number(94.5),
                Sample.Nothing.NOTHING, new Sample.Text("LO"), new Sample.Text("HI"), new Sample.Text("HI"), Sample.Nothing.NOTHING,
                Sample.Nothing.NOTHING, new Sample.Number(-1));
        assertThat(series.contexts()).startsWith(ActivityContext.REST).endsWith(ActivityContext.SLEEP).hasSize(10);
        assertThat(series.contexts().get(3)).isEqualTo(ActivityContext.UNKNOWN);
        assertThat(series.from()).isEqualTo(length("-PT1H"));
        assertThat(series.every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(series.transport()).isEqualTo(new Transport(Duration.ZERO, 2));
        assertThat(series.clockOffset()).isEqualTo(length("-P1D"));
        assertThat(series.batch()).isEqualTo(3);
    }

    @Test
    void shouldReadSingleRecords() {
        // When
        List<Single> records = scenario("""
                records:
                  - {at: PT5M, device: cuff1, values: {bp_systolic: [186, "mm[Hg]"], consciousness: [A, code], spo2: [null, "%"]}, context: REST}
                  - {at: PT6M, patient: p1, report: {symptom: chest_pain}, delay: PT1M, copies: 3}
                  - {at: PT7M, report: {dispute: HR_TACHY_REST}}
                  - {at: PT8M, patient: p1, action: {snooze: SPO2_CRIT, by: nurse-1, for: PT10M}}
                """).records();
        // Then
        assertThat(records.get(0)).isEqualTo(new Single.Readings(length("PT5M"), "cuff1", Map.of(
                "bp_systolic", new Quantity(new Sample.Number(186), "mm[Hg]"), "consciousness", new Quantity(new Sample.Text("A"), "code"),
                "spo2", new Quantity(Sample.Nothing.NOTHING, "%")), ActivityContext.REST, Transport.DEFAULT));
        assertThat(records.get(1)).isEqualTo(
                new Single.Symptom(length("PT6M"), "p1", "chest_pain", new Transport(Duration.ofMinutes(1), 3)));
        assertThat(records.get(2)).isEqualTo(new Single.Dispute(length("PT7M"), "p1", "HR_TACHY_REST", Transport.DEFAULT));
        assertThat(records.get(3)).isEqualTo(new Single.Action(length("PT8M"), "p1", "snooze", "SPO2_CRIT", Optional.of("nurse-1"),
                Optional.of(Duration.ofMinutes(10)), Optional.empty(), Transport.DEFAULT));
    }

    @Test
    void shouldReadOrderAndReplay() {
        assertThat(scenario("order: {reverseBlocks: PT2M}\nreplay: true\n"))
                .satisfies(s -> assertThat(s.reverseBlocks()).contains(Duration.ofMinutes(2)))
                .satisfies(s -> assertThat(s.replay()).isTrue());
        assertThat(scenario("order: as-given\n").reverseBlocks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "timezon: UTC | 11: unknown key \"timezon\"",
        "replay: yes | 11: expected true or false",
        "order: reversed | 11: \"reversed\" is none of as-given",
        "order: {reverseBlocks: PT0S} | 11: must be longer than zero",
        "title: again | 11: key \"title\" comes twice",
        "series: [{device: oxi2, vital: a, unit: b, values: [1]}] | 11: no device is called \"oxi2\"",
        "series: [{device: oxi1, vital: a, values: [1]}] | 11: key \"unit\" is missing",
        "series: [{device: oxi1, vital: a, unit: b, values: [1, 2]}] | 11: several values need \"every\"",
        "series: [{device: oxi1, vital: a, unit: b, beats: true, values: [1, null]}] | 11: with \"beats: true\"",
        "series: [{device: oxi1, vital: a, unit: b, every: 5s, values: [1]}] | 11: \"5s\" is not a duration",
        "series: [{device: oxi1, vital: a, unit: b, copies: 0, values: [1]}] | 11: must be at least 1",
        "series: [{device: oxi1, vital: a, unit: b, batch: 1.5, values: [1]}] | 11: expected a whole number",
        "series: [{device: oxi1, vital: a, unit: b, values: 5}] | 11: expected a list",
        "series: [{device: oxi1, vital: a, unit: b, values: [1], context: [REST, REST]}] | 11: there are 2 contexts for 1 values",
        "series: [{device: oxi1, vital: a, unit: b, values: [1], context: RUN}] | 11: \"RUN\" is none of SLEEP REST LIGHT VIGOROUS UNKNOWN",
        "series: [{device: oxi1, vital: a, unit: b, values: [1], context: [RUN]}] | 11: \"RUN\" is none of SLEEP",
        "records: [{at: PT0S, device: oxi1}] | 11: a record has either \"values\", \"report\" or \"action\"",
        "records: [{at: PT0S, device: oxi1, values: {spo2: [1]}}] | 11: expected a list of a value and a unit",
        "records: [{at: PT0S, patient: p2, report: {symptom: fainting}}] | 11: no patient is called \"p2\"",
        "records: [{at: PT0S, report: {symptom: headache}}] | 11: \"headache\" is none of breathlessness",
        "records: [{at: PT0S, device: oxi1, report: {symptom: fainting}}] | 11: key \"device\" does not belong",
        "records: [{at: PT0S, report: {symptom: fainting, dispute: A}}] | 11: a report has either",
        "records: [{at: PT0S, action: {by: me}}] | 11: an action is one of acknowledge snooze resolve comment",
        "records: [{at: PT0S, action: {snooze: A}}] | 11: \"for\" belongs to \"snooze\", which needs it",
        "records: [{at: PT0S, action: {resolve: A, for: PT1H}}] | 11: \"for\" belongs to \"snooze\", which needs it",
        "consents: [{at: PT0S, status: Active}] | 11: \"Active\" is none of draft proposed active rejected inactive entered-in-error",
        "consents: [{at: PT0S, status: active, permit: [{purposes: TREAT}]}] | 11: unknown key \"purposes\"",
        "consents: [{at: PT0S, status: active, permit: [{period: [PT0S, PT1S, PT2S]}]}] | 11: expected a list of one or two durations",
        "sinks: [{id: research}] | 11: key \"purpose\" is missing",
        "expect: {alert: []} | 11: unknown key \"alert\"",
        "expect: {alerts: [{priority: LOW}]} | 11: an alert is expected either by \"rule\" or by \"family\"",
        "expect: {alerts: [{rule: A, priority: low}]} | 11: \"low\" is none of HIGH MEDIUM LOW INFO",
        "expect: {alerts: [{rule: A, raised: PT5M}]} | 11: expected a list of two durations",
        "expect: {alerts: [{rule: A, cleared: always}]} | 11: \"always\" is none of never",
        "expect: {alerts: [{rule: A, reaches: {TOP: [PT0S, PT0S]}}]} | 11: \"TOP\" is none of",
        "expect: {otherAlerts: medium} | 11: \"medium\" is none of none info low",
        "expect: {fates: {LOST: 1}} | 11: \"LOST\" is none of APPLIED DUPLICATE LATE REFUSED DEAD",
        "expect: {quality: [{device: oxi1, vital: spo2}]} | 11: an expected quality needs \"share\" or \"count\"",
        "expect: {violations: [{reason: NO, count: 1}]} | 11: \"NO\" is none of NO_CONSENT",
        "expect: {news2: [{total: 1}]} | 11: key \"at\" is missing",
        "expect: {clock: [{device: zz}]} | 11: no device is called \"zz\"",
        "expect: {baseline: [{vital: a, median: high}]} | 11: expected a list of two numbers",
        "records: [ | 12: not YAML"})
    void shouldNameFileAndLineOfWhatItCannotRead(String line, String problem) {
        assertThatThrownBy(() -> scenario(line + "\n")).isInstanceOf(ScenarioProblem.class).hasMessageStartingWith("told.yaml:" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "scenario: told | scenario: tale | 1: scenario \"tale\" must be called as its file",
        "start: 2026-03-02T00:00:00Z | start: 2026-03-02 | 3: \"2026-03-02\" is not a time",
        "until: PT30M | until: -PT30M | 4: must not be negative",
        "birthDate: 1960-01-01 | birthDate: 1960 | 6: \"1960\" is not a date",
        "birthDate: 1960-01-01 | spo2Scale: 3 | 6: must be 1 or 2",
        "birthDate: 1960-01-01 | sex: f | 6: \"f\" is none of female male other unknown",
        "birthDate: 1960-01-01 | conditions: [gout] | 6: \"gout\" is none of copd",
        "birthDate: 1960-01-01 | oxygen: 2 | 6: \"2\" is none of air oxygen",
        "birthDate: 1960-01-01 | age: 5 | 6: unknown key \"age\"",
        "kind: watch | kind: toy | 9: \"toy\" is none of finger-oximeter",
        "grade: CONSUMER | grade: HOME | 9: \"HOME\" is none of CLINICAL MEDICAL_HOME CONSUMER UNKNOWN",
        "id: w1 | id: oxi1 | 8: \"oxi1\" comes twice",
        "id: w1, patient: p1 | id: w1, patient: p9 | 9: no patient is called \"p9\""})
    void shouldNameTheLineOfAProblemAboutPeopleAndDevices(String good, String bad, String problem) {
        String text = HEAD.replace(good, bad);
        assertThatThrownBy(() -> ScenarioFile.parse(Stories.FILE, text)).isInstanceOf(ScenarioProblem.class)
                .hasMessageStartingWith("told.yaml:" + problem);
    }

    @Test
    void shouldAskForThePatientWhenThereAreSeveral() {
        String two = HEAD.replace("  - {id: p1, birthDate: 1960-01-01}\n", "  - {id: p1}\n  - {id: p2}\n");
        assertThatThrownBy(() -> ScenarioFile.parse(Stories.FILE, two + "expect: {alerts: [{rule: A}]}\n"))
                .hasMessageStartingWith("told.yaml:12: key \"patient\" is missing, and there are several patients");
        assertThat(ScenarioFile.parse(Stories.FILE, two + "expect: {alerts: [{rule: A, patient: p2}]}\n").expect().alerts().orElseThrow())
                .singleElement().satisfies(alert -> assertThat(alert.patient()).isEqualTo("p2"));
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void shouldReadEveryBundledScenario(Path file) throws IOException {
        assertThat(ScenarioFile.read(file).expect()).isNotEqualTo(Expectations.NOTHING);
    }

    static Stream<Path> bundled() throws IOException {
        return Bundled.scenarios().stream();
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        Path empty = Files.createTempFile("empty", ".yaml");
        try {
            assertThatThrownBy(() -> ScenarioFile.read(empty)).hasMessage(empty + ":1: the file is empty");
        } finally {
            Files.delete(empty);
        }
    }
}
