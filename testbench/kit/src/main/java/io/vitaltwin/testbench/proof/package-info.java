/**
 * The proof that nothing is used without consent: thousands of random lives through the real topology, judged by a checker that shares no code with
 * the gate.
 *
 * @see "CLINICAL.md sections 8.3 and 3.12.11"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.proof;
