package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.consent;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.provision;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.saturation;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

/** A device whose clock is an hour ahead: its readings wait until that is known, and are then used at the times at which they were taken. */
class WrongClockTest {

    private static final long HOUR = 3_600;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    /** The pulse of this minute, arriving a second after it was measured. @param ahead seconds by which the device's clock is wrong */
    private static Input minute(int minute, long ahead) {
        return batch(ANN, PATCH, minute, at(60L * minute + 1), pulse(at(60L * minute + ahead), 75));
    }

    private void minutes(int from, int until, long ahead) {
        IntStream.range(from, until).forEach(minute -> twin.play(minute(minute, ahead)));
    }

    @Test
    void shouldCorrectTheClockOfS25() {
        // When
        minutes(0, 60, 0);
        minutes(60, 80, HOUR);
        minutes(80, 85, 0);
        twin.tick(Duration.ofSeconds(30));
        // Then
        assertThat(twin.flags(ANN, "CLOCK_FUTURE")).hasSize(10).allSatisfy(flag -> {
            assertThat(flag.getVerdict()).isEqualTo(Verdict.REJECT);
            assertThat(flag.getEffectiveTime()).isBetween(at(60 * 60 + HOUR), at(69 * 60 + HOUR));
        });
        List<QualityFlag> corrected = twin.flags(ANN, "CLOCK_CORRECTED");
        assertThat(corrected).hasSize(20).allSatisfy(flag -> {
            assertThat(flag.getVerdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(flag.getReasons()).containsExactly("CLOCK_STEP", "CLOCK_CORRECTED");
        });
        assertThat(corrected).extracting(QualityFlag::getEffectiveTime)
                .containsExactlyElementsOf(IntStream.range(60, 80).mapToObj(minute -> at(60L * minute + 1)).toList());
        assertThat(twin.flags(ANN)).as("a right clock is right at once").hasSize(30);
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.fates(ANN).getApplied()).as("each reading has one fate").isEqualTo(85);
        assertThat(twin.fates(ANN).getDuplicate() + twin.fates(ANN).getLate()).isZero();
        assertThat(twin.snapshot(ANN).getVerdicts().getAccept()).isEqualTo(75);
        assertThat(twin.snapshot(ANN).getVerdicts().getReject()).as("told when it came").isEqualTo(10);
    }

    @Test
    void shouldShowWhatWasReleasedAtItsTrueTime() {
        minutes(0, 9, HOUR);
        twin.tick(Duration.ofSeconds(30));
        assertThat(twin.snapshot(ANN).getVitals()).isEmpty();
        minutes(9, 10, HOUR);
        twin.tick(Duration.ofSeconds(30));
        assertThat(twin.snapshot(ANN).getVitals()).singleElement().satisfies(vital -> {
            assertThat(vital.getEffectiveTime()).isEqualTo(at(9 * 60 + 1));
            assertThat(vital.getReasons()).contains("CLOCK_CORRECTED");
        });
    }

    @Test
    void shouldRaiseByCorrectedTimes() {
        // When
        for (int i = 0; i < 10; i++) {
            twin.play(batch(ANN, OXIMETER, i, at(30L * i + 1), saturation(at(30L * i + HOUR), 75)));
            assertThat(i < 9 ? twin.alerts(ANN) : List.of()).isEmpty();
        }
        // Then
        List<AlertEvent> raised = twin.alerts(ANN, AlertEventType.RAISED);
        assertThat(raised).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.getEpisodeStart()).isBetween(at(0), at(271));
            assertThat(alert.getAppendTime()).isEqualTo(at(271));
            assertThat(alert.getEvidence()).isNotEmpty().extracting(Evidence::getEffectiveTime)
                    .allSatisfy(time -> assertThat(time).isBetween(at(0), at(271)));
        });
    }

    /** The sensor sends every five minutes: of ten readings the first seven are more than 15 minutes old when the tenth comes. */
    private void glucoseOfTenReadings(int low, int next) {
        for (int i = 0; i < 10; i++) {
            double value = i == low || i == next ? 50 : 110 - i;
            twin.play(batch(ANN, SENSOR, i, at(300L * i + 1), glucose(at(300L * i + HOUR), value)));
        }
        twin.tick(Duration.ofSeconds(30));
    }

    @Test
    void shouldNotRaiseForWhatIsHistoryWhenItIsReleased() {
        glucoseOfTenReadings(1, 2);
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).isEmpty();
        assertThat(twin.flags(ANN, "LATE")).hasSize(6).allSatisfy(flag -> assertThat(flag.getReasons()).contains("CLOCK_CORRECTED"));
        assertThat(twin.fates(ANN).getLate()).as("it was counted when it came").isZero();
    }

    @Test
    void shouldRaiseForWhatIsStillNewWhenItIsReleased() {
        glucoseOfTenReadings(8, 9);
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).isNotEmpty();
    }

    @Test
    void shouldTakeACopyOfWhatWaitsForACopy() {
        // When
        for (int minute = 0; minute < 12; minute++) {
            twin.play(minute(minute, HOUR), minute(minute, HOUR));
        }
        minutes(0, 12, HOUR);
        twin.tick(Duration.ofSeconds(30));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(12);
        assertThat(twin.fates(ANN).getDuplicate()).isEqualTo(24);
        assertThat(twin.flags(ANN, "CLOCK_FUTURE")).hasSize(10);
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).hasSize(12);
    }

    @Test
    void shouldTakeACopyFromADeviceThatDoesNotCountForACopy() {
        for (int copy = 0; copy < 2; copy++) {
            for (int minute = 0; minute < 9; minute++) {
                twin.play(batch(ANN, PATCH, at(60L * (minute + 9L * copy) + 1), pulse(at(60L * minute + HOUR), 75)));
            }
        }
        twin.tick(Duration.ofSeconds(30));
        assertThat(twin.fates(ANN).getDuplicate()).as("nine wait, the oldest is known as well as the newest").isEqualTo(9);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(9);
    }

    @Test
    void shouldNotTakeACopyForANewCount() {
        minutes(0, 3, HOUR);
        twin.play(minute(1, HOUR));
        minutes(3, 4, 0);
        assertThat(twin.tick(Duration.ofSeconds(30)).fates(ANN).getApplied()).as("the next batch does not wait").isEqualTo(4);
    }

    @Test
    void shouldForgetWhatWaitsWhenConsentIsWithdrawn() {
        // Given
        minutes(0, 9, HOUR);
        // When
        twin.play(withdraw(ANN, "2", at(9 * 60 - 30)), permit(ANN, "3", at(9 * 60 - 20)));
        minutes(9, 18, HOUR);
        // Then
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).as("nine since the new consent").isEmpty();
        minutes(18, 19, HOUR);
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).hasSize(10).allSatisfy(flag -> assertThat(flag.getEffectiveTime()).isAfter(at(9 * 60 - 1)));
    }

    @Test
    void shouldAskConsentForTheTrueTime() {
        // Given
        Instant from = at(300 + 1);
        twin.play(consent(ANN, "2", ConsentStatus.ACTIVE, at(-30), provision(ProvisionType.PERMIT).setDataPeriodStart(from).build()));
        // When
        minutes(0, 12, HOUR);
        twin.tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).extracting(QualityFlag::getEffectiveTime).hasSize(7).allSatisfy(
                time -> assertThat(time).isAfterOrEqualTo(from));
        assertThat(twin.violatingReadings(ANN)).isEqualTo(5);
        assertThat(twin.violations(ANN)).allSatisfy(violation -> assertThat(violation.getReason()).isNotEqualTo(ViolationReason.HYPERCOLLECTION));
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(7);
        assertThat(twin.fates(ANN).getRefused()).as("no longer counted as applied").isEqualTo(5);
        assertThat(twin.snapshot(ANN).getVerdicts().getReject() + twin.snapshot(ANN).getVerdicts().getAccept()).isEqualTo(7);
    }

    @Test
    void shouldKeepTheReadingsOfOneBatchTogether() {
        // Given: two vitals a minute, so the tenth sample is the second reading of the fifth batch
        twin.play(plan(ANN, at(-30), Story.device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate", "spo2")));
        // When
        for (int i = 0; i < 6; i++) {
            Reading[] both = {pulse(at(60L * i + HOUR), 75), saturation(at(60L * i + HOUR), 97)};
            twin.play(batch(ANN, PATCH, i, at(60L * i + 1), both));
        }
        // Then
        assertThat(twin.flags(ANN, "CLOCK_FUTURE")).hasSize(10);
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).extracting(flag -> flag.getVital() + flag.getEffectiveTime())
                .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj(i -> (i % 2 == 0 ? "heart_rate" : "spo2") + at(60L * (i / 2) + 1)).toList());
    }

    @Test
    void shouldKnowTheClockOfADeviceThatSendsManyReadingsAtOnce() {
        // Given: five readings every five minutes; the second batch brings the tenth reading
        for (int i = 0; i < 3; i++) {
            int last = 5 * i + 4;
            Reading[] readings = IntStream.rangeClosed(last - 4, last).mapToObj(minute -> pulse(at(60L * minute + HOUR), 75)).toArray(Reading[]::new);
            // When
            twin.play(batch(ANN, PATCH, i, at(60L * last + 1), readings));
        }
        // Then
        assertThat(twin.flags(ANN, "CLOCK_CORRECTED")).extracting(QualityFlag::getEffectiveTime)
                .containsExactlyElementsOf(IntStream.range(0, 15).mapToObj(minute -> at(60L * minute + 1)).toList());
    }

    @Test
    void shouldNeverCorrectAClockThatWasReset() {
        // When
        minutes(0, 30, 0);
        for (int minute = 30; minute < 45; minute++) {
            twin.play(batch(ANN, PATCH, minute, at(60L * minute + 1), pulse(Instant.ofEpochSecond(60L * minute), 75)));
        }
        minutes(45, 50, 0);
        twin.tick(Duration.ofSeconds(30));
        // Then
        assertThat(twin.flags(ANN)).hasSize(15).allSatisfy(flag -> {
            assertThat(flag.getVerdict()).isEqualTo(Verdict.REJECT);
            assertThat(flag.getReasons()).containsExactly("CLOCK_RESET");
        });
        assertThat(twin.snapshot(ANN).getVerdicts().getAccept()).isEqualTo(35);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(50);
    }
}
