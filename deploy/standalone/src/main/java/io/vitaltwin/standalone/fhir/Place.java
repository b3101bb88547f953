package io.vitaltwin.standalone.fhir;

import java.time.Instant;

/**
 * Where a record lies in the log.
 *
 * @param append when the broker took it
 */
public record Place(String topic, int partition, long offset, Instant append) {

    /** {@code <topic>/<partition>/<offset>} */
    public String label() {
        return topic + "/" + partition + "/" + offset;
    }

    /** Part of a resource id. */
    String id() {
        return partition + "-" + offset;
    }
}
