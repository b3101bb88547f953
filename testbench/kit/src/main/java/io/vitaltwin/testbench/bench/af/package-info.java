/** How well the core tells an irregular rhythm: on healthy beats, on labelled windows, and against the vectors of the reference. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.af;
