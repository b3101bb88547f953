package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;

import java.util.List;

/**
 * One alert that staff saw: an episode that reached LOW or more.
 *
 * @param rule that brought it to its highest priority
 * @param notices when staff were told, oldest first: raised, and each time it became worse
 * @param endMillis when the condition ended; Long.MAX_VALUE when it had not
 */
record AlertEpisode(Family family, RuleId rule, Priority priority, List<Notice> notices, long endMillis) {

    /** @param millis when the twin told it, by the broker's clock */
    record Notice(long millis, Priority priority, RuleId rule) {
    }

    AlertEpisode {
        notices = List.copyOf(notices);
    }

    long raisedMillis() {
        return notices.getFirst().millis();
    }

    boolean isPhysiological() {
        return family.lane() == Lane.PHYSIOLOGICAL;
    }
}
