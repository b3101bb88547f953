package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.sim.Arrival;
import org.apache.avro.specific.SpecificRecord;

import java.util.List;
import java.util.Map;

/**
 * A broken gate, seen from outside: what a gate with this fault does on a log is what a sound gate does on another log, or with other outputs. The
 * checker always sees the log as it is.
 */
interface Fault {

    Fault NONE = new Fault() { };

    /** What the gate takes this record for, one after the other; empty: it does not see it. */
    default List<Arrival> taken(Arrival arrival) {
        return List.of(arrival);
    }

    /** What comes out where this should. */
    default List<Told> told(Told told) {
        return List.of(told);
    }

    /** Under whose key it is written. */
    default String key(String patient, SpecificRecord value) {
        return patient;
    }

    /** Changes what a restart finds. @param stored entries by store */
    default void restarted(Map<String, Map<Object, Object>> stored) {
    }
}
