package io.vitaltwin.alerts.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.StoredForm;

import java.util.List;

/** The forms in which the workflow keeps its state, for whoever asks whether this version can go on with what another one left. */
public final class WorkflowForms {

    private WorkflowForms() {
    }

    /** One for each store of the topology. */
    public static List<StoredForm> all(Topics topics, SchemaIds ids) {
        var teams = new AvroSerde<>(topics.careTeams(), ids);
        return List.of(
                new StoredForm(WorkflowStores.CASELOADS, (key, value) -> CaseloadCodec.decode(value)),
                new StoredForm(WorkflowStores.TEAMS, (key, value) -> teams.deserialize(topics.careTeams().name(), value)),
                new StoredForm(WorkflowStores.TIMERS, (key, value) -> timer(key)));
    }

    private static void timer(byte[] key) {
        if (key.length <= Long.BYTES) {
            throw new IllegalStateException("a timer needs a time and a patient");
        }
    }
}
