package io.vitaltwin.alerts.message;

import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;
import java.util.Optional;

/**
 * What a message is about, for channels that speak to machines.
 *
 * @param alertId the same for all messages of one alert
 * @param patientId pseudonym
 * @param recipient pseudonym of the person or name of the group that is told; empty where an alert changed and nobody is called
 * @param step such as SECOND_CONTACT; empty where nobody is called
 * @param at when the step fell due, or the alert changed
 * @param detail empty: withheld from this recipient
 */
public record About(
        String alertId, String patientId, String recipient, String step, Instant at, Priority priority, Lane lane, Optional<AlertDetail> detail) {

    /** Without persons and what was measured: this may end up in a log. */
    @Override
    public String toString() {
        return "About[" + alertId + " " + step + " " + priority + "]";
    }
}
