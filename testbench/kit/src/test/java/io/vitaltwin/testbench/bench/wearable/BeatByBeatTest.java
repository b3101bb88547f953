package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.bench.wearable.BeatByBeat.Alignment;
import io.vitaltwin.testbench.bench.wearable.BeatByBeat.Rates;
import io.vitaltwin.testbench.data.WearableHrv.Beat;
import io.vitaltwin.testbench.data.WearableHrv.Raw;
import io.vitaltwin.testbench.data.WearableHrv.Span;
import io.vitaltwin.twin.core.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BeatByBeatTest {

    private static final long T0 = 1_688_126_940_000L;

    /** Forty minutes of a heart rate that wanders between 60 and 100; the seed decides how. */
    private static List<Beat> beats(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Beat> beats = new ArrayList<>();
        double rate = 80;
        for (long at = T0; at < T0 + 2_400_000;) {
            rate = Math.clamp(rate + (random.nextDouble() - 0.5) * 3, 60, 100);
            int interval = (int) (60_000 / rate);
            at += interval;
            beats.add(new Beat(at, interval));
        }
        return beats;
    }

    private static List<Beat> shifted(List<Beat> beats, long millis) {
        return beats.stream().map(beat -> new Beat(beat.millis() + millis, beat.intervalMillis())).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 37, -600})
    void shouldFindTheLagOfAClock(int lagSeconds) {
        List<Beat> truth = beats(42);

        Alignment found = BeatByBeat.align("watch", Rates.of(truth), Rates.of(shifted(truth, -lagSeconds * 1_000L)));

        assertThat(found.lagSeconds()).isEqualTo(lagSeconds);
        assertThat(found.correlation()).isCloseTo(1, within(1e-6));
        assertThat(found.aligned()).isTrue();
    }

    @Test
    void shouldNotBelieveALagOfAnotherPersonsHeart() {
        Alignment found = BeatByBeat.align("watch", Rates.of(beats(42)), Rates.of(beats(7)));

        assertThat(found.correlation()).isLessThan(BeatByBeat.LEAST_CORRELATION);
        assertThat(found.aligned()).isFalse();
    }

    @Test
    void shouldFindNoLagWithoutBeats() {
        assertThat(BeatByBeat.align("watch", Rates.of(beats(42)), Rates.of(List.of())).aligned()).isFalse();
    }

    @Test
    void shouldCompareTenSecondsAtATimeInEachCondition() {
        List<Beat> truth = beats(42);
        List<Beat> faster = shifted(truth, 20_000).stream().map(beat -> new Beat(beat.millis(), (int) Math.round(beat.intervalMillis() / 1.05))).toList();
        Raw raw = new Raw(List.of(new Span("sitting", T0 + 60_000, T0 + 360_000), new Span("juggling", T0 + 400_000, T0 + 500_000)),
                Map.of("vu", truth, "watch", faster));

        BeatByBeat.Outcome found = BeatByBeat.of(raw);

        assertThat(found.alignments()).singleElement().satisfies(alignment -> assertThat(alignment.lagSeconds()).isEqualTo(-20));
        assertThat(found.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.context()).isEqualTo(Context.REST);
            assertThat(cell.n()).isEqualTo(30);
            assertThat(cell.persons()).isEqualTo(1);
            assertThat(cell.bias()).isBetween(3.0, 5.0);            // five percent of 60 to 100
            assertThat(cell.isGround()).isFalse();
        });
    }

    @Test
    void shouldGiveNoRateOfTooFewBeats() {
        Rates rates = Rates.of(List.of(new Beat(T0, 1_000), new Beat(T0 + 20_000, 1_000)));

        assertThat(rates.at(T0 / 1_000 + 20)).isZero();
        assertThat(rates.at(0)).isZero();
    }
}
