/** Takes alert events from their topic, re-reads what they rest on, and derives each again. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.verify;
