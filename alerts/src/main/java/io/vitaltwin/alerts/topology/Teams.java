package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.core.Rota;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.privacy.Pseudonyms;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.LinkedHashMap;
import java.util.Map;

/** The care teams of one task, checked; the most recently used are kept decoded. A task owns its partition alone, so what is kept is what is stored. */
final class Teams {

    /** Key of the team of those who have none. */
    static final String DEFAULT = Pseudonyms.EVERYBODY_ELSE;

    /** Some 500 bytes each. Project default, no source. */
    private static final int KEPT = 10_000;

    private final KeyValueStore<String, byte[]> stored;
    private final AvroSerde<CareTeam> serde;
    private final Map<String, Rota> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rota> eldest) {
            return size() > KEPT;
        }
    };

    Teams(KeyValueStore<String, byte[]> stored, AvroSerde<CareTeam> serde) {
        this.stored = stored;
        this.serde = serde;
    }

    /** The patient's own, else that of those without one, else {@link Rota#nobody()}. */
    Rota of(String patient) {
        Rota kept = known.get(patient);
        if (kept == null) {
            byte[] own = stored.get(patient);
            byte[] bytes = own == null ? stored.get(DEFAULT) : own;
            CareTeam team = bytes == null ? null : serde.deserialize(WorkflowStores.TEAMS, bytes);
            kept = team == null ? Rota.nobody() : Rota.of(team);
            known.put(patient, kept);
        }
        return kept;
    }

    /** Replaces a team that was checked. */
    void store(String key, byte[] bytes) {
        stored.put(key, bytes);
        forget(key);
    }

    void remove(String key) {
        if (stored.get(key) != null) { // the mark of a deletion names the patient, too, until files are merged
            stored.delete(key);
        }
        forget(key);
    }

    private void forget(String key) {
        if (key.equals(DEFAULT)) {
            known.clear();
        } else {
            known.remove(key);
        }
    }
}
