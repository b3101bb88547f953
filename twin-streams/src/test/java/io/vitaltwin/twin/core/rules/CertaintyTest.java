package io.vitaltwin.twin.core.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** CR 3.11.1 and the vectors of 3.11.4. */
class CertaintyTest {

    @ParameterizedTest
    @CsvSource({"86, 91.5, 3, 0.967", "86, 91.5, 5, 0.864", "83, 87.5, 3, 0.933", "91, 91.5, 3, 0.566", "92, 91.5, 3, 0.434",
        "90, 91.5, 3, 0.691", "84, 91.5, 5, 0.933"})
    void shouldAgreeWithTheVectorsOfTheReference(double measured, double threshold, double sigma, double expected) {
        assertThat(Certainty.below(threshold, measured, sigma)).isCloseTo(expected, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0.8413447", "-1, 0.1586553", "1.2815516, 0.9", "2.5, 0.9937903", "-3, 0.0013499", "8, 1", "-8, 0"})
    void shouldBeTheNormalDistribution(double x, double expected) {
        assertThat(Certainty.phi(x)).isCloseTo(expected, within(1.5e-7));
    }

    @Test
    void shouldMirrorAboveAndBelow() {
        for (double measured = 100; measured < 160; measured += 0.5) {
            assertThat(Certainty.above(130.5, measured, 4) + Certainty.below(130.5, measured, 4)).isCloseTo(1, within(2e-7));
        }
    }

    @Test
    void shouldRiseSteadily() {
        double before = 0;
        for (double x = -6; x <= 6; x += 0.01) {
            double p = Certainty.phi(x);
            assertThat(p).isBetween(before, 1.0);
            before = p;
        }
    }
}
