package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.rules.CustomMemory.Held;
import io.vitaltwin.twin.core.rules.CustomRule.Condition;
import io.vitaltwin.twin.core.rules.CustomRule.Outcome;
import io.vitaltwin.twin.core.rules.CustomRule.Problem;
import io.vitaltwin.twin.core.rules.TwinView.Newest;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.Point;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Asks the rule set's own rules: after each reading of a vital that they look at, and, where they look at an age, when it is reached. A condition
 * that cannot be computed is as if it had not been asked, and is told once as a technical alert.
 *
 * <p>Out of order: a reading that is not the newest of its stream changes nothing here, as what the conditions look at is the newest.
 *
 * @see "CLINICAL.md sections 0 (sustained), 3.11 (what a consumer device may raise)"
 */
final class CustomRules {

    private static final Outcome.Known HOLDS = new Outcome.Known(true);

    private CustomRules() {
    }

    /** Takes an ACCEPT or SUSPECT reading that was folded into the twin. */
    static void onSample(Turn turn, Sample sample) {
        CustomSet set = turn.rules().custom();
        if (!turn.twin().episodes().isEmpty()) {
            endUnknown(turn, sample.effectiveMillis());
        }
        if (set.isEmpty()) {
            turn.twin().parts().forget(PartKind.CUSTOM);
            return;
        }
        List<CustomRule> rules = set.on(sample.vital());
        if (rules.isEmpty() || !sample.newest()) {
            return;
        }
        long last = sample.effectiveMillis();
        for (CustomRule rule : rules) {
            if (rule.concerns(turn.plan().conditions())) {
                long at = newestMillis(turn, rule, sample.effectiveMillis());
                take(turn, rule, sample, at);
                last = Math.max(last, at);
            }
        }
        schedule(turn, last, turn.nowMillis());
    }

    private static void take(Turn turn, CustomRule rule, Sample sample, long atMillis) {
        if (sample.verdict() == Verdict.SUSPECT && !rule.isDoubtful()) {
            turn.twin().parts().find(CustomMemory.TYPE).flatMap(memory -> memory.find(rule.id())).ifPresent(CustomMemory.Runs::doubt);
            return;
        }
        ask(turn, rule, atMillis);
    }

    /** Takes the time at which an age is reached or a run is long enough. */
    static void onDue(Turn turn, long dueMillis) {
        for (CustomRule rule : turn.rules().custom().aged()) {
            if (rule.concerns(turn.plan().conditions())) {
                ask(turn, rule, dueMillis);
            }
        }
        schedule(turn, dueMillis, dueMillis);
    }

    /** Ends the episodes of rules that rest on a vital which may no longer be used, or that no longer concern this patient. */
    static void onCovered(Turn turn, Set<Vital> covered, long effectiveMillis, String endReason) {
        CustomSet set = turn.rules().custom();
        for (Episode episode : keyed(turn)) {
            boolean stays = set.of(episode.key()).filter(rule -> isUsable(turn, rule, covered)).isPresent();
            if (!stays) {
                Episodes.close(turn, episode, effectiveMillis, endReason);
            }
        }
        turn.twin().parts().find(CustomMemory.TYPE).ifPresent(memory -> {
            memory.forget(id -> set.of(id).filter(rule -> isUsable(turn, rule, covered)).isEmpty());
            schedule(turn, turn.nowMillis(), turn.nowMillis());
        });
    }

    private static boolean isUsable(Turn turn, CustomRule rule, Set<Vital> covered) {
        return covered.containsAll(rule.vitals()) && rule.concerns(turn.plan().conditions());
    }

    /** Another rule set may lack a rule whose episode is open. */
    private static void endUnknown(Turn turn, long effectiveMillis) {
        for (Episode episode : keyed(turn)) {
            if (turn.rules().custom().of(episode.key()).isEmpty()) {
                Episodes.close(turn, episode, effectiveMillis, "RULES_CHANGED");
            }
        }
    }

    private static List<Episode> keyed(Turn turn) {
        return turn.twin().episodes().stream().filter(episode -> episode.family().isKeyed()).toList();
    }

    /** A rule is asked as of the newest reading that it looks at: streams may come one behind the other. */
    private static long newestMillis(Turn turn, CustomRule rule, long atLeast) {
        TwinView view = new TwinView(turn, atLeast);
        return rule.vitals().stream().flatMap(vital -> view.newest(vital).stream()).mapToLong(newest -> newest.point().effectiveMillis())
                .reduce(atLeast, Math::max);
    }

    private static void ask(Turn turn, CustomRule rule, long atMillis) {
        TwinView view = new TwinView(turn, atMillis);
        boolean open = turn.twin().episode(Family.CUSTOM, rule.id()).isPresent();
        Outcome when = rule.when().test().of(view);
        Outcome over = open ? over(rule, when, view) : Outcome.UNKNOWN;
        Optional<Problem> problem = problem(when).or(() -> problem(over));
        if (problem.isPresent()) {
            fail(turn, rule, problem.get(), atMillis);
        } else {
            Episodes.release(turn, RuleId.CUSTOM_RULE_FAILED, rule.id(), atMillis, List.of());
        }
        CustomMemory memory = turn.twin().parts().get(CustomMemory.TYPE);
        memory.of(rule.id()).sure();
        if (problem(when).isEmpty()) {
            raiseWhenLongEnough(turn, rule, when.equals(HOLDS), view);
        }
        if (open && problem(over).isEmpty()) {
            endWhenLongEnough(turn, rule, !when.equals(HOLDS) && over.equals(HOLDS), view);
        }
    }

    /** Whether what ends the rule holds. Where nothing is known nothing ends. */
    private static Outcome over(CustomRule rule, Outcome when, TwinView view) {
        if (rule.clear().isPresent()) {
            return rule.clear().get().test().of(view);
        }
        return when instanceof Outcome.Known known ? new Outcome.Known(!known.holds()) : Outcome.UNKNOWN;
    }

    private static Optional<Problem> problem(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? Optional.of(failed.problem()) : Optional.empty();
    }

    private static void raiseWhenLongEnough(Turn turn, CustomRule rule, boolean holds, TwinView view) {
        CustomMemory.Runs runs = turn.twin().parts().get(CustomMemory.TYPE).of(rule.id());
        if (!holds) {
            runs.raising(Optional.empty());
            return;
        }
        Held run = Held.extended(runs.raising(), view.atMillis(), longestGapMillis(rule, rule.when(), view));
        runs.raising(rule.forMillis() == 0 ? Optional.empty() : Optional.of(run));
        if (run.isComplete(rule.forMillis())) {
            raise(turn, rule, run, view);
        }
    }

    private static void endWhenLongEnough(Turn turn, CustomRule rule, boolean over, TwinView view) {
        CustomMemory.Runs runs = turn.twin().parts().get(CustomMemory.TYPE).of(rule.id());
        if (!over) {
            runs.clearing(Optional.empty());
            return;
        }
        Held run = Held.extended(runs.clearing(), view.atMillis(), longestGapMillis(rule, rule.clear().orElse(rule.when()), view));
        boolean ends = run.isComplete(rule.clearForMillis());
        runs.clearing(ends ? Optional.empty() : Optional.of(run));
        if (ends) {
            Episodes.release(turn, RuleId.CUSTOM, rule.id(), view.atMillis(), proofs(inputs(rule, view)));
        }
    }

    /** Twice the longest interval of what the condition looks at: CR 0. What looks at an age must hold where nothing comes. */
    private static long longestGapMillis(CustomRule rule, Condition condition, TwinView view) {
        if (rule.isAged()) {
            return Long.MAX_VALUE;
        }
        long longest = 0;
        for (Vital vital : condition.vitals()) {
            Newest newest = view.newest(vital).orElse(null);
            longest = newest == null ? longest : Math.max(longest, 2 * view.intervalMillis(newest.stream(), newest.point()));
        }
        return longest;
    }

    private static void raise(Turn turn, CustomRule rule, Held run, TwinView view) {
        List<Newest> inputs = inputs(rule, view);
        int tags = 0;
        Priority priority = rule.priority().atMost(turn.rules().of(RuleId.CUSTOM).priority());
        if (inputs.stream().map(Newest::point).allMatch(CustomRules::isConsumer)) {
            boolean symptom = Corroboration.symptom(turn, view.atMillis(), Corroboration.WINDOW_MILLIS);
            priority = priority.atMost(symptom ? Priority.HIGH : Priority.MEDIUM);
            tags |= (inputs.isEmpty() ? 0 : Tag.UNVERIFIED.bit()) | (symptom ? Tag.CORROBORATED.bit() : 0);
        }
        if (inputs.stream().anyMatch(newest -> newest.point().verdict() == Verdict.SUSPECT)) {
            priority = priority.atMost(Priority.MEDIUM);
            tags |= Tag.SUSPECT_INPUT.bit();
        }
        if (Episodes.isNews(turn, RuleId.CUSTOM, rule.id(), priority)) {
            String text = Texts.fill(turn.rules(), RuleId.CUSTOM, Map.of("rule", rule.id(), "sentence", sentence(rule, run, inputs))) + Texts.certainty(tags);
            Episodes.raise(turn, new Raise(
                    RuleId.CUSTOM, rule.id(), priority, run.startMillis(), view.atMillis(), tags, text, proofs(inputs)));
        }
    }

    private static boolean isConsumer(Point point) {
        return point.grade() == Grade.CONSUMER || point.grade() == Grade.UNKNOWN;
    }

    /** What the raising condition looks at, as far as it is current. */
    private static List<Newest> inputs(CustomRule rule, TwinView view) {
        List<Newest> inputs = new ArrayList<>();
        for (Vital vital : rule.vitals()) {
            if (rule.when().vitals().contains(vital)) {
                view.latest(vital).ifPresent(inputs::add);
            }
        }
        return inputs;
    }

    private static List<Proof> proofs(List<Newest> inputs) {
        return inputs.stream().map(newest -> new Proof("input", newest.stream().deviceId(), newest.stream().vital(), newest.point())).toList();
    }

    private static String sentence(CustomRule rule, Held run, List<Newest> inputs) {
        Map<String, String> words = new HashMap<>();
        words.put("held", Texts.span(run.lastMillis() - run.startMillis()));
        Grade best = Grade.UNKNOWN;
        for (Newest newest : inputs) {
            words.put(newest.stream().vital().id(), Texts.value(newest.point().value()));
            best = newest.point().grade().compareTo(best) < 0 ? newest.point().grade() : best;
        }
        words.put("device", inputs.isEmpty() ? "no device" : Texts.device(best));
        Matcher matcher = CustomRule.placeholdersOf(rule.text());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(words.getOrDefault(matcher.group(1), "not known")));
        }
        return matcher.appendTail(text).toString();
    }

    private static void fail(Turn turn, CustomRule rule, Problem problem, long atMillis) {
        Priority priority = turn.rules().of(RuleId.CUSTOM_RULE_FAILED).priority();
        if (Episodes.isNews(turn, RuleId.CUSTOM_RULE_FAILED, rule.id(), priority)) {
            String text = Texts.fill(turn.rules(), RuleId.CUSTOM_RULE_FAILED, Map.of("rule", rule.id(), "why", problem.words()));
            Episodes.raise(turn, new Raise(RuleId.CUSTOM_RULE_FAILED, rule.id(), priority, atMillis, atMillis, 0, text, List.of()));
        }
    }

    /**
     * Sets the time at which time alone may change something.
     *
     * @param askedMillis what was reached until then has been asked
     * @param floorMillis no time before this is set: what was reached between is asked right after it
     */
    private static void schedule(Turn turn, long askedMillis, long floorMillis) {
        List<CustomRule> aged = turn.rules().custom().aged();
        if (aged.isEmpty()) {
            return;
        }
        long next = Parts.NEVER;
        TwinView view = new TwinView(turn, askedMillis);
        for (CustomRule rule : aged) {
            if (rule.concerns(turn.plan().conditions())) {
                next = Math.min(next, nextOf(turn, rule, view));
            }
        }
        if (next != Parts.NEVER) {
            turn.twin().parts().get(CustomMemory.TYPE);
            next = Math.max(next, floorMillis + 1);
        }
        turn.twin().parts().due(PartKind.CUSTOM, next);
    }

    private static long nextOf(Turn turn, CustomRule rule, TwinView view) {
        long next = nextAge(rule.when(), view);
        if (rule.clear().isPresent()) {
            next = Math.min(next, nextAge(rule.clear().get(), view));
        }
        CustomMemory.Runs runs = turn.twin().parts().find(CustomMemory.TYPE).flatMap(memory -> memory.find(rule.id())).orElse(null);
        if (runs != null) {
            next = Math.min(next, nextEnd(runs.raising(), rule.forMillis(), view));
            next = Math.min(next, nextEnd(runs.clearing(), rule.clearForMillis(), view));
        }
        return next;
    }

    /** The age itself, for "at least", and a millisecond more, for "more than". */
    private static long nextAge(Condition condition, TwinView view) {
        long next = Parts.NEVER;
        for (Vital vital : condition.aged()) {
            long from = view.newest(vital).map(newest -> newest.point().effectiveMillis()).orElse(Parts.NEVER);
            for (long age : condition.ageMillis()) {
                if (from != Parts.NEVER && from + age + 1 > view.atMillis()) {
                    next = Math.min(next, from + age > view.atMillis() ? from + age : from + age + 1);
                }
            }
        }
        return next;
    }

    private static long nextEnd(Optional<Held> run, long spanMillis, TwinView view) {
        return run.map(held -> held.startMillis() + spanMillis).filter(end -> end > view.atMillis()).orElse(Parts.NEVER);
    }
}
