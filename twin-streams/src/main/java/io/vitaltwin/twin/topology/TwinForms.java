package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.StoredForm;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.UseHistory;
import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.quality.SharedDevice;
import io.vitaltwin.twin.core.state.TwinState;

import java.nio.ByteBuffer;
import java.util.List;

/** The forms in which the twin keeps its state, for whoever asks whether this version can go on with what another one left. */
public final class TwinForms {

    private TwinForms() {
    }

    /** One for each store of the topology. */
    public static List<StoredForm> all(Topics topics, SchemaIds ids) {
        var plans = new AvroSerde<>(topics.patients(), ids);
        var readings = new AvroSerde<>(topics.readings(), ids);
        return List.of(
                new StoredForm(TwinStores.PLANS, (key, value) -> plans.deserialize(topics.patients().name(), value)),
                new StoredForm(TwinStores.CONSENTS, (key, value) -> ConsentTimeline.decode(value)),
                new StoredForm(TwinStores.REFUSALS, (key, value) -> ViolationTally.decode(value)),
                new StoredForm(TwinStores.TWINS, (key, value) -> TwinState.decode(value)),
                new StoredForm(TwinStores.HELD, (key, value) -> held(readings, topics, value)),
                new StoredForm(TwinStores.USES, TwinForms::uses),
                new StoredForm(TwinStores.DEVICES, (key, value) -> SharedDevice.decode(value)),
                new StoredForm(TwinStores.TIMERS, (key, value) -> timer(key)));
    }

    private static void held(AvroSerde<ReadingBatch> readings, Topics topics, byte[] value) {
        readings.deserialize(topics.readings().name(), Records.waiting(value).bytes());
    }

    /** By patient, or by patient and hour. */
    private static void uses(byte[] key, byte[] value) {
        for (byte one : key) {
            if (one == 0) {
                UseLog.decode(value);
                return;
            }
        }
        UseHistory.decode(ByteBuffer.wrap(value));
    }

    private static void timer(byte[] key) {
        if (key.length <= Long.BYTES) {
            throw new IllegalStateException("a timer needs a time and a patient");
        }
    }
}
