package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.DeviceSharing;
import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.schemas.ErasureOrder;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;
import org.jspecify.annotations.Nullable;

/** What may come in from the topics that the topology reads, with its original bytes where a part may have to be refused. */
sealed interface Incoming {

    /** The record's value as it came; empty for a tombstone. */
    byte[] bytes();

    record Readings(ReadingBatch batch, byte[] bytes) implements Incoming {
    }

    /** A null plan ends the care plan (tombstone). */
    record CarePlan(@Nullable PatientContext context, byte[] bytes) implements Incoming {
    }

    record Consent(ConsentRecord consent, byte[] bytes) implements Incoming {
    }

    record Report(PatientReport report, byte[] bytes) implements Incoming {
    }

    /** A device of this patient measured somebody else too, or not after all. */
    record Shared(DeviceSharing sharing, byte[] bytes) implements Incoming {
    }

    /** A device measured somebody. Null: it is to be forgotten. */
    record Sighted(@Nullable DeviceSighting sighting, byte[] bytes) implements Incoming {
    }

    /** Forget the patient; null once the order is taken back off the topic. */
    record Erasure(@Nullable ErasureOrder order, byte[] bytes) implements Incoming {
    }

    /** Time goes on; nothing else. */
    record Tick(byte[] bytes) implements Incoming {
    }

    /**
     * Bytes that are not what the topic carries.
     *
     * @param reason code for headers and counters
     * @param message what is wrong, without anything that the record said
     */
    record Unreadable(byte[] bytes, String reason, String message) implements Incoming {
    }
}
