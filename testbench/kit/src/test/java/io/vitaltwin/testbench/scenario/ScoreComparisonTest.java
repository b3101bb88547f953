package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceHealth;
import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

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

    private static final String PERSONAL = """
            expect:
              clock: [{device: w1, offset: [3598, 3602], driftPerDay: [1.43, 2.03]}]
              baseline: [{vital: heart_rate, context: REST, median: [60, 62]}]
            """;

    private static TwinSnapshot twin(double offset, double drift, double median) {
        var vital = TwinVital.newBuilder().setVital("heart_rate").setDeviceId("w1").setUnit("/min").setEffectiveTime(Instant.EPOCH)
                .setBaselines(List.of(new TwinBaseline(ActivityContext.SLEEP, 50.0, 1.0, 20, false),
                        new TwinBaseline(ActivityContext.REST, median, 1.0, 20, false))).build();
        var health = DeviceHealth.newBuilder().setDeviceId("w1").setClockOffsetSeconds(offset).setClockDriftPerDay(drift).build();
        return snapshot("PT10M", 10).setVitals(List.of(vital)).setDevices(List.of(health)).build();
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        assertThat(compare(PERSONAL, twins(snapshot("PT10M", 10).build()))).containsExactly(
                "baseline of heart_rate REST (line 15): expected a median of 60 to 62, none came",
                "clock of w1 (line 14): expected an offset of 3598 to 3602 s, none is known",
                "clock of w1 (line 14): expected a drift of 1.43 to 2.03 s a day, none is known");
    }

    @Test
    void shouldCompareTheNewestBaselineAndClock() {
        assertThat(compare(PERSONAL, twins(twin(0, 9, 90), twin(3600, 1.7, 61)))).isEmpty();
        assertThat(compare(PERSONAL, twins(twin(3600, 1.7, 61), twin(3597, 2.04, 59.9)))).containsExactly(
                "baseline of heart_rate REST (line 15): expected a median of 60 to 62, came [59.9]",
                "clock of w1 (line 14): expected an offset of 3598 to 3602 s, came 3597.0",
                "clock of w1 (line 14): expected a drift of 1.43 to 2.03 s a day, came 2.04");
    }
}
