package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.ward.Breaths.Look;
import io.vitaltwin.testbench.data.Bidmc;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BreathsTest {

    /** Breaths each so many milliseconds for two minutes. */
    private static List<Long> breaths(long every) {
        return LongStream.iterate(0, at -> at <= 120_000, at -> at + every).boxed().toList();
    }

    private static Bidmc.Recording recording(long everyOne, long everyTwo, int shown) {
        List<Bidmc.Second> seconds = new ArrayList<>();
        for (int second = 0; second <= 120; second++) {
            seconds.add(new Bidmc.Second(second, OptionalLong.of(80_000), OptionalLong.of(second < 60 ? 80_000 : 86_000),
                    OptionalLong.of(shown * 1_000L), OptionalLong.of(97_000)));
        }
        return new Bidmc.Recording("r", 60, seconds, breaths(everyOne), breaths(everyTwo));
    }

    @Test
    void shouldCountBreathsFromTheFirstToTheLastInAMinute() {
        assertThat(Breaths.rate(breaths(3_000), 60)).isCloseTo(20, within(1e-9));
        assertThat(Breaths.rate(breaths(2_500), 90)).isCloseTo(24, within(1e-9));
        assertThat(Breaths.rate(List.of(1_000L, 59_000L), 60)).isNaN();
    }

    @Test
    void shouldLookEachTenSecondsOnceAMinuteIsFull() {
        int[] disagreed = new int[1];

        List<Look> looks = Breaths.looks(List.of(recording(3_000, 3_000, 22)), disagreed);

        assertThat(looks).hasSize(7).allSatisfy(look -> assertThat(look.error()).isCloseTo(2, within(1e-9)));
        assertThat(disagreed[0]).isZero();
    }

    @Test
    void shouldNotLookWhereTheAnnotatorsDisagree() {
        int[] disagreed = new int[1];

        assertThat(Breaths.looks(List.of(recording(3_000, 2_500, 22)), disagreed)).isEmpty();
        assertThat(disagreed[0]).isEqualTo(7);
    }

    @Test
    void shouldTellHitsFromFalls() {
        List<Look> looks = List.of(new Look("a", 26, 25), new Look("a", 26, 24), new Look("b", 20, 20), new Look("b", 20, 27));

        Breaths.Detection found = Breaths.detection(looks, "25", rate -> rate >= 25);

        assertThat(found.hits().hits()).isEqualTo(1);
        assertThat(found.hits().of()).isEqualTo(2);
        assertThat(found.falls().hits()).isEqualTo(1);
        assertThat(found.recordings()).isEqualTo(1);
    }

    @Test
    void shouldCompareBothPulses() {
        Breaths.Agreement found = Breaths.pulses(List.of(recording(3_000, 3_000, 20)));

        assertThat(found.n()).isEqualTo(121);
        assertThat(found.bias()).isCloseTo(6.0 * 61 / 121, within(1e-9));
        assertThat(found.far().hits()).isEqualTo(61);
        // CR 4.4: 1.5 /min of an ECG at rest and 2.5 of a medical oximeter
        assertThat(found.sigma()).isCloseTo(Math.sqrt(1.5 * 1.5 + 2.5 * 2.5), within(1e-9));
    }

    @Test
    void shouldHoldBreathsAgainstTheSigmaOfTheCore() {
        // sigma of a clinical device at rest: 1 /min
        Breaths.Agreement found = Breaths.breaths(List.of(new Look("a", 20, 23), new Look("a", 20, 17), new Look("b", 20, 21), new Look("b", 20, 19)));

        assertThat(found.sigma()).isEqualTo(1);
        assertThat(found.zeroZ().value()).isCloseTo(Math.sqrt(5), within(1e-9));
        assertThat(found.leastWithoutOne()).isCloseTo(1, within(1e-9));
        assertThat(found.mostWithoutOne()).isCloseTo(3, within(1e-9));
        assertThat(found.typicalZ()).isCloseTo(2, within(1e-9));
        assertThat(found.above()).isEqualTo(1);
    }
}
