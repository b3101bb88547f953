package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;

import java.util.Optional;

/**
 * A later reading showed what earlier ones of the same device were worth. It holds for the readings of a span of effective time,
 * both ends included; one that already had a worse verdict keeps it and only gains the reasons.
 *
 * @param vital of the readings that are revised; empty when it is that of the reading that showed it
 * @param reasons bits to add, {@link io.vitaltwin.twin.core.Reason#bit()}
 */
public record Revision(Optional<Vital> vital, long fromMillis, long untilMillis, Verdict verdict, long reasons) {

    /** Of the same vital. */
    public Revision(long fromMillis, long untilMillis, Verdict verdict, long reasons) {
        this(Optional.empty(), fromMillis, untilMillis, verdict, reasons);
    }
}
