package io.vitaltwin.testbench.demo;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyProbeTest {

    private static final long APPEND = 1_772_409_600_000L;

    private final LatencyProbe probe = new LatencyProbe(2);

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    @Test
    void shouldMeasureFromSendingUntilReading() {
        // Given
        for (int i = 0; i < 100; i++) {
            probe.sent(1, i, APPEND + i, millis(0));
            probe.alerted(1, i, APPEND + i, millis(i + 1));
        }
        // Then
        assertThat(probe.latency().p50()).isCloseTo(50, within(0.1));
        assertThat(probe.latency().p99()).isCloseTo(99, within(0.1));
    }

    @Test
    void shouldMeasureNothingFromATimer() {
        // Given: the alert came later than its last reading, when a timer ran out
        probe.sent(0, 7, APPEND, millis(0));
        probe.alerted(0, 7, APPEND + 1, millis(5));
        // Then
        assertThat(probe.latency()).isEqualTo(new Summary.Latency(null, null));
    }

    @Test
    void shouldMeasureNothingFromARecordThatItDoesNotRemember() {
        probe.sent(0, 7, APPEND, millis(0));
        probe.alerted(0, 8, APPEND, millis(5));
        probe.alerted(1, 7, APPEND, millis(5));
        probe.sent(0, 7 + (1 << 14), APPEND, millis(1));
        probe.alerted(0, 7, APPEND, millis(5));
        probe.alerted(2, 0, APPEND, millis(5));
        probe.alerted(-1, 0, APPEND, millis(5));
        assertThat(probe.latency().p50()).isNull();
    }
}
