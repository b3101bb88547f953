/**
 * Simulated people who are monitored at home, what truly happens to them, and what their devices say of it. It shares no code with the rules
 * and the quality checks: its truth is its own.
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.cohort;
