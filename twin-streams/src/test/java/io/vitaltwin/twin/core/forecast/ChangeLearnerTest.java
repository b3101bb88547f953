package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ChangeLearnerTest {

    private static double[] random(Random random) {
        GlucoseGrid grid = new GlucoseGrid();
        double value = 60 + random.nextInt(200);
        for (int i = 0; i < 4; i++) {
            value = Math.max(40, Math.min(400, value + random.nextGaussian() * 6));
            grid.take(1_772_409_600_000L + i * GlucoseGrid.STEP_MILLIS, Math.round(value * 1_000), true);
        }
        return ChangeLearner.inputs(grid, 0);
    }

    private static ChangeLearner copy(ChangeLearner learner) {
        ByteBuffer out = ByteBuffer.allocate(ChangeLearner.BYTES);
        learner.encode(out);
        assertThat(out.hasRemaining()).isFalse();
        return ChangeLearner.decode(out.flip());
    }

    @Test
    void shouldExpectNoChangeBeforeItHasLearned() {
        ChangeLearner learner = new ChangeLearner();
        double[] inputs = random(new Random(1));
        assertThat(learner.change(0, inputs)).isZero();
        assertThat(learner.change(1, inputs)).isZero();
    }

    @Test
    void shouldBendStepsAndLevel() {
        GlucoseGrid grid = new GlucoseGrid();
        int[] values = {100, 110, 120, 126};
        for (int i = 0; i < values.length; i++) {
            grid.take(1_772_409_600_000L + i * GlucoseGrid.STEP_MILLIS, values[i] * 1_000L, true);
        }
        // one step of 6 counts half, three steps of 26: 26 / 2.3; the level: 24 x 6 / 246
        double[] inputs = ChangeLearner.inputs(grid, 0);
        assertThat(inputs[0]).isCloseTo(3, within(1e-12));
        assertThat(inputs[1]).isCloseTo(26 / 2.3, within(1e-12));
        assertThat(inputs[2]).isCloseTo(24 * 6 / 246.0, within(1e-12));
        assertThat(inputs[4]).isCloseTo(inputs[1] * inputs[2] / 12, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindTheLawThatOutcomesFollow(long seed) {
        // Given: weights for each horizon and noise of 5 mg/dL
        double[][] law = {{2, 0.5, -1, 0.3, 0.4}, {2.5, 0.8, -3, -1, 0.2}};
        Random random = new Random(seed);
        ChangeLearner learner = new ChangeLearner();
        for (int i = 0; i < 4_000; i++) {
            double[] inputs = random(random);
            learner.learn(inputs, new double[] {truth(law[0], inputs) + 5 * random.nextGaussian(), truth(law[1], inputs) + 5 * random.nextGaussian()});
        }
        // Then: better than half a mg/dL on average
        double squares = 0;
        for (int i = 0; i < 500; i++) {
            double[] inputs = random(random);
            for (int h = 0; h < 2; h++) {
                double error = learner.change(h, inputs) - truth(law[h], inputs);
                squares += error * error;
            }
        }
        assertThat(Math.sqrt(squares / 1_000)).as("seed %d", seed).isLessThan(0.5);
    }

    private static double truth(double[] law, double[] inputs) {
        double sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            sum += law[i] * inputs[i];
        }
        return sum;
    }

    @Test
    void shouldLearnOneHorizonWhenTheOtherWasNotMeasured() {
        ChangeLearner learner = new ChangeLearner();
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            learner.learn(random(random), new double[] {10, Double.NaN});
        }
        double[] inputs = random(random);
        assertThat(learner.change(0, inputs)).isGreaterThan(5);
        assertThat(learner.change(1, inputs)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDecideTheSameAfterItWasStored(long seed) {
        Random random = new Random(seed);
        ChangeLearner kept = new ChangeLearner();
        ChangeLearner stored = new ChangeLearner();
        for (int i = 0; i < 2_000; i++) {
            double[] inputs = random(random);
            double[] changes = {random.nextGaussian() * 20, random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 30};
            kept.learn(inputs, changes);
            stored.learn(inputs, changes);
            stored = copy(stored);
            assertThat(stored).as("seed %d, outcome %d", seed, i).usingRecursiveComparison().isEqualTo(kept);
        }
    }

    @Test
    void shouldStayFiniteWhateverComes() {
        // Given: outcomes that no body has, and inputs that say nothing for days
        ChangeLearner learner = new ChangeLearner();
        double[] still = {0, 0, 0, 4, 0};
        for (int i = 0; i < 20_000; i++) {
            learner.learn(still, new double[] {i % 2 == 0 ? 360 : -360, 360});
        }
        double[] inputs = random(new Random(5));
        learner.learn(inputs, new double[] {-360, 360});
        assertThat(learner.change(0, inputs)).isFinite();
        assertThat(Math.abs(learner.change(1, still))).isLessThanOrEqualTo(4 * 16);
    }
}
