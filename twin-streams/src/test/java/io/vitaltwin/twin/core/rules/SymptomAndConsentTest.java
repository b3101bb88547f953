package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.TwinFold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (SYMPTOM_REPORT), 8.3.6, 8.4 E9; S26, S30. */
@org.junit.jupiter.api.Tag("ethics")
class SymptomAndConsentTest {

    private static final Set<Vital> ALL = EnumSet.allOf(Vital.class);

    private final RuleBench bench = RuleBench.adult().collects(Vital.values());
    private final Feed patch = bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1));

    private void covered(long second, Set<Vital> vitals, String reason) {
        bench.turn(second);
        bench.twin(TwinFold.keep(bench.twin(), vitals));
        ConsentRule.onCovered(bench.turn(second), vitals, false, reason, RuleBench.millis(second));
    }

    @ParameterizedTest
    @CsvSource({"breathlessness, MEDIUM, breathlessness", "chest_pain, HIGH, chest pain", "fainting, HIGH, fainting", "confusion, MEDIUM, confusion",
        "something_is_wrong, MEDIUM, something is wrong", "purple, MEDIUM, something is wrong"})
    void shouldRaiseWhatThePatientSays(String symptom, String priority, String words) {
        bench.symptom(300, symptom);
        assertThat(bench.log()).containsExactly("RAISED SYMPTOM_REPORT " + priority + " 300");
        assertThat(bench.alert(0).text()).isEqualTo("The patient reports: " + words + ".");
    }

    @Test
    void shouldKeepAReportOpenWhateverTheDevicesMeasure() {
        bench.symptom(0, "breathlessness");
        patch.hold(MINUTE, 120 * MINUTE, 70);
        assertThat(bench.log()).hasSize(1);
        assertThat(bench.twin().holds(RuleId.SYMPTOM_REPORT)).isTrue();
    }

    @Test
    void shouldAddASecondReportAndUpgradeByAWorseOne() {
        bench.symptom(0, "confusion").symptom(60, "breathlessness").symptom(120, "chest_pain").symptom(180, "confusion");
        assertThat(bench.log()).containsExactly("RAISED SYMPTOM_REPORT MEDIUM 0", "UPDATED SYMPTOM_REPORT MEDIUM 60",
                "UPGRADED SYMPTOM_REPORT HIGH 120", "UPDATED SYMPTOM_REPORT HIGH 180");
    }

    @Test
    void shouldKeepADisputeBesideTheAlert() {
        patch.hold(0, 10 * MINUTE, 140);
        assertThat(bench.dispute(11 * MINUTE, RuleId.HR_TACHY_REST)).isTrue();
        assertThat(bench.log()).last().isEqualTo("UPDATED HR_TACHY_REST MEDIUM 660");
        assertThat(Tag.of(bench.alert(1).tags())).containsExactly(Tag.DISPUTED);
        assertThat(bench.twin().holds(RuleId.HR_TACHY_REST)).isTrue();
        patch.hold(11 * MINUTE, 20 * MINUTE, 100);
        assertThat(Tag.of(bench.alerts().getLast().tags())).containsExactly(Tag.DISPUTED);
    }

    @Test
    void shouldNotDisputeWhatIsNotOpen() {
        assertThat(bench.dispute(0, RuleId.HR_TACHY_REST)).isFalse();
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldEndEpisodesAndTellThatMonitoringStopped() {
        // Given: S26
        covered(0, ALL, "");
        patch.hold(0, 30 * MINUTE, 155);
        // When
        covered(30 * MINUTE, Set.of(), "CONSENT_WITHDRAWN");
        // Then
        assertThat(bench.log()).containsExactly("RAISED HR_TACHY_REST HIGH 300", "CLEARED HR_TACHY_REST HIGH 1800",
                "RAISED CONSENT_WITHDRAWN INFO 1800");
        assertThat(bench.alert(1).endReason()).isEqualTo("CONSENT_WITHDRAWN");
        assertThat(bench.alert(1).evidence()).isEmpty();
        assertThat(bench.alert(2).text()).isEqualTo("Monitoring stopped at the patient's request.");
        assertThat(bench.alert(2).evidence()).isEmpty();
        assertThat(bench.twin().streams()).isEmpty();
    }

    @Test
    void shouldTellOnceThatConsentHasExpired() {
        covered(0, ALL, "");
        covered(60, Set.of(), "CONSENT_EXPIRED");
        covered(120, Set.of(), "CONSENT_EXPIRED");
        assertThat(bench.log()).containsExactly("RAISED CONSENT_WITHDRAWN INFO 60");
        assertThat(bench.alert(0).text()).isEqualTo("Monitoring stopped because consent has expired.");
    }

    @Test
    void shouldEndTheNoticeWhenConsentIsBack() {
        covered(0, ALL, "");
        covered(60, Set.of(), "CONSENT_WITHDRAWN");
        covered(120, Set.of(Vital.SPO2), "");
        assertThat(bench.log()).last().isEqualTo("CLEARED CONSENT_WITHDRAWN INFO 120");
    }

    @Test
    void shouldTellNothingOfConsentWhenThePlanChanges() {
        covered(0, ALL, "");
        ConsentRule.onCovered(bench.turn(60), Set.of(), true, "PLAN_CHANGED", RuleBench.millis(60));
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldTellNothingToAPatientWhoWasNeverMonitored() {
        covered(0, Set.of(), "CONSENT_WITHDRAWN");
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldEndOnlyWhatRestsOnWhatIsNoLongerCovered() {
        covered(0, ALL, "");
        patch.hold(0, 10 * MINUTE, 140);
        bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).hold(0, 10 * MINUTE, 90);
        covered(11 * MINUTE, EnumSet.of(Vital.SPO2), "CONSENT_CHANGED");
        assertThat(bench.twin().holds(RuleId.SPO2_LOW)).isTrue();
        assertThat(bench.twin().holds(RuleId.HR_TACHY_REST)).isFalse();
        assertThat(bench.log()).filteredOn(line -> line.startsWith("CLEARED")).containsExactly("CLEARED HR_TACHY_REST MEDIUM 660");
    }

    @Test
    void shouldKeepAReportedSymptomOpenWithoutConsent() {
        covered(0, ALL, "");
        bench.symptom(30, "chest_pain");
        covered(60, Set.of(), "CONSENT_WITHDRAWN");
        assertThat(bench.twin().holds(RuleId.SYMPTOM_REPORT)).isTrue();
    }

    @Test
    void shouldNotCallSilentWhatMayNotBeUsed() {
        covered(0, ALL, "");
        patch.at(0, 70);
        SilenceRules.onTime(bench.turn(1200), patch.stream(), RuleBench.millis(1200));
        covered(1260, EnumSet.of(Vital.SPO2), "CONSENT_CHANGED");
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SILENT LOW 1200", "CLEARED DEVICE_SILENT LOW 1260");
    }
}
