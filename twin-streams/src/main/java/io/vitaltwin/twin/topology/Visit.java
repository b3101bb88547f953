package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.state.TwinState;

/**
 * One patient's twin, open for one record: what the steps of the topology hand on to each other. The gate opens it, stores what is left in
 * it and closes it; nobody keeps it.
 */
final class Visit {

    final String patient;
    TwinState twin;
    Plan plan;
    ConsentTimeline consents;
    /** Append time of the record, or the time of the timer: the only "now". */
    long nowMillis;
    /** Version of the consent that permitted what is being decided; empty when none was asked. */
    String consentVersion = "";

    Visit(String patient, TwinState twin, Plan plan, ConsentTimeline consents, long nowMillis) {
        this.patient = patient;
        this.twin = twin;
        this.plan = plan;
        this.consents = consents;
        this.nowMillis = nowMillis;
    }
}
