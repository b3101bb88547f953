package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.consent;
import static io.vitaltwin.twin.topology.Story.consentOf;
import static io.vitaltwin.twin.topology.Story.consentSince;
import static io.vitaltwin.twin.topology.Story.provision;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.pulses;
import static io.vitaltwin.twin.topology.Story.switchOff;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.3 on the stream, what may come in now: the version that is known decides, for the next record and for what waits. One class for each point. */
@Tag("ethics")
class ConsentDecisionTest {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    @Nested
    class Point1DecisionFunction {

        @Test
        void shouldAskTheVersionThatIsKnownWhenAReadingComes() {
            twin.play(pulses(ANN, 0, 2));
            twin.play(switchOff(ANN, "1", at(3 * MINUTE), at(3 * MINUTE), "heart_rate"));
            twin.play(pulses(ANN, 3, 5));
            twin.play(consentSince(ANN, "switches", "2", ConsentStatus.INACTIVE, at(6 * MINUTE), at(6 * MINUTE)));
            twin.play(pulses(ANN, 6, 7));
            twin.tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(5);
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(3).isEqualTo(twin.violatingReadings(ANN, ViolationStage.COLLECT));
        }

        @Test
        void shouldHoldPeriodsAgainstProcessingAndDataPeriodsAgainstMeasuring() {
            twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(0), provision(ProvisionType.PERMIT).setPeriodEnd(at(20 * MINUTE))
                    .setDataPeriodStart(at(5 * MINUTE)).setDataPeriodEnd(at(15 * MINUTE)).build()));
            twin.play(pulses(ANN, 4, 16));
            twin.play(batch(ANN, PATCH, at(21 * MINUTE), pulse(at(10 * MINUTE + 30), 70))).tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getApplied()).isEqualTo(10);
            assertThat(twin.violatingReadings(ANN, ViolationReason.DATA_PERIOD)).isEqualTo(3);
            assertThat(twin.violatingReadings(ANN, ViolationReason.EXPIRED)).isEqualTo(1);
        }
    }

    @Nested
    class Point3ProcessingTimeDecides {

        @ParameterizedTest
        @ValueSource(longs = {-7 * 24 * HOUR, -HOUR, 0, 6 * HOUR})
        void shouldBlockFromTheMomentAWithdrawalIsKnownWhateverItsEffectiveTime(long effectiveSecond) {
            twin.play(consentSince(ANN, consentOf(ANN), "2", ConsentStatus.INACTIVE, at(effectiveSecond), at(10 * MINUTE)),
                    batch(ANN, PATCH, at(10 * MINUTE).plusMillis(1), pulse(at(9 * MINUTE), 70))).tick(Duration.ofMinutes(2));
            assertThat(twin.fates(ANN).getRefused()).isOne();
            assertThat(twin.violations(ANN, ViolationReason.WITHDRAWN)).hasSize(1);
        }

        @Test
        void shouldBlockWhatWasMeasuredBeforeAndComesAfter() {
            twin.play(withdraw(ANN, "2", at(10 * MINUTE)));
            twin.play(batch(ANN, PATCH, at(11 * MINUTE), pulse(at(1 * MINUTE), 70), pulse(at(2 * MINUTE), 70), pulse(at(3 * MINUTE), 71)))
                    .tick(Duration.ofMinutes(3));
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(3).isEqualTo(twin.violatingReadings(ANN, ViolationStage.COLLECT));
            assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        }
    }

    @Nested
    class Point4ReplayIsNewProcessing {

        @Test
        void shouldRefuseReadingsThatArePlayedAgainAfterTheWithdrawal() {
            twin.play(pulses(ANN, 0, 4));
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
            assertThat(twin.fates(ANN).getRefused()).isEqualTo(2).isEqualTo(twin.violatingReadings(ANN, ViolationStage.COLLECT));
            assertThat(twin.fates(ANN).getApplied()).isOne();
            assertThat(twin.stored(TwinStores.HELD, ANN)).isEmpty();
        }
    }

    @Nested
    class Point9ViolationRecords {

        @Test
        void shouldNameWhatWasRefusedWithoutAValue() {
            twin.play(withdraw(ANN, "2", at(0)));
            twin.play(pulses(ANN, 1, 5));
            twin.tick(Duration.ofMinutes(3));
            assertThat(twin.violatingReadings(ANN, ViolationStage.COLLECT)).isEqualTo(5).isEqualTo(twin.fates(ANN).getRefused());
            assertThat(twin.violations(ANN)).allSatisfy(violation -> {
                assertThat(violation.getPatientId()).isEqualTo(ANN);
                assertThat(violation.getPurpose()).isEqualTo("TREAT");
                assertThat(violation.getActor()).isEqualTo("vitaltwin");
                assertThat(violation.getConsentVersion()).isEqualTo(consentOf(ANN) + "/2");
                assertThat(violation.getFirstTime()).isBeforeOrEqualTo(violation.getLastTime());
            });
            assertThat(ConsentViolation.getClassSchema().getFields()).noneMatch(field -> field.name().contains("value") || field.name().contains("text"));
        }
    }
}
