package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.state.Episode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells that somebody broke the glass: who by role and until when, without data. Told once more for each further one.
 *
 * @see "CLINICAL.md section 8.3.10"
 */
public final class EmergencyRule {

    public static final String END_REASON = "EMERGENCY_ENDED";

    private static final Pattern ROLE = Pattern.compile("[A-Za-z][A-Za-z0-9 _.-]{0,63}");

    private EmergencyRule() {
    }

    /** @param role of the person who takes the responsibility; one that is not a plain word or two is not shown */
    public static void onBroken(Turn turn, String role, long untilMillis) {
        String who = ROLE.matcher(role).matches() ? role : "somebody whose role is not a word";
        String text = Texts.fill(turn.rules(), RuleId.BREAK_GLASS, Map.of("role", who, "until", Texts.time(untilMillis)));
        Optional<Episode> open = turn.twin().episode(Family.CONSENT).filter(episode -> episode.holds(RuleId.BREAK_GLASS));
        if (open.isPresent()) {
            Episodes.update(turn, open.get(), 0, turn.nowMillis(), text, List.of());
        } else {
            Episodes.raise(turn, new Raise(RuleId.BREAK_GLASS, Priority.INFO, turn.nowMillis(), turn.nowMillis(), 0, text, List.of()));
        }
    }

    /** No broken glass holds any longer. */
    public static void onMended(Turn turn) {
        Episodes.release(turn, RuleId.BREAK_GLASS, turn.nowMillis(), List.of());
    }
}
