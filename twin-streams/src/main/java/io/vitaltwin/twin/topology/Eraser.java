package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ErasureOrder;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Forgets a patient. What is open ends, so that nobody is called to a patient who is no longer there; then everything that is stored goes, and
 * nothing is kept that an erasure took place. What comes later finds neither plan nor consent and is refused. The same order a second time
 * changes nothing, and removes what came in between.
 */
final class Eraser {

    /** Why episodes end: {@code endReason} of the last alert event. */
    static final String ERASED = "ERASED";

    private final Records records;
    private final Outbox outbox;
    private final Runnable onErasure;

    Eraser(Records records, Outbox outbox, Runnable onErasure) {
        this.records = records;
        this.outbox = outbox;
        this.onErasure = onErasure;
    }

    /** @param order null when it is taken off its topic: nothing is left to do */
    void onOrder(String patient, @Nullable ErasureOrder order, long nowMillis) {
        if (order == null) {
            return;
        }
        Visit visit = records.open(patient, nowMillis);
        outbox.next(new Step.Covered(visit, Set.of(), true, ERASED));
        records.forget(patient);
        outbox.noSnapshot(patient, nowMillis);
        onErasure.run();
    }
}
