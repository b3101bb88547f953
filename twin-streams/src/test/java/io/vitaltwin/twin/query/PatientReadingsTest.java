package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.query.PatientReadings.Series;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class PatientReadingsTest {

    private final PatientReadings readings = new PatientReadings("p", 0);

    private void take(String device, Reading... batch) {
        readings.take(ReadingBatch.newBuilder().setBatchId("b").setDeviceId(device).setSentAt(Twins.T0).setReadings(Arrays.asList(batch)).build(), 5);
    }

    private static Reading reading(String vital, long second, Object value, String unit) {
        return Reading.newBuilder().setVital(vital).setEffectiveTime(Twins.T0.plusSeconds(second)).setValue(value).setUnit(unit).build();
    }

    private List<Long> values(Vital vital) {
        List<Long> values = new ArrayList<>();
        readings.series().stream().filter(series -> series.vital() == vital).forEach(series -> {
            for (int i = 0; i < series.size(); i++) {
                values.add(series.milli(i));
            }
        });
        return values;
    }

    @Test
    void shouldKeepNumbersInOneUnitAndBoundsAtTheirLimit() {
        take("d", reading("body_temperature", 0, 98.6, "[degF]"), reading("body_temperature", 1, 37.0, "Cel"), reading("glucose_interstitial", 0, "LO", "mg/dL"),
                reading("glucose_interstitial", 1, "HI", "mg/dL"));
        assertThat(values(Vital.BODY_TEMPERATURE)).containsExactly(37_000L, 37_000L);
        assertThat(values(Vital.GLUCOSE_INTERSTITIAL)).containsExactly(40_000L, 400_000L);
        assertThat(readings.size()).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutWhatHasNoCourse() {
        take("d", reading("consciousness", 0, "A", "code"), reading("shoe_size", 0, 43.0, "1"), reading("spo2", 0, 97.0, "furlong"), reading("spo2", 0, "x", "%"));
        assertThat(readings.size()).isZero();
    }

    @Test
    void shouldPutLateReadingsInTheirPlaceAndKeepTheFirstOfAMoment() {
        SplittableRandom random = new SplittableRandom(3);
        TreeMap<Long, Long> expected = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            long second = random.nextLong(1_000);
            long value = random.nextLong(40, 180);
            expected.putIfAbsent(second, value * 1_000);
            take("d", reading("heart_rate", second, (double) value, "/min"));
        }
        assertThat(values(Vital.HEART_RATE)).containsExactlyElementsOf(expected.values());
        assertThat(readings.size()).isEqualTo(expected.size());
    }

    @Test
    void shouldKeepDevicesApartAndFindPlaces() {
        take("a", reading("spo2", 10, 97.0, "%"), reading("spo2", 20, 96.0, "%"));
        take("b", reading("spo2", 10, 90.0, "%"));
        Series series = readings.series().stream().filter(one -> one.device().equals("a")).findFirst().orElseThrow();
        long t0 = Twins.T0.toEpochMilli();
        assertThat(List.of(series.placeOf(t0), series.placeOf(t0 + 10_000), series.placeOf(t0 + 10_001), series.placeOf(t0 + 20_001))).containsExactly(0, 0, 1, 2);
    }

    @Test
    void shouldKnowTheVerdictOfTheTwin() {
        take("a", reading("spo2", 10, 97.0, "%"), reading("spo2", 20, 96.0, "%"));
        readings.take(QualityFlag.newBuilder().setPatientId("p").setDeviceId("a").setVital("spo2").setEffectiveTime(Twins.T0.plusSeconds(20)).setVerdict(Verdict.REJECT)
                .setRuleVersion("1").setAppendTime(Twins.T0).build());
        Series series = readings.series().iterator().next();
        assertThat(readings.verdict(series, series.time(0))).isEqualTo(Verdict.ACCEPT);
        assertThat(readings.verdict(series, series.time(1))).isEqualTo(Verdict.REJECT);
    }
}
