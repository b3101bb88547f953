package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.consent;
import static io.vitaltwin.twin.topology.Story.consentOf;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.lowSaturations;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.provision;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.reading;
import static io.vitaltwin.twin.topology.Story.saturation;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

/** Consent decides per reading, fails closed, and what it takes away is forgotten at once. */
@Tag("ethics")
class ConsentGateTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(BEN);

    @Test
    void shouldRefuseWhenNothingIsKnown() {
        // When
        twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 50), glucose(at(1), 50)), batch(BEN, SENSOR, at(3), glucose(at(0), 50)))
                .tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.violations(ANN)).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.getReason()).isEqualTo(ViolationReason.NO_CONSENT);
            assertThat(violation.getStage()).isEqualTo(ViolationStage.COLLECT);
            assertThat(violation.getVital()).isEqualTo("glucose_interstitial");
            assertThat(violation.getPurpose()).isEqualTo("TREAT");
            assertThat(violation.getConsentVersion()).isEmpty();
            assertThat(violation.getDeviceHash()).isNotEmpty().doesNotContain(SENSOR);
        });
        assertThat(twin.violatingReadings(ANN)).isEqualTo(2);
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(2);
        assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.violations(BEN)).isEmpty();
        assertThat(twin.alerts(BEN, AlertEventType.RAISED)).hasSize(1);
    }

    @Test
    void shouldRefuseWithAPlanButNoConsent() {
        // When
        twin.play(plan(ANN, at(-60)), batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // Then
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.NO_CONSENT);
    }

    @Test
    void shouldRefuseAVitalThatNobodyRegisteredWhateverTheConsent() {
        // Given
        twin.enrol(ANN);
        // When
        twin.play(batch(ANN, SENSOR, at(2), reading("location", at(0), 3.0, "deg"), glucose(at(1), 50)),
                withdraw(ANN, "2", at(10)), batch(ANN, SENSOR, at(12), reading("location", at(11), 3.0, "deg"))).tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason)
                .containsExactly(ViolationReason.HYPERCOLLECTION, ViolationReason.HYPERCOLLECTION);
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getVital).containsOnly("location");
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).contains("CGM_URGENT_LOW");
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(2);
    }

    @Test
    void shouldStopAtOnceWhenConsentIsWithdrawn() {
        // Given
        twin.enrol(ANN).play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)), batch(BEN, SENSOR, at(2), glucose(at(0), 50)));
        // When
        twin.play(withdraw(ANN, "2", at(10)), batch(ANN, SENSOR, at(302), glucose(at(300), 48)), batch(BEN, SENSOR, at(302), glucose(at(300), 48)))
                .tick(Duration.ofMinutes(3));
        // Then
        List<AlertEvent> alerts = twin.alerts(ANN);
        assertThat(alerts).extracting(alert -> alert.getRule() + " " + alert.getEvent() + " " + alert.getEndReason())
                .containsExactly("CGM_URGENT_LOW RAISED ", "CGM_URGENT_LOW CLEARED CONSENT_WITHDRAWN", "CONSENT_WITHDRAWN RAISED ");
        assertThat(alerts.get(1).getAlertId()).isEqualTo(alerts.get(0).getAlertId());
        assertThat(alerts.get(1).getEvidence()).isEmpty();
        assertThat(alerts.get(2).getEvidence()).isEmpty();
        assertThat(alerts.get(2).getText()).contains("at the patient's request").doesNotContainPattern("\\d");
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.WITHDRAWN);
        assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        assertThat(twin.alerts(BEN, AlertEventType.CLEARED)).isEmpty();
        assertThat(twin.snapshot(BEN).getVitals()).hasSize(1);
    }

    @Test
    void shouldForgetOnlyTheVitalThatIsDenied() {
        // Given: both vitals have an open alert
        twin.enrol(ANN).play(lowSaturations(ANN, 0, 6)).play(batch(ANN, SENSOR, at(200), glucose(at(199), 50)));
        // When
        twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(210), provision(ProvisionType.PERMIT).build(),
                provision(ProvisionType.DENY).setVitals(List.of("spo2")).build()),
                batch(ANN, OXIMETER, at(221), saturation(at(220), 85)), batch(ANN, SENSOR, at(501), glucose(at(499), 49)))
                .tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getFamily).containsExactly("SPO2", "CGM_LOW");
        assertThat(twin.alerts(ANN, AlertEventType.CLEARED)).singleElement().satisfies(cleared -> {
            assertThat(cleared.getFamily()).isEqualTo("SPO2");
            assertThat(cleared.getEndReason()).isEqualTo("CONSENT_CHANGED");
        });
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactly("glucose_interstitial");
        assertThat(twin.violations(ANN)).singleElement().satisfies(violation -> {
            assertThat(violation.getVital()).isEqualTo("spo2");
            assertThat(violation.getReason()).isEqualTo(ViolationReason.CLASS_DENIED);
            assertThat(violation.getConsentVersion()).isEqualTo(consentOf(ANN) + "/2");
        });
    }

    @Test
    void shouldBeginAnewWithANewConsent() {
        // Given
        twin.enrol(ANN).play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)), withdraw(ANN, "2", at(10)),
                batch(ANN, SENSOR, at(302), glucose(at(300), 48)));
        // When: one reading from the time without consent comes too
        twin.play(permit(ANN, "3", at(400)), batch(ANN, SENSOR, at(602), glucose(at(350), 49), glucose(at(600), 47))).tick(Duration.ofMinutes(3));
        // Then
        List<AlertEvent> low = twin.alerts(ANN).stream().filter(alert -> alert.getFamily().equals("CGM_LOW")).toList();
        assertThat(low).extracting(AlertEvent::getEvent)
                .startsWith(AlertEventType.RAISED, AlertEventType.CLEARED, AlertEventType.RAISED);
        assertThat(low.get(2).getAlertId()).isNotEqualTo(low.get(0).getAlertId());
        assertThat(low.get(2).getEpisodeStart()).isEqualTo(at(600));
        assertThat(low.get(2).getConsentVersion()).isEqualTo(consentOf(ANN) + "/3");
        assertThat(low.get(2).getEvidence()).extracting(Evidence::getValue).containsExactly((Object) 47.0);
        assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getRule().equals("CONSENT_WITHDRAWN")).extracting(AlertEvent::getEvent)
                .containsExactly(AlertEventType.RAISED, AlertEventType.CLEARED);
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason)
                .containsExactlyInAnyOrder(ViolationReason.WITHDRAWN, ViolationReason.DATA_PERIOD);
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(2);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(2);
    }

    /** The second sender is heard within the second that timers look back. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 500, 999, 1_000, 1_001, 5_000})
    void shouldEndMonitoringWhenConsentExpiresWhateverArrivesThen(long millisAfter) {
        // Given
        var until = at(600);
        twin.play(plan(ANN, at(-60)), consent(ANN, "1", ConsentStatus.ACTIVE, at(-59), provision(ProvisionType.PERMIT).setPeriodEnd(until).build()),
                batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // When
        twin.play(batch(ANN, SENSOR, until.plusMillis(millisAfter), glucose(at(301), 51))).tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getFamily().equals("CGM_LOW")).last().satisfies(last -> {
            assertThat(last.getEvent()).isEqualTo(AlertEventType.CLEARED);
            assertThat(last.getEndReason()).isEqualTo("CONSENT_EXPIRED");
        });
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).last().isEqualTo("CONSENT_WITHDRAWN");
        assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(millisAfter < 0 ? 0 : 1);
    }

    @Test
    void shouldEndMonitoringWhenConsentExpiresWhileOthersSend() {
        // Given
        twin.play(plan(ANN, at(-60)), consent(ANN, "1", ConsentStatus.ACTIVE, at(-59), provision(ProvisionType.PERMIT).setPeriodEnd(at(90)).build()),
                batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // When: only another patient sends, and rarely
        twin.play(batch(BEN, SENSOR, at(3_000), glucose(at(2_999), 120)));
        // Then
        assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getRule().equals("CONSENT_WITHDRAWN")).singleElement()
                .satisfies(alert -> assertThat(alert.getText()).contains("expired"));
    }

    @Test
    void shouldBeginWhenTheTimeOfConsentBegins() {
        // Given
        twin.play(plan(ANN, at(-60)), consent(ANN, "1", ConsentStatus.ACTIVE, at(-59), provision(ProvisionType.PERMIT).setPeriodStart(at(90)).build()));
        // When
        twin.play(batch(ANN, SENSOR, at(90).minusMillis(1), glucose(at(80), 50)), batch(ANN, SENSOR, at(90), glucose(at(90), 49)),
                withdraw(ANN, "2", at(95))).tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.fates(ANN).getRefused()).isOne();
        assertThat(twin.fates(ANN).getApplied()).isOne();
        assertThat(twin.alerts(ANN)).extracting(alert -> alert.getFamily() + " " + alert.getEvent())
                .containsExactly("CGM_LOW RAISED", "CGM_LOW CLEARED", "CONSENT RAISED");
    }

    @Test
    void shouldShowThatAVitalIsForgottenWhenOnlyItsConsentExpires() {
        // Given: no alert is open
        twin.play(plan(ANN, at(-60)), consent(ANN, "1", ConsentStatus.ACTIVE, at(-59), provision(ProvisionType.PERMIT).setVitals(List.of("spo2")).build(),
                provision(ProvisionType.PERMIT).setVitals(List.of("glucose_interstitial")).setPeriodEnd(at(90)).build()),
                batch(ANN, SENSOR, at(2), glucose(at(0), 120)), batch(ANN, OXIMETER, at(3), saturation(at(2), 97)));
        // When
        twin.tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactly("spo2");
        assertThat(twin.alerts(ANN)).isEmpty();
    }

    @Test
    void shouldStopWithoutBlamingConsentWhenThePlanEnds() {
        // Given
        twin.enrol(ANN).play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // When
        twin.play(new Input("patients", ANN, null, at(10)), batch(ANN, SENSOR, at(302), glucose(at(300), 48))).tick(Duration.ofMinutes(2));
        // Then
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getFamily).containsOnly("CGM_LOW");
        assertThat(twin.alerts(ANN, AlertEventType.CLEARED)).hasSize(1);
        assertThat(twin.fates(ANN).getRefused()).isOne();
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.HYPERCOLLECTION);
        assertThat(twin.deadLetters()).isEmpty();
    }

    @Test
    void shouldTellTheFirstRefusalAtOnceAndTheRestOnceAMinute() {
        // Given
        twin.enrol(ANN).play(withdraw(ANN, "2", at(0)));
        // When
        for (int i = 0; i < 30; i++) {
            twin.play(batch(ANN, PATCH, at(10 + 5 * i), pulse(at(9 + 5 * i), 70)));
        }
        long told = twin.violations(ANN).size();
        twin.tick(Duration.ofMinutes(3));
        // Then
        assertThat(told).isEqualTo(3);
        assertThat(twin.violations(ANN).getFirst().getCount()).isOne();
        assertThat(twin.violations(ANN).getFirst().getFirstTime()).isEqualTo(at(10));
        assertThat(twin.violations(ANN)).hasSize(4);
        assertThat(twin.violatingReadings(ANN)).isEqualTo(30).isEqualTo(twin.fates(ANN).getRefused());
    }

    @Test
    void shouldTellWhatIsCountedBeforeConsentChanges() {
        // Given
        twin.enrol(ANN).play(withdraw(ANN, "2", at(0)), batch(ANN, PATCH, at(10), pulse(at(9), 70)), batch(ANN, PATCH, at(11), pulse(at(10), 70)));
        // When
        twin.play(permit(ANN, "3", at(12)));
        // Then
        assertThat(twin.violatingReadings(ANN)).isEqualTo(2);
    }

    /** A new consent may cover what is measured from now on, and not what the twin already has. */
    @Test
    void shouldForgetWhatWasMeasuredOutsideTheNewDataPeriod() {
        // Given
        twin.enrol(ANN).play(batch(ANN, SENSOR, at(0), glucose(at(0), 50)), batch(ANN, PATCH, at(0), reading("heart_rate", at(0), 70.0, "/min")));
        // When
        twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(60),
                provision(ProvisionType.PERMIT).setVitals(List.of("heart_rate")).build(),
                provision(ProvisionType.PERMIT).setVitals(List.of("glucose_interstitial")).setDataPeriodStart(at(30)).build()));
        twin.tick(Duration.ofSeconds(3));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).containsExactly("CGM_URGENT_LOW");
        assertThat(twin.alerts(ANN, AlertEventType.CLEARED)).singleElement().satisfies(end -> {
            assertThat(end.getEndReason()).isEqualTo("CONSENT_CHANGED");
            assertThat(end.getEvidence()).isEmpty();
        });
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactly("heart_rate");
        // And what is measured in the period comes in
        twin.play(batch(ANN, SENSOR, at(300), glucose(at(300), 110))).tick(Duration.ofSeconds(3));
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactlyInAnyOrder("heart_rate", "glucose_interstitial");
    }

    /** A version that contradicts itself is told as a dead letter, and takes the place of the one before: it permits nothing. */
    @Test
    void shouldTellOfAConsentThatMeansNothing() {
        // Given
        twin.enrol(ANN);
        Provision inside = provision(ProvisionType.PERMIT).setExceptionTo(0).build();
        // When
        twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(10), provision(ProvisionType.PERMIT).build(), inside),
                batch(ANN, SENSOR, at(12), glucose(at(11), 50)), batch(BEN, SENSOR, at(12), glucose(at(11), 50)));
        // Then
        assertThat(twin.deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.key()).isEqualTo(ANN);
            assertThat(DrivenTwin.headers(dead)).containsEntry("vitaltwin.reason", "CONSENT_INVALID")
                    .hasEntrySatisfying("__streams.errors.message", message -> assertThat(message).contains("rule 1").doesNotContain(ANN));
        });
        assertThat(twin.violations(ANN)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.NO_CONSENT);
        assertThat(twin.fates(BEN).getApplied()).isEqualTo(1);
    }
}
