/** {@code bench cohort}: how the rules fare on simulated people whose truth is known: budgets, misses, delays, fairness. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.cohort;
