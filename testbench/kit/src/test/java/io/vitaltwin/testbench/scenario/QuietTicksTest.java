package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.Tick;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class QuietTicksTest {

    private static final Instant T0 = Instant.parse("2026-03-02T00:00:10Z");

    @ParameterizedTest
    @CsvSource({"0, false", "5, false", "6, true", "19, true", "20, false", "21, true", "50, false"})
    void shouldKeepTicksNearARecordAndTwoAMinute(long secondsAfter, boolean leftOut) {
        // Given
        QuietTicks quiet = new QuietTicks();
        quiet.leavesOut(new Input(Input.Kind.REPORT, T0, "p1", new PatientReport()));
        // When
        Instant time = T0.plusSeconds(secondsAfter);
        boolean left = quiet.leavesOut(new Input(Input.Kind.TICK, time, "", new Tick(0, time)));
        // Then
        assertThat(left).isEqualTo(leftOut);
    }

    @Test
    void shouldKeepEveryOtherRecord() {
        QuietTicks quiet = new QuietTicks();

        assertThat(quiet.leavesOut(new Input(Input.Kind.REPORT, T0.plusSeconds(7), "p1", new PatientReport()))).isFalse();
    }
}
