package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.testbench.ethics.Life.Lived;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.vitaltwin.testbench.ethics.Life.at;
import static io.vitaltwin.testbench.ethics.Life.glucose;
import static io.vitaltwin.testbench.ethics.Life.pulse;
import static io.vitaltwin.testbench.ethics.Life.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** E9: what patients say counts as much as what devices say. */
@Tag("ethics")
class E09EpistemicInjusticeTest {

    @Test
    void shouldAlertForASymptomAlthoughEverythingMeasuredIsNormal() {
        // When
        Lived lived = Life.of("ann", Life.OXIMETER, Life.PATCH).send("oximeter", saturation(0, 98)).send("patch", pulse(0, 65)).symptom(60, "something_is_wrong").live();
        // Then
        assertThat(lived.raised()).singleElement().satisfies(alert -> {
            assertThat(alert.getRule()).isEqualTo("SYMPTOM_REPORT");
            assertThat(alert.getText()).contains("The patient reports");
            assertThat(alert.getEvidence()).extracting("role").contains("report");
        });
    }

    @Test
    void shouldShowADisputeBesideTheAlertAndKeepBoth() {
        // When
        Lived lived = Life.of("ann", Life.SENSOR).send("sensor", glucose(0, 50)).report(PatientReport.newBuilder().setReportId("no").setPatientId("ann")
                .setEffectiveTime(at(120)).setKind(ReportKind.DISPUTE).setDisputedRule("CGM_URGENT_LOW").build()).live();
        // Then
        assertThat(lived.alerts()).filteredOn(alert -> alert.getTags().contains("DISPUTED")).singleElement().satisfies(alert ->
                assertThat(alert.getRule()).isEqualTo("CGM_URGENT_LOW"));
        assertThat(lived.last().getOpenAlerts()).extracting("rule").contains("CGM_URGENT_LOW");
    }

    @Test
    void shouldSayWhyInPlainWordsWithEveryAlert() {
        // When
        Life ann = Life.of("ann", Life.OXIMETER, Life.PATCH, Life.SENSOR).symptom(30, "breathlessness").send("sensor", glucose(0, 50)).send("sensor", glucose(1_200, 110));
        for (int minute = 0; minute < 12; minute++) {
            ann.send("oximeter", saturation(minute * 60, minute < 6 ? 84 : 97)).send("patch", pulse(minute * 60, 140));
        }
        Lived lived = ann.live();
        // Then
        assertThat(lived.alerts()).hasSizeGreaterThan(4).allSatisfy(alert -> {
            assertThat(alert.getText()).endsWith(".").doesNotContain("{").doesNotContain("null").matches("(?s)[A-Z].{15,}");
            assertThat(alert.getText()).doesNotContain(alert.getRule());
        });
        assertThat(lived.alerts()).extracting(AlertEvent::getFamily).contains("SPO2", "CGM_LOW", "SYMPTOM_REPORT");
    }
}
