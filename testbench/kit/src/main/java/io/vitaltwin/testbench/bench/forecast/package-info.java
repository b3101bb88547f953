/** Forecasts of glucose held against what was measured afterwards, on real traces through the real core. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.forecast;
