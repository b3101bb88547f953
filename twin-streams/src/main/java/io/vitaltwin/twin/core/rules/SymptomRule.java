package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.state.Ended;
import io.vitaltwin.twin.core.state.Episode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the patient says. A report always raises, whatever the devices measure, and only a person ends it. Not asked of consent: the report is
 * the patient's own act of telling.
 *
 * @see "CLINICAL.md sections 3.0 (SYMPTOM_REPORT) and 8.4 E9"
 */
public final class SymptomRule {

    private static final Map<String, String> WORDS = Map.of(
            "breathlessness", "breathlessness",
            "chest_pain", "chest pain",
            "fainting", "fainting",
            "confusion", "confusion",
            "something_is_wrong", "something is wrong");

    private static final String DISPUTED = "The patient says that this is not right.";

    private SymptomRule() {
    }

    /** A word that is not one of the five is still a person asking for help: it raises too, as "something is wrong". */
    public static void onSymptom(Turn turn, String symptom, long effectiveMillis) {
        onSymptom(turn, symptom, effectiveMillis, Statements.OPEN);
    }

    /** As above. @param untilMillis until when it was so, included; {@link Statements#OPEN} when it is not known */
    public static void onSymptom(Turn turn, String symptom, long effectiveMillis, long untilMillis) {
        StatementRule.onSymptom(turn, symptom, effectiveMillis, untilMillis);
        boolean urgent = symptom.equals("chest_pain") || symptom.equals("fainting");
        Priority priority = urgent ? Priority.HIGH : Priority.MEDIUM;
        turn.twin().symptom(Math.min(effectiveMillis, turn.nowMillis()));
        String words = WORDS.getOrDefault(symptom, "something is wrong");
        String text = Texts.fill(turn.rules(), RuleId.SYMPTOM_REPORT, Map.of("symptom", words));
        if (Episodes.isNews(turn, RuleId.SYMPTOM_REPORT, priority)) {
            Episodes.raise(turn, new Raise(RuleId.SYMPTOM_REPORT, priority, effectiveMillis, effectiveMillis, 0, text, List.of()));
        } else {
            turn.twin().episode(Family.SYMPTOM_REPORT)
                    .ifPresent(episode -> Episodes.update(turn, episode, 0, effectiveMillis, text, List.of()));
        }
        PressureRules.onSymptom(turn);
    }

    /**
     * The patient disputes the open or the last alert of a rule: the dispute stands beside it and ends nothing.
     *
     * @return false when there was none of late
     */
    public static boolean onDispute(Turn turn, RuleId rule, long effectiveMillis) {
        return onDispute(turn, rule, "", effectiveMillis);
    }

    /** As above. @param key which of the rule's family, of which only an open alert can be disputed; empty where it has one episode only */
    public static boolean onDispute(Turn turn, RuleId rule, String key, long effectiveMillis) {
        if (rule == RuleId.DEVICE_SHARED) {
            return disputeEach(turn, rule, effectiveMillis);
        }
        Episode episode = turn.twin().episode(rule.family(), key).orElse(null);
        if (episode != null) {
            StatementRule.onDispute(turn, key.isEmpty() ? rule.name() : key, effectiveMillis);
            Episodes.update(turn, episode, Tag.DISPUTED.bit(), effectiveMillis, DISPUTED, List.of());
            return true;
        }
        if (rule.family().isKeyed()) {
            return false;
        }
        Ended ended = turn.twin().parts().get(Ended.TYPE);
        Optional<Ended.One> last = ended.last(rule.family());
        last.ifPresent(one -> StatementRule.onDispute(turn, rule.name(), effectiveMillis));
        last.ifPresent(one -> Episodes.disputeEnded(turn, ended, one, effectiveMillis, DISPUTED));
        return last.isPresent();
    }

    /** Of a rule about devices: the patient does not say which. */
    private static boolean disputeEach(Turn turn, RuleId rule, long effectiveMillis) {
        List<Episode> open = turn.twin().episodes().stream().filter(episode -> episode.holds(rule)).toList();
        open.forEach(episode -> Episodes.update(turn, episode, Tag.DISPUTED.bit(), effectiveMillis, DISPUTED, List.of()));
        return !open.isEmpty();
    }
}
