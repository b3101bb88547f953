package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Verdict;

/**
 * A later reading showed what earlier ones of the same device and vital were worth. It holds for the readings of a span of effective time,
 * both ends included; one that already had a worse verdict keeps it and only gains the reasons.
 *
 * @param reasons bits to add, {@link io.vitaltwin.twin.core.Reason#bit()}
 */
public record Revision(long fromMillis, long untilMillis, Verdict verdict, long reasons) {
}
