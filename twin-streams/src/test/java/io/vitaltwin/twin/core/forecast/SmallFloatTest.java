package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SmallFloatTest {

    @Test
    void shouldGiveEachCodeBack() {
        for (int code = 0; code <= 0xFFFF; code++) {
            assertThat(SmallFloat.code(SmallFloat.value(code))).isEqualTo(code);
            if (code > 0) {
                assertThat(SmallFloat.value(code)).isGreaterThan(SmallFloat.value(code - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {5e-9, 1.3e-6, 0.000777, 0.03, 0.999, 1, 7.77, 15})
    void shouldBeNearWhatItStandsFor(double value) {
        assertThat(SmallFloat.value(SmallFloat.code(value))).isCloseTo(value, within(value / 4_000));
    }

    @Test
    void shouldStopAtItsEnds() {
        assertThat(SmallFloat.code(0)).isZero();
        assertThat(SmallFloat.code(-1)).isZero();
        assertThat(SmallFloat.code(Double.NaN)).isZero();
        assertThat(SmallFloat.code(1e-12)).isZero();
        assertThat(SmallFloat.code(1e9)).isEqualTo(0xFFFF);
    }
}
