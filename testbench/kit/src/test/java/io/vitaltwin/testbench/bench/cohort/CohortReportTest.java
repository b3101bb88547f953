package io.vitaltwin.testbench.bench.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.testbench.cohort.EventKind;
import io.vitaltwin.testbench.cohort.FaultKind;
import io.vitaltwin.testbench.cohort.Truth;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.testbench.bench.cohort.Made.alert;
import static io.vitaltwin.testbench.bench.cohort.Made.hypoxia;
import static io.vitaltwin.testbench.bench.cohort.Made.patient;
import static io.vitaltwin.testbench.bench.cohort.Made.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CohortReportTest {

    private static final Grade HOME = Grade.MEDICAL_HOME;

    /** By hand: 100 x (90 + 900) / (990 + 10 + 5 x 4). */
    @Test
    void shouldWeighAMissFiveTimes() {
        assertThat(CohortReport.CostScore.of(90, 900, 10, 4).score()).isCloseTo(97.0588, within(0.0001));
        assertThat(CohortReport.CostScore.of(90, 900, 10, 0).score()).isCloseTo(99.0, within(0.0001));
        assertThat(CohortReport.CostScore.of(0, 0, 0, 1).score()).isZero();
    }

    /** Ten people, 15 days: five patient-months. */
    @Test
    void shouldCountAlertsAMonthAndTheirWorth() {
        List<PatientResult> patients = new ArrayList<>();
        patients.add(patient(person(0), HOME, List.of(hypoxia(HOME)), alert(RuleId.SPO2_CRIT, Priority.HIGH, 140, 150),
                alert(RuleId.SPO2_LOW, Priority.MEDIUM, 2_000, 2_010), alert(RuleId.DEVICE_SILENT, Priority.LOW, 3_000, 3_010)));
        patients.add(patient(person(1), HOME, List.of(hypoxia(HOME))));
        for (int i = 2; i < 10; i++) {
            patients.add(patient(person(i), HOME, List.of()));
        }
        // When
        CohortReport report = report(patients, 15);
        // Then
        assertThat(report.perPatientMonth()).isEqualTo(new CohortReport.Rates(0.6, 0.6, 0.2, 0.2, 0.2, 0.4, 0.2));
        assertThat(report.priorities()).containsExactly(new CohortReport.PriorityValue(Priority.HIGH, 1, 1, 1),
                new CohortReport.PriorityValue(Priority.MEDIUM, 1, 0, 0), new CohortReport.PriorityValue(Priority.LOW, 1, 0, 0));
        assertThat(report.rules()).extracting(CohortReport.RuleValue::rule)
                .containsExactly(RuleId.SPO2_LOW, RuleId.SPO2_CRIT, RuleId.DEVICE_SILENT);
        // 150 patient-days less the two of the events and the one of the false alert; the technical alert is no claim about the patient
        assertThat(report.score()).isEqualTo(CohortReport.CostScore.of(1, 147, 1, 1));
        assertThat(report.topTenthShare()).isEqualTo(1);
        assertThat(report.events()).filteredOn(value -> value.kind() == EventKind.S07_HYPOXIA_MEDICAL).singleElement().satisfies(value -> {
            assertThat(value.events()).isEqualTo(2);
            assertThat(value.found()).isEqualTo(1);
            assertThat(value.toldAtWorst()).isEqualTo(1);
            assertThat(value.medianDelaySeconds()).isEqualTo(600);
        });
        assertThat(report.volume()).extracting(CohortReport.Volume::readings, CohortReport.Volume::suspect, CohortReport.Volume::rejected)
                .containsExactly(1_000L, 20L, 10L);
    }

    @Test
    void shouldNameEachBudgetThatIsBroken() {
        List<PatientResult> patients = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            patients.add(patient(person(i), HOME, List.of(hypoxia(HOME)), alert(RuleId.SPO2_CRIT, Priority.HIGH, 5_000, 5_010),
                    alert(RuleId.SPO2_LOW, Priority.MEDIUM, 6_000, 6_010), alert(RuleId.DEVICE_SILENT, Priority.LOW, 7_000, 7_010),
                    alert(RuleId.DEVICE_SILENT, Priority.LOW, 8_000, 8_010)));
        }
        assertThat(report(patients, 30).broken()).extracting(Limit::name).containsExactly("alerts per patient-month", "HIGH per patient-month",
                "technical lane per patient-month", "PPV HIGH", "PPV MEDIUM", "missed events, %", "missed events of class HIGH",
                "cost-weighted score");
    }

    @Test
    void shouldBreakNothingWhenAllIsWell() {
        List<PatientResult> patients = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            boolean ill = i % 10 == 0;
            patients.add(patient(person(i), HOME, ill ? List.of(hypoxia(HOME)) : List.of(),
                    ill ? new AlertEpisode[] {alert(RuleId.SPO2_CRIT, Priority.HIGH, 130, 150)} : new AlertEpisode[0]));
        }
        assertThat(report(patients, 30).broken()).isEmpty();
    }

    @Test
    void shouldBreakTheDelayWhenHalfOfTheEventsAreToldLate() {
        assertThat(report(told(131), 30).broken()).extracting(Limit::name)
                .contains("median detection delay beyond the rule's on time, s");
        assertThat(report(told(130), 30).broken()).extracting(Limit::name)
                .doesNotContain("median detection delay beyond the rule's on time, s");
    }

    private static List<PatientResult> told(long minute) {
        List<PatientResult> patients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            patients.add(patient(person(i), HOME, List.of(hypoxia(HOME)), alert(RuleId.SPO2_LOW, Priority.MEDIUM, minute, 150)));
        }
        return patients;
    }

    /** One miss of a HIGH event is judged however few there are; shares are not. */
    @Test
    void shouldJudgeAMissedHighEventInTheSmallestCohort() {
        List<PatientResult> patients = new ArrayList<>();
        patients.add(patient(person(0), HOME, List.of(hypoxia(HOME))));
        for (int i = 1; i < 10; i++) {
            patients.add(patient(person(i), HOME, List.of()));
        }
        CohortReport report = report(patients, 30);
        assertThat(report.broken()).extracting(Limit::name).containsExactly("missed events of class HIGH");
        assertThat(report.limits()).filteredOn(limit -> limit.name().equals("missed events, %")).singleElement()
                .extracting(Limit::state).isEqualTo(Limit.State.TOO_FEW);
    }

    @Test
    void shouldCountWhatFaultsOfDevicesBrought() {
        Truth truth = new Truth(List.of(), List.of(), List.of(new Truth.Fault(FaultKind.S23_FLATLINE, 0, 60 * Made.MINUTE)));
        CohortReport report = report(List.of(patient(person(0), HOME, truth, alert(RuleId.DATA_QUALITY, Priority.LOW, 90, 100),
                alert(RuleId.HR_TACHY_REST, Priority.MEDIUM, 91, 100))), 30);
        assertThat(report.faults()).contains(new CohortReport.FaultValue(FaultKind.S23_FLATLINE, 1, 0, 1));
    }

    @Test
    void shouldWriteTheSameFiguresAsTextAndAsJson() throws Exception {
        CohortReport report = report(told(130), 30);
        JsonNode json = new ObjectMapper().readTree(CohortText.json(report));
        assertThat(json.at("/perPatientMonth/alerts").asDouble()).isEqualTo(1);
        assertThat(json.at("/limits").size()).isEqualTo(report.limits().size());
        List<String> lines = CohortText.lines(report);
        assertThat(lines).anyMatch(line -> line.startsWith("per patient-month: 1.00 alerts"));
        assertThat(lines).anyMatch(line -> line.startsWith("HIGH per patient-month") && line.contains("0.00"));
        assertThat(lines).anyMatch(line -> line.contains("not judged: only 0 alerts"));
    }

    private static CohortReport report(List<PatientResult> patients, int days) {
        return CohortReport.of(new CohortReport.Settings(1, patients.size(), days, "test"), patients, 0);
    }
}
