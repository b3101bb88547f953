/** {@code bench ward}: the real core on numerics of intensive care, and what the data can and cannot say about its alerts. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.ward;
