package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.adapter.RuleSetFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.lowSaturations;
import static io.vitaltwin.twin.topology.Story.pulse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** An alert event tells all that is needed to understand it and to derive it again. */
class AlertRecordTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN).enrol(BEN);

    @Test
    void shouldFillEveryMainField() {
        // Given: somebody else's record lies before on the topic, and another reading before in the batch
        twin.play(batch(BEN, PATCH, at(1), pulse(at(0), 70)));
        // When
        twin.play(batch(ANN, SENSOR, at(302), glucose(at(0), 50), glucose(at(300), 51.5)));
        // Then
        AlertEvent alert = twin.alerts(ANN).getFirst();
        assertThat(alert.getAlertId()).isNotBlank().doesNotContain(ANN);
        assertThat(alert.getPatientId()).isEqualTo(ANN);
        assertThat(alert.getRule()).isEqualTo("CGM_URGENT_LOW");
        assertThat(alert.getFamily()).isEqualTo("CGM_LOW");
        assertThat(alert.getEvent()).isEqualTo(AlertEventType.RAISED);
        assertThat(alert.getPriority()).isIn(Priority.HIGH, Priority.MEDIUM);
        assertThat(alert.getLane()).isEqualTo(Lane.PHYSIOLOGICAL);
        assertThat(alert.getEpisodeStart()).isEqualTo(at(0));
        assertThat(alert.getEffectiveTime()).isEqualTo(at(0));
        assertThat(alert.getAppendTime()).isEqualTo(at(302));
        assertThat(alert.getInformationType()).isEqualTo(InformationType.DESCRIPTIVE);
        assertThat(alert.getThresholds()).containsEntry("CGM_URGENT_LOW.on", 55.0).containsEntry("CGM_URGENT_LOW.onMolar", 3.1);
        assertThat(alert.getRuleSetVersion()).isEqualTo(RuleSetFile.bundled().version());
        assertThat(alert.getConsentVersion()).isEqualTo(Story.consentOf(ANN) + "/1");
        assertThat(alert.getSchemaVersion()).isOne();
        assertThat(alert.getEndReason()).isEmpty();
        assertThat(alert.getText()).contains("50 mg/dL").contains("medical home device");
        assertThat(alert.getEvidence()).containsExactly(Evidence.newBuilder().setRole("last").setTopic("vt.readings.v1").setPartition(0).setOffset(1)
                .setIndex(0).setDeviceId(SENSOR).setGrade(DeviceGrade.MEDICAL_HOME).setVital("glucose_interstitial").setValue(50.0)
                .setUnit("mg/dL").setEffectiveTime(at(0)).setVerdict(Verdict.ACCEPT).setReasons(List.of())
                .setSigma(alert.getEvidence().getFirst().getSigma()).setAgeSeconds(302).build());
    }

    @Test
    void shouldTellTheValueInTheUnitInWhichItCame() {
        // When
        twin.play(batch(ANN, SENSOR, at(2), Story.reading("glucose_interstitial", at(0), 2.9, "mmol/L")),
                batch(BEN, SENSOR, at(3), Story.reading("glucose_interstitial", at(0), "LO", "mg/dL")));
        // Then
        assertThat(twin.alerts(ANN).getFirst().getText()).contains("2.9 mmol/L");
        assertThat(twin.alerts(ANN).getFirst().getEvidence()).extracting(Evidence::getValue, Evidence::getUnit)
                .containsExactly(tuple(2.9, "mmol/L"));
        assertThat(twin.alerts(BEN).getFirst().getText()).contains("at or below 40 mg/dL");
        assertThat(twin.alerts(BEN).getFirst().getEvidence().getFirst().getReasons()).contains("CENSORED");
    }

    @Test
    void shouldLeadFromARunToItsFirstAndLastReading() {
        // When
        twin.play(lowSaturations(ANN, 0, 3));
        // Then
        AlertEvent alert = twin.alerts(ANN, AlertEventType.RAISED).getFirst();
        assertThat(alert.getRule()).isEqualTo("SPO2_CRIT");
        assertThat(alert.getEpisodeStart()).isEqualTo(at(0));
        assertThat(alert.getEffectiveTime()).isEqualTo(at(60));
        assertThat(alert.getEvidence()).extracting(Evidence::getRole).containsExactly("first", "last");
        assertThat(alert.getEvidence()).extracting(Evidence::getOffset).containsExactly(0L, 2L);
        assertThat(alert.getEvidence()).extracting(Evidence::getValue).containsExactly(86.0, 86.0);
        assertThat(alert.getEvidence()).allSatisfy(evidence -> assertThat(evidence.getSigma()).isPositive());
    }

    @Test
    void shouldLeaveNoPlaceholderInAnyText() {
        // When
        try (DrivenTwin crowd = new DrivenTwin().play(new RandomLog(21, List.of(ANN, BEN)).withTicks(Duration.ofSeconds(5)))) {
            List<AlertEvent> alerts = new ArrayList<>(crowd.alerts(ANN));
            alerts.addAll(crowd.alerts(BEN));
            // Then
            assertThat(alerts).extracting(AlertEvent::getFamily).contains("SPO2", "CGM_LOW", "CONSENT", "SYMPTOM_REPORT");
            assertThat(alerts).allSatisfy(alert -> assertThat(alert.getText()).isNotBlank().doesNotContain("{").doesNotContain("}")
                    .doesNotContain("null").doesNotContain("  ").doesNotContain(alert.getPatientId()));
        }
    }

    /** The order in which a map lies in the bytes must not differ from one run of the program to the next. */
    @Test
    void shouldWriteTheThresholdsInTheOrderOfTheirNames() {
        // When
        twin.play(lowSaturations(ANN, 0, 3));
        // Then
        AlertEvent alert = twin.alerts(ANN, AlertEventType.RAISED).getFirst();
        String bytes = new String(twin.records(Story.TOPICS.alerts()).getFirst().value(), StandardCharsets.ISO_8859_1);
        assertThat(alert.getThresholds()).hasSizeGreaterThan(8);
        int before = -1;
        for (String name : new TreeSet<>(alert.getThresholds().keySet())) {
            int place = bytes.indexOf((char) (2 * name.length()) + name);
            assertThat(place).as(name).isGreaterThan(before);
            before = place;
        }
    }

    @Test
    void shouldRaiseWhatAPatientReports() {
        // When
        twin.play(Story.symptom(ANN, "chest_pain", at(1)));
        // Then
        assertThat(twin.alerts(ANN)).singleElement().satisfies(alert -> {
            assertThat(alert.getPriority()).isEqualTo(Priority.HIGH);
            assertThat(alert.getText()).contains("chest pain");
            assertThat(alert.getEvidence()).singleElement().satisfies(said -> {
                assertThat(said.getRole()).isEqualTo("report");
                assertThat(said.getTopic()).isEqualTo(Story.TOPICS.reports().name());
                assertThat(said.getValue()).hasToString("chest_pain");
            });
        });
        assertThat(twin.alerts(BEN)).isEmpty();
    }
}
