package io.vitaltwin.testbench.bench;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StatsTest {

    private static final double[] FOUR = {2, 4, 4, 6};

    @Test
    void shouldDescribeValues() {
        assertThat(Stats.mean(FOUR)).isEqualTo(4);
        assertThat(Stats.sd(FOUR)).isCloseTo(1.632993, within(1e-6));
        assertThat(Stats.rms(new double[] {3, -4})).isCloseTo(3.535534, within(1e-6));
        assertThat(Stats.mae(new double[] {3, -4})).isEqualTo(3.5);
        assertThat(Stats.median(FOUR)).isEqualTo(4);
        assertThat(Stats.quantile(FOUR, 0.9)).isCloseTo(5.4, within(1e-9));
    }

    @Test
    void shouldSayNothingOfNothing() {
        assertThat(Stats.mean(new double[0])).isNaN();
        assertThat(Stats.sd(new double[] {1})).isNaN();
        assertThat(Stats.median(new double[0])).isNaN();
        assertThat(Stats.share(0, 0)).isEqualTo(Stats.Estimate.NONE);
        assertThat(Stats.auroc(List.of(), List.of(1.0))).isEqualTo(Stats.Estimate.NONE);
        assertThat(Stats.deviation(new double[] {1})).isEqualTo(Stats.Estimate.NONE);
    }

    /** 0 of 10 and 5 of 10: the published examples of the Wilson interval. */
    @Test
    void shouldGiveTheWilsonInterval() {
        assertThat(Stats.share(0, 10).high()).isCloseTo(0.2775, within(1e-4));
        assertThat(Stats.share(0, 10).low()).isZero();
        assertThat(Stats.share(5, 10).low()).isCloseTo(0.2366, within(1e-4));
        assertThat(Stats.share(5, 10).high()).isCloseTo(0.7634, within(1e-4));
    }

    /** Tables: chi-squared at 0.025 and 0.975 with 9 degrees of freedom is 2.700 and 19.023. */
    @Test
    void shouldGiveTheIntervalOfADeviation() {
        double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        Stats.Estimate sd = Stats.deviation(ten);

        assertThat(sd.value()).isCloseTo(3.02765, within(1e-5));
        assertThat(sd.low()).isCloseTo(3.02765 * Math.sqrt(9 / 19.023), within(0.01));
        assertThat(sd.high()).isCloseTo(3.02765 * Math.sqrt(9 / 2.700), within(0.03));
    }

    @Test
    void shouldWidenTheDeviationAboutZeroByABias() {
        double[] biased = {4, 4, 4, 4, 4, 4, 4, 4, 4};

        assertThat(Stats.deviation(biased).value()).isZero();
        assertThat(Stats.aboutZero(biased).value()).isEqualTo(4);
        assertThat(Stats.aboutZero(biased).low()).isCloseTo(4 * Math.sqrt(9 / 19.023), within(0.02));
        assertThat(Stats.aboutZero(new double[0])).isEqualTo(Stats.Estimate.NONE);
    }

    @Test
    void shouldGiveTheAreaUnderTheCurve() {
        assertThat(Stats.auroc(List.of(3.0, 4.0), List.of(1.0, 2.0)).value()).isEqualTo(1);
        assertThat(Stats.auroc(List.of(1.0, 2.0), List.of(1.0, 2.0)).value()).isEqualTo(0.5);
        assertThat(Stats.auroc(List.of(1.0), List.of(2.0)).value()).isZero();
    }

    /** Hanley and McNeil 1982: an area of 0.893 with 51 and 58 cases has a standard error of about 0.032. */
    @Test
    void shouldGiveTheIntervalOfAnArea() {
        List<Double> positives = new java.util.ArrayList<>();
        List<Double> negatives = new java.util.ArrayList<>();
        for (int i = 0; i < 51; i++) {
            positives.add(100.0 + i);
        }
        for (int i = 0; i < 58; i++) {
            negatives.add(i < 6 ? 1_000.0 : 0.0);
        }
        Stats.Estimate area = Stats.auroc(positives, negatives);

        assertThat(area.value()).isCloseTo(52.0 / 58, within(1e-9));
        assertThat((area.high() - area.low()) / 2 / 1.96).isCloseTo(0.032, within(0.002));
    }
}
