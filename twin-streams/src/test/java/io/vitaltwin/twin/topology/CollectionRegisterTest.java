package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.ViolationReason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.device;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.plan;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.reading;
import static io.vitaltwin.twin.topology.Story.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.4 E1: only what is registered is collected, for the purpose and as often as it is registered. */
@Tag("ethics")
class CollectionRegisterTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin();

    private static MonitoredVital vital(String id, String purpose, Long leastSeconds) {
        return MonitoredVital.newBuilder().setVital(id).setPurpose(purpose).setReason("heart failure")
                .setLeastIntervalMillis(leastSeconds == null ? null : leastSeconds * 1_000).build();
    }

    private void register(MonitoredVital... monitor) {
        twin.play(plan(ANN, at(-60), List.of(monitor), device(OXIMETER, "finger-oximeter", Duration.ofSeconds(5), "spo2"),
                device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate", "steps")), permit(ANN, "1", at(-59)));
    }

    private long refused(ViolationReason reason, String vital) {
        return DrivenTwin.readings(twin.violations(ANN, reason).stream().filter(violation -> violation.getVital().equals(vital)).toList());
    }

    @Test
    void shouldRefuseWhatNobodyRegistered() {
        register(vital("spo2", "TREAT", null));
        twin.play(batch(ANN, PATCH, at(1), pulse(at(0), 70)), batch(ANN, OXIMETER, at(2), saturation(at(1), 97))).tick(Duration.ofMinutes(2));
        assertThat(refused(ViolationReason.HYPERCOLLECTION, "heart_rate")).isOne();
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @Test
    void shouldNotUseWhatIsRegisteredForAnotherPurposeOnly() {
        register(vital("spo2", "TREAT", null), vital("heart_rate", "HRESCH", null));
        twin.play(batch(ANN, PATCH, at(1), pulse(at(0), 70)), batch(ANN, OXIMETER, at(2), saturation(at(1), 97))).tick(Duration.ofMinutes(2));
        assertThat(refused(ViolationReason.HYPERCOLLECTION, "heart_rate")).isOne();
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactly("spo2");
    }

    @Test
    void shouldThinOutWhatComesMoreOftenThanRegistered() {
        // Given: a reading every five seconds, of which one a minute is registered
        register(vital("spo2", "TREAT", 60L));
        // When
        for (int second = 0; second < 600; second += 5) {
            twin.play(batch(ANN, OXIMETER, at(second + 1), saturation(at(second), 96 + second / 5 % 2)));
        }
        twin.tick(Duration.ofMinutes(3));
        // Then
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(10);
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(110).isEqualTo(refused(ViolationReason.HYPERCOLLECTION, "spo2"));
        assertThat(twin.violations(ANN)).hasSizeLessThan(14);
        assertThat(twin.snapshot(ANN).getVitals()).singleElement().satisfies(vital -> assertThat(vital.getEffectiveTime()).isEqualTo(at(540)));
    }

    @Test
    void shouldThinOutWithinOneBatchAndFindTheSameWhenItIsSentAgain() {
        register(vital("spo2", "TREAT", 60L));
        List<Reading> minutes = new ArrayList<>();
        for (int second = 0; second <= 180; second += 20) {
            minutes.add(saturation(at(second), 97));
        }
        twin.play(batch(ANN, OXIMETER, 0, at(181), minutes), batch(ANN, OXIMETER, 0, at(200), minutes)).tick(Duration.ofMinutes(3));
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(4);
        assertThat(twin.fates(ANN).getDuplicate()).isEqualTo(4);
        assertThat(twin.fates(ANN).getRefused()).isEqualTo(12).isEqualTo(refused(ViolationReason.HYPERCOLLECTION, "spo2"));
    }

    @Test
    void shouldNotCallADeviceSilentThatIsOnlyThinnedOut() {
        register(vital("spo2", "TREAT", 3_600L));
        for (int second = 0; second < 7_200; second += 60) {
            twin.play(batch(ANN, OXIMETER, at(second + 1), saturation(at(second), 96 + second / 60 % 2)));
        }
        twin.tick(Duration.ofMinutes(30));
        assertThat(twin.alerts(ANN)).isEmpty();
    }

    @Test
    void shouldGoOnWithTheOtherClassesWhenOneIsSwitchedOff() {
        register(vital("spo2", "TREAT", null), vital("heart_rate", "TREAT", null));
        twin.play(Story.switchOff(ANN, "1", at(0), at(0), "heart_rate"), batch(ANN, PATCH, at(2), pulse(at(1), 70)),
                batch(ANN, OXIMETER, at(3), saturation(at(2), 97))).tick(Duration.ofMinutes(2));
        assertThat(twin.snapshot(ANN).getVitals()).extracting(TwinVital::getVital).containsExactly("spo2");
        assertThat(refused(ViolationReason.CLASS_DENIED, "heart_rate")).isOne();
    }

    /** E1.4: who sleeps, where somebody is, or of which sex, is told by nobody and inferred from nothing. */
    @Test
    void shouldInferNoLabelThatWasNeitherSentNorRegistered() {
        // Given: a night of a pulse at rest and of steps that come to nothing
        register(vital("heart_rate", "TREAT", null), vital("steps", "TREAT", null));
        for (int minute = 0; minute < 600; minute++) {
            Reading pulse = pulse(at(minute * 60L), 55 + minute % 3);
            pulse.setContext(ActivityContext.UNKNOWN);
            twin.play(batch(ANN, PATCH, at(minute * 60L + 5), pulse, reading("steps", at(minute * 60L), 0.0, "{steps}")));
        }
        twin.tick(Duration.ofMinutes(3));
        // Then
        Set<String> named = new TreeSet<>();
        twin.snapshots(ANN).forEach(snapshot -> snapshot.getVitals().forEach(vital -> {
            named.add(vital.getVital());
            assertThat(vital.getContext()).isNotEqualTo(ActivityContext.SLEEP);
            assertThat(vital.getBaselines()).noneMatch(baseline -> baseline.getContext() == ActivityContext.SLEEP);
        }));
        twin.alerts(ANN).forEach(alert -> alert.getEvidence().stream().map(Evidence::getVital).forEach(named::add));
        twin.flags(ANN).stream().map(QualityFlag::getVital).forEach(named::add);
        assertThat(named).isSubsetOf("heart_rate", "steps");
    }
}
