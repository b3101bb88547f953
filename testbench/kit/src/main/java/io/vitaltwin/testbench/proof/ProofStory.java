package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.sim.Arrival;

import java.util.List;

/**
 * One patient's records.
 *
 * @param seed what the story was made from
 * @param entries in the order in which the topology takes them
 */
public record ProofStory(long seed, String patient, List<Entry> entries) {

    /**
     * One record.
     *
     * @param takenMillis decides the order; later than the append time where another topic was read ahead of this one
     */
    public record Entry(long takenMillis, Arrival arrival) {

        long appendMillis() {
            return arrival.at().toEpochMilli();
        }
    }

    public ProofStory {
        entries = List.copyOf(entries);
    }

    ProofStory with(List<Entry> others) {
        return new ProofStory(seed, patient, others);
    }

    /** Readings that reached the broker, each copy counted. */
    long readings() {
        return entries.stream().mapToLong(entry -> entry.arrival().readings()).sum();
    }
}
