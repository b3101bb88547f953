package io.vitaltwin.alerts.console;

import java.time.Instant;
import java.util.List;

/** Where past readings come from. Safe for several threads. What it gives is asked for at the gate, point by point, before it is shown. */
public interface TrendSource {

    /**
     * @param patient as people know the patient
     * @param vitals ids; empty: all that the patient has
     * @param points most buckets a vital, at least 1
     */
    Trend trend(String patient, Instant from, Instant to, List<String> vitals, int points);
}
