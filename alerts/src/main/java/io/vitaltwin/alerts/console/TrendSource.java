package io.vitaltwin.alerts.console;

import java.time.Instant;
import java.util.List;

/** Where past readings come from. Safe for several threads. */
public interface TrendSource extends AutoCloseable {

    /**
     * What this visitor may be shown. Asks consent for each reading and writes down what is shown: a point may stand for many readings, so nobody can ask
     * for it afterwards.
     *
     * @param patient as people know the patient
     * @param from before {@code to}
     * @param vitals ids; empty: all that the patient has
     * @param points most points a vital, at least 1
     * @throws IllegalArgumentException if a vital is not known
     * @throws ViewGate.Unavailable if the log cannot be read, or consent cannot be asked
     */
    Trend trend(Visitor visitor, String patient, Instant from, Instant to, List<String> vitals, int points);

    @Override
    void close();
}
