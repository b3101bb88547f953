package io.vitaltwin.ingest.load;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PaceTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final List<Duration> slept = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, PT5M", "60, PT5S", "0.5, PT10M"})
    void shouldWaitInTheRhythmOfMeasurement(double rate, Duration wait) throws InterruptedException {
        Pace pace = pace(rate);

        pace.await(T0);
        pace.await(T0.plusSeconds(300));
        pace.await(T0.plusSeconds(600));

        assertThat(slept).containsExactly(wait, wait);
    }

    @Test
    void shouldNotWaitForAReadingWhoseTurnIsPast() throws InterruptedException {
        Pace pace = pace(1);
        pace.await(T0);
        now = now.plusSeconds(301);

        pace.await(T0.plusSeconds(300));
        pace.await(T0.minusSeconds(60));
        assertThat(slept).isEmpty();

        pace.await(T0.plusSeconds(302));
        assertThat(slept).as("no drift: turns are counted from the start").containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseARateThatIsNoRate(double rate) {
        assertThatIllegalArgumentException().isThrownBy(() -> pace(rate)).withMessageContaining("rate must be a number above 0");
    }

    private Pace pace(double rate) {
        return Pace.atRate(rate, () -> now, span -> {
            slept.add(span);
            now = now.plus(span);
        });
    }
}
