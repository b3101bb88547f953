package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.function.Consumer;

/**
 * What a rule has at hand while one event is decided: the twin, the plan, the only "now" there is, and where alert changes go.
 *
 * @param nowMillis append time of the event, or the time of the timer
 */
public record Turn(TwinState twin, Plan plan, long nowMillis, Consumer<AlertChange> alerts) {

    public RuleSet rules() {
        return plan.rules();
    }
}
