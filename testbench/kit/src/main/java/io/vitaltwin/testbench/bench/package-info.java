/** Benchmarks: the whole topology beside the least that a stream program can do, on the same records in the same run. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench;
