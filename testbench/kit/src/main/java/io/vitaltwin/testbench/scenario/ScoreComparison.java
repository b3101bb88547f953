package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.testbench.scenario.Expectations.News2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the twin says about a patient: the score, and what it does not say yet. */
final class ScoreComparison {

    /** A snapshot may wait for its second to pass, and timers look one more second back. */
    private static final Duration SNAPSHOT = Duration.ofSeconds(3);

    private final ScenarioPlan plan;
    private final Scenario scenario;
    private final Observed observed;

    ScoreComparison(ScenarioPlan plan, Observed observed) {
        this.plan = plan;
        this.scenario = plan.scenario();
        this.observed = observed;
    }

    List<String> differences() {
        List<String> differences = new ArrayList<>();
        scenario.expect().news2().forEach(news2 -> differences.addAll(differences(news2)));
        scenario.expect().baseline().forEach(baseline -> differences.add("baseline of " + baseline.vital() + " " + baseline.context()
                + " (line " + baseline.line() + "): expected a median of " + baseline.median() + ", not published in this version"));
        scenario.expect().clock().forEach(clock -> differences.add("clock of " + clock.device() + " (line " + clock.line()
                + "): expected" + clock.offset().map(offset -> " an offset of " + offset + " s").orElse("")
                + clock.driftPerDay().map(drift -> " a drift of " + drift + " s a day").orElse("") + ", not published in this version"));
        return differences;
    }

    private List<String> differences(News2 expected) {
        String name = "news2 of " + expected.patient() + " at " + Offsets.show(expected.at()) + " (line " + expected.line() + ")";
        Optional<TwinSnapshot> snapshot = newest(expected);
        if (snapshot.isEmpty()) {
            return List.of(name + ": expected a score, none came");
        }
        News2Score score = snapshot.get().getNews2();
        String decider = " (scored " + Offsets.show(scenario.start(), score.getEffectiveTime()) + ", missing " + score.getMissing()
                + ", parts " + score.getSubScores() + ")";
        List<String> differences = new ArrayList<>();
        expected.total().filter(total -> !score.getComplete() || !total.holds(score.getKnownSum())).ifPresent(total ->
                differences.add(name + ": expected a total of " + total + ", came " + score.getKnownSum()
                        + (score.getComplete() ? "" : ", incomplete") + decider));
        expected.knownSum().filter(sum -> !sum.holds(score.getKnownSum())).ifPresent(sum ->
                differences.add(name + ": expected a known sum of " + sum + ", came " + score.getKnownSum() + decider));
        expected.maxPossible().filter(most -> !most.holds(score.getMaxPossible())).ifPresent(most ->
                differences.add(name + ": expected at most " + most + " possible, came " + score.getMaxPossible() + decider));
        expected.complete().filter(complete -> complete != score.getComplete()).ifPresent(complete ->
                differences.add(name + ": expected " + complete(complete) + ", came " + complete(score.getComplete()) + decider));
        return differences;
    }

    private static String complete(boolean complete) {
        return complete ? "a complete score" : "an incomplete score";
    }

    /**
     * The newest snapshot whose score rests on nothing later than the time asked for, as soon as all that was measured until then had
     * arrived: later its inputs only grow old.
     */
    private Optional<TwinSnapshot> newest(News2 expected) {
        Instant at = scenario.start().plus(expected.at());
        Instant known = plan.sent().stream()
                .filter(reading -> reading.patient().equals(expected.patient()) && !reading.trueTime().isAfter(at))
                .map(SentReading::arrival).max(Comparator.naturalOrder()).filter(at::isBefore).orElse(at).plus(SNAPSHOT);
        return observed.twins().stream().filter(twin -> twin.getPatientId().equals(expected.patient()) && twin.getNews2() != null
                && !twin.getNews2().getEffectiveTime().isAfter(at) && !twin.getAppendTime().isAfter(known))
                .reduce((earlier, later) -> later);
    }
}
