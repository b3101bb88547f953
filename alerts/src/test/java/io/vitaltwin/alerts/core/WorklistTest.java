package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.vitaltwin.alerts.core.Stage.T0;
import static io.vitaltwin.alerts.core.Stage.min;
import static io.vitaltwin.schemas.Priority.HIGH;
import static io.vitaltwin.schemas.Priority.LOW;
import static io.vitaltwin.schemas.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

class WorklistTest {

    private final Stage stage = new Stage();

    @Test
    void shouldBeEmptyWithoutOpenAlerts() {
        assertThat(Worklist.of(Stage.ANN, Caseload.empty())).isEmpty();
        stage.raise("a", "FEVER", MEDIUM, min(0)).clear("a", min(1));
        assertThat(Worklist.of(Stage.ANN, stage.caseload())).isEmpty();
    }

    @Test
    void shouldPutTheMostUrgentFirstThenTheUnacknowledgedThenTheOlder() {
        // When
        stage.raise("low", "R1", LOW, min(0)).raise("acked", "R2", MEDIUM, min(1)).raise("old", "R3", MEDIUM, min(2)).raise("young", "R4", MEDIUM, min(3))
                .raise("high", "R5", HIGH, min(4)).acknowledge("acked", min(5)).acknowledge("high", min(5));
        // Then
        assertThat(stage.worklist()).extracting(WorklistAlert::getAlertId).containsExactly("high", "old", "young", "acked", "low");
    }

    @Test
    void shouldShowTheFirstToReadersWhoKnowOneAlertOnly() {
        // Given
        AlertEvent event = Stage.event("a", AlertEventType.RAISED, "SPO2_CRIT", HIGH, min(0));
        event.setEvidence(List.of(Stage.evidence("spo2"), Stage.evidence("spo2"), Stage.evidence("heart_rate")));
        event.setTags(List.of("UNVERIFIED"));
        // When
        stage.twin(event, min(0)).raise("b", "FEVER", LOW, min(1)).acknowledge("a", min(2));
        WorklistItem item = Worklist.of(Stage.ANN, stage.caseload()).orElseThrow();
        // Then
        WorklistAlert first = item.getAlerts().getFirst();
        assertThat(item).usingRecursiveComparison().comparingOnlyFields("alertId", "rule", "family", "priority", "lane", "state", "episodeStart", "updated",
                "assignee", "text").isEqualTo(first);
        assertThat(item.getPatientId()).isEqualTo(Stage.ANN);
        assertThat(first.getBasis()).extracting("vital").containsExactly("spo2", "heart_rate");
        assertThat(first.getTags()).containsExactly("UNVERIFIED");
        assertThat(first.getAcknowledgedAt()).isEqualTo(T0.plus(min(2)));
        assertThat(first.getRaised()).isEqualTo(T0);
        assertThat(first.getUpdated()).isEqualTo(T0.plus(min(2)));
        assertThat(first.getStep()).isEqualTo("FIRST_CONTACT");
        assertThat(item.getAlerts()).hasSize(2);
    }

    /** What may end up in a log. */
    @Test
    void shouldPrintNeitherPatientNorText() {
        stage.raise("a", "SPO2_CRIT", HIGH, min(0));
        assertThat(stage.caseload().toString() + stage.alert("a").condition() + new Surroundings("ann", Rota.nobody(), 0))
                .doesNotContain("86.5").doesNotContain("ann");
    }
}
