package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.consentSince;
import static io.vitaltwin.twin.topology.Story.device;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.reading;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.4 E10.5: the right not to know. */
@Tag("ethics")
class OptOutTest {

    private static final String ECG = "ecg-1";

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN, device(SENSOR, "cgm", Duration.ofMinutes(5), "glucose_interstitial"),
            device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate"), device(ECG, "patch", Duration.ofHours(24), "ecg_rhythm"));

    private static Input optOut(String version, Instant at, String action, String... vitals) {
        return consentSince(ANN, "opt-out", version, ConsentStatus.ACTIVE, at, at,
                Provision.newBuilder().setType(ProvisionType.DENY).setActions(List.of(action)).setVitals(List.of(vitals)).build());
    }

    private static Input optInAgain(Instant at) {
        return consentSince(ANN, "opt-out", "9", ConsentStatus.INACTIVE, at, at);
    }

    /** Falls by two a minute from this minute on. */
    private void falling(int fromMinute) {
        for (int i = 0; i < 5; i++) {
            twin.play(batch(ANN, SENSOR, at((fromMinute + 5L * i) * 60 + 5), glucose(at((fromMinute + 5L * i) * 60), 125 - 10 * i)));
        }
    }

    /** A slow wave, long enough for a forecast. */
    private void steady(int fromMinute, int readings) {
        for (int i = 0; i < readings; i++) {
            twin.play(batch(ANN, SENSOR, at((fromMinute + 5L * i) * 60 + 5), glucose(at((fromMinute + 5L * i) * 60), 120 + Math.round(10 * Math.sin(i / 9.0)))));
        }
    }

    private void fibrillation(long second) {
        twin.play(batch(ANN, ECG, at(second + 5), reading("ecg_rhythm", at(second), "atrialFibrillation", "code")));
    }

    @Test
    void shouldForeseeWhereNobodyObjects() {
        steady(0, 50);
        falling(250);
        twin.tick(Duration.ofSeconds(10));
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(alert -> alert.getRule()).containsExactly("CGM_URGENT_LOW_SOON");
        assertThat(twin.snapshot(ANN).getVitals().getFirst().getForecast()).isNotEmpty();
    }

    @Test
    void shouldTellNothingOfWhatMayCome() {
        twin.play(optOut("1", at(0), "PREDICT"));
        steady(0, 50);
        falling(250);
        twin.play(batch(ANN, SENSOR, at(275 * 60 + 5), glucose(at(275 * 60), 54))).tick(Duration.ofSeconds(10));
        assertThat(twin.alerts(ANN)).allMatch(alert -> alert.getInformationType() == InformationType.DESCRIPTIVE).extracting(alert -> alert.getRule())
                .containsExactly("CGM_URGENT_LOW");
        assertThat(twin.snapshots(ANN)).allMatch(snapshot -> snapshot.getVitals().stream().allMatch(vital -> vital.getForecast().isEmpty()));
    }

    @Test
    void shouldLeaveOtherClassesAsTheyAre() {
        twin.play(optOut("1", at(0), "PREDICT", "heart_rate"));
        falling(0);
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).extracting(alert -> alert.getRule()).containsExactly("CGM_URGENT_LOW_SOON");
    }

    @Test
    void shouldEndAForecastThatIsNoLongerWanted() {
        falling(0);
        twin.play(optOut("1", at(21 * 60), "PREDICT", "glucose_interstitial"));
        assertThat(twin.alerts(ANN)).last().satisfies(ended -> {
            assertThat(ended.getRule()).isEqualTo("CGM_URGENT_LOW_SOON");
            assertThat(ended.getEvent()).isEqualTo(AlertEventType.CLEARED);
            assertThat(ended.getEndReason()).isEqualTo("OPTED_OUT");
        });
    }

    @Test
    void shouldNotScreen() {
        twin.play(optOut("1", at(0), "SCREEN"));
        fibrillation(60);
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @Test
    void shouldEndASuspicionThatIsNoLongerWantedAndScreenAgainWhenItIs() {
        fibrillation(60);
        twin.play(optOut("1", at(120), "SCREEN"));
        fibrillation(180);
        twin.play(optInAgain(at(240)));
        fibrillation(300);
        assertThat(twin.alerts(ANN)).extracting(alert -> alert.getRule() + " " + alert.getEvent() + " " + alert.getEndReason())
                .containsExactly("AF_SUSPECT RAISED ", "AF_SUSPECT CLEARED OPTED_OUT", "AF_SUSPECT RAISED ");
    }

    @Test
    void shouldRememberItInTheStoredTwin() {
        twin.play(optOut("1", at(0), "PREDICT", "glucose_interstitial"));
        assertThat(twin.state(ANN).consent().isUnforeseen(Set.of(Vital.GLUCOSE_INTERSTITIAL))).isTrue();
        assertThat(twin.state(ANN).consent().isUnscreened(Set.of(Vital.GLUCOSE_INTERSTITIAL))).isFalse();
    }
}
