package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.query.Fold.Sample;
import io.vitaltwin.twin.query.Trend.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class FoldTest {

    private static Sample at(long millis, double value, Verdict verdict) {
        return new Sample(millis, Math.round(value * 1000), verdict);
    }

    private static Sample at(long millis, double value) {
        return at(millis, value, Verdict.ACCEPT);
    }

    private static Point point(long millis, double min, double value, double max, Verdict verdict, int count) {
        return new Point(Instant.ofEpochMilli(millis), min, value, max, verdict, count);
    }

    @Test
    void shouldShowEachReadingWhileThereAreFewEnough() {
        List<Sample> three = List.of(at(0, 90), at(1, 91, Verdict.SUSPECT), at(9, 92, Verdict.REJECT));
        assertThat(Fold.atMost(three, 0, 10, 3)).containsExactly(point(0, 90, 90, 90, Verdict.ACCEPT, 1), point(1, 91, 91, 91, Verdict.SUSPECT, 1),
                point(9, 92, 92, 92, Verdict.REJECT, 1));
        assertThat(Fold.atMost(three, 0, 10, 2)).hasSize(2);
    }

    @Test
    void shouldShowAMedianThatWasMeasuredAtItsOwnTime() {
        assertThat(Fold.everySpan(List.of(at(10, 97), at(11, 60), at(12, 95), at(13, 96)), 10, 10))
                .containsExactly(point(12, 60, 95, 97, Verdict.ACCEPT, 4));
    }

    @Test
    void shouldKeepGaps() {
        assertThat(Fold.everySpan(List.of(at(0, 1), at(35, 2)), 0, 10)).extracting(Point::t)
                .containsExactly(Instant.ofEpochMilli(0), Instant.ofEpochMilli(35));
    }

    @ParameterizedTest
    @CsvSource({"9, 1", "10, 2"})
    void shouldBeginTheNextSpanAtItsBegin(long second, int points) {
        assertThat(Fold.everySpan(List.of(at(0, 1), at(second, 2)), 0, 10)).hasSize(points);
    }

    @Test
    void shouldSetRejectedReadingsAsideWhereThereAreOthers() {
        assertThat(Fold.everySpan(List.of(at(1, 250, Verdict.REJECT), at(2, 70), at(3, 71, Verdict.SUSPECT)), 0, 10))
                .containsExactly(point(2, 70, 70, 71, Verdict.SUSPECT, 2));
        assertThat(Fold.everySpan(List.of(at(1, 250, Verdict.REJECT), at(2, 260, Verdict.REJECT)), 0, 10))
                .containsExactly(point(1, 250, 250, 260, Verdict.REJECT, 2));
    }

    @Test
    void shouldNeverGiveMorePointsThanAskedForNorLoseAnExtreme() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            long from = random.nextLong(-1_000, 1_000);
            long to = from + random.nextLong(1, 5_000);
            int most = random.nextInt(1, 60);
            List<Sample> samples = new ArrayList<>();
            for (long time = from; time < to; time += random.nextLong(1, 200)) {
                samples.add(at(time, random.nextInt(30, 200)));
            }
            List<Point> points = Fold.atMost(samples, from, to, most);
            assertThat(points).as("round %d", round).hasSizeLessThanOrEqualTo(most).isSortedAccordingTo(java.util.Comparator.comparing(Point::t));
            assertThat(points.stream().mapToInt(Point::count).sum()).isEqualTo(samples.size());
            assertThat(points.stream().mapToDouble(Point::max).max().orElseThrow()).isEqualTo(samples.stream().mapToLong(Sample::milli).max().orElseThrow() / 1000.0);
            assertThat(points.stream().mapToDouble(Point::min).min().orElseThrow()).isEqualTo(samples.stream().mapToLong(Sample::milli).min().orElseThrow() / 1000.0);
        }
    }
}
