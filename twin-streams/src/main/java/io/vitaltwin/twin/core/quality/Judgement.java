package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;

import java.util.List;

/**
 * How far one reading can be trusted.
 *
 * @param verdict of a duplicate REJECT: it is never used
 * @param reasons bits, {@link Reason#bit()}; an ACCEPT may carry some (CENSORED, OUT_OF_ORDER, LATE, GRADE_UNKNOWN)
 * @param sigma 1 sigma in the vital's canonical unit; NaN where the reference has none
 * @param sigmaWidened sigma with the widening for pigmentation; equal to sigma where there is none. A low-saturation rule takes the larger
 *        p of the two, so that nobody is alerted for later or lower for the colour of their skin (CR 3.12.2)
 * @param canonicalMilli the value in thousandths of the vital's canonical unit; steps sent as a cadence stay a cadence
 * @param context as sent, else as the steps tell
 * @param revisions of earlier readings of this device; usually empty
 */
public record Judgement(
        Verdict verdict,
        long reasons,
        double sigma,
        double sigmaWidened,
        long canonicalMilli,
        Context context,
        Handling handling,
        List<Revision> revisions) {

    /** What becomes of the reading. LATE: judged and kept in history, too late to raise (DQ-14). DUPLICATE: nothing changed (DQ-12, 13). */
    public enum Handling { APPLY, LATE, DUPLICATE }

    public Judgement {
        revisions = List.copyOf(revisions);
    }

    public boolean has(Reason reason) {
        return reason.in(reasons);
    }

    public boolean isDuplicate() {
        return handling == Handling.DUPLICATE;
    }

    /** ACCEPT without any reason: needs no flag. */
    public boolean isPlainAccept() {
        return verdict == Verdict.ACCEPT && reasons == 0;
    }
}
