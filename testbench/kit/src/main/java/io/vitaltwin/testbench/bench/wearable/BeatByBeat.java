package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.WearableHrv;
import io.vitaltwin.testbench.data.WearableHrv.Beat;
import io.vitaltwin.testbench.data.WearableHrv.Raw;
import io.vitaltwin.testbench.data.WearableHrv.Span;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Single readings of one person: heart rate over ten seconds of each wearable against that of the ECG. The clocks of the devices are not
 * aligned: the lag is the one at which the two rates go together best, looked for within half an hour either way.
 */
final class BeatByBeat {

    private static final int STEP_MILLIS = 1_000;
    private static final int READING_SECONDS = 10;
    private static final int FARTHEST_LAG_SECONDS = 1_800;
    /** Shorter overlaps go together by chance; project default, no source. */
    private static final int LEAST_OVERLAP_SECONDS = 1_200;
    /** Below it no lag is believed; project default, no source. */
    static final double LEAST_CORRELATION = 0.8;
    /** Beats that no ten seconds may hold fewer of. */
    private static final int LEAST_BEATS = 5;

    private BeatByBeat() {
    }

    /** @param lagSeconds to add to the wearable's clock; correlation there; aligned: high enough to be believed */
    record Alignment(String device, int lagSeconds, double correlation, boolean aligned) {
    }

    record Outcome(List<Alignment> alignments, List<Errors.Cell> cells) {
    }

    static Outcome of(Raw raw) {
        Rates ecg = Rates.of(raw.devices().getOrDefault(WearableHrv.ECG, List.of()));
        List<Alignment> alignments = new ArrayList<>();
        List<Errors.Cell> cells = new ArrayList<>();
        raw.devices().forEach((device, beats) -> {
            if (!device.equals(WearableHrv.ECG)) {
                Rates rates = Rates.of(beats);
                Alignment alignment = align(device, ecg, rates);
                alignments.add(alignment);
                if (alignment.aligned()) {
                    cells(device, ecg, rates, alignment.lagSeconds(), raw.spans()).forEach((context, pairs) ->
                            cells.add(Errors.cell(device, Vital.HEART_RATE, context, Errors.Of.READING, pairs)));
                }
            }
        });
        return new Outcome(alignments, cells);
    }

    static Alignment align(String device, Rates ecg, Rates other) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int lag = -FARTHEST_LAG_SECONDS; lag <= FARTHEST_LAG_SECONDS; lag++) {
            double correlation = correlation(ecg, other, lag);
            if (correlation > highest) {
                highest = correlation;
                best = lag;
            }
        }
        boolean found = highest > Double.NEGATIVE_INFINITY;
        return new Alignment(device, best, found ? highest : Double.NaN, found && highest >= LEAST_CORRELATION);
    }

    /** Pearson's; minus infinity where they overlap for too short a time. */
    private static double correlation(Rates ecg, Rates other, int lag) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < ecg.rates.length; i++) {
            double truth = ecg.rates[i];
            double shown = other.at(ecg.fromSecond + i - lag);
            if (truth > 0 && shown > 0) {
                n++;
                x += truth;
                y += shown;
                xx += truth * truth;
                yy += shown * shown;
                xy += truth * shown;
            }
        }
        double spread = Math.sqrt((xx - x * x / n) * (yy - y * y / n));
        return n < LEAST_OVERLAP_SECONDS || !(spread > 0) ? Double.NEGATIVE_INFINITY : (xy - x * y / n) / spread;
    }

    private static Map<Context, List<Errors.Pair>> cells(String device, Rates ecg, Rates other, int lag, List<Span> spans) {
        Map<Context, List<Errors.Pair>> pairs = new TreeMap<>();
        for (Span span : spans) {
            Optional<Context> context = Conditions.context(span.condition());
            if (context.isPresent()) {
                for (long second = span.fromMillis() / STEP_MILLIS + READING_SECONDS; second <= span.untilMillis() / STEP_MILLIS; second += READING_SECONDS) {
                    double truth = ecg.at(second);
                    double shown = other.at(second - lag);
                    if (truth > 0 && shown > 0) {
                        pairs.computeIfAbsent(context.get(), none -> new ArrayList<>())
                                .add(Errors.Pair.of("one", Vital.HEART_RATE, Conditions.KIND, context.get(), shown, truth));
                    }
                }
            }
        }
        return pairs;
    }

    /** Heart rate over the ten seconds that end at each second; 0 where there are too few beats. */
    static final class Rates {

        private final long fromSecond;
        private final double[] rates;

        private Rates(long fromSecond, double[] rates) {
            this.fromSecond = fromSecond;
            this.rates = rates;
        }

        static Rates of(List<Beat> beats) {
            if (beats.isEmpty()) {
                return new Rates(0, new double[0]);
            }
            long[] ends = beats.stream().mapToLong(Beat::millis).sorted().toArray();
            long from = ends[0] / STEP_MILLIS + READING_SECONDS;
            long until = ends[ends.length - 1] / STEP_MILLIS;
            double[] sums = new double[(int) Math.max(0, until - from + 1)];
            int[] counts = new int[sums.length];
            for (Beat beat : beats) {
                long first = Math.ceilDiv(beat.millis(), STEP_MILLIS);
                for (long second = Math.max(first, from); second < first + READING_SECONDS && second <= until; second++) {
                    sums[(int) (second - from)] += beat.intervalMillis();
                    counts[(int) (second - from)]++;
                }
            }
            double[] rates = new double[sums.length];
            Arrays.setAll(rates, i -> counts[i] < LEAST_BEATS ? 0 : 60_000.0 * counts[i] / sums[i]);
            return new Rates(from, rates);
        }

        double at(long second) {
            long place = second - fromSecond;
            return place < 0 || place >= rates.length ? 0 : rates[(int) place];
        }
    }
}
