package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.WorklistAlert;

/** Asked before each message: whether the recipient may be told of this alert. Safe for several threads. */
public interface DisclosureDecision {

    /**
     * Writes down what it decides: a disclosure, or a violation.
     *
     * @param patient as people know the patient
     * @return false: nothing may be sent
     * @throws RuntimeException if it cannot be asked or written down: then nothing may be sent, and it is asked again later
     */
    boolean permits(String patient, String recipient, WorklistAlert alert);
}
