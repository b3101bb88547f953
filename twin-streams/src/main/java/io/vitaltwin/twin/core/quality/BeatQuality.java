package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rhythm.BeatMinute;
import io.vitaltwin.twin.core.rhythm.BeatWindow;
import io.vitaltwin.twin.core.rhythm.RhythmMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks of beats: DQ-05 (beats and pulse of one minute contradict each other: both are doubted) and DQ-29 (a window of beats that cannot be judged
 * is annotated). Both tell of earlier readings when the next one of the same stream comes.
 *
 * @see "CLINICAL.md section 5.2"
 */
final class BeatQuality {

    private static final long MINUTE_MILLIS = 60_000;
    private static final Found NOTHING = new Found(false, List.of());

    private BeatQuality() {
    }

    /** @param doubted this reading contradicts the other kind of its minute */
    record Found(boolean doubted, List<Revision> revisions) {
    }

    /**
     * Takes a reading that is neither late nor out of order.
     *
     * @param usable it is not REJECT: one that is tells nothing of its minute
     */
    static Found of(PatientQuality shared, Vital vital, String deviceId, long at, long milli, boolean usable) {
        return switch (vital) {
            case INTER_BEAT_INTERVAL -> ofBeat(shared, deviceId, at, milli, usable);
            case HEART_RATE -> usable ? ofPulse(shared, at, milli) : NOTHING;
            default -> NOTHING;
        };
    }

    private static Found ofBeat(PatientQuality shared, String deviceId, long at, long milli, boolean usable) {
        RhythmMemory memory = shared.parts().find(RhythmMemory.TYPE).orElse(null);
        List<Revision> revisions = new ArrayList<>(0);
        if (memory != null) {
            memory.find(deviceId).flatMap(followed -> followed.tracker().ending(at)).filter(BeatWindow::isPoor).ifPresent(window ->
                    revisions.add(new Revision(window.firstMillis(), window.endMillis() - 1, Verdict.ACCEPT, Reason.IBI_QUALITY.bit())));
        }
        boolean doubted = false;
        long pulse = shared.pulseMilli(at, VitalLimits.ttlMillis(Vital.HEART_RATE, true));
        if (usable && pulse >= 0) {
            BeatMinute minute = shared.parts().get(RhythmMemory.TYPE).minute();
            doubt(revisions, minute.owed(true), at);
            boolean before = minute.isDoubted(at);
            minute.add(at, milli);
            doubted = shared.isPulseOfMinute(at) ? minute.isContradicted(at, pulse, false) : before;
            if (doubted && !before) {
                doubt(revisions, OptionalLong.of(BeatMinute.minuteOf(at) * MINUTE_MILLIS), at);
            }
        }
        return new Found(doubted, revisions);
    }

    private static Found ofPulse(PatientQuality shared, long at, long milli) {
        RhythmMemory memory = shared.parts().find(RhythmMemory.TYPE).orElse(null);
        if (memory == null) {
            return NOTHING;
        }
        List<Revision> revisions = new ArrayList<>(0);
        BeatMinute minute = memory.minute();
        doubt(revisions, minute.owed(false), at);
        boolean before = minute.isDoubted(at);
        boolean doubted = minute.isContradicted(at, milli, true);
        if (doubted && !before) {
            doubt(revisions, OptionalLong.of(BeatMinute.minuteOf(at) * MINUTE_MILLIS), at);
        }
        return new Found(doubted, revisions);
    }

    /** Doubts what this stream sent in a minute before this reading. */
    private static void doubt(List<Revision> revisions, OptionalLong minuteMillis, long at) {
        minuteMillis.ifPresent(from -> {
            long until = Math.min(at, from + MINUTE_MILLIS) - 1;
            if (until >= from) {
                revisions.add(new Revision(from, until, Verdict.SUSPECT, Reason.HR_IBI_MISMATCH.bit()));
            }
        });
    }
}
