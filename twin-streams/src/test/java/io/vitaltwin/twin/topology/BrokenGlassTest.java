package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.breakGlass;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.pulses;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.3 point 10 on the stream, emergency access: opened without consent, audited, told to the patient, over after four hours. */
@Tag("ethics")
class BrokenGlassTest {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int FOUR_HOURS = 4 * HOUR;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    private List<AlertEvent> notices() {
        return twin.alerts(ANN).stream().filter(alert -> alert.getFamily().equals("CONSENT")).toList();
    }

    private void withdrawAndBreak() {
        twin.play(pulses(ANN, 0, 2)).play(withdraw(ANN, "2", at(10 * MINUTE)), breakGlass(ANN, "e1", at(20 * MINUTE)));
    }

    @Test
    void shouldOpenForFourHoursAndNoLonger() {
        withdrawAndBreak();
        twin.play(pulses(ANN, 21, 25));
        long end = 20 * MINUTE + FOUR_HOURS;
        twin.play(batch(ANN, PATCH, at(end).minusMillis(1), pulse(at(end - 10), 70)), batch(ANN, PATCH, at(end), pulse(at(end - 5), 70)))
                .tick(Duration.ofMinutes(3));
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(9);
        assertThat(twin.fates(ANN).getRefused()).isOne();
    }

    @Test
    void shouldBeAuditedAndTold() {
        withdrawAndBreak();
        assertThat(twin.disclosures(ANN)).singleElement().satisfies(entry -> {
            assertThat(entry.getEgress()).isEqualTo("break-glass");
            assertThat(entry.getPurpose()).isEqualTo("ETREAT");
            assertThat(entry.getActor()).isEqualTo("dr-4711");
            assertThat(entry.getRole()).isEqualTo("physician");
            assertThat(entry.getReason()).isEqualTo("found unconscious");
            assertThat(entry.getConsentVersion()).isEqualTo("emergency/e1");
            assertThat(entry.getTime()).isEqualTo(at(20 * MINUTE));
        });
        assertThat(twin.alerts(ANN)).last().satisfies(alert -> {
            assertThat(alert.getRule()).isEqualTo("BREAK_GLASS");
            assertThat(alert.getEvent()).isEqualTo(AlertEventType.RAISED);
            assertThat(alert.getPriority()).isEqualTo(Priority.INFO);
            assertThat(alert.getLane()).isEqualTo(Lane.ADMINISTRATIVE);
            assertThat(alert.getText()).contains("physician", "2026-03-01 12:20 UTC").doesNotContain("dr-4711", "unconscious");
            assertThat(alert.getEvidence()).isEmpty();
        });
        assertThat(twin.notifications(ANN)).isEmpty();
    }

    @Test
    void shouldTellThePatientAndForgetAtItsEnd() {
        withdrawAndBreak();
        twin.play(pulses(ANN, 21, 25));
        twin.tick(Duration.ofHours(4), Duration.ofSeconds(30));
        // Then
        assertThat(twin.notifications(ANN)).singleElement().satisfies(notice -> {
            assertThat(notice.getChannel()).isEqualTo("patient");
            assertThat(notice.getRecipient()).isEqualTo("patient");
            assertThat(notice.getStatus()).isEqualTo(DeliveryStatus.PLANNED);
            assertThat(notice.getAlertId()).isEqualTo(twin.alerts(ANN).stream().filter(alert -> alert.getRule().equals("BREAK_GLASS")).findFirst().orElseThrow()
                    .getAlertId());
        });
        assertThat(notices()).extracting(alert -> alert.getRule() + " " + alert.getEvent()).endsWith(
                "BREAK_GLASS CLEARED", "CONSENT_WITHDRAWN RAISED");
        assertThat(notices()).last().satisfies(alert -> assertThat(alert.getText()).contains("emergency access has ended"));
        assertThat(twin.state(ANN).streams()).isEmpty();
        assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
    }

    @Test
    void shouldForgetWhatWasTakenUnderItAlsoWhereConsentHasComeBack() {
        withdrawAndBreak();
        twin.play(pulses(ANN, 21, 25));
        twin.play(permit(ANN, "3", at(40 * MINUTE)));
        twin.tick(Duration.ofHours(4), Duration.ofSeconds(30));
        assertThat(twin.state(ANN).streams()).isEmpty();
        assertThat(notices()).extracting(AlertEvent::getRule).last().isEqualTo("BREAK_GLASS");
    }

    @Test
    void shouldKeepWhatConsentCoversAnyway() {
        twin.play(pulses(ANN, 0, 2));
        twin.play(breakGlass(ANN, "e1", at(20 * MINUTE)));
        twin.play(pulses(ANN, 21, 25));
        twin.tick(Duration.ofHours(4), Duration.ofSeconds(30));
        assertThat(twin.state(ANN).streams()).hasSize(1);
        assertThat(twin.notifications(ANN)).hasSize(1);
    }

    @Test
    void shouldRunUntilTheLastOfTwoEnds() {
        withdrawAndBreak();
        twin.play(breakGlass(ANN, "e2", at(2 * HOUR)));
        assertThat(twin.disclosures(ANN)).hasSize(2);
        twin.tick(Duration.ofHours(3), Duration.ofSeconds(30));
        assertThat(twin.notifications(ANN)).isEmpty();
        twin.tick(Duration.ofHours(2), Duration.ofSeconds(30));
        assertThat(twin.notifications(ANN)).hasSize(1);
        assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getRule().equals("BREAK_GLASS")).extracting(AlertEvent::getEvent)
                .containsExactly(AlertEventType.RAISED, AlertEventType.UPDATED, AlertEventType.CLEARED);
    }
}
