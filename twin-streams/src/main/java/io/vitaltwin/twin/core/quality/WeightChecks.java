package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.daily.SharedScale;
import io.vitaltwin.twin.core.daily.WeightMemory;
import io.vitaltwin.twin.core.part.Parts;

/**
 * DQ-21 for scales: a weight that is someone else's. And when a weight that changed too fast (DQ-10) is right all the same: when a second one
 * says so within a day. Nothing confirms a weight that may be another person's, who can weigh himself twice.
 *
 * @see "CLINICAL.md sections 1.2, 3.12.4, 3.12.6 and 5.2"
 */
final class WeightChecks {

    private static final long JUMP_WINDOW_MILLIS = 48 * 3_600_000L;
    private static final long JUMP_MILLI = 5_000;
    private static final int JUMP_PERCENT = 6;

    /** What makes a reading doubtful besides its rate. */
    private static final long OTHER_DOUBTS = Reason.UNIT_SUSPECT.bit() | Reason.WRONG_PERSON_SUSPECT.bit() | Reason.RANGE_IMPLAUSIBLE.bit()
            | Reason.FLATLINE.bit() | Reason.CROSS_SENSOR_CONFLICT.bit() | Reason.DEVICE_SHARED.bit();

    private WeightChecks() {
    }

    /**
     * More than 5 kg and 6 % from the last accepted weight within 48 h, or 5 kg from the usual one while two people take turns on the scale. A weight
     * in another unit is not another person.
     */
    static boolean isSomeoneElse(QualityMemory own, Parts parts, long at, long milli, boolean unitSuspect) {
        if (unitSuspect) {
            return false;
        }
        int last = own.indexBefore(at);
        if (last >= 0 && isJump(own.recentMillis(last), own.recentMilli(last), at, milli)) {
            return true;
        }
        return parts.find(WeightMemory.TYPE).filter(memory -> isSomeoneElse(memory, at, milli)).isPresent();
    }

    private static boolean isSomeoneElse(WeightMemory memory, long at, long milli) {
        long usual = memory.medianMilli(at);
        return memory.shared().isShared(at) && usual >= 0 && Math.abs(milli - usual) >= SharedScale.APART_MILLI;
    }

    private static boolean isJump(long beforeMillis, long beforeMilli, long at, long milli) {
        return at - beforeMillis <= JUMP_WINDOW_MILLIS
                && Math.abs(milli - beforeMilli) * 100 > Math.max(JUMP_MILLI * 100, beforeMilli * JUMP_PERCENT);
    }

    /** Whether a weight shortly before said the same. */
    static boolean isConfirmed(Parts parts, long at, long milli) {
        return parts.find(WeightMemory.TYPE).filter(memory -> memory.shared().isConfirmed(at, milli)).isPresent();
    }

    /** Remembers who was weighed. A reading of an unknown unit or an impossible one is nobody. */
    static void remember(Parts parts, long at, long milli, Verdict verdict, long reasons) {
        if (verdict == Verdict.REJECT || Reason.UNIT_SUSPECT.in(reasons)) {
            return;
        }
        SharedScale shared = parts.get(WeightMemory.TYPE).shared();
        shared.see(at, milli);
        if (verdict == Verdict.ACCEPT) {
            shared.accept(at, milli);
        } else if (Reason.RATE_IMPLAUSIBLE.in(reasons) && (reasons & OTHER_DOUBTS) == 0) {
            shared.doubt(at, milli);
        }
    }
}
