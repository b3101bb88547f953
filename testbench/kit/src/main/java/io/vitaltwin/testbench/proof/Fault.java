package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.sim.Arrival;

import java.util.List;
import java.util.Optional;

/**
 * A broken gate, seen from outside: what a gate with this fault does on a log is what a sound gate does on another log, or with other outputs. The
 * checker always sees the log as it is.
 */
public interface Fault {

    Fault NONE = new Fault() { };

    /** What the gate takes this record for; empty: it does not see it. */
    default Optional<Arrival> taken(Arrival arrival) {
        return Optional.of(arrival);
    }

    /** What comes out where this should. */
    default List<Told> told(Told told) {
        return List.of(told);
    }
}
