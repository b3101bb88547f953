package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.AlertChange.Event;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Ended;
import io.vitaltwin.twin.core.state.Episode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens, worsens, eases and ends episodes. One open episode per family: a worse level upgrades it and is told again, a better level or
 * another rule at the same or a lower level is recorded and told to nobody.
 *
 * @see "CLINICAL.md section 6.1"
 */
public final class Episodes {

    /** End reason of an event about an episode that is already over. */
    public static final String ENDED_BEFORE = "ENDED_BEFORE";

    private static final long REFRACTORY_MILLIS = 30 * 60_000L;
    private static final long REFRACTORY_LOW_MILLIS = 24 * 3_600_000L;

    /** They speak of many days, not of one value, and say themselves how it stands. */
    private static final Set<Family> OWN_WORDS = EnumSet.of(Family.NIGHT_RHR, Family.ACTIVITY_DROP, Family.HF_WEIGHT, Family.BP_HOME_AVG);

    private Episodes() {
    }

    /**
     * Takes a rule that holds. Nothing happens when the rule already holds at this priority or a higher one. Of a patient for whom the rule was
     * not made it says less: see {@link Population}. Nor of what the patient does not want to hear: see {@link OptOut}.
     */
    static void raise(Turn turn, Raise unlimited) {
        if (OptOut.silences(turn, unlimited.rule(), unlimited.key())) {
            return;
        }
        Raise raise = unlimited.within(population(turn, unlimited.rule(), unlimited.key()), turn);
        Family family = raise.rule().family();
        Optional<Episode> open = turn.twin().episode(family, raise.key());
        if (open.isEmpty()) {
            Episode episode = new Episode(family, raise.key(), raise.startMillis());
            int refractory = isRefractory(turn, raise) ? Tag.REFRACTORY.bit() : 0;
            turn.twin().open(episode);
            episode.tag(refractory);
            hold(turn, episode, raise, Event.RAISED);
            return;
        }
        Episode episode = open.get();
        Optional<Priority> reached = episode.priorityOf(raise.rule());
        if (reached.isPresent() && !raise.priority().isAbove(reached.get())) {
            return;
        }
        boolean worse = raise.priority().isAbove(episode.priority());
        if (worse) {
            episode.untag(Tag.REFRACTORY.bit());
        }
        hold(turn, episode, raise, worse ? Event.UPGRADED : Event.UPDATED);
    }

    /** CR 6.1: 30 min after an end the same level is not told again (LOW: 24 h), never for a worse one and never for an urgent low glucose. */
    private static boolean isRefractory(Turn turn, Raise raise) {
        if (raise.rule() == RuleId.CGM_URGENT_LOW || raise.rule().family().lane() == Lane.ADMINISTRATIVE) {
            return false;
        }
        return turn.twin().parts().find(Ended.TYPE).flatMap(ended -> ended.last(raise.rule().family()))
                .filter(last -> last.rule() == raise.rule() && !raise.priority().isAbove(last.priority()))
                .filter(last -> raise.effectiveMillis() - last.endMillis()
                        < (last.priority() == Priority.LOW || last.priority() == Priority.INFO ? REFRACTORY_LOW_MILLIS : REFRACTORY_MILLIS))
                .isPresent();
    }

    /** Whether raising this rule at this priority would change anything: saves the making of texts. */
    static boolean isNews(Turn turn, RuleId rule, Priority priority) {
        return isNews(turn, rule, "", priority);
    }

    static boolean isNews(Turn turn, RuleId rule, String key, Priority priority) {
        Optional<Priority> reached = turn.twin().episode(rule.family(), key).flatMap(episode -> episode.priorityOf(rule));
        return (reached.isEmpty() || population(turn, rule, key).cap(turn, priority, turn.nowMillis()).isAbove(reached.get()))
                && !OptOut.silences(turn, rule, key);
    }

    static boolean predictive(Turn turn, RuleId rule, String key) {
        return rule == RuleId.CUSTOM ? turn.rules().custom().of(key).filter(CustomRule::isPredictive).isPresent() : turn.rules().of(rule).predictive();
    }

    private static Population population(Turn turn, RuleId rule, String key) {
        return rule == RuleId.CUSTOM ? turn.rules().custom().of(key).map(CustomRule::population).orElse(Population.ANYBODY)
                : turn.rules().of(rule).population();
    }

    private static void hold(Turn turn, Episode episode, Raise raise, Event event) {
        episode.hold(raise.rule(), raise.priority());
        episode.untag(Tag.BORDERLINE.bit());
        episode.tag(raise.tags() | Borderline.tag(turn, raise));
        String text = raise.text() + standing(turn, raise) + (event == Event.RAISED ? circumstances(turn, raise.effectiveMillis()) : "");
        emit(turn, episode, raise.rule(), event, raise.effectiveMillis(), text, raise.evidence(), "");
    }

    /** What was reported for this time, which may explain what is measured. */
    private static String circumstances(Turn turn, long millis) {
        List<String> notes = turn.twin().parts().find(Statements.TYPE).map(said -> said.notesAt(millis)).orElse(List.of());
        return notes.isEmpty() ? "" : " Reported for this time: " + String.join(", ", notes).replace('_', ' ') + ".";
    }

    /** How the value that completed the condition stands to what is usual for the patient and for people: CR 7.1. */
    private static String standing(Turn turn, Raise raise) {
        if (OWN_WORDS.contains(raise.rule().family())) {
            return "";
        }
        for (Proof proof : raise.evidence()) {
            if (proof.role().equals("last")) {
                boolean unwanted = turn.twin().consent().isUnscreened(Set.of(proof.vital()));
                return Quadrant.of(turn.twin(), turn.plan(), proof.vital(), proof.point())
                        .filter(quadrant -> quadrant != Quadrant.CHANGED_FOR_YOU || !unwanted).map(Quadrant::sentence)
                        .filter(sentence -> !sentence.isEmpty()).map(sentence -> " " + sentence).orElse("");
            }
        }
        return "";
    }

    /** Records something new about an open episode, such as a dispute, without telling anybody again. */
    static void update(Turn turn, Episode episode, int tags, long effectiveMillis, String text, List<Proof> evidence) {
        episode.tag(tags);
        emit(turn, episode, episode.leadingRule().orElseThrow(), Event.UPDATED, effectiveMillis, text, evidence, "");
    }

    /** The rule still holds, at a lower priority. */
    static void ease(Turn turn, Episode episode, RuleId rule, Priority priority, long effectiveMillis, List<Proof> evidence) {
        Priority before = episode.priority();
        episode.hold(rule, priority);
        if (before.isAbove(episode.priority())) {
            emit(turn, episode, rule, Event.DOWNGRADED, effectiveMillis, Texts.eased(episode.priority()), evidence, "");
        }
    }

    /** The rule's condition has ended. Nothing happens when the rule does not hold. */
    static void release(Turn turn, RuleId rule, long effectiveMillis, List<Proof> evidence) {
        release(turn, rule.family(), List.of(rule), effectiveMillis, evidence);
    }

    /** As above, of a family with keys. */
    static void release(Turn turn, RuleId rule, String key, long effectiveMillis, List<Proof> evidence) {
        turn.twin().episode(rule.family(), key).ifPresent(episode -> release(turn, episode, List.of(rule), effectiveMillis, evidence));
    }

    /** The conditions of these rules have ended at once: one event tells what is left of the episode. */
    static void release(Turn turn, Family family, List<RuleId> rules, long effectiveMillis, List<Proof> evidence) {
        turn.twin().episode(family).ifPresent(episode -> release(turn, episode, rules, effectiveMillis, evidence));
    }

    private static void release(Turn turn, Episode episode, List<RuleId> rules, long effectiveMillis, List<Proof> evidence) {
        if (rules.stream().noneMatch(episode::holds)) {
            return;
        }
        Priority before = episode.priority();
        RuleId ledBy = episode.leadingRule().orElseThrow();
        rules.forEach(episode::release);
        Optional<RuleId> leading = episode.leadingRule();
        if (leading.isEmpty()) {
            end(turn, episode, ledBy, before, effectiveMillis, evidence, "");
        } else if (before.isAbove(episode.priority())) {
            emit(turn, episode, leading.get(), Event.DOWNGRADED, effectiveMillis, Texts.eased(episode.priority()), evidence, "");
        }
    }

    /** Ends an episode whatever holds, such as when consent is withdrawn. The event carries no readings. */
    public static void close(Turn turn, Episode episode, long effectiveMillis, String endReason) {
        RuleId rule = episode.leadingRule().orElseThrow(() -> new IllegalStateException("open episode without a rule"));
        end(turn, episode, rule, episode.priority(), effectiveMillis, List.of(), endReason);
    }

    /**
     * The patient disputes an alert that is over: it stays over, the dispute stands beside it, and for a while nothing is learned of what it
     * rested on.
     */
    static void disputeEnded(Turn turn, Ended ended, Ended.One one, long effectiveMillis, String text) {
        int tags = one.tags() | Tag.DISPUTED.bit();
        ended.add(new Ended.One(one.family(), one.rule(), one.priority(), one.startMillis(), Math.max(one.endMillis(), effectiveMillis), tags));
        turn.alerts().accept(new AlertChange(one.rule(), Event.UPDATED, one.priority(), one.startMillis(), effectiveMillis, turn.nowMillis(),
                text, tags, turn.rules().of(one.rule()).predictive(), List.of(), thresholds(turn, "", List.of(one.rule())), ENDED_BEFORE));
    }

    private static void end(
            Turn turn, Episode episode, RuleId rule, Priority priority, long effectiveMillis, List<Proof> evidence, String endReason) {
        turn.twin().end(episode);
        if (episode.key().isEmpty()) {
            turn.twin().parts().get(Ended.TYPE)
                    .add(new Ended.One(episode.family(), rule, priority, episode.startMillis(), effectiveMillis, episode.tags()));
        }
        turn.alerts().accept(new AlertChange(rule, episode.key(), Event.CLEARED, priority, episode.startMillis(), effectiveMillis, turn.nowMillis(),
                Texts.ended(endReason), episode.tags(), predictive(turn, rule, episode.key()), evidence,
                thresholds(turn, episode.key(), List.of(rule)), endReason));
    }

    private static void emit(
            Turn turn, Episode episode, RuleId rule, Event event, long effectiveMillis, String text, List<Proof> evidence, String endReason) {
        turn.alerts().accept(new AlertChange(rule, episode.key(), event, episode.priority(), episode.startMillis(), effectiveMillis, turn.nowMillis(),
                text, episode.tags(), predictive(turn, rule, episode.key()), evidence,
                thresholds(turn, episode.key(), new ArrayList<>(episode.active().keySet())), endReason));
    }

    private static Map<String, Long> thresholds(Turn turn, String key, List<RuleId> rules) {
        Map<String, Long> inForce = new HashMap<>();
        for (RuleId rule : rules) {
            if (rule.family().isKeyed()) {
                turn.rules().custom().of(key).ifPresent(custom -> inForce.put(custom.id() + ".forSeconds", custom.forMillis()));
            }
            turn.rules().of(rule).parameters().forEach((name, value) -> inForce.put(rule + "." + name, value));
        }
        return inForce;
    }
}
