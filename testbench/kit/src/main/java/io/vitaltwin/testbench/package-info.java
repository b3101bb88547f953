/** Simulated patients, scenarios and benchmarks. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench;
