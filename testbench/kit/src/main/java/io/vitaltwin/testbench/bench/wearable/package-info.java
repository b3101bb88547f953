/** {@code bench wearable}: consumer devices against references, held against the uncertainty that the core assumes. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.bench.wearable;
