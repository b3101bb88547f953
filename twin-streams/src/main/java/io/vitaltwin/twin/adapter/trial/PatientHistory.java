package io.vitaltwin.twin.adapter.trial;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.twin.topology.LogRecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the log holds of one patient.
 *
 * @param patient pseudonym as it is on the topics
 * @param partition of the patient's records
 * @param records of all topics that the twin reads, in the order in which it takes them; without ticks
 * @param alerts what was really raised, oldest first
 * @param readingsFrom append time of the oldest reading of anybody that the partition still has, where older ones were removed; empty: none were
 * @param until append time up to which the log was written, by anybody
 */
public record PatientHistory(
        String patient, int partition, List<LogRecord> records, List<AlertEvent> alerts, Optional<Instant> readingsFrom, Instant until) {

    public PatientHistory {
        records = List.copyOf(records);
        alerts = List.copyOf(alerts);
    }
}
