package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.forecast.Forecast;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** The option of CGM_URGENT_LOW_SOON that looks at the patient's own forecast instead of the trend. */
class UrgentLowByForecastTest {

    private static final int FIVE = 5 * MINUTE;
    private static final long TWENTY_MINUTES = 1_200_000;

    /** Swings between 180 and 60 in two hours, again and again: falls go on, and the learner comes to know it. */
    private static double swing(int reading) {
        int phase = reading % 48;
        return phase < 24 ? 180 - 5 * phase : 60 + 5 * (phase - 24);
    }

    private static double expected(RuleBench bench, int reading) {
        return bench.twin().parts().get(GlucoseForecaster.TYPE).forecast(RuleBench.millis((long) reading * FIVE)).map(f -> f.after(TWENTY_MINUTES))
                .orElse(Double.NaN);
    }

    @Test
    void shouldRaiseAtItsLimitAndClearAsFarAboveAsTheTrendDoes() {
        // Given
        RuleBench bench = RuleBench.adult().override(RuleId.CGM_URGENT_LOW_SOON, "expected", 80);
        Feed sensor = bench.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        // When, then: after each reading the rule holds as the forecast says
        boolean holds = false;
        int safe = 0;
        int raised = 0;
        for (int i = 0; i < 480; i++) {
            sensor.at((long) i * FIVE, swing(i));
            double value = expected(bench, i);
            if (!holds && value <= 80) {
                holds = true;
                safe = 0;
                raised++;
            } else if (holds) {
                safe = value > 85 ? safe + 1 : 0;
                holds = safe < 2;
            }
            assertThat(bench.twin().holds(RuleId.CGM_URGENT_LOW_SOON)).as("reading %d, expected %s", i, value).isEqualTo(holds);
        }
        assertThat(raised).isGreaterThan(3);
        AlertChange first = bench.alerts().stream().filter(change -> change.rule() == RuleId.CGM_URGENT_LOW_SOON).findFirst().orElseThrow();
        assertThat(first.text()).contains("it may reach 80 mg/dL within 20 minutes");
        assertThat(first.predictive()).isTrue();
        assertThat(first.thresholds()).containsEntry("CGM_URGENT_LOW_SOON.expected", 80_000L);
    }

    @Test
    void shouldBeOffUnlessItIsSet() {
        RuleBench asSpecified = RuleBench.adult();
        Feed sensor = asSpecified.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        for (int i = 0; i < 480; i++) {
            sensor.at((long) i * FIVE, swing(i));
        }
        // A fall of 1 /min reaches 55 from 75 in 20 minutes: phase 21 of each swing.
        List<String> soon = asSpecified.told().stream().filter(line -> line.contains("SOON")).toList();
        assertThat(soon).first().isEqualTo("RAISED CGM_URGENT_LOW_SOON MEDIUM " + 21 * FIVE);
    }

    @Test
    void shouldSayNothingWithoutAForecast() {
        RuleBench bench = RuleBench.adult().override(RuleId.CGM_URGENT_LOW_SOON, "expected", 80);
        bench.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5)).series(0, 130, 115, 100, 85, 71);
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void shouldFeedTheForecastWithUsableReadingsOnly() {
        RuleBench bench = RuleBench.adult();
        Feed sensor = bench.feed(Vital.GLUCOSE_INTERSTITIAL, Grade.MEDICAL_HOME, Duration.ofMinutes(5));
        for (int i = 0; i < 60; i++) {
            sensor.at((long) i * FIVE, swing(i));
        }
        Forecast before = bench.twin().parts().get(GlucoseForecaster.TYPE).forecast(RuleBench.millis(59L * FIVE)).orElseThrow();
        sensor.suspect(60L * FIVE, 300);
        sensor.reject(61L * FIVE, 300);
        assertThat(bench.twin().parts().get(GlucoseForecaster.TYPE).forecast(RuleBench.millis(59L * FIVE))).contains(before);
        sensor.at(62L * FIVE, 120);
        assertThat(bench.twin().parts().get(GlucoseForecaster.TYPE).forecast(RuleBench.millis(62L * FIVE)).orElseThrow().mgPerDl()).isEqualTo(120);
    }
}
