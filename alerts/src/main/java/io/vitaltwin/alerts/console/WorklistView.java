package io.vitaltwin.alerts.console;

import java.time.Instant;
import java.util.List;

/**
 * @param asOf the time that ages are counted from
 * @param position where a stream goes on from here
 */
public record WorklistView(Instant asOf, String position, List<PatientRow> patients) {

    public WorklistView {
        patients = List.copyOf(patients);
    }
}
