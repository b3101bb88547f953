/**
 * The ten ethical problems as tests: one class a problem. testbench/ETHICS.md says which test stands for which behaviour.
 *
 * @see "CLINICAL.md section 8.4"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.ethics;
