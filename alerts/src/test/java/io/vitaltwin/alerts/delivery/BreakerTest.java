package io.vitaltwin.alerts.delivery;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private final Breaker breaker = new Breaker(3, Duration.ofSeconds(30));

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(1_000);
        }
    }

    @Test
    void shouldLetThroughUntilTooManyFailInARow() {
        fail(2);
        assertThat(breaker.lets(1_000)).isTrue();
        breaker.answered();
        fail(2);
        assertThat(breaker.lets(1_000)).isTrue();
        fail(1);
        assertThat(breaker.lets(1_000)).isFalse();
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.openUntilMillis()).isEqualTo(31_000);
    }

    @Test
    void shouldTryWithOneMessageWhenItsTimeIsOver() {
        fail(3);
        assertThat(breaker.lets(30_999)).isFalse();
        assertThat(breaker.lets(31_000)).isTrue();
        assertThat(breaker.state()).isEqualTo(Breaker.State.PROBING);
    }

    @Test
    void shouldOpenAgainAtOnceWhenTheTryFails() {
        fail(3);
        breaker.lets(31_000);
        breaker.failed(31_500);
        assertThat(breaker.lets(61_499)).isFalse();
        assertThat(breaker.lets(61_500)).isTrue();
    }

    @Test
    void shouldCloseWhenTheTryIsAnswered() {
        fail(3);
        breaker.lets(31_000);
        breaker.answered();
        fail(2);
        assertThat(breaker.lets(31_000)).isTrue();
        assertThat(breaker.openUntilMillis()).isLessThan(0);
    }
}
