package io.vitaltwin.schemas;

import java.util.Set;

/** What a new version of a subject must keep, in the words of the Confluent REST API. */
public enum Compatibility {

    /** The new version reads all that was ever written: readers go first, writers follow when they can. */
    BACKWARD_TRANSITIVE,
    /** And every older version reads what the new one writes: readers that nobody here knows need not move at all. */
    FULL_TRANSITIVE;

    /** Written outside and read here, so we are upgraded before their writers. */
    private static final Set<Class<?>> INPUTS = Set.of(ReadingBatch.class, PatientContext.class, ConsentRecord.class,
            PatientReport.class, Tick.class, AlertAction.class, CareTeam.class);

    static Compatibility of(Class<?> type) {
        return INPUTS.contains(type) ? BACKWARD_TRANSITIVE : FULL_TRANSITIVE;
    }
}
