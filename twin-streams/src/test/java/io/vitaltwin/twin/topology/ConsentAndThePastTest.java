package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.state.Ended;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import static io.vitaltwin.twin.topology.Story.consentSince;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.lowSaturations;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.provision;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.pulses;
import static io.vitaltwin.twin.topology.Story.saturation;
import static io.vitaltwin.twin.topology.Story.switchOff;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** CR 8.3 on the stream, what consent says of the past: what stands, what is forgotten, what begins anew. One class for each point. */
@Tag("ethics")
class ConsentAndThePastTest {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    private static Input backdated(Instant since, Instant at) {
        return consentSince(ANN, consentOf(ANN), "2", ConsentStatus.INACTIVE, since, at);
    }

    @Nested
    class Point2WhatWasLawfulStands {

        @Test
        void shouldLeaveAlertsOfBeforeInTheRecord() {
            twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)), withdraw(ANN, "2", at(60))).tick(Duration.ofMinutes(3));
            assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).contains("CGM_URGENT_LOW");
            assertThat(twin.alerts(ANN, AlertEventType.INVALIDATED)).isEmpty();
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).isEmpty();
        }

        @Test
        void shouldTellWhatABackdatedWithdrawalWouldHaveForbidden() {
            // Given: 60 readings were used; the withdrawal, meant since minute 30, is written down at minute 60
            twin.play(pulses(ANN, 0, 59));
            // When
            twin.play(backdated(at(30 * MINUTE), at(HOUR)));
            twin.play(pulses(ANN, 60, 64));
            twin.tick(Duration.ofMinutes(3));
            // Then
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getStage()).isEqualTo(ViolationStage.USE);
                assertThat(violation.getVital()).isEqualTo("heart_rate");
                assertThat(violation.getCount()).isEqualTo(30);
                assertThat(violation.getFirstTime()).isEqualTo(at(30 * MINUTE + 2));
                assertThat(violation.getLastTime()).isEqualTo(at(59 * MINUTE + 2));
                assertThat(violation.getConsentVersion()).isEqualTo(consentOf(ANN) + "/2");
                assertThat(violation.getDeviceHash()).isNotEmpty().doesNotContain(PATCH);
            });
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(5).isEqualTo(twin.violatingReadings(ANN, ViolationStage.COLLECT));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(60);
        }

        @Test
        void shouldCountToTheReadingWithinAMinute() {
            for (int second = 0; second < 120; second += 5) {
                twin.play(batch(ANN, OXIMETER, at(second), saturation(at(second), 97)));
            }
            twin.play(backdated(at(42), at(120)));
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getCount()).isEqualTo(15);
                assertThat(violation.getFirstTime()).isEqualTo(at(45));
                assertThat(violation.getLastTime()).isEqualTo(at(115));
            });
        }

        @Test
        void shouldTellEachUseOnce() {
            twin.play(pulses(ANN, 0, 9));
            twin.play(backdated(at(5 * MINUTE), at(10 * MINUTE)),
                    consentSince(ANN, consentOf(ANN), "3", ConsentStatus.INACTIVE, at(2 * MINUTE), at(11 * MINUTE)),
                    consentSince(ANN, consentOf(ANN), "3", ConsentStatus.INACTIVE, at(2 * MINUTE), at(12 * MINUTE)));
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).extracting(ConsentViolation::getCount).containsExactly(5L, 3L);
        }

        @Test
        void shouldTellOnlyOfTheClassThatIsDenied() {
            twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 120)));
            twin.play(pulses(ANN, 0, 9));
            twin.play(switchOff(ANN, "1", at(0), at(10 * MINUTE), "heart_rate"));
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).extracting(ConsentViolation::getVital, ConsentViolation::getCount)
                    .containsExactly(tuple("heart_rate", 10L));
        }

        @Test
        void shouldTellOfADeniedPeriodThatLiesBefore() {
            twin.play(pulses(ANN, 0, 9));
            twin.play(consentSince(ANN, "switches", "1", ConsentStatus.ACTIVE, at(10 * MINUTE), at(10 * MINUTE),
                    Provision.newBuilder().setType(ProvisionType.DENY).setPeriodStart(at(2 * MINUTE)).setPeriodEnd(at(4 * MINUTE)).build()));
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> assertThat(violation.getCount()).isEqualTo(2));
        }

        @Test
        void shouldRememberADayByTheMinuteAndAWeekByTheHour() {
            // Given: five readings an hour, for nine days
            int hours = 9 * 24;
            for (int hour = 0; hour < hours; hour++) {
                for (int i = 0; i < 5; i++) {
                    long second = hour * (long) HOUR + i * 10 * MINUTE;
                    twin.play(batch(ANN, PATCH, at(second), pulse(at(second), 70 + i % 2)));
                }
            }
            assertThat(twin.stored(TwinStores.USES, ANN)).hasSizeBetween(24, 27);
            // When
            twin.play(backdated(at(-30), at(hours * (long) HOUR)));
            // Then
            assertThat(twin.violations(ANN, ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getCount()).isBetween(7 * 24 * 5L, 7 * 24 * 5L + 5);
                assertThat(violation.getFirstTime()).isAfterOrEqualTo(at((hours - 7 * 24 - 1) * (long) HOUR));
                assertThat(violation.getLastTime()).isEqualTo(at((hours - 1) * (long) HOUR + 40 * MINUTE));
            });
        }
    }

    @Nested
    class Point6WhatIsWithdrawnIsForgotten {

        /** A low saturation that ended and one that is open, a pulse, a glucose, and readings that wait. */
        private void live() {
            twin.play(lowSaturations(ANN, 0, 8));
            for (int i = 9; i <= 16; i++) {
                twin.play(batch(ANN, OXIMETER, at(30 * i + 1), saturation(at(30 * i), 96 + i % 2)));
            }
            twin.play(lowSaturations(ANN, 17, 25));
            twin.play(batch(ANN, SENSOR, at(800), glucose(at(799), 50)), batch(ANN, PATCH, at(801), pulse(at(800), 70)));
        }

        @Test
        void shouldKeepNothingOfTheClass() {
            // Given
            live();
            assertThat(twin.state(ANN).streams()).extracting(StreamState::vital).contains(Vital.SPO2, Vital.HEART_RATE, Vital.GLUCOSE_INTERSTITIAL);
            // When
            twin.play(switchOff(ANN, "1", at(810), at(810), "spo2"));
            // Then
            TwinState state = twin.state(ANN);
            assertThat(state.streams()).extracting(StreamState::vital).containsExactlyInAnyOrder(Vital.HEART_RATE, Vital.GLUCOSE_INTERSTITIAL);
            assertThat(partsOn(state.parts(), Vital.SPO2)).isEmpty();
            assertThat(state.parts().find(Ended.TYPE).flatMap(ended -> ended.last(Family.SPO2))).isEmpty();
            twin.tick(Duration.ofMinutes(1));
            TwinSnapshot snapshot = twin.snapshot(ANN);
            assertThat(snapshot.getVitals()).extracting(TwinVital::getVital).containsExactlyInAnyOrder("heart_rate", "glucose_interstitial");
            assertThat(snapshot.getOpenAlerts()).noneMatch(open -> open.getFamily().equals("SPO2"));
        }

        private static List<PartKind> partsOn(Parts parts, Vital vital) {
            List<PartKind> kinds = new ArrayList<>();
            for (PartKind kind : PartKind.values()) {
                if (kind.vitals().contains(vital) && parts.holds(kind)) {
                    kinds.add(kind);
                }
            }
            return kinds;
        }

        @Test
        void shouldEndWhatRestsOnItAndLeaveTheRest() {
            live();
            twin.play(switchOff(ANN, "1", at(810), at(810), "spo2")).tick(Duration.ofMinutes(1));
            assertThat(twin.alerts(ANN)).last().satisfies(ended -> {
                assertThat(ended.getFamily()).isEqualTo("SPO2");
                assertThat(ended.getEvent()).isEqualTo(AlertEventType.CLEARED);
                assertThat(ended.getEndReason()).isEqualTo("CONSENT_CHANGED");
                assertThat(ended.getEvidence()).isEmpty();
            });
            assertThat(twin.snapshot(ANN).getOpenAlerts()).extracting(open -> open.getFamily()).containsExactly("CGM_LOW");
        }

        @Test
        void shouldTellOnceThatMonitoringStoppedWithoutData() {
            live();
            twin.play(withdraw(ANN, "2", at(810))).tick(Duration.ofMinutes(2));
            assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getEndReason().equals("CONSENT_WITHDRAWN")).extracting(AlertEvent::getFamily)
                    .containsExactlyInAnyOrder("SPO2", "CGM_LOW");
            assertThat(twin.alerts(ANN)).filteredOn(alert -> alert.getFamily().equals("CONSENT")).singleElement().satisfies(notice -> {
                assertThat(notice.getPriority()).isEqualTo(Priority.INFO);
                assertThat(notice.getLane()).isEqualTo(Lane.ADMINISTRATIVE);
                assertThat(notice.getEvidence()).isEmpty();
                assertThat(notice.getText()).doesNotContainPattern("\\d");
            });
            TwinState state = twin.state(ANN);
            assertThat(state.streams()).isEmpty();
            assertThat(List.of(PartKind.values())).noneMatch(state.parts()::holds);
        }
    }

    @Nested
    class Point7ReconsentBeginsAnew {

        @Test
        void shouldNotUseTheBlockedIntervalAndLearnTheBaselineAnew() {
            // Given: sixteen days of a pulse, then a withdrawal of a day
            long second = 0;
            for (; second < 16 * 24 * HOUR; second += 30 * MINUTE) {
                twin.play(batch(ANN, PATCH, at(second), pulse(at(second), 66 + second / (30 * MINUTE) % 3)));
            }
            assertThat(twin.snapshot(ANN).getVitals().getFirst().getBaselines()).singleElement()
                    .satisfies(baseline -> assertThat(baseline.getDays()).isGreaterThanOrEqualTo(14));
            long blocked = second;
            twin.play(withdraw(ANN, "2", at(blocked)));
            // When
            long again = blocked + 24 * HOUR;
            twin.play(permit(ANN, "3", at(again)), batch(ANN, PATCH, at(again + 60), pulse(at(blocked + HOUR), 68), pulse(at(again + 50), 69)));
            twin.tick(Duration.ofMinutes(2));
            // Then
            assertThat(twin.violations(ANN, ViolationReason.DATA_PERIOD)).singleElement().satisfies(violation -> assertThat(violation.getCount()).isOne());
            assertThat(twin.snapshot(ANN).getVitals()).singleElement().satisfies(vital -> {
                assertThat(vital.getEffectiveTime()).isEqualTo(at(again + 50));
                assertThat(vital.getBaselines()).allSatisfy(baseline -> assertThat(baseline.getDays()).isLessThanOrEqualTo(1));
                assertThat(vital.getZPersonal()).isNull();
            });
        }

        @Test
        void shouldUseTheBlockedIntervalWherePatientPermitsItByName() {
            twin.play(withdraw(ANN, "2", at(10 * MINUTE)), consent(ANN, "3", ConsentStatus.ACTIVE, at(30 * MINUTE),
                    provision(ProvisionType.PERMIT).setDataPeriodStart(at(0)).build()),
                    batch(ANN, PATCH, at(31 * MINUTE), pulse(at(20 * MINUTE), 68))).tick(Duration.ofMinutes(2));
            assertThat(twin.fates(ANN).getRefused()).isZero();
        }
    }

    @Nested
    class Point8LateConsent {

                @Test
        void shouldPermitOlderDataFromNowOnAndLegaliseNothing() {
            // Given: nothing is known when the first reading comes
            twin.play(plan(BEN, at(-60)), batch(BEN, PATCH, at(2), pulse(at(0), 70)));
            // When: a consent that is meant since an hour ago
            twin.play(consentSince(BEN, "c", "1", ConsentStatus.ACTIVE, at(-HOUR), at(5 * MINUTE), provision(ProvisionType.PERMIT).build()),
                    batch(BEN, PATCH, at(6 * MINUTE), pulse(at(1 * MINUTE), 71), pulse(at(6 * MINUTE), 70))).tick(Duration.ofMinutes(3));
            // Then
            assertThat(twin.fates(BEN).getRefused()).isOne();
            assertThat(twin.fates(BEN).getApplied() + twin.fates(BEN).getLate()).isEqualTo(2);
            assertThat(twin.violations(BEN)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.NO_CONSENT);
        }

        @Test
        void shouldFindNoViolationInALatePermit() {
            twin.play(pulses(ANN, 0, 9));
            twin.play(consentSince(ANN, consentOf(ANN), "2", ConsentStatus.ACTIVE, at(-HOUR), at(10 * MINUTE), provision(ProvisionType.PERMIT).build()));
            assertThat(twin.violations(ANN)).isEmpty();
        }
    }
}
