package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.DeviceHealth;
import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.testbench.scenario.Expectations.Baseline;
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
        scenario.expect().baseline().forEach(baseline -> difference(baseline).ifPresent(differences::add));
        scenario.expect().clock().forEach(clock -> differences.addAll(differences(clock)));
        return differences;
    }

    /** The newest baseline of the vital and context, of whichever device. */
    private Optional<String> difference(Baseline expected) {
        String name = "baseline of " + expected.vital() + " " + expected.context() + " (line " + expected.line() + "): expected a median of "
                + expected.median() + ", ";
        List<Double> medians = observed.twins().stream().filter(twin -> twin.getPatientId().equals(expected.patient()))
                .reduce((earlier, later) -> later).stream().flatMap(twin -> twin.getVitals().stream())
                .filter(vital -> vital.getVital().equals(expected.vital())).flatMap(vital -> vital.getBaselines().stream())
                .filter(baseline -> baseline.getContext() == expected.context()).map(TwinBaseline::getMedian).toList();
        if (medians.isEmpty()) {
            return Optional.of(name + "none came");
        }
        return medians.stream().allMatch(expected.median()::holds) ? Optional.empty() : Optional.of(name + "came " + medians);
    }

    private List<String> differences(Expectations.Clock expected) {
        String name = "clock of " + expected.device() + " (line " + expected.line() + "): expected ";
        Optional<DeviceHealth> health = observed.twins().stream().filter(twin -> twin.getDevices().stream()
                .anyMatch(device -> device.getDeviceId().equals(expected.device()))).reduce((earlier, later) -> later).stream()
                .flatMap(twin -> twin.getDevices().stream()).filter(device -> device.getDeviceId().equals(expected.device())).findFirst();
        List<String> differences = new ArrayList<>();
        expected.offset().flatMap(range -> miss(name + "an offset of " + range + " s", range,
                health.map(DeviceHealth::getClockOffsetSeconds))).ifPresent(differences::add);
        expected.driftPerDay().flatMap(range -> miss(name + "a drift of " + range + " s a day", range,
                health.map(DeviceHealth::getClockDriftPerDay))).ifPresent(differences::add);
        return differences;
    }

    private static Optional<String> miss(String expected, Range range, Optional<Double> found) {
        if (found.isEmpty()) {
            return Optional.of(expected + ", none is known");
        }
        return range.holds(found.get()) ? Optional.empty() : Optional.of(expected + ", came " + found.get());
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
