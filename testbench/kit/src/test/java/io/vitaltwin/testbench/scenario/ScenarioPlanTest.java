package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.testbench.scenario.Input.Kind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.vitaltwin.testbench.scenario.Stories.START;
import static io.vitaltwin.testbench.scenario.Stories.at;
import static io.vitaltwin.testbench.scenario.Stories.plan;
import static org.assertj.core.api.Assertions.assertThat;

class ScenarioPlanTest {

    @Test
    void shouldLetAReadingArriveTwoSecondsAfterItWasMeasured() {
        // When
        List<Input> readings = readings(plan(series("values: [95, null, 93]")));
        // Then
        assertThat(readings).extracting(Input::arrival).containsExactly(at("PT2S"), at("PT2M2S"));
        assertThat(readings).extracting(Input::key).containsOnly("p1");
        assertThat(readings).extracting(input -> reading(input).getValue()).containsExactly(95.0, 93.0);
        assertThat(batch(readings.getLast())).satisfies(batch -> {
            assertThat(batch.getDeviceId()).isEqualTo("oxi1");
            assertThat(batch.getSequence()).isEqualTo(1);
            assertThat(batch.getBatchId()).isEqualTo("oxi1-1");
            assertThat(batch.getSentAt()).isEqualTo(at("PT2M2S"));
        });
    }

    @Test
    void shouldOrderByArrivalAndNotByEffectiveTime() {
        // When
        ScenarioPlan plan = plan(series("delay: PT7M, values: [1]") + series("from: PT1M, values: [2]").replace("series:\n", ""));
        // Then
        assertThat(readings(plan)).extracting(input -> reading(input).getValue()).containsExactly(2.0, 1.0);
        assertThat(readings(plan)).extracting(input -> batch(input).getSequence()).containsExactly(0L, 1L);
    }

    @Test
    void shouldLetABatchArriveWhenItsLastReadingHas() {
        // When
        List<Input> readings = readings(plan(series("batch: 2, values: [1, 2, null, 3, null, 4, 5]")));
        // Then
        assertThat(readings).extracting(Input::arrival).containsExactly(at("PT1M2S"), at("PT5M2S"), at("PT6M2S"));
        assertThat(readings).extracting(input -> batch(input).getReadings().size()).containsExactly(2, 2, 1);
        assertThat(batch(readings.get(1)).getReadings()).extracting(Reading::getEffectiveTime).containsExactly(at("PT3M"), at("PT5M"));
    }

    @Test
    void shouldTakeTheValuesOfABeatSeriesAsStepsToTheNextBeat() {
        // When
        List<Input> readings = readings(plan("series: [{device: w1, vital: inter_beat_interval, unit: ms, beats: true, values: [851, 880, 863]}]\n"));
        // Then
        assertThat(readings).extracting(input -> reading(input).getEffectiveTime())
                .containsExactly(START, START.plusMillis(851), START.plusMillis(1731));
    }

    @Test
    void shouldStampWithTheWrongClockAndArriveByTheRightOne() {
        // When
        ScenarioPlan plan = plan(series("clockOffset: PT1H, values: [1]"));
        // Then
        Input input = readings(plan).getFirst();
        assertThat(input.arrival()).isEqualTo(at("PT2S"));
        assertThat(reading(input).getEffectiveTime()).isEqualTo(at("PT1H"));
        assertThat(batch(input).getSentAt()).isEqualTo(at("PT1H2S"));
        assertThat(plan.sent().getFirst().trueTime()).isEqualTo(START);
    }

    @Test
    void shouldSendTheSameRecordAgainAsACopy() {
        // When
        ScenarioPlan plan = plan(series("copies: 2, values: [1, 2]"));
        // Then
        assertThat(readings(plan)).extracting(Input::arrival).containsExactly(at("PT2S"), at("PT2S"), at("PT1M2S"), at("PT1M2S"));
        assertThat(readings(plan)).extracting(input -> batch(input).getSequence()).containsExactly(0L, 0L, 1L, 1L);
        assertThat(readings(plan).get(0).value()).isEqualTo(readings(plan).get(1).value());
        assertThat(plan.sent()).extracting(SentReading::copy).containsExactly(false, true, false, true);
        assertThat(plan.sent()).extracting(SentReading::offset).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void shouldReverseWithinBlocksOfArrivalTimeAndKeepTheInstants() {
        // When: arrivals at 0:02, 1:02 | 2:02, 3:02 | 4:02
        ScenarioPlan plan = plan(series("values: [0, 1, 2, 3, 4]"), "order: {reverseBlocks: PT2M}\n");
        // Then
        assertThat(readings(plan)).extracting(Input::arrival)
                .containsExactly(at("PT2S"), at("PT1M2S"), at("PT2M2S"), at("PT3M2S"), at("PT4M2S"));
        assertThat(readings(plan)).extracting(input -> reading(input).getValue()).containsExactly(1.0, 0.0, 3.0, 2.0, 4.0);
        assertThat(readings(plan)).extracting(input -> batch(input).getSequence()).containsExactly(1L, 0L, 3L, 2L, 4L);
        assertThat(plan.sent()).extracting(SentReading::effective)
                .containsExactly(at("PT1M"), at("PT0S"), at("PT3M"), at("PT2M"), at("PT4M"));
    }

    @Test
    void shouldPutARecordOnTheEdgeOfABlockIntoTheNext() {
        // When: arrivals at 0:00, 1:00, 2:00, 3:00; the second block begins at 2:00
        ScenarioPlan plan = plan(series("delay: PT0S, values: [0, 1, 2, 3]"), "order: {reverseBlocks: PT2M}\n");
        // Then
        assertThat(readings(plan)).extracting(input -> reading(input).getValue()).containsExactly(1.0, 0.0, 3.0, 2.0);
    }

    @Test
    void shouldOrderOneInstantByKind() {
        // When
        ScenarioPlan plan = plan("""
                consents:
                  - {at: PT2S, status: inactive}
                records:
                  - {at: PT0S, report: {symptom: fainting}}
                  - {at: PT0S, device: oxi1, values: {spo2: [95, "%"]}}
                """);
        // Then
        List<Input> all = new ArrayList<>();
        plan.forEach(all::add);
        assertThat(all.stream().filter(input -> input.arrival().equals(at("PT2S"))).map(Input::kind).toList())
                .containsExactly(Kind.CONSENT, Kind.READING, Kind.REPORT, Kind.TICK);
    }

    @Test
    void shouldTickEverySecondUntilTheEndAndThenCloseUp() {
        // Given: the last reading arrives three seconds after the end
        ScenarioPlan plan = plan(series("from: PT30M1S, values: [95]"));
        // When
        List<Instant> ticks = new ArrayList<>();
        plan.forEach(input -> {
            if (input.kind() == Kind.TICK) {
                ticks.add(input.arrival());
            }
        });
        // Then
        assertThat(plan.end()).isEqualTo(at("PT30M3S"));
        assertThat(ticks.subList(0, 1801)).first().isEqualTo(START);
        assertThat(ticks.get(1800)).isEqualTo(at("PT30M"));
        assertThat(ticks.get(1801)).isEqualTo(at("PT30M4S"));
        assertThat(ticks.getLast()).isEqualTo(at("PT32M3S"));
        assertThat(ticks).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldIntroduceThePatientBeforeTheFirstArrival() {
        // When
        List<Input> first = plan(series("from: -PT1H, delay: PT0S, values: [95]")).inputs().subList(0, 2);
        // Then
        assertThat(first).extracting(Input::kind).containsExactly(Kind.PATIENT, Kind.CONSENT);
        assertThat(first).extracting(Input::arrival).containsOnly(at("-PT1H1S"));
        assertThat((ConsentRecord) first.get(1).value()).satisfies(consent -> {
            assertThat(consent.getStatus()).isEqualTo(ConsentStatus.ACTIVE);
            assertThat(consent.getEffectiveTime()).isEqualTo(at("-PT1H1S"));
            assertThat(consent.getProvisions()).singleElement().satisfies(permit -> {
                assertThat(permit.getType()).isEqualTo(ProvisionType.PERMIT);
                assertThat(permit.getPurposes()).containsExactly("TREAT");
                assertThat(permit.getVitals()).isEmpty();
            });
        });
    }

    @Test
    void shouldWriteThePlanOfThePatientWithTheRegisteredDevicesOnly() {
        // When
        Scenario scenario = ScenarioFile.parse(Stories.FILE, Stories.HEAD
                .replace("{id: p1, birthDate: 1960-01-01}", "{id: p1, cadence: {spo2: PT5S}, oxygen: air, rules: {SPO2_LOW: {on: 90}}, news2: false,"
                        + " baselines: [{vital: heart_rate, context: REST, median: 62, mad: 2, days: 28}]}")
                .replace("vitals: [heart_rate], interval: PT1M}", "vitals: [heart_rate], interval: PT1M, registered: false}"));
        PatientContext context = (PatientContext) ScenarioPlan.of(scenario).inputs().getFirst().value();
        // Then
        assertThat(context.getDevices()).extracting(RegisteredDevice::getDeviceId).containsExactly("oxi1", "cuff1");
        assertThat(context.getDevices()).extracting(RegisteredDevice::getIntervalMillis).containsExactly(60_000L, null);
        assertThat(context.getMonitor()).extracting(MonitoredVital::getVital)
                .containsExactly("spo2", "heart_rate", "bp_systolic", "bp_diastolic");
        assertThat(context.getMonitor()).extracting(MonitoredVital::getCadenceMillis).containsExactly(5_000L, null, null, null);
        assertThat(context.getOxygen()).isEqualTo("air");
        assertThat(context.getBirthDate()).isNull();
        assertThat(context.getRules()).isEqualTo(Map.of("SPO2_LOW", Map.of("on", 90.0)));
        assertThat(context.getNews2()).isFalse();
        assertThat(context.getBaselines()).singleElement().satisfies(known -> assertThat(known.getMedian()).isEqualTo(62));
    }

    @Test
    void shouldRecordConsentsAtTheirTimeWithRisingVersions() {
        // When
        ScenarioPlan plan = plan("""
                consents:
                  - {at: PT30M, status: inactive, effective: PT20M}
                  - {at: PT0S, status: active, permit: [{purpose: TREAT, period: [PT0S, P30D], dataPeriod: [-PT1H]}]}
                """);
        List<Input> consents = plan.inputs().stream().filter(input -> input.kind() == Kind.CONSENT).toList();
        // Then
        assertThat(consents).extracting(Input::arrival).containsExactly(START, at("PT30M"));
        assertThat(consents).extracting(input -> ((ConsentRecord) input.value()).getVersionId()).containsExactly("1", "2");
        assertThat(((ConsentRecord) consents.get(1).value()).getEffectiveTime()).isEqualTo(at("PT20M"));
        Provision permit = ((ConsentRecord) consents.get(0).value()).getProvisions().getFirst();
        assertThat(permit.getPeriodStart()).isEqualTo(START);
        assertThat(permit.getPeriodEnd()).isEqualTo(START.plus(Duration.ofDays(30)));
        assertThat(permit.getDataPeriodStart()).isEqualTo(at("-PT1H"));
        assertThat(permit.getDataPeriodEnd()).isNull();
    }

    @Test
    void shouldSendWhatThePatientSays() {
        // When
        List<Input> reports = plan("""
                records:
                  - {at: PT6M, report: {symptom: chest_pain}}
                  - {at: PT7M, report: {dispute: HR_BRADY}, delay: PT1M}
                  - {at: PT8M, action: {acknowledge: HR_BRADY}}
                """).inputs().stream().filter(input -> input.kind() == Kind.REPORT).toList();
        // Then
        assertThat(reports).extracting(Input::arrival).containsExactly(at("PT6M2S"), at("PT8M"));
        assertThat((PatientReport) reports.get(0).value()).satisfies(report -> {
            assertThat(report.getKind()).isEqualTo(ReportKind.SYMPTOM);
            assertThat(report.getSymptom()).isEqualTo("chest_pain");
            assertThat(report.getEffectiveTime()).isEqualTo(at("PT6M"));
        });
        assertThat(((PatientReport) reports.get(1).value()).getDisputedRule()).isEqualTo("HR_BRADY");
    }

    @Test
    void shouldSendSeveralVitalsOfOneMomentInOneRecordInTheirOrder() {
        // When
        ScenarioPlan plan = plan("""
                records:
                  - {at: PT0S, device: cuff1, values: {bp_systolic: [186, "mm[Hg]"], bp_diastolic: [null, "mm[Hg]"], consciousness: [A, code]}}
                """);
        // Then
        assertThat(batch(readings(plan).getFirst()).getReadings()).extracting(Reading::getVital)
                .containsExactly("bp_systolic", "bp_diastolic", "consciousness");
        assertThat(batch(readings(plan).getFirst()).getReadings()).extracting(Reading::getValue).containsExactly(186.0, null, "A");
        assertThat(plan.sent()).extracting(SentReading::index).containsExactly(0, 1, 2);
        assertThat(plan.sent()).extracting(SentReading::offset).containsOnly(0L);
    }

    private static String series(String what) {
        return "series:\n  - {device: oxi1, vital: spo2, unit: \"%\", every: PT1M, " + what + "}\n";
    }

    private static List<Input> readings(ScenarioPlan plan) {
        return plan.inputs().stream().filter(input -> input.kind() == Kind.READING).toList();
    }

    private static ReadingBatch batch(Input input) {
        return (ReadingBatch) input.value();
    }

    private static Reading reading(Input input) {
        return batch(input).getReadings().getFirst();
    }
}
