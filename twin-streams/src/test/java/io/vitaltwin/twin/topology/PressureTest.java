package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.Verdict;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Blood pressures through the whole topology: pairs that are none, repeats that do not come, consent that ends in between. */
class PressureTest {

    private static final String CUFF = "cuff-1";

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN, cuff()).enrol(BEN, cuff());

    private static RegisteredDevice cuff() {
        return Story.device(CUFF, "cuff", Duration.ofHours(12), "bp_systolic", "bp_diastolic");
    }

    private static Reading systolic(Instant effective, double value) {
        return Story.reading("bp_systolic", effective, value, "mm[Hg]");
    }

    private static Reading diastolic(Instant effective, double value) {
        return Story.reading("bp_diastolic", effective, value, "mm[Hg]");
    }

    private static Input pressure(String patient, long second, double high, double low) {
        return batch(patient, CUFF, at(second + 2), systolic(at(second), high), diastolic(at(second), low));
    }

    @Test
    void shouldFlagBothHalvesOfAPairThatIsNone() {
        // Given
        twin.play(pressure(ANN, 0, 120, 80));
        // When
        twin.play(batch(ANN, CUFF, at(62), systolic(at(60), 85), diastolic(at(60), 130)), pressure(BEN, 60, 85, 65)).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.flags(ANN)).extracting(QualityFlag::getVital).containsExactly("bp_diastolic", "bp_systolic");
        assertThat(twin.flags(ANN)).allSatisfy(flag -> {
            assertThat(flag.getVerdict()).isEqualTo(Verdict.REJECT);
            assertThat(flag.getReasons()).contains("BP_RELATION");
            assertThat(flag.getEffectiveTime()).isEqualTo(at(60));
        });
        assertThat(twin.flags(ANN).getLast().getUntilTime()).as("of what came before").isEqualTo(at(60));
        assertThat(twin.flags(BEN)).isEmpty();
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getValue).containsExactly(120.0, 80.0);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(4);
    }

    @Test
    void shouldTellAQuarterOfAnHourLaterWhateverTicksCome() {
        // Given
        twin.play(pressure(ANN, 0, 186, 118), pressure(BEN, 0, 186, 118), pressure(BEN, 240, 150, 95));
        // When
        twin.tick(Duration.ofMinutes(20), Duration.ofSeconds(97));
        // Then
        List<AlertEvent> alerts = twin.alerts(ANN);
        assertThat(alerts).extracting(alert -> alert.getEvent() + " " + alert.getRule() + " " + alert.getPriority())
                .containsExactly("RAISED REPEAT_REQUEST INFO", "CLEARED REPEAT_REQUEST INFO", "RAISED BP_SEVERE_UNCONFIRMED MEDIUM");
        assertThat(alerts.get(0).getLane()).isEqualTo(Lane.ADMINISTRATIVE);
        assertThat(alerts.get(2).getEffectiveTime()).isEqualTo(at(900));
        assertThat(alerts.get(2).getEpisodeStart()).isEqualTo(at(0));
        assertThat(alerts.get(2).getFamily()).isEqualTo("BP_SEVERE");
        assertThat(twin.alerts(BEN)).extracting(AlertEvent::getRule).containsOnly("REPEAT_REQUEST");
    }

    @Test
    void shouldEndTheRequestAndForgetTheReadingWhenConsentEnds() {
        // Given
        twin.play(pressure(ANN, 0, 186, 118));
        // When
        twin.play(Story.withdraw(ANN, "2", at(60)));
        twin.tick(Duration.ofMinutes(20));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.CLEARED)).extracting(AlertEvent::getRule, AlertEvent::getEndReason)
                .containsExactly(tuple("REPEAT_REQUEST", "CONSENT_WITHDRAWN"));
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).doesNotContain("BP_SEVERE_UNCONFIRMED");
    }

    @Test
    void shouldUpgradeWhenASymptomIsReported() {
        twin.play(pressure(ANN, 0, 190, 122), pressure(ANN, 180, 188, 120), Story.symptom(ANN, "chest_pain", at(300)));
        assertThat(twin.alerts(ANN, AlertEventType.UPGRADED)).extracting(AlertEvent::getRule, alert -> alert.getPriority().name())
                .containsExactly(tuple("BP_SEVERE", "HIGH"));
    }
}
