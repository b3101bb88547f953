package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeliveryStatus;
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
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.breakGlass;
import static io.vitaltwin.twin.topology.Story.consent;
import static io.vitaltwin.twin.topology.Story.consentSince;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.provision;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.saturation;
import static io.vitaltwin.twin.topology.Story.switchOff;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

/** The ten points of CR 8.3 on the stream, one class for each. */
@Tag("ethics")
class ConsentSemanticsTest {

    private static final String ANN = "patient-ann";
    private static final String CONSENT = "consent-of-" + ANN;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    @TempDir
    private Path folder;
    private DrivenTwin twin;

    @BeforeEach
    void start() {
        twin = new DrivenTwin(folder).enrol(ANN);
    }

    @AfterEach
    void stop() {
        twin.close();
    }

    /** One reading a minute, both ends included, each heard two seconds after it was measured. */
    private void pulseOf(int fromMinute, int toMinute) {
        for (int minute = fromMinute; minute <= toMinute; minute++) {
            twin.play(batch(ANN, PATCH, at(minute * MINUTE + 2), pulse(at(minute * MINUTE), 70 + minute % 3)));
        }
    }

    private static Input backdated(Instant since, Instant at) {
        return consentSince(ANN, CONSENT, "2", ConsentStatus.INACTIVE, since, at);
    }

    private List<ConsentViolation> violations(ViolationReason reason) {
        return twin.violations(ANN).stream().filter(violation -> violation.getReason() == reason).toList();
    }

    private long collectViolations() {
        return twin.violations(ANN).stream().filter(violation -> violation.getStage() == ViolationStage.COLLECT).mapToLong(ConsentViolation::getCount).sum();
    }

    @Nested
    class Point1DecisionFunction {

        @Test
        void shouldAskTheVersionThatIsKnownWhenAReadingComes() {
            pulseOf(0, 2);
            twin.play(switchOff(ANN, "1", at(3 * MINUTE), at(3 * MINUTE), "heart_rate"));
            pulseOf(3, 5);
            twin.play(consentSince(ANN, "switches", "2", ConsentStatus.INACTIVE, at(6 * MINUTE), at(6 * MINUTE)));
            pulseOf(6, 7);
            twin.tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(5);
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(3).isEqualTo(collectViolations());
        }

        @Test
        void shouldHoldPeriodsAgainstProcessingAndDataPeriodsAgainstMeasuring() {
            twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(0), provision(ProvisionType.PERMIT).setPeriodEnd(at(20 * MINUTE))
                    .setDataPeriodStart(at(5 * MINUTE)).setDataPeriodEnd(at(15 * MINUTE)).build()));
            pulseOf(4, 16);
            twin.play(batch(ANN, PATCH, at(21 * MINUTE), pulse(at(10 * MINUTE + 30), 70))).tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(10);
            assertThat(violations(ViolationReason.DATA_PERIOD).stream().mapToLong(ConsentViolation::getCount).sum()).isEqualTo(3);
            assertThat(violations(ViolationReason.EXPIRED).stream().mapToLong(ConsentViolation::getCount).sum()).isEqualTo(1);
        }
    }

    @Nested
    class Point2WhatWasLawfulStands {

        @Test
        void shouldLeaveAlertsOfBeforeInTheRecord() {
            twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 50)), withdraw(ANN, "2", at(60))).tick(Duration.ofMinutes(3));
            assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(AlertEvent::getRule).contains("CGM_URGENT_LOW");
            assertThat(twin.alerts(ANN, AlertEventType.INVALIDATED)).isEmpty();
            assertThat(violations(ViolationReason.RETROACTIVE)).isEmpty();
        }

        @Test
        void shouldTellWhatABackdatedWithdrawalWouldHaveForbidden() {
            // Given: 60 readings were used; the withdrawal, meant since minute 30, is written down at minute 60
            pulseOf(0, 59);
            // When
            twin.play(backdated(at(30 * MINUTE), at(HOUR)));
            pulseOf(60, 64);
            twin.tick(Duration.ofMinutes(3));
            // Then
            assertThat(violations(ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getStage()).isEqualTo(ViolationStage.USE);
                assertThat(violation.getVital()).isEqualTo("heart_rate");
                assertThat(violation.getCount()).isEqualTo(30);
                assertThat(violation.getFirstTime()).isEqualTo(at(30 * MINUTE + 2));
                assertThat(violation.getLastTime()).isEqualTo(at(59 * MINUTE + 2));
                assertThat(violation.getConsentVersion()).isEqualTo(CONSENT + "/2");
                assertThat(violation.getDeviceHash()).isNotEmpty().doesNotContain(PATCH);
            });
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(5).isEqualTo(collectViolations());
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(60);
        }

        @Test
        void shouldCountToTheReadingWithinAMinute() {
            for (int second = 0; second < 120; second += 5) {
                twin.play(batch(ANN, OXIMETER, at(second), saturation(at(second), 97)));
            }
            twin.play(backdated(at(42), at(120)));
            assertThat(violations(ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getCount()).isEqualTo(15);
                assertThat(violation.getFirstTime()).isEqualTo(at(45));
                assertThat(violation.getLastTime()).isEqualTo(at(115));
            });
        }

        @Test
        void shouldTellEachUseOnce() {
            pulseOf(0, 9);
            twin.play(backdated(at(5 * MINUTE), at(10 * MINUTE)),
                    consentSince(ANN, CONSENT, "3", ConsentStatus.INACTIVE, at(2 * MINUTE), at(11 * MINUTE)),
                    consentSince(ANN, CONSENT, "3", ConsentStatus.INACTIVE, at(2 * MINUTE), at(12 * MINUTE)));
            assertThat(violations(ViolationReason.RETROACTIVE)).extracting(ConsentViolation::getCount).containsExactly(5L, 3L);
        }

        @Test
        void shouldTellOnlyOfTheClassThatIsDenied() {
            twin.play(batch(ANN, SENSOR, at(2), glucose(at(0), 120)));
            pulseOf(0, 9);
            twin.play(switchOff(ANN, "1", at(0), at(10 * MINUTE), "heart_rate"));
            assertThat(violations(ViolationReason.RETROACTIVE)).extracting(ConsentViolation::getVital, ConsentViolation::getCount)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("heart_rate", 10L));
        }

        @Test
        void shouldTellOfADeniedPeriodThatLiesBefore() {
            pulseOf(0, 9);
            twin.play(consentSince(ANN, "switches", "1", ConsentStatus.ACTIVE, at(10 * MINUTE), at(10 * MINUTE),
                    Provision.newBuilder().setType(ProvisionType.DENY).setPeriodStart(at(2 * MINUTE)).setPeriodEnd(at(4 * MINUTE)).build()));
            assertThat(violations(ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> assertThat(violation.getCount()).isEqualTo(2));
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
            assertThat(violations(ViolationReason.RETROACTIVE)).singleElement().satisfies(violation -> {
                assertThat(violation.getCount()).isBetween(7 * 24 * 5L, 7 * 24 * 5L + 5);
                assertThat(violation.getFirstTime()).isAfterOrEqualTo(at((hours - 7 * 24 - 1) * (long) HOUR));
                assertThat(violation.getLastTime()).isEqualTo(at((hours - 1) * (long) HOUR + 40 * MINUTE));
            });
        }
    }

    @Nested
    class Point3ProcessingTimeDecides {

        @ParameterizedTest
        @ValueSource(longs = {-7 * 24 * HOUR, -HOUR, 0, 6 * HOUR})
        void shouldBlockFromTheMomentAWithdrawalIsKnownWhateverItsEffectiveTime(long effectiveSecond) {
            twin.play(consentSince(ANN, CONSENT, "2", ConsentStatus.INACTIVE, at(effectiveSecond), at(10 * MINUTE)),
                    batch(ANN, PATCH, at(10 * MINUTE).plusMillis(1), pulse(at(9 * MINUTE), 70))).tick(Duration.ofMinutes(2));
            assertThat(twin.fates(ANN).getRefused()).isOne();
            assertThat(violations(ViolationReason.WITHDRAWN)).hasSize(1);
        }

        @Test
        void shouldBlockWhatWasMeasuredBeforeAndComesAfter() {
            twin.play(withdraw(ANN, "2", at(10 * MINUTE)));
            twin.play(batch(ANN, PATCH, at(11 * MINUTE), pulse(at(1 * MINUTE), 70), pulse(at(2 * MINUTE), 70), pulse(at(3 * MINUTE), 71)))
                    .tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(3).isEqualTo(collectViolations());
            assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        }
    }

    @Nested
    class Point4ReplayIsNewProcessing {

        @Test
        void shouldRefuseReadingsThatArePlayedAgainAfterTheWithdrawal() {
            pulseOf(0, 4);
            twin.play(withdraw(ANN, "2", at(10 * MINUTE)));
            for (int minute = 0; minute <= 4; minute++) {
                twin.play(batch(ANN, PATCH, at((20 + minute) * MINUTE), pulse(at(minute * MINUTE), 70 + minute % 3)));
            }
            twin.tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(5);
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(5);
        }
    }

    @Nested
    class Point5Propagation {

        @Test
        void shouldHoldForTheNextRecord() {
            twin.play(withdraw(ANN, "2", at(10)), batch(ANN, PATCH, at(10), pulse(at(9), 70))).tick(Duration.ofMinutes(2));
            assertThat(twin.fates(ANN).getRefused()).isOne();
        }

        @Test
        void shouldRefuseAtOnceWhatWaitsForAnEarlierBatch() {
            // Given: batch 1 is missing, so batch 2 waits
            twin.play(batch(ANN, PATCH, 0, at(2), pulse(at(0), 70)), batch(ANN, PATCH, 2, at(130), pulse(at(120), 71), pulse(at(125), 72)));
            assertThat(twin.stored(TwinStores.HELD, ANN)).hasSize(1);
            int before = twin.stored(TwinStores.HELD, ANN).values().iterator().next().length;
            // When
            twin.play(switchOff(ANN, "1", at(140), at(140), "heart_rate"));
            // Then
            assertThat(twin.stored(TwinStores.HELD, ANN).values()).singleElement().satisfies(kept -> assertThat(kept.length).isLessThan(before - 20));
            twin.tick(Duration.ofMinutes(10));
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(2).isEqualTo(collectViolations());
            assertThat(twin.fates(ANN).getApplied()).isOne();
            assertThat(twin.stored(TwinStores.HELD, ANN)).isEmpty();
        }
    }

    @Nested
    class Point6WhatIsWithdrawnIsForgotten {

        /** A low saturation that ended and one that is open, a pulse, a glucose, and readings that wait. */
        private void live() {
            for (int i = 0; i <= 8; i++) {
                twin.play(batch(ANN, OXIMETER, at(30 * i + 1), saturation(at(30 * i), 86 - i % 2)));
            }
            for (int i = 9; i <= 16; i++) {
                twin.play(batch(ANN, OXIMETER, at(30 * i + 1), saturation(at(30 * i), 96 + i % 2)));
            }
            for (int i = 17; i <= 25; i++) {
                twin.play(batch(ANN, OXIMETER, at(30 * i + 1), saturation(at(30 * i), 86 - i % 2)));
            }
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
            assertThat(state.parts().find(io.vitaltwin.twin.core.state.Ended.TYPE).flatMap(ended -> ended.last(io.vitaltwin.twin.core.rules.Family.SPO2)))
                    .isEmpty();
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
            assertThat(violations(ViolationReason.DATA_PERIOD)).singleElement().satisfies(violation -> assertThat(violation.getCount()).isOne());
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

        private static final String BEA = "patient-bea";

        @Test
        void shouldPermitOlderDataFromNowOnAndLegaliseNothing() {
            // Given: nothing is known when the first reading comes
            twin.play(plan(BEA, at(-60)), batch(BEA, PATCH, at(2), pulse(at(0), 70)));
            // When: a consent that is meant since an hour ago
            twin.play(consentSince(BEA, "c", "1", ConsentStatus.ACTIVE, at(-HOUR), at(5 * MINUTE), provision(ProvisionType.PERMIT).build()),
                    batch(BEA, PATCH, at(6 * MINUTE), pulse(at(1 * MINUTE), 71), pulse(at(6 * MINUTE), 70))).tick(Duration.ofMinutes(3));
            // Then
            assertThat(twin.fates(BEA).getRefused()).isOne();
            assertThat(twin.fates(BEA).getApplied() + twin.fates(BEA).getLate()).isEqualTo(2);
            assertThat(twin.violations(BEA)).extracting(ConsentViolation::getReason).containsExactly(ViolationReason.NO_CONSENT);
        }

        @Test
        void shouldFindNoViolationInALatePermit() {
            pulseOf(0, 9);
            twin.play(consentSince(ANN, CONSENT, "2", ConsentStatus.ACTIVE, at(-HOUR), at(10 * MINUTE), provision(ProvisionType.PERMIT).build()));
            assertThat(twin.violations(ANN)).isEmpty();
        }
    }

    @Nested
    class Point9ViolationRecords {

        @Test
        void shouldNameWhatWasRefusedWithoutAValue() {
            twin.play(withdraw(ANN, "2", at(0)));
            pulseOf(1, 5);
            twin.tick(Duration.ofMinutes(3));
            assertThat(collectViolations()).isEqualTo(5).isEqualTo(twin.fates(ANN).getRefused());
            assertThat(twin.violations(ANN)).allSatisfy(violation -> {
                assertThat(violation.getPatientId()).isEqualTo(ANN);
                assertThat(violation.getPurpose()).isEqualTo("TREAT");
                assertThat(violation.getActor()).isEqualTo("vitaltwin");
                assertThat(violation.getConsentVersion()).isEqualTo(CONSENT + "/2");
                assertThat(violation.getFirstTime()).isBeforeOrEqualTo(violation.getLastTime());
            });
            assertThat(ConsentViolation.getClassSchema().getFields()).noneMatch(field -> field.name().contains("value") || field.name().contains("text"));
        }
    }

    @Nested
    class Point10BrokenGlass {

        private static final int FOUR_HOURS = 4 * HOUR;

        private List<AlertEvent> notices() {
            return twin.alerts(ANN).stream().filter(alert -> alert.getFamily().equals("CONSENT")).toList();
        }

        private void withdrawAndBreak() {
            pulseOf(0, 2);
            twin.play(withdraw(ANN, "2", at(10 * MINUTE)), breakGlass(ANN, "e1", at(20 * MINUTE)));
        }

        @Test
        void shouldOpenForFourHoursAndNoLonger() {
            withdrawAndBreak();
            pulseOf(21, 25);
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
            pulseOf(21, 25);
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
            pulseOf(21, 25);
            twin.play(permit(ANN, "3", at(40 * MINUTE)));
            twin.tick(Duration.ofHours(4), Duration.ofSeconds(30));
            assertThat(twin.state(ANN).streams()).isEmpty();
            assertThat(notices()).extracting(AlertEvent::getRule).last().isEqualTo("BREAK_GLASS");
        }

        @Test
        void shouldKeepWhatConsentCoversAnyway() {
            pulseOf(0, 2);
            twin.play(breakGlass(ANN, "e1", at(20 * MINUTE)));
            pulseOf(21, 25);
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
}
