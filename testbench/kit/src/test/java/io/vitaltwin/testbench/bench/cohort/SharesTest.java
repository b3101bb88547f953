package io.vitaltwin.testbench.bench.cohort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SharesTest {

    /** Wilson without continuity correction; 81/263 and 0/20 from Newcombe, Stat Med 1998;17:857, table I. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718", "0, 0, 0, 1"})
    void shouldGiveWilsonsInterval(long k, long n, double low, double high) {
        assertThat(Shares.wilson(k, n).low()).isCloseTo(low, within(0.0001));
        assertThat(Shares.wilson(k, n).high()).isCloseTo(high, within(0.0001));
    }

    /** Newcombe, Stat Med 1998;17:873, table II, method 10. */
    @ParameterizedTest
    @CsvSource({"56, 70, 48, 80, 0.0524, 0.3339", "9, 10, 3, 10, 0.1705, 0.8090", "10, 10, 0, 10, 0.6075, 1.0"})
    void shouldGiveNewcombesIntervalOfADifference(long k1, long n1, long k2, long n2, double low, double high) {
        Shares.Interval interval = Shares.difference(k1, n1, k2, n2, 1.959964);
        assertThat(interval.low()).isCloseTo(low, within(0.0001));
        assertThat(interval.high()).isCloseTo(high, within(0.0001));
    }

    @Test
    void shouldTakeTheSpreadOfPeopleIntoTheIntervalOfARatio() {
        long[] even = new long[100];
        Arrays.fill(even, 2);
        long[] one = new long[100];
        one[0] = 200;
        Shares.Interval certain = Shares.ratio(even, even, 1.959964);
        assertThat(certain.low()).isEqualTo(1);
        assertThat(certain.high()).isEqualTo(1);
        // All alerts of one person: SD 20 around a mean of 2, relative error of the mean 1.
        Shares.Interval unsure = Shares.ratio(one, even, 1.959964);
        assertThat(unsure.low()).isCloseTo(Math.exp(-1.959964), within(0.001));
        assertThat(unsure.high()).isCloseTo(Math.exp(1.959964), within(0.01));
    }
}
