package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What else says the same: a second vital, a second device or a symptom.
 *
 * @see "CLINICAL.md sections 3.0 (SPO2_CRIT) and 3.11.5"
 */
final class Corroboration {

    /** How recent the other sign must be. CR 3.0: within 10 min. */
    static final long WINDOW_MILLIS = 600_000;

    private Corroboration() {
    }

    /** The newest ACCEPT readings of this vital, from any device but this, that are abnormal and recent. */
    static List<Proof> readings(Turn turn, Vital vital, String exceptDevice, long atMillis, long windowMillis, LongPredicate abnormal) {
        List<Proof> found = new ArrayList<>();
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == vital && !stream.deviceId().equals(exceptDevice)) {
                stream.latest()
                        .filter(point -> point.verdict() == Verdict.ACCEPT && isRecent(point, atMillis, windowMillis))
                        .filter(point -> abnormal.test(point.value().milli()))
                        .ifPresent(point -> found.add(new Proof("corroborating", stream.deviceId(), vital, point)));
            }
        }
        return found;
    }

    static boolean symptom(Turn turn, long atMillis, long windowMillis) {
        long symptom = turn.twin().symptomMillis();
        return symptom > 0 && Math.abs(atMillis - symptom) <= windowMillis;
    }

    private static boolean isRecent(Point point, long atMillis, long windowMillis) {
        return Math.abs(atMillis - point.effectiveMillis()) <= windowMillis;
    }
}
