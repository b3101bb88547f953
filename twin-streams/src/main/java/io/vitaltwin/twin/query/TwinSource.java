package io.vitaltwin.twin.query;

import io.vitaltwin.twin.topology.StoredTwins.Stored;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where twins are, and what the stores of this process hold. Safe for several threads. Patients are named as topics name them. */
public interface TwinSource {

    /**
     * Who has a patient's twin.
     *
     * @param standbys who follow it; most often nobody
     */
    record Place(Instance active, Set<Instance> standbys, int partition) {

        public Place {
            standbys = Set.copyOf(standbys);
        }
    }

    /** What a store of this process says. */
    sealed interface Found {

        record Twin(Stored stored) implements Found {
        }

        record Nobody() implements Found {
        }

        /** The store is not here, or not yet. */
        record Unavailable() implements Found {
        }
    }

    /** A twin in the order of the stores. */
    record Row(String patient, int partition, Stored stored) {
    }

    /**
     * Twins of the partitions that are active here.
     *
     * @param rows in the order of the bytes of their names, without holes up to the last of them
     * @param partitions that were looked through
     * @param ended nothing follows after the last row
     */
    record Scan(List<Row> rows, Set<Integer> partitions, boolean ended) {

        public Scan {
            rows = List.copyOf(rows);
            partitions = Set.copyOf(partitions);
        }
    }

    Instance self();

    /** Empty while it is not known: the application starts or rebalances. */
    Optional<Place> place(String patient);

    /** From the store that decides, in which a transaction may be open: what is found may yet be taken back. */
    Found active(String patient, int partition);

    /** From a store that follows: committed, and older than what the active one holds. */
    Found standby(String patient, int partition);

    /** The next twins after this name, at most so many. */
    Scan scan(String after, int most);

    /** All processes of the application, this one too. Empty while they are not known. */
    Set<Instance> instances();

    /** Partitions of the application that some process has. */
    Set<Integer> partitions();

    /** Stream time of a partition that is active here; 0: not known. */
    long streamMillis(int partition);
}
