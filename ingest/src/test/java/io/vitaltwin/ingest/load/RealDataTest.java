package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.Sent;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.schemas.Reading;
import org.junit.jupiter.api.Test;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Expected counts and sums were taken from the files by awk, not by this program. */
class RealDataTest {

    private final LoaderFixture loader = new LoaderFixture();

    @Test
    void shouldReadASensorOutOfItsRangeAsBounds() throws Exception {
        // When
        LoadSummary summary = loader.load(data("cgm-physiocgm/c1s01.csv"), "glucose-ml");
        // Then
        assertThat(summary.sent()).isEqualTo(320);
        assertThat(summary.refused()).isZero();
        List<Reading> readings = Sent.readings(loader.kafka);
        assertThat(readings).extracting(Reading::getVital).containsOnly("glucose_interstitial");
        assertThat(readings).extracting(Reading::getUnit).containsOnly("mg/dL");
        assertThat(readings.stream().filter(reading -> "LO".equals(reading.getValue()))).hasSize(22);
        assertThat(numbers(readings)).hasSize(298);
        assertThat(numbers(readings).stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(29_556);
        assertThat(readings.getFirst().getEffectiveTime()).isEqualTo("2022-04-02T00:03:05Z");
        assertThat(readings.getLast().getEffectiveTime()).isEqualTo("2022-06-23T06:04:50Z");
    }

    @Test
    void shouldReadDecimalsAndPutLocalTimesIntoTheZone() throws Exception {
        // Given
        var settings = new LoadSettings(Formats.named("glucose-ml").orElseThrow(),
                new FormatSettings(ZoneId.of("America/New_York"), Optional.empty()), 12, Optional.empty());
        // When
        LoadSummary summary = loader.load(data("cgm-big-ideas/001.csv"), settings);
        // Then
        assertThat(summary.sent()).isEqualTo(300);
        assertThat(summary.batches()).isEqualTo(25);
        List<Reading> readings = Sent.readings(loader.kafka);
        assertThat(numbers(readings).stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(29_007);
        assertThat(readings.getFirst().getEffectiveTime()).isEqualTo("2020-02-13T22:23:32Z");
        assertThat(readings.getLast().getEffectiveTime()).isEqualTo("2020-02-14T23:18:30Z");
    }

    @Test
    void shouldReadHeartRateAndStepsOfEachMinute() throws Exception {
        // When
        LoadSummary summary = loader.load(data("wearable-fitbit-furberg/minute_hr_steps_2022484408.csv.gz"), "fitbit-minutes");
        // Then
        assertThat(summary.sent()).isEqualTo(300);
        assertThat(summary.readings()).isEqualTo(600);
        List<Reading> readings = Sent.readings(loader.kafka);
        List<Reading> heartRates = readings.stream().filter(reading -> reading.getVital().equals("heart_rate")).toList();
        List<Reading> steps = readings.stream().filter(reading -> reading.getVital().equals("steps")).toList();
        assertThat(numbers(heartRates).stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(21_282);
        assertThat(heartRates).extracting(Reading::getUnit).containsOnly("/min");
        assertThat(numbers(steps).stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(2_632);
        assertThat(steps).extracting(Reading::getUnit).containsOnly("{steps}");
        assertThat(steps.getLast().getEffectiveTime()).isEqualTo("2016-04-02T14:48:00Z");
    }

    @Test
    void shouldReadHeartRateEveryFewSeconds() throws Exception {
        // When
        LoadSummary summary = loader.load(data("wearable-fitbit-furberg/heartrate_seconds_2022484408_sample.csv"), "fitbit-heart-rate");
        // Then
        assertThat(summary.sent()).isEqualTo(300);
        List<Reading> readings = Sent.readings(loader.kafka);
        assertThat(numbers(readings).stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(22_124);
        assertThat(readings).extracting(Reading::getEffectiveTime).isSorted()
                .startsWith(Instant.parse("2016-04-01T07:54:00Z")).endsWith(Instant.parse("2016-04-01T08:38:50Z"));
    }

    private static List<Double> numbers(List<Reading> readings) {
        return readings.stream().map(Reading::getValue).filter(Double.class::isInstance).map(Double.class::cast).toList();
    }

    private static Path data(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RealDataTest.class.getResource("/data/" + name)).toURI());
    }
}
