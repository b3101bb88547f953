/**
 * Scenarios: small stories about a patient or a few, in YAML, that are played through the whole topology and compared with what they
 * expect. The format is described beside the scenarios, in {@code scenarios/README.md}.
 *
 * <p>A file becomes a {@link io.vitaltwin.testbench.scenario.Scenario}, that a {@link io.vitaltwin.testbench.scenario.ScenarioPlan} (every
 * input record in the order of arrival), that an {@link io.vitaltwin.testbench.scenario.Engine} plays into an
 * {@link io.vitaltwin.testbench.scenario.Observed}, and {@link io.vitaltwin.testbench.scenario.Comparison} says what differs.
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.scenario;
