package io.vitaltwin.alerts.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolicyTest {

    private static Policy of(Duration second, Duration lead, Duration undo, int storm, Duration memory) {
        Policy usual = Policy.defaults();
        return new Policy(second, lead, usual.mediumToSecond(), usual.remindHigh(), usual.remindMedium(), usual.refractory(), usual.refractoryLow(),
                usual.longestSnooze(), usual.longestSnoozeHigh(), undo, storm, usual.stormSpan(), memory);
    }

    /** CLINICAL.md section 6.1. */
    @Test
    void shouldHaveTheNumbersOfTheReference() {
        assertThat(Policy.defaults()).isEqualTo(new Policy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(60), Duration.ofMinutes(30),
                Duration.ofHours(8), Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofHours(24), Duration.ofMinutes(60), Duration.ofSeconds(60), 10,
                Duration.ofHours(1), Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource({"PT5M, PT10M, PT0S, 10, PT24H, longer than zero", "PT11M, PT10M, PT1M, 10, PT24H, must not be told before", "PT5M, PT10M, PT1M, 0, PT24H, stormAlerts",
        "PT5M, PT10M, PT1M, 10, PT23H, memory"})
    void shouldRefuseWhatContradictsItself(Duration second, Duration lead, Duration undo, int storm, Duration memory, String named) {
        assertThatThrownBy(() -> of(second, lead, undo, storm, memory)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(named);
    }

    @Test
    void shouldAcceptTheEdges() {
        assertThat(of(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(1), 1, Duration.ofHours(24)).stormAlerts()).isOne();
    }
}
