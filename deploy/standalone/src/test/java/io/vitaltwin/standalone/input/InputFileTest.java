package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.standalone.input.InputFile.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InputFileTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldReadTheSerialNumberOfADevice() {
        InputFile file = parse("patients: [{id: p1, devices: [{id: oxi1, kind: finger-oximeter, serial: SN-0042}, {id: oxi2, kind: finger-oximeter}]}]\n");
        assertThat(file.patients().getFirst().getDevices()).extracting("serial").containsExactly("SN-0042", null);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "0000", "A1", "none"})
    void shouldRefuseASerialNumberThatIsAFiller(String serial) {
        assertThatThrownBy(() -> parse("patients:\n  - id: p1\n    devices:\n      - {id: oxi1, kind: watch, serial: " + serial + "}\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("at least four letters and digits").hasMessageContaining("4");
    }

    @Test
    void shouldReadAWholeDocument() {
        // When
        InputFile file = parse("""
                start: 2026-03-02T00:00:00Z
                timezone: Europe/Berlin
                patients:
                  - id: p1
                    birthDate: 1960-01-01
                    sex: female
                    attributes: {skinTone: unknown}
                    conditions: [heart_failure, copd]
                    spo2Scale: 2
                    oxygen: air
                    monitor: [spo2, {vital: heart_rate, cadence: PT1M, purpose: HRESCH}]
                    cadence: {spo2: PT5S}
                    rules: {SPO2_LOW: {on: 90, off: 91.5}}
                    news2: false
                    baselines: [{vital: heart_rate, context: SLEEP, median: 41, mad: 1.5, days: 28}]
                  - {id: p2, timezone: UTC}
                devices:
                  - {id: oxi1, patient: p1, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2, heart_rate], interval: PT5S,
                     validFrom: PT0S, validTo: 2027-01-01T00:00:00+01:00}
                  - {id: x1, patient: p1, kind: watch, grade: CLINICAL, vitals: [heart_rate], registered: false}
                consents:
                  - {at: PT30M, patient: p1, status: active, permit: [{purpose: TREAT, vitals: [spo2, location]}], deny: [{purpose: HRESCH}]}
                """);
        // Then
        PatientContext p1 = file.patients().getFirst();
        assertThat(p1.getPatientId()).isEqualTo("p1");
        assertThat(p1.getBirthDate()).isEqualTo("1960-01-01");
        assertThat(p1.getSex()).isEqualTo("female");
        assertThat(p1.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(p1.getConditions()).containsExactly("heart_failure", "copd");
        assertThat(p1.getAttributes()).containsEntry("skinTone", "unknown");
        assertThat(p1.getSpo2Scale()).isEqualTo(2);
        assertThat(p1.getOxygen()).isEqualTo("air");
        assertThat(p1.getMonitor()).containsExactly(new MonitoredVital("spo2", 5_000L, "TREAT", "", null),
                new MonitoredVital("heart_rate", 60_000L, "HRESCH", "", null));
        assertThat(p1.getRules().get("SPO2_LOW")).containsEntry("on", 90.0).containsEntry("off", 91.5);
        assertThat(p1.getNews2()).isFalse();
        assertThat(p1.getBaselines().getFirst().getContext()).isEqualTo(ActivityContext.SLEEP);
        assertThat(p1.getDevices()).singleElement().satisfies(device -> {
            assertThat(device.getDeviceId()).isEqualTo("oxi1");
            assertThat(device.getGrade()).isEqualTo(DeviceGrade.MEDICAL_HOME);
            assertThat(device.getIntervalMillis()).isEqualTo(5_000L);
            assertThat(device.getValidFrom()).isEqualTo("2026-03-02T00:00:00Z");
            assertThat(device.getValidTo()).isEqualTo("2026-12-31T23:00:00Z");
        });
        assertThat(file.patients().get(1).getTimeZone()).isEqualTo("UTC");
        assertThat(file.consents()).singleElement().satisfies(consent -> {
            assertThat(consent.getEffectiveTime()).isEqualTo("2026-03-02T00:30:00Z");
            assertThat(consent.getProvisions()).extracting(Provision::getType).containsExactly(ProvisionType.PERMIT, ProvisionType.DENY);
            assertThat(consent.getProvisions().getFirst().getVitals()).containsExactly("spo2", "location");
        });
    }

    @Test
    void shouldTakeTheFieldNamesOfTheRecordsAsWell() {
        PatientContext patient = parse("""
                {"patientId": "p1", "timeZone": "UTC", "monitor": [{"vital": "spo2", "cadenceMillis": 5000}],
                 "devices": [{"deviceId": "d1", "kind": "watch", "grade": "CONSUMER", "vitals": ["spo2"], "intervalMillis": 60000}]}
                """).patients().getFirst();
        assertThat(patient.getMonitor().getFirst().getCadenceMillis()).isEqualTo(5_000L);
        assertThat(patient.getDevices().getFirst().getIntervalMillis()).isEqualTo(60_000L);
    }

    @Test
    void shouldNameAllThatDevicesSendWhenOnlyACadenceIsGiven() {
        PatientContext patient = parse("""
                patients: [{id: p1, cadence: {spo2: PT5S}}]
                devices:
                  - {id: d1, patient: p1, kind: kit, vitals: [heart_rate, spo2]}
                  - {id: d2, patient: p1, kind: scale, vitals: [body_weight, heart_rate]}
                """).patients().getFirst();
        assertThat(patient.getMonitor()).extracting(MonitoredVital::getVital).containsExactly("heart_rate", "spo2", "body_weight");
        assertThat(patient.getMonitor()).extracting(MonitoredVital::getCadenceMillis).containsExactly(null, 5_000L, null);
    }

    @Test
    void shouldReadConsentsOfAList() {
        List<ConsentRecord> consents = InputFile.parse("c.yaml", """
                - {patient: p1, status: inactive}
                - patientId: p1
                  consentId: c1
                  versionId: "7"
                  status: entered-in-error
                  effectiveTime: 2026-03-02T00:00:00Z
                  provisions: [{type: permit, purposes: [TREAT], actions: [collect], dataPeriodStart: 2026-01-01T00:00:00Z}]
                - {patient: p1, status: active, permit: [{purpose: TREAT, period: [2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z],
                   dataPeriod: [2026-01-15T00:00:00Z]}]}
                """, Kind.CONSENTS, NOW).consents();
        assertThat(consents.get(0).getStatus()).isEqualTo(ConsentStatus.INACTIVE);
        assertThat(consents.get(0).getEffectiveTime()).isEqualTo(NOW);
        assertThat(consents.get(1).getStatus()).isEqualTo(ConsentStatus.ENTERED_IN_ERROR);
        assertThat(consents.get(1).getVersionId()).isEqualTo("7");
        assertThat(consents.get(1).getProvisions().getFirst().getActions()).containsExactly("COLLECT");
        Provision limited = consents.get(2).getProvisions().getFirst();
        assertThat(limited.getPeriodStart()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(limited.getPeriodEnd()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(limited.getDataPeriodStart()).isEqualTo("2026-01-15T00:00:00Z");
        assertThat(limited.getDataPeriodEnd()).isNull();
        assertThat(consents).extracting(ConsentRecord::getVersionId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: p1, colour: red}                                            | p.yaml:1: unknown key 'colour'; known here: attributes
            {sex: female}                                                    | p.yaml:1: 'id' is missing
            {id: p1, id: p2}                                                 | p.yaml:1:
            {id: p1, patientId: p1}                                          | p.yaml:1: 'patientId' says the same as another key
            {id: p1, sex: woman}                                             | p.yaml:1: 'woman' is not known here; one of female, male
            {id: p1, spo2Scale: 3}                                           | p.yaml:1: a whole number from 1 to 2
            {id: p1, spo2Scale: 1.5}                                         | p.yaml:1: a whole number from 1 to 2
            {id: p1, birthDate: 01.02.1960}                                  | p.yaml:1: a date such as
            {id: p1, timezone: Nowhere}                                      | p.yaml:1: a time zone such as
            {id: p1, monitor: [pulse]}                                       | p.yaml:1: 'pulse' is not known here; one of heart_rate
            {id: p1, conditions: [gout]}                                     | p.yaml:1: 'gout' is not known here
            {id: p1, attributes: {bpProtocol: ESH}}                          | p.yaml:1: 'ESH' is not known here; one of ESH_2021, JABFM_3x3
            {id: p1, attributes: {bpThreshold: 140}}                         | p.yaml:1: '140' is not known here; one of ESH_135_85, AHA_130_80
            {id: p1, rules: {SPO2_LOW: {on: high}}}                          | p.yaml:1: a number expected
            {id: p1, rules: {SPO2_LOW: {on: 1e999}}}                         | p.yaml:1: this number is too large
            {id: p1, cadence: {spo2: PT5S}}                                  | p.yaml:1: cadence of 'spo2', which is neither
            {id: p1, monitor: [{vital: spo2, leastInterval: PT0S}]}          | p.yaml:1: a span longer than zero
            {id: p1, monitor: [{vital: spo2, maxFrequency: often}]}          | p.yaml:1: a frequency such as 1/min, 4/h or 2/d
            {id: p1, monitor: [{vital: spo2, maxFrequency: 0/h}]}            | p.yaml:1: a frequency such as 1/min, 4/h or 2/d
            {id: p1, monitor: [{vital: spo2, maxFrequency: 1/h, leastInterval: PT1H}]} | p.yaml:1: 'maxFrequency' and 'leastInterval' say the same
            {id: p1, monitor: [spo2], cadence: {spo2: PT0S}}                 | p.yaml:1: a span longer than zero
            {id: p1, news2: maybe}                                           | p.yaml:1: true or false
            {id: p1, devices: [{id: d1, kind: toaster}]}                     | p.yaml:1: 'toaster' is not known here; one of finger-oximeter
            {id: p1, devices: [{id: d1, kind: cgm, interval: 5}]}            | p.yaml:1: a span such as PT5S
            {id: p1, devices: [{id: d1, kind: cgm, interval: PT5S, intervalMillis: 5000}]} | p.yaml:1: 'interval' and 'intervalMillis' say the same
            {id: p1, devices: [{id: d1, kind: cgm, validFrom: PT5S}]}        | p.yaml:1: a span needs a 'start:'
            {id: p1, devices: [{id: d1, kind: cgm, validFrom: tomorrow}]}    | p.yaml:1: a time such as
            {id: p1, devices: [{id: d1, kind: cgm}, {id: d1, kind: cgm}]}    | p.yaml:1: this patient has this device twice
            [{id: p1}, {id: p1}]                                             | p.yaml:1: this patient is in the file twice
            {devices: [{id: d1, patient: p9, kind: cgm}]}                    | p.yaml:1: this device's patient is not under 'patients'
            {patients: [], sinks: []}                                        | p.yaml:1: unknown key 'sinks'
            text                                                             | p.yaml:1: keys with values expected
            {id: p1                                                          | p.yaml:
            """)
    void shouldNameFileAndLineOfWhatItDoesNotUnderstand(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class).hasMessageStartingWith(message).message().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {status: active, permit: [{}]}                              | c.yaml:1: 'patient' is missing
            {patient: p1}                                               | c.yaml:1: 'status' is missing
            {patient: p1, status: maybe}                                | c.yaml:1: 'maybe' is not known here; one of DRAFT
            {patient: p1, status: active}                               | c.yaml:1: an active consent without 'permit'
            {patient: p1, status: active, permit: [{purposed: TREAT}]}  | c.yaml:1: unknown key 'purposed'
            {patient: p1, status: active, permit: [{period: PT5S}]}     | c.yaml:1: [from, to] expected
            {patient: p1, status: active, permit: [{period: []}]}       | c.yaml:1: [from, to] expected
            {patient: p1, status: active, permit: [{action: EAT}]}      | c.yaml:1: 'EAT' is not known here; one of COLLECT
            {patient: p1, status: active, at: PT0S, permit: [{}]}       | c.yaml:1: a span needs a 'start:'
            """)
    void shouldNameFileAndLineOfAConsentItDoesNotUnderstand(String text, String message) {
        assertThatThrownBy(() -> InputFile.parse("c.yaml", text, Kind.CONSENTS, NOW))
                .isInstanceOf(InputException.class).hasMessageStartingWith(message);
    }

    @Test
    void shouldCountTheLinesOfAnError() {
        assertThatThrownBy(() -> parse("patients:\n  - id: p1\n    sex: female\n    colour: red\n")).hasMessageStartingWith("p.yaml:4: unknown key");
        assertThatThrownBy(() -> parse("patients:\n  - id: p1\n   bad: [\n")).hasMessageMatching("p.yaml:[34]: not YAML or JSON.*");
        assertThatThrownBy(() -> parse("")).hasMessageStartingWith("p.yaml:1: the file is empty");
    }

    @Test
    void shouldRefuseAliasesThatBlowUp() {
        assertThatThrownBy(() -> parse("a: &a [x, x]\nb: &b [*a, *a]\npatients: [*b, *b]\n")).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @CsvSource({"leastInterval: PT5M, 300000", "leastIntervalMillis: 5000, 5000", "maxFrequency: 1/min, 60000", "maxFrequency: 7/h, 514286", "maxFrequency: 2/d, 43200000"})
    void shouldReadWhyAndHowOftenAVitalMayBeKept(String frequency, long leastMillis) {
        InputFile file = parse("{id: p1, monitor: [{vital: spo2, purpose: TREAT, reason: oxygen at home, " + frequency + "}]}");
        assertThat(file.patients().getFirst().getMonitor()).containsExactly(new MonitoredVital("spo2", null, "TREAT", "oxygen at home", leastMillis));
    }

    @Test
    void shouldSayWhenAFileIsMissingOrNotText() throws Exception {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> InputFile.read(missing, Kind.PATIENTS, NOW)).isInstanceOf(InputException.class)
                .hasMessage("no file " + missing + "; check the path");
        Path latin = Files.write(folder.resolve("latin.yaml"), "{id: Jürgen}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> InputFile.read(latin, Kind.PATIENTS, NOW)).isInstanceOf(InputException.class).hasMessageContaining("UTF-8");
    }

    private static InputFile parse(String text) {
        return InputFile.parse("p.yaml", text, Kind.PATIENTS, NOW);
    }
}
