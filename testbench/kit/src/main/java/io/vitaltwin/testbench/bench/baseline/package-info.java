/** {@code bench baseline}: the daily resting pulse around the first symptoms of an infection. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.baseline;
