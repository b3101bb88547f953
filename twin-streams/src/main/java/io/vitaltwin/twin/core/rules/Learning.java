package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Habits;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.state.Ended;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.StreamState;

/**
 * Lets the twin learn what is usual for a person: from ACCEPT readings only, and not while an alert that rests on the vital is open nor for two
 * days after it ended or was disputed.
 *
 * @see "CLINICAL.md sections 7.1 and 8.4 E9.2"
 */
final class Learning {

    /** CR 7.1: frozen during an open alert and 48 h after. */
    static final long FROZEN_MILLIS = 48 * 3_600_000L;

    private Learning() {
    }

    /** Takes note that a reading came, whatever its verdict. */
    static void onHeard(Turn turn, StreamState stream, Sample sample) {
        stream.habits().heard(sample.effectiveMillis(), sample.intervalMillis(), turn.plan().zone());
    }

    /** Takes a reading that has been through all rules. */
    static void onSample(Turn turn, StreamState stream, Sample sample) {
        if (sample.verdict() != Verdict.ACCEPT || !sample.newest() || !Habits.isLearned(sample.vital())
                || isFrozen(turn, sample.vital(), sample.effectiveMillis())) {
            return;
        }
        stream.habits().learn(sample.context(), sample.effectiveMillis(), sample.canonicalMilli(), sample.point().sigmaMilli(),
                VitalLimits.isContinuous(sample.intervalMillis()), turn.plan().zone(), turn.plan().usualFromMillis());
    }

    private static boolean isFrozen(Turn turn, Vital vital, long effectiveMillis) {
        for (Episode episode : turn.twin().episodes()) {
            if (restsOn(episode.family(), vital)) {
                return true;
            }
        }
        return turn.twin().parts().find(Ended.TYPE).map(ended -> isFrozen(ended, vital, effectiveMillis)).orElse(false);
    }

    private static boolean isFrozen(Ended ended, Vital vital, long effectiveMillis) {
        for (Ended.One one : ended.all()) {
            if (restsOn(one.family(), vital) && effectiveMillis < one.endMillis() + FROZEN_MILLIS) {
                return true;
            }
        }
        return false;
    }

    private static boolean restsOn(Family family, Vital vital) {
        return family.lane() == Lane.PHYSIOLOGICAL && ConsentRule.base(family).contains(vital);
    }
}
