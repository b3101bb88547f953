package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.Equipment;
import io.vitaltwin.testbench.cohort.Person;
import io.vitaltwin.testbench.cohort.Truth;

import java.util.List;

/**
 * One person's days: what was true, and what staff were told.
 *
 * @param readings that were judged
 * @param suspect of them, and rejected ones
 * @param streamHash of everything that the devices sent: equal streams have equal hashes
 */
record PatientResult(Person person, Equipment equipment, Truth truth, List<AlertEpisode> alerts, long readings, long suspect, long rejected,
        long streamHash) {

    PatientResult {
        alerts = List.copyOf(alerts);
    }
}
