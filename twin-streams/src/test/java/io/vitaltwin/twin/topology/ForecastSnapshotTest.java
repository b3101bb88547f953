package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ForecastPoint;
import io.vitaltwin.schemas.TwinVital;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.permit;
import static io.vitaltwin.twin.topology.Story.saturation;
import static io.vitaltwin.twin.topology.Story.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What the twin publishes about where a vital stands and goes. */
class ForecastSnapshotTest {

    private static final long FIVE = 300;
    private static final int READINGS = 60;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    private void measure(long from, int count) {
        for (int i = 0; i < count; i++) {
            long second = from + i * FIVE;
            twin.play(batch(ANN, SENSOR, at(second + 1), glucose(at(second), 120 + i % 7)), batch(ANN, OXIMETER, at(second + 1), saturation(at(second), 96)));
        }
        twin.tick(Duration.ofSeconds(3));
    }

    private TwinVital vital(String id) {
        return twin.snapshot(ANN).getVitals().stream().filter(one -> one.getVital().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void shouldPublishLevelSlopeAndForecast() {
        measure(0, READINGS);
        TwinVital glucose = vital("glucose_interstitial");
        assertThat(glucose.getLevel()).isCloseTo(122, within(5.0));
        assertThat(glucose.getLevelSigma()).isPositive();
        assertThat(glucose.getSlope()).isCloseTo(0, within(1.0));
        assertThat(glucose.getSlopeSigma()).isPositive();
        long last = (READINGS - 1) * FIVE;
        assertThat(glucose.getForecast()).extracting(ForecastPoint::getTime).containsExactly(at(last + 1_800), at(last + 3_600));
        assertThat(glucose.getForecast()).allSatisfy(point -> {
            assertThat(point.getValue()).isBetween(100.0, 150.0);
            assertThat(point.getLow()).isLessThan(point.getValue());
            assertThat(point.getHigh()).isGreaterThan(point.getValue());
        });
        TwinVital saturation = vital("spo2");
        assertThat(saturation.getLevel()).isCloseTo(96, within(0.5));
        assertThat(saturation.getForecast()).isEmpty();
    }

    @Test
    void shouldPublishNoForecastOfAnOldReading() {
        measure(0, READINGS);
        assertThat(vital("glucose_interstitial").getForecast()).isNotEmpty();
        // When: the sensor is silent for more than ten minutes, the oximeter is not
        long last = (READINGS - 1) * FIVE;
        twin.play(batch(ANN, OXIMETER, at(last + 602), saturation(at(last + 601), 96))).tick(Duration.ofSeconds(3));
        // Then
        assertThat(vital("glucose_interstitial").getForecast()).isEmpty();
        assertThat(vital("glucose_interstitial").getLevel()).isNotNull();
    }

    @Test
    void shouldForgetWhatWasLearnedWhenConsentEnds() {
        measure(0, READINGS);
        long end = READINGS * FIVE;
        twin.play(withdraw(ANN, "2", at(end)), permit(ANN, "3", at(end + 60)));
        measure(end + FIVE, 5);
        TwinVital glucose = vital("glucose_interstitial");
        assertThat(glucose.getForecast()).isEqualTo(List.of());
        assertThat(glucose.getLevel()).isCloseTo(122, within(5.0));
    }
}
