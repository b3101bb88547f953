package io.vitaltwin.testbench.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimesTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(1234);

    private void pass(Duration real) {
        nanos.addAndGet(real.toNanos());
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "0.5, PT1S", "10, PT1S", "11, PT1.1S", "300, PT30S", "10000, PT1000S"})
    void shouldTickOnceASecondButNotMoreThanTenTimesAsMuchAsRealTimeAllows(double speed, Duration spacing) {
        var times = new TickTimes(START, speed);
        assertThat(times.spacing()).isEqualTo(spacing);
        assertThat(times.take()).isEqualTo(START.plus(spacing));
        assertThat(times.next()).isEqualTo(START.plus(spacing).plus(spacing));
    }

    @Test
    void shouldRunAtItsOwnSpeedAndStandStillAtTheEnd() {
        var clock = new StoryClock(START, 300, Optional.of(Duration.ofHours(1)), nanos::get);
        assertThat(clock.now()).isEqualTo(START);
        pass(Duration.ofSeconds(2));
        assertThat(clock.now()).isEqualTo(START.plus(Duration.ofMinutes(10)));
        assertThat(clock.isEnd(clock.now())).isFalse();
        assertThat(clock.until(START.plus(Duration.ofMinutes(15)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(clock.until(START)).isZero();
        pass(Duration.ofSeconds(10));
        assertThat(clock.now()).isEqualTo(START.plus(Duration.ofHours(1)));
        pass(Duration.ofSeconds(10));
        assertThat(clock.now()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(clock.isEnd(clock.now())).isTrue();
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void shouldNeverEndWithoutALength() {
        var clock = new StoryClock(START, 1, Optional.empty(), nanos::get);
        pass(Duration.ofDays(3));
        assertThat(clock.now()).isEqualTo(START.plus(Duration.ofDays(3)));
        assertThat(clock.isEnd(clock.now())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, PT1S, --port", "65536, 1, PT1S, --port", "0, 0, PT1S, --speed", "0, -2, PT1S, --speed", "0, NaN, PT1S, --speed",
        "0, 100001, PT1S, --speed", "0, 1, PT0S, --for", "0, 1, PT-1S, --for"})
    void shouldRefuseSettingsByName(int port, double speed, Duration length, String name) {
        assertThatThrownBy(() -> new DemoSettings(port, Optional.empty(), speed, 1, false, Optional.of(length)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(name);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1, PT0.001S", "65535, 100000, PT1S"})
    void shouldTakeSettingsAtTheirLimits(int port, double speed, Duration length) {
        var settings = new DemoSettings(port, Optional.empty(), speed, 1, false, Optional.of(length));
        assertThat(settings.storyLength()).contains(Duration.ofMillis(Math.round(length.toMillis() * speed)));
    }
}
