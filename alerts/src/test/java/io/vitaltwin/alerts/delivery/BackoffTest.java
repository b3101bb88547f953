package io.vitaltwin.alerts.delivery;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(1));

    private long waitAfter(int attempt) {
        return backoff.next("a", attempt, Optional.empty(), 0, 0).orElseThrow();
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachFailureUntilTheLongest() {
        List<Long> least = List.of(5_000L, 10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 300_000L, 300_000L);
        for (int i = 0; i < least.size(); i++) {
            assertThat(waitAfter(i + 1)).isBetween(least.get(i), least.get(i) * 12 / 10);
        }
        assertThat(waitAfter(1_000)).isBetween(300_000L, 360_000L);
    }

    @Test
    void shouldSpreadWhatFailedTogetherAndRepeatItself() {
        long[] waits = IntStream.range(0, 200).mapToLong(i -> backoff.next("delivery-" + i, 3, Optional.empty(), 0, 0).orElseThrow()).toArray();
        assertThat(LongStream.of(waits).distinct().count()).isGreaterThan(10);
        assertThat(waitAfter(3)).isEqualTo(waitAfter(3));
    }

    @Test
    void shouldWaitAsLongAsTheReceiverAsks() {
        assertThat(backoff.next("a", 1, Optional.of(Duration.ofMinutes(10)), 0, 1_000)).contains(601_000L);
        assertThat(backoff.next("a", 1, Optional.of(Duration.ofMillis(1)), 0, 0)).hasValueSatisfying(next -> assertThat(next).isGreaterThanOrEqualTo(5_000));
    }

    @Test
    void shouldGiveUpWhenTheNextAttemptWouldBeTooLate() {
        long hour = Duration.ofHours(1).toMillis();
        assertThat(backoff.next("a", 1, Optional.empty(), 0, hour - 7_000)).isPresent();
        assertThat(backoff.next("a", 1, Optional.empty(), 0, hour - 4_999)).isEmpty();
        assertThat(backoff.next("a", 1, Optional.of(Duration.ofHours(2)), 0, 0)).isEmpty();
    }

    @Test
    void shouldRefuseWaitsThatMakeNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(9))).isInstanceOf(IllegalArgumentException.class);
    }
}
