package io.vitaltwin.twin.adapter;

/** A rule set that cannot be used. The message names file, line and what to do. */
public final class RuleSetProblem extends IllegalArgumentException {

    public RuleSetProblem(String message) {
        super(message);
    }

    public RuleSetProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
