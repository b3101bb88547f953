/** Simulated patients and what reaches the broker from them, by seed. Shares no code with the rules that judge it. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.sim;
