package io.vitaltwin.testbench.bench.baseline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CusumTest {

    /** CR 7.2: z = (x - 58) / 1.5 of 62, 61, 62 gives 2.167, 3.667, 5.833: an alarm on the third night. */
    @Test
    void shouldGiveThePublishedVector() {
        double one = Cusum.next(0, (62 - 58) / 1.5);
        double two = Cusum.next(one, (61 - 58) / 1.5);
        double three = Cusum.next(two, (62 - 58) / 1.5);

        assertThat(one).isCloseTo(2.167, within(0.001));
        assertThat(two).isCloseTo(3.667, within(0.001)).isLessThan(Cusum.LIMIT);
        assertThat(three).isCloseTo(5.833, within(0.001)).isGreaterThan(Cusum.LIMIT);
    }

    /** 57, 58, 59 over and over: median 58, MAD 1, spread 1.4826, so the vector above comes out nearly the same. */
    @Test
    void shouldFlagTheThirdRaisedNight() {
        Cusum cusum = usual(28);

        assertThat(cusum.isFlagged(28, 62)).isFalse();
        assertThat(cusum.isFlagged(29, 61)).isFalse();
        assertThat(cusum.isFlagged(30, 62)).isTrue();
    }

    @Test
    void shouldComeBackWithinDays() {
        Cusum cusum = usual(28);
        for (int day = 28; day < 33; day++) {
            cusum.isFlagged(day, 70);
        }
        int flagged = 0;
        for (int day = 33; day < 60; day++) {
            flagged += cusum.isFlagged(day, 57) ? 1 : 0;
        }
        assertThat(flagged).isBetween(1, 8);
    }

    /** One missing day keeps the sum, two begin anew. */
    @Test
    void shouldBeginAnewAfterTwoMissingDays() {
        Cusum kept = usual(28);
        kept.isFlagged(28, 62);
        kept.isFlagged(29, 62);
        assertThat(kept.isFlagged(31, 62)).isTrue();
        Cusum anew = usual(28);
        anew.isFlagged(28, 62);
        anew.isFlagged(29, 62);
        assertThat(anew.isFlagged(32, 62)).isFalse();
    }

    /** The same pulse each day has no spread: the floor keeps a single beat from being an alarm. */
    @Test
    void shouldHaveAFloor() {
        Cusum cusum = new Cusum();
        for (int day = 0; day < 28; day++) {
            cusum.isFlagged(day, 58);
        }
        assertThat(cusum.isFlagged(28, 59)).isFalse();
        assertThat(cusum.isFlagged(29, 59)).isFalse();
    }

    private static Cusum usual(int days) {
        Cusum cusum = new Cusum();
        for (int day = 0; day < days; day++) {
            assertThat(cusum.isFlagged(day, 57 + day % 3)).isFalse();
        }
        return cusum;
    }
}
