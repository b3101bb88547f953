package io.vitaltwin.testbench.sim;

import java.time.Instant;
import java.util.SplittableRandom;

/** What happens to a simulated patient within one period. Decides by its arguments alone, so that the same seed gives the same story. */
@FunctionalInterface
public interface Script {

    /**
     * @param log takes what is measured and sent; everything must arrive within the period
     * @param from begin of the period
     * @param repetition how often the story was told before, from 0
     */
    void play(Log log, Instant from, SplittableRandom random, int repetition);
}
