package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.PatientStatement;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.core.part.PartKind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.report;
import static io.vitaltwin.twin.topology.Story.symptom;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** CR 8.4 E8.1 and E9: what the patient says stands beside what the devices say. */
@Tag("ethics")
class PatientSaysTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    private static Input note(String code, Instant from, Instant until, Instant at) {
        return report(report(ANN, ReportKind.CONTEXT_NOTE, from).setNote(code).setUntilTime(until).build(), at);
    }

    private static Input disputeOfReadings(String vital, String device, Instant from, Instant until, Instant at) {
        return report(report(ANN, ReportKind.DISPUTE, at).setDisputedVital(vital).setDisputedDeviceId(device).setDisputedFrom(from).setUntilTime(until).build(), at);
    }

    private List<PatientStatement> says() {
        return twin.snapshot(ANN).getPatientSays();
    }

    @Test
    void shouldRaiseASymptomThoughAllVitalsAreUsual() {
        twin.play(batch(ANN, PATCH, at(2), pulse(at(0), 70)), symptom(ANN, "chest_pain", at(10))).tick(Duration.ofSeconds(5));
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).containsExactly("SYMPTOM_REPORT");
        assertThat(says()).singleElement().satisfies(statement -> {
            assertThat(statement.getKind()).isEqualTo(ReportKind.SYMPTOM);
            assertThat(statement.getWord()).isEqualTo("chest_pain");
            assertThat(statement.getEffectiveTime()).isEqualTo(at(10));
            assertThat(statement.getDisagreement()).isTrue();
        });
        assertThat(twin.snapshot(ANN).getVitals()).hasSize(1);
    }

    @Test
    void shouldSeeNoDisagreementWhereADeviceSaysThatSomethingIsWrong() {
        twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)), symptom(ANN, "confusion", at(10))).tick(Duration.ofSeconds(5));
        assertThat(says()).singleElement().satisfies(statement -> assertThat(statement.getDisagreement()).isFalse());
    }

    @Test
    void shouldAttachCircumstancesToAlertsWhileTheyHold() {
        twin.play(note("travel", at(0), at(600), at(0)), note("equipment_failure", at(0), null, at(1)), batch(ANN, SENSOR, at(302), glucose(at(300), 50)),
                symptom(ANN, "fainting", at(700)));
        List<AlertEvent> raised = twin.alerts(ANN, AlertEventType.RAISED);
        assertThat(raised.get(0).getContextNotes()).containsExactly("equipment_failure", "travel");
        assertThat(raised.get(0).getText()).contains("Reported for this time: equipment failure, travel.");
        assertThat(raised.get(1).getContextNotes()).containsExactly("equipment_failure");
    }

    @Test
    void shouldForgetACircumstanceOfUnknownEndAfterADay() {
        twin.play(note("travel", at(0), null, at(0)), symptom(ANN, "fainting", at(86_400)), symptom(ANN, "chest_pain", at(86_401)));
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getContextNotes).containsExactly(List.of("travel"), List.of());
    }

    @Test
    void shouldShowTheEightNewestOfAWeek() {
        twin.play(symptom(ANN, "confusion", at(0)));
        for (int i = 1; i <= 10; i++) {
            twin.play(note("note-" + i, at(i * 60L), null, at(i * 60L)));
        }
        twin.tick(Duration.ofSeconds(5));
        assertThat(says()).extracting(PatientStatement::getWord).containsExactly("note-10", "note-9", "note-8", "note-7", "note-6", "note-5", "note-4", "note-3");
        twin.play(symptom(ANN, "fainting", at(8 * 86_400L))).tick(Duration.ofSeconds(5));
        assertThat(says()).extracting(PatientStatement::getWord).containsExactly("fainting");
    }

    @Test
    void shouldKeepOneOfAReportThatIsSentTwiceAndNoFreeText() {
        twin.play(note("my aunt died", at(0), null, at(0)), note("my aunt died", at(0), null, at(1))).tick(Duration.ofSeconds(5));
        assertThat(says()).extracting(PatientStatement::getWord).containsExactly("other");
    }

    @Test
    void shouldDoubtDisputedReadingsAndLearnNothingFromThem() {
        // Given: the patient says that the pulses of minutes 5 to 9 were not hers; one of them comes only afterwards
        for (int minute = 0; minute < 10; minute++) {
            if (minute != 7) {
                twin.play(batch(ANN, PATCH, at(minute * 60L + 2), pulse(at(minute * 60L), 70 + minute % 2)));
            }
        }
        // When
        twin.play(disputeOfReadings("heart_rate", PATCH, at(300), at(540), at(600)), batch(ANN, PATCH, at(610), pulse(at(420), 71)),
                batch(ANN, PATCH, at(662), pulse(at(660), 70))).tick(Duration.ofSeconds(5));
        // Then
        List<QualityFlag> disputed = twin.flags(ANN, "DISPUTED");
        assertThat(disputed).hasSize(2).allMatch(flag -> flag.getVerdict() == Verdict.SUSPECT && flag.getVital().equals("heart_rate"));
        assertThat(disputed.get(0).getEffectiveTime()).isEqualTo(at(300));
        assertThat(disputed.get(0).getUntilTime()).isEqualTo(at(540));
        assertThat(disputed.get(1).getEffectiveTime()).isEqualTo(at(420));
        assertThat(says()).singleElement().satisfies(statement -> {
            assertThat(statement.getKind()).isEqualTo(ReportKind.DISPUTE);
            assertThat(statement.getWord()).isEqualTo("heart_rate");
            assertThat(statement.getDisagreement()).isTrue();
        });
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(11);
        assertThat(twin.snapshot(ANN).getVitals().getFirst().getVerdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void shouldShowADisputedNewestReadingWithItsDoubt() {
        twin.play(batch(ANN, PATCH, at(2), pulse(at(0), 70)), disputeOfReadings("heart_rate", null, at(0), at(0), at(60))).tick(Duration.ofSeconds(5));
        assertThat(twin.snapshot(ANN).getVitals()).singleElement().satisfies(vital -> {
            assertThat(vital.getVerdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(vital.getReasons()).contains("DISPUTED");
            assertThat(vital.getValue()).isEqualTo(70.0);
        });
    }

    /** Nobody can say today that tomorrow's readings are wrong: it would silence them. */
    @Test
    void shouldNotDoubtWhatIsMeasuredAfterTheDispute() {
        twin.play(disputeOfReadings("glucose_interstitial", SENSOR, at(0), at(86_400), at(10)), batch(ANN, SENSOR, at(302), glucose(at(300), 50)));
        assertThat(twin.flags(ANN)).noneMatch(flag -> flag.getReasons().contains("DISPUTED"));
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).containsExactly("CGM_URGENT_LOW");
    }

    @Test
    void shouldShowADisputedAlert() {
        twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)),
                report(report(ANN, ReportKind.DISPUTE, at(60)).setDisputedRule("CGM_URGENT_LOW").build(), at(60))).tick(Duration.ofSeconds(5));
        assertThat(twin.alerts(ANN)).last().satisfies(alert -> assertThat(alert.getTags()).contains("DISPUTED"));
        assertThat(says()).extracting(PatientStatement::getWord, PatientStatement::getDisagreement)
                .containsExactly(tuple("CGM_URGENT_LOW", true));
    }

    @Test
    void shouldKeepWhatWasSaidButForgetDisputesOfWhatMayNoLongerBeUsed() {
        twin.play(batch(ANN, PATCH, at(2), pulse(at(0), 70)), symptom(ANN, "confusion", at(10)),
                disputeOfReadings("heart_rate", null, at(0), at(0), at(60)), withdraw(ANN, "2", at(120))).tick(Duration.ofSeconds(5));
        assertThat(says()).extracting(PatientStatement::getWord).containsExactly("confusion");
        assertThat(twin.state(ANN).parts().holds(PartKind.STATEMENTS)).isTrue();
    }

    @Test
    void shouldAskNothingOfAReportThatLacksWhatItsKindNeeds() {
        for (ReportKind kind : ReportKind.values()) {
            twin.play(report(report(ANN, kind, at(0)).build(), at(1)));
        }
        twin.play(report(report(ANN, ReportKind.DISPUTE, at(0)).setDisputedVital("no_such_vital").build(), at(2))).tick(Duration.ofSeconds(5));
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.deadLetters()).isEmpty();
        assertThat(says()).isEmpty();
    }
}
