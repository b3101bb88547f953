package io.vitaltwin.twin.core.quality;

import java.util.List;

/**
 * What a check says of one reading.
 *
 * @param reasons bits, {@link io.vitaltwin.twin.core.Reason#bit()}
 * @param revisions of earlier readings of the same device and vital
 */
record Found(long reasons, List<Revision> revisions) {

    static final Found NOTHING = new Found(0, List.of());

    Found {
        revisions = List.copyOf(revisions);
    }

    static Found of(long reasons) {
        return reasons == 0 ? NOTHING : new Found(reasons, List.of());
    }
}
