package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.ConsentState;
import io.vitaltwin.twin.core.state.Episode;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The right not to know: outputs that a patient does not want of a class of data, although the data may be used. What is measured, learned and
 * scored stays as it is; only what is told changes.
 *
 * @see "CLINICAL.md section 8.4, E10.5"
 */
final class OptOut {

    static final String END_REASON = "OPTED_OUT";

    /** What nobody asked for: a suspicion, and what is odd for the person only. */
    private static final Set<RuleId> SCREENING = EnumSet.of(RuleId.AF_SUSPECT, RuleId.NIGHT_RHR, RuleId.ACTIVITY_DROP);

    private OptOut() {
    }

    /** Whether the patient does not want to hear this. */
    static boolean silences(Turn turn, RuleId rule, String key) {
        ConsentState consent = turn.twin().consent();
        if (!consent.isOptedOut()) {
            return false;
        }
        Set<Vital> base = base(turn, rule, key);
        return SCREENING.contains(rule) && consent.isUnscreened(base) || consent.isUnforeseen(base) && Episodes.predictive(turn, rule, key);
    }

    private static Set<Vital> base(Turn turn, RuleId rule, String key) {
        return rule == RuleId.CUSTOM ? turn.rules().custom().of(key).map(CustomRule::vitals).orElse(Set.of()) : ConsentRule.base(rule.family());
    }

    /** Ends what is no longer wanted; where something else holds in the same episode, it goes on with that. */
    static void onCovered(Turn turn, long effectiveMillis) {
        for (Episode episode : List.copyOf(turn.twin().episodes())) {
            List<RuleId> unwanted = episode.active().keySet().stream().filter(rule -> silences(turn, rule, episode.key())).toList();
            if (unwanted.size() == episode.active().size()) {
                Episodes.close(turn, episode, effectiveMillis, END_REASON);
            } else if (!unwanted.isEmpty()) {
                Episodes.release(turn, episode.family(), unwanted, effectiveMillis, List.of());
            }
        }
    }
}
