/** What the demo and the benchmarks ask of a running cluster. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.kafka;
