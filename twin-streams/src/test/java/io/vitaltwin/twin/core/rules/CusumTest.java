package io.vitaltwin.twin.core.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** CR 7.2: z = (x - 58) / 1.5, k 0.5, h 4. */
class CusumTest {

    @ParameterizedTest
    @CsvSource({"62, 2.167, false", "62 61, 3.667, false", "62 61 62, 5.833, true", "58, 0, false", "62 40 61, 1.5, false"})
    void shouldReproduceTheVector(String nights, double sum, boolean alarm) {
        Cusum cusum = Cusum.usual();
        for (String night : nights.split(" ")) {
            cusum = cusum.take((Integer.parseInt(night) - 58) / 1.5);
        }
        assertThat(cusum.sum()).isCloseTo(sum, within(0.0005));
        assertThat(cusum.isAlarm()).isEqualTo(alarm);
    }

    @Test
    void shouldAlarmOnlyAboveItsLimit() {
        assertThat(new Cusum(0.5, 4, 0).take(4.5).isAlarm()).isFalse();
        assertThat(new Cusum(0.5, 4, 0).take(4.5001).isAlarm()).isTrue();
    }
}
