@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.cohort;
