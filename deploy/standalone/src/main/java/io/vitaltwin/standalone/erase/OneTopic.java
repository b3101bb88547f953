package io.vitaltwin.standalone.erase;

import java.time.Duration;
import java.util.Optional;

/**
 * A topic as the cluster has it.
 *
 * @param compacted whether a newer record of the same key takes the place of the older
 * @param retention how long records are kept by age; empty: for ever
 * @param catalogue whether it is one of the catalogue, whose keys are patients, and no changelog
 */
record OneTopic(String name, boolean compacted, Optional<Duration> retention, boolean catalogue) {
}
