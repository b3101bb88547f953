package io.vitaltwin.alerts.adapter;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worklist as it stands at the moment of asking. Holds the open alerts of all patients. Safe for several threads. */
public final class CurrentAlerts implements AutoCloseable {

    private final LogFollower log;
    private final AvroSerde<WorklistItem> serde;
    private final Map<String, List<WorklistAlert>> open = new HashMap<>();
    /** Why the newest worklist of a patient cannot be decoded. */
    private final Map<String, SchemaProblem> unreadable = new HashMap<>();

    /** @param consumer of committed records, keys as people know the patients; closed here */
    public CurrentAlerts(Consumer<String, byte[]> consumer, Topic<WorklistItem> worklist, SchemaIds ids) {
        this.log = LogFollower.fromBeginning(consumer, worklist.name());
        this.serde = new AvroSerde<>(worklist, ids);
    }

    /**
     * The alert, with all that was committed before the call.
     *
     * @param patient as people know the patient
     * @return empty: it does not stand any more
     * @throws TimeoutException if the log cannot be read to its end in time
     * @throws SchemaProblem if the patient's worklist cannot be decoded: nobody knows whether the alert stands
     */
    public synchronized Optional<WorklistAlert> find(String patient, String alertId) {
        log.catchUp(this::take);
        SchemaProblem problem = unreadable.get(patient);
        if (problem != null) {
            throw problem;
        }
        return open.getOrDefault(patient, List.of()).stream().filter(alert -> alert.getAlertId().equals(alertId)).findFirst();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        open.remove(record.key());
        unreadable.remove(record.key());
        try {
            WorklistItem item = record.value() == null ? null : serde.deserialize(record.topic(), record.value());
            if (item != null && !item.getAlerts().isEmpty()) {
                open.put(record.key(), item.getAlerts());
            }
        } catch (SchemaProblem e) {
            // Also where the schemas could not be asked: the position has moved on, so this must not be taken for no alert.
            unreadable.put(record.key(), e);
        }
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
