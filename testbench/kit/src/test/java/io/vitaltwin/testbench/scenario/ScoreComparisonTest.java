package io.vitaltwin.testbench.scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.vitaltwin.testbench.scenario.Stories.compare;
import static io.vitaltwin.testbench.scenario.Stories.scored;
import static io.vitaltwin.testbench.scenario.Stories.snapshot;
import static io.vitaltwin.testbench.scenario.Stories.twins;
import static org.assertj.core.api.Assertions.assertThat;

class ScoreComparisonTest {

    /** Incomplete from 2 min on, complete from 4. */
    private static final Observed SCORES =
            twins(scored("PT2M3S", "PT2M", 1, 15), scored("PT4M3S", "PT4M", 5, 5), scored("PT20M", "PT4M", 0, 20));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "at: PT2M, knownSum: 1, maxPossible: 15, complete: false", "at: PT3M59S, knownSum: 1", "at: PT4M, total: 5, complete: true",
        "at: PT9M, total: 5", "at: PT20M, knownSum: 0, complete: false"})
    void shouldTakeTheScoreOfItsTime(String expected) {
        assertThat(compare("expect: {news2: [{" + expected + "}]}\n", SCORES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "at: PT2M, total: 1 | expected a total of 1, came 1, incomplete (scored PT2M,",
        "at: PT4M, total: 6 | expected a total of 6, came 5 (scored PT4M,",
        "at: PT2M, knownSum: 2 | expected a known sum of 2, came 1 (",
        "at: PT2M, maxPossible: 14 | expected at most 14 possible, came 15 (",
        "at: PT2M, complete: true | expected a complete score, came an incomplete score (",
        "at: PT4M, complete: false | expected an incomplete score, came a complete score (",
        "at: PT1M59S, total: 0 | expected a score, none came"})
    void shouldSayHowTheScoreDiffers(String expected, String difference) {
        assertThat(compare("expect: {news2: [{" + expected + "}]}\n", SCORES)).singleElement().asString()
                .startsWith("news2 of p1 at ").contains(" (line 13): " + difference);
    }

    @Test
    void shouldNotPretendToKnowWhatIsNotPublished() {
        assertThat(compare("""
                expect:
                  clock: [{device: w1, offset: [3598, 3602], driftPerDay: [1.43, 2.03]}]
                  baseline: [{vital: heart_rate, context: REST, median: [60, 62]}]
                """, twins(snapshot("PT10M", 10).build()))).containsExactly(
                "baseline of heart_rate REST (line 15): expected a median of 60 to 62, not published in this version",
                "clock of w1 (line 14): expected an offset of 3598 to 3602 s a drift of 1.43 to 2.03 s a day, not published in this version");
    }
}
