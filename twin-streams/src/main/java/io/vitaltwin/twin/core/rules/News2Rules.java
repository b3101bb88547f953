package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.news2.Band;
import io.vitaltwin.twin.core.news2.Freshness;
import io.vitaltwin.twin.core.news2.News2;
import io.vitaltwin.twin.core.news2.News2Inputs;
import io.vitaltwin.twin.core.news2.News2Inputs.Input;
import io.vitaltwin.twin.core.news2.News2Result;
import io.vitaltwin.twin.core.news2.Parameter;
import io.vitaltwin.twin.core.news2.Prescription;
import io.vitaltwin.twin.core.news2.Spo2Scale;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.ScoreState;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NEWS2 over the newest usable value of each parameter: its bands, a single 3, a rise within a day. A partial score raises only what its
 * lower bound already says.
 *
 * @see "CLINICAL.md sections 2.2, 2.3, 3.12.1"
 */
public final class News2Rules {

    private static final Band[] BANDS = Band.values();
    /** Lower complete sets in a row that end an episode: CR 3.0. */
    private static final int SETS_TO_END = 2;

    private News2Rules() {
    }

    /** The score as it stands; empty when the plan does not score this patient or nothing is known. */
    public static Optional<News2Result> score(Turn turn, long atMillis) {
        if (!turn.plan().news2()) {
            return Optional.empty();
        }
        News2Inputs inputs = new News2Inputs();
        boolean any = false;
        for (Parameter parameter : Parameter.values()) {
            Optional<StreamState> newest = newest(turn, parameter);
            if (newest.isPresent()) {
                any = true;
                inputs.put(parameter, input(turn, parameter, newest.get()));
            }
        }
        if (!any) {
            return Optional.empty();
        }
        Prescription prescription = turn.plan().oxygen().map(on -> on ? Prescription.OXYGEN : Prescription.AIR).orElse(Prescription.NONE);
        return Optional.of(News2.score(inputs, Spo2Scale.of(turn.plan().spo2Scale()), prescription, BANDS[turn.twin().score().band()], atMillis));
    }

    /** Takes the set that a record completed. Sets are keyed by effective time: the same time again changes bounds, not counts. */
    static void onSet(Turn turn, long atMillis) {
        News2Result result = score(turn, atMillis).orElse(null);
        if (result == null) {
            return;
        }
        ScoreState state = turn.twin().score();
        Optional<RuleId> rule = ruleOf(turn, result, state);
        rule.ifPresent(id -> raise(turn, result, id, atMillis));
        boolean fresh = atMillis > state.lastSetMillis();
        if (result.complete() && fresh) {
            ease(turn, result, rule, atMillis);
            state.add(atMillis, result.knownSum(), turn.rules().milli(RuleId.NEWS2_RISING, "windowSeconds"));
            state.lastSetMillis(atMillis);
        }
        result.band().ifPresent(band -> state.band(band.ordinal()));
    }

    private static Optional<RuleId> ruleOf(Turn turn, News2Result result, ScoreState state) {
        RuleSet rules = turn.rules();
        int sum = result.knownSum();
        if (sum >= rules.count(RuleId.NEWS2_HIGH, "on")) {
            return Optional.of(RuleId.NEWS2_HIGH);
        }
        if (sum >= rules.count(RuleId.NEWS2_MEDIUM, "on")) {
            return Optional.of(RuleId.NEWS2_MEDIUM);
        }
        if (result.anyThree()) {
            return Optional.of(RuleId.NEWS2_SINGLE_3);
        }
        if (!result.complete()) {
            return Optional.empty();
        }
        int lowest = state.lowestSince(result.effectiveMillis() - rules.milli(RuleId.NEWS2_RISING, "windowSeconds"));
        boolean rising = lowest >= 0 && sum > state.lastTotal() && sum - lowest >= rules.count(RuleId.NEWS2_RISING, "on");
        return rising ? Optional.of(RuleId.NEWS2_RISING) : Optional.empty();
    }

    private static void raise(Turn turn, News2Result result, RuleId rule, long atMillis) {
        Priority priority = turn.rules().of(rule).priority();
        Priority band = priority;
        int tags = result.complete() ? 0 : Tag.PARTIAL.bit();
        tags |= result.suspectMask() == 0 ? 0 : Tag.SUSPECT_INPUT.bit();
        if (result.cappedAtMedium()) {
            tags |= Tag.REMEASURE.bit();
            priority = priority.atMost(Priority.MEDIUM);
        }
        if (turn.twin().episode(Family.NEWS2).filter(episode -> episode.priority().isAbove(band)).isEmpty()) {
            turn.twin().score().lowerSets(0);
        }
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        String text = Texts.fill(turn.rules(), rule, Map.of("score", describe(turn, result, atMillis))) + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, atMillis, atMillis, tags, text, proofs(turn, result)));
    }

    /** A complete set below what the episode stands for: the second in a row ends it, or leaves what still holds. */
    private static void ease(Turn turn, News2Result result, Optional<RuleId> rule, long atMillis) {
        Episode episode = turn.twin().episode(Family.NEWS2).orElse(null);
        if (episode == null) {
            return;
        }
        ScoreState state = turn.twin().score();
        Priority now = rule.map(id -> turn.rules().of(id).priority()).orElse(Priority.INFO);
        if (!episode.priority().isAbove(now)) {
            state.lowerSets(0);
            return;
        }
        state.lowerSets(state.lowerSets() + 1);
        if (state.lowerSets() < SETS_TO_END) {
            return;
        }
        state.lowerSets(0);
        List<RuleId> ended = episode.active().keySet().stream()
                .filter(held -> rule.isEmpty() || turn.rules().of(held).priority().isAbove(now)).toList();
        Episodes.release(turn, Family.NEWS2, ended, atMillis, proofs(turn, result));
    }

    /** The stream whose newest usable value of this parameter is the newest of all. */
    static Optional<StreamState> newest(Turn turn, Parameter parameter) {
        StreamState newest = null;
        for (StreamState stream : turn.twin().streams()) {
            if (stream.vital() == parameter.vital() && stream.latest().isPresent()
                    && (newest == null || timeOf(stream) > timeOf(newest))) {
                newest = stream;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static long timeOf(StreamState stream) {
        return stream.latest().map(Point::effectiveMillis).orElse(Long.MIN_VALUE);
    }

    static Input input(Turn turn, Parameter parameter, StreamState stream) {
        Point point = stream.latest().orElseThrow();
        long interval = VitalLimits.intervalMillis(stream.vital(), turn.plan().device(stream.deviceId(), point.effectiveMillis()));
        Long cadence = turn.plan().cadenceMillis().get(stream.vital());
        long ttl = Freshness.ttlMillis(parameter, cadence == null ? interval : cadence);
        Verdict verdict = Reason.FLATLINE.in(point.reasons()) ? Verdict.REJECT : point.verdict();
        return new Input(point.value(), point.effectiveMillis(), verdict, point.grade(), ttl);
    }

    private static List<Proof> proofs(Turn turn, News2Result result) {
        List<Proof> proofs = new ArrayList<>();
        for (Parameter parameter : Parameter.values()) {
            if (!result.isMissing(parameter)) {
                newest(turn, parameter).ifPresent(stream -> proofs.add(
                        new Proof("score-input", stream.deviceId(), stream.vital(), stream.latest().orElseThrow())));
            }
        }
        return proofs;
    }

    private static String describe(Turn turn, News2Result result, long atMillis) {
        StringBuilder text = new StringBuilder();
        text.append(result.complete() ? "total " + result.knownSum()
                : "at least " + result.knownSum() + " and at most " + result.maxPossible());
        if (!result.complete()) {
            List<String> missing = new ArrayList<>();
            result.missing().forEach(parameter -> missing.add(parameter.id()));
            text.append(", without ").append(String.join(", ", missing));
        }
        for (Proof proof : proofs(turn, result)) {
            text.append("; ").append(proof.vital().id()).append(' ').append(Texts.value(proof.point().value()))
                    .append(" from ").append(Texts.device(proof.point().grade()))
                    .append(", ").append(Texts.span(Math.max(0, atMillis - proof.point().effectiveMillis()))).append(" old");
        }
        return text.toString();
    }
}
