package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CohortTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"100, 1", "100, 10", "7919, 1", "7920, 5", "1, 10"})
    void shouldHearEverybodyOnceInARound(int patients, int batch) {
        var cohort = new Cohort(patients, batch, 1, START);
        for (long round = 0; round < 3; round++) {
            Set<Integer> heard = new HashSet<>();
            for (long n = round * patients; n < (round + 1) * patients; n++) {
                heard.add(cohort.patientOf(n));
            }
            assertThat(heard).hasSize(patients);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void shouldSendInOrderOfTimeWithoutRepeatingItself(int batch) {
        // Given
        var cohort = new Cohort(50, batch, 1, START);
        Map<String, Instant> last = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        Instant arrival = START;
        for (long n = 0; n < 500; n++) {
            // When
            ReadingBatch sent = cohort.batchOf(n);
            // Then
            assertThat(cohort.arrivalOf(n)).isAfterOrEqualTo(arrival);
            arrival = cohort.arrivalOf(n);
            assertThat(sent.getReadings()).hasSize(batch);
            assertThat(sent.getSequence()).isEqualTo(sequences.merge(sent.getDeviceId(), 0L, (before, zero) -> before + 1));
            for (Reading reading : sent.getReadings()) {
                assertThat(reading.getEffectiveTime()).isBeforeOrEqualTo(arrival.minusSeconds(2));
                String stream = sent.getDeviceId() + reading.getVital();
                Instant before = last.put(stream, reading.getEffectiveTime());
                assertThat(before == null || before.isBefore(reading.getEffectiveTime())).isTrue();
            }
        }
        assertThat(last).hasSize(50 * Cohort.VITALS.size());
    }

    @Test
    void shouldMeasureEveryVitalOnceAMinuteWhateverTheBatch() {
        for (int batch : new int[] {1, 5}) {
            var cohort = new Cohort(1, batch, 1, START);
            Map<String, Instant> last = new HashMap<>();
            for (long n = 0; n < 60 / batch; n++) {
                for (Reading reading : cohort.batchOf(n).getReadings()) {
                    Instant before = last.put(reading.getVital(), reading.getEffectiveTime());
                    if (before != null) {
                        assertThat(Duration.between(before, reading.getEffectiveTime())).isEqualTo(Duration.ofMinutes(1));
                    }
                }
            }
        }
    }

    @Test
    void shouldHoldNormalValuesThatTheSeedDecides() {
        var cohort = new Cohort(200, 10, 1, START);
        Map<String, double[]> ranges = Map.of("heart_rate", new double[] {51, 90}, "spo2", new double[] {96, 100},
                "respiratory_rate", new double[] {12, 20}, "bp_systolic", new double[] {111, 219}, "body_temperature", new double[] {36.1, 38.0});
        boolean differs = false;
        for (long n = 0; n < 2000; n++) {
            assertThat(cohort.batchOf(n)).isEqualTo(new Cohort(200, 10, 1, START).batchOf(n));
            differs |= !cohort.batchOf(n).equals(new Cohort(200, 10, 2, START).batchOf(n));
            for (Reading reading : cohort.batchOf(n).getReadings()) {
                assertThat((double) reading.getValue()).as(reading.getVital())
                        .isBetween(ranges.get(reading.getVital())[0], ranges.get(reading.getVital())[1]);
            }
        }
        assertThat(differs).isTrue();
    }

    @Test
    void shouldRegisterTheDeviceForAllFiveVitals() {
        var cohort = new Cohort(10, 1, 1, START);
        var plan = cohort.patient(3).plan();
        assertThat(plan.getDevices()).singleElement().satisfies(device -> {
            assertThat(device.getVitals()).isEqualTo(Cohort.VITALS);
            assertThat(device.getDeviceId()).isEqualTo("b3-d");
        });
        assertThat(cohort.patient(3).registration(START)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "10, 0", "10, 2", "10, 7"})
    void shouldRefuseACohortOfNobodyAndAPartOfARound(int patients, int batch) {
        assertThatThrownBy(() -> new Cohort(patients, batch, 1, START)).isInstanceOf(IllegalArgumentException.class);
    }
}
