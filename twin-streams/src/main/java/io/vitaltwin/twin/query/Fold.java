package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.Verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Many readings as few points. Pure. Gaps stay gaps: a span without readings has no point. What is drawn as the value was measured, at its own
 * time; the extremes of what was left out are in {@code min} and {@code max}.
 */
final class Fold {

    /** @param milli in thousandths of the canonical unit */
    record Sample(long millis, long milli, Verdict verdict) {
    }

    private Fold() {
    }

    /** Width of the spans of which at most so many cover the time between. */
    static long width(long fromMillis, long toMillis, int most) {
        return Math.max(1, Math.ceilDiv(toMillis - fromMillis, most));
    }

    /** Each reading by itself where there are no more than {@code most}; else one point for each span that has any. @param samples oldest first */
    static List<Trend.Point> atMost(List<Sample> samples, long fromMillis, long toMillis, int most) {
        return samples.size() <= most ? samples.stream().map(sample -> point(List.of(sample))).toList()
                : everySpan(samples, fromMillis, width(fromMillis, toMillis, most));
    }

    /** One point for each span of this width, counted from {@code fromMillis}, that has any reading. @param samples oldest first */
    static List<Trend.Point> everySpan(List<Sample> samples, long fromMillis, long widthMillis) {
        List<Trend.Point> points = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= samples.size(); i++) {
            if (i == samples.size() || span(samples.get(i), fromMillis, widthMillis) != span(samples.get(begin), fromMillis, widthMillis)) {
                points.add(point(samples.subList(begin, i)));
                begin = i;
            }
        }
        return points;
    }

    private static long span(Sample sample, long fromMillis, long widthMillis) {
        return Math.floorDiv(sample.millis() - fromMillis, widthMillis);
    }

    private static Trend.Point point(List<Sample> all) {
        List<Sample> used = all.stream().filter(sample -> sample.verdict() != Verdict.REJECT).toList();
        List<Sample> sorted = new ArrayList<>(used.isEmpty() ? all : used);
        sorted.sort(Comparator.comparingLong(Sample::milli).thenComparingLong(Sample::millis));
        Sample median = sorted.get((sorted.size() - 1) / 2);
        Verdict worst = sorted.stream().map(Sample::verdict).max(Comparator.naturalOrder()).orElseThrow();
        return new Trend.Point(Instant.ofEpochMilli(median.millis()), sorted.getFirst().milli() / 1000.0, median.milli() / 1000.0,
                sorted.getLast().milli() / 1000.0, worst, sorted.size());
    }
}
