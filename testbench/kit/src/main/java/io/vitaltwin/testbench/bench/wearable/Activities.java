package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.bench.Stats;
import io.vitaltwin.testbench.data.ActivityMinutes.Minute;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Minutes with what people truly did: heart rate by activity, and the context that the core derives from the steps, where the steps mean anything. */
final class Activities {

    /**
     * How often a minute of running must have more steps than one of lying or sitting before the steps are taken for steps; project default, no
     * source. Below it a table of contexts would judge the data and not the rule.
     */
    static final double LEAST_SEPARATION = 0.9;

    /** The set has no times: any day after 2015 will do. */
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    /** Persons of the set follow each other: an hour between them, so that no step of one is within the context of the next. */
    private static final long BETWEEN = 60 * Tracker.MINUTE;

    private Activities() {
    }

    /** Heart rate and steps of one device and activity. */
    record Row(String device, String activity, int minutes, double heartRate10, double heartRate50, double heartRate90, double steps50) {
    }

    static List<Row> rows(List<Minute> minutes) {
        Map<String, List<Minute>> groups = new TreeMap<>();
        minutes.forEach(minute -> groups.computeIfAbsent(minute.device() + "\t" + minute.activity(), none -> new ArrayList<>()).add(minute));
        return groups.values().stream().map(group -> {
            double[] rates = group.stream().mapToDouble(Minute::heartRate).toArray();
            return new Row(group.getFirst().device(), group.getFirst().activity(), group.size(), Stats.quantile(rates, 0.1), Stats.median(rates),
                    Stats.quantile(rates, 0.9), Stats.median(group.stream().mapToDouble(Minute::steps).toArray()));
        }).toList();
    }

    /** @param heartRate and steps: how often a running minute has more of it than a still one, 0.5 is chance */
    record Separation(String device, Stats.Estimate heartRate, Stats.Estimate steps) {

        boolean stepsMeanSteps() {
            return steps.value() >= LEAST_SEPARATION;
        }
    }

    static List<Separation> separations(List<Minute> minutes) {
        return minutes.stream().map(Minute::device).distinct().sorted().map(device -> {
            List<Minute> moving = minutes.stream().filter(minute -> minute.device().equals(device) && isRunning(minute)).toList();
            List<Minute> still = minutes.stream().filter(minute -> minute.device().equals(device) && isStill(minute)).toList();
            return new Separation(device,
                    Stats.auroc(moving.stream().map(Minute::heartRate).toList(), still.stream().map(Minute::heartRate).toList()),
                    Stats.auroc(moving.stream().map(Minute::steps).toList(), still.stream().map(Minute::steps).toList()));
        }).toList();
    }

    private static boolean isRunning(Minute minute) {
        return minute.activity().startsWith("Running");
    }

    private static boolean isStill(Minute minute) {
        return minute.activity().equals("Lying") || minute.activity().equals("Sitting");
    }

    /** Minutes by true activity and by the context that the core derives from the steps of one device. */
    static Map<String, Map<Context, Integer>> contexts(List<Minute> minutes, String device) {
        Map<String, Map<Context, Integer>> contexts = new TreeMap<>();
        Minute[] current = new Minute[1];
        Tracker tracker = new Tracker(new Monitor.Listener() {
            @Override
            public void judged(Measurement measurement, Judgement judgement) {
                if (measurement.vital() == Vital.HEART_RATE) {
                    contexts.computeIfAbsent(current[0].activity(), none -> new TreeMap<>()).merge(judgement.context(), 1, Integer::sum);
                }
            }
        });
        long now = START;
        int person = -1;
        for (Minute minute : minutes) {
            if (minute.device().equals(device)) {
                now += minute.person() == person ? Tracker.MINUTE : BETWEEN;
                person = minute.person();
                current[0] = minute;
                tracker.minute(now, Math.round(minute.steps() * 1_000), Math.round(minute.heartRate() * 1_000));
            }
        }
        return contexts;
    }
}
