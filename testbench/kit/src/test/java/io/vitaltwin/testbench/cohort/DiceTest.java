package io.vitaltwin.testbench.cohort;

import org.junit.jupiter.api.Test;

import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DiceTest {

    private static final long SEED = 20260302;

    @Test
    void shouldThrowTheSameForTheSamePersonAndPurpose() {
        assertThat(throwMany(SEED, 3, Dice.Purpose.LIFE)).isEqualTo(throwMany(SEED, 3, Dice.Purpose.LIFE));
    }

    @Test
    void shouldThrowOtherwiseForAnotherSeedPersonOrPurpose() {
        double[] one = throwMany(SEED, 3, Dice.Purpose.LIFE);
        assertThat(throwMany(SEED + 1, 3, Dice.Purpose.LIFE)).isNotEqualTo(one);
        assertThat(throwMany(SEED, 4, Dice.Purpose.LIFE)).isNotEqualTo(one);
        assertThat(throwMany(SEED, 3, Dice.Purpose.SENSORS)).isNotEqualTo(one);
    }

    @Test
    void shouldSpreadUniformNumbersFromZeroToBelowOne() {
        Dice dice = Dice.of(SEED, 0, Dice.Purpose.EVENTS);
        double[] numbers = DoubleStream.generate(dice::uniform).limit(100_000).toArray();
        assertThat(DoubleStream.of(numbers)).allMatch(number -> number >= 0 && number < 1);
        assertThat(DoubleStream.of(numbers).average().orElseThrow()).isCloseTo(0.5, within(0.005));
    }

    @Test
    void shouldSpreadGaussianNumbersByMeanAndDeviation() {
        Dice dice = Dice.of(SEED, 0, Dice.Purpose.LIFE);
        double[] numbers = DoubleStream.generate(() -> dice.gauss(10, 2)).limit(100_000).toArray();
        double mean = DoubleStream.of(numbers).average().orElseThrow();
        double variance = DoubleStream.of(numbers).map(number -> (number - mean) * (number - mean)).average().orElseThrow();
        assertThat(mean).isCloseTo(10, within(0.03));
        assertThat(Math.sqrt(variance)).isCloseTo(2, within(0.03));
        assertThat(DoubleStream.of(numbers).filter(number -> Math.abs(number - 10) > 4).count()).isBetween(4_200L, 4_900L);    // 4.55 %
    }

    private static double[] throwMany(long seed, int patient, Dice.Purpose purpose) {
        Dice dice = Dice.of(seed, patient, purpose);
        return DoubleStream.generate(dice::gauss).limit(100).toArray();
    }
}
