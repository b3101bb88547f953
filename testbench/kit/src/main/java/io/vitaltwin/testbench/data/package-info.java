/** Readers of the data sets that the benchmarks run on, one class a set. Strict: what is not as its README says names file and line. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.data;
