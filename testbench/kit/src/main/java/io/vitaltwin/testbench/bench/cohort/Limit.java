package io.vitaltwin.testbench.bench.cohort;

/**
 * One limit and what was found.
 *
 * @param value NaN when there is nothing to judge by
 * @param limit as printed, such as {@code <= 3.0}
 * @param note why it is not judged, or what the value is made of; may be empty
 */
record Limit(String name, double value, String limit, State state, String note) {

    /** TOO_FEW: so little was seen that chance alone may be behind the value; such a limit breaks nothing. */
    enum State { HELD, BROKEN, TOO_FEW }

    static Limit atMost(String name, double value, double most) {
        return new Limit(name, value, "<= " + most, value <= most ? State.HELD : State.BROKEN, "");
    }

    static Limit atLeast(String name, double value, double least) {
        return new Limit(name, value, ">= " + least, value >= least ? State.HELD : State.BROKEN, "");
    }

    /** Judged only when there are enough. @param enough of what the value is made of */
    Limit judgedFrom(long count, long enough, String what) {
        return count >= enough ? this : new Limit(name, value, limit, State.TOO_FEW, "only " + count + " " + what + ", judged from " + enough);
    }

    boolean isBroken() {
        return state == State.BROKEN;
    }
}
