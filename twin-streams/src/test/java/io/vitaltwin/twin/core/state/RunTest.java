package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/** CR 0, "sustained". */
class RunTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final long GAP = 10_000;

    private static Point point(long millis, long milli) {
        return new Point(millis, Value.measured(milli, Unit.PERCENT), Grade.MEDICAL_HOME, Verdict.ACCEPT, Context.REST, 0, 3_000, 7, 1);
    }

    private static Run run(long millis, long milli) {
        return new Run(T0 + millis, point(T0 + millis, milli), milli);
    }

    private static boolean extend(Run run, long millis, long milli) {
        return run.extend(T0 + millis, point(T0 + millis, milli), milli, GAP);
    }

    @Test
    void shouldBeginWithOneSample() {
        Run run = run(0, 90_000);
        assertThat(run.count()).isOne();
        assertThat(run.spanMillis()).isZero();
        assertThat(run.first()).isEqualTo(run.last());
        assertThat(run.medianMilli()).isEqualTo(90_000);
    }

    @Test
    void shouldAllowAGapAndNoMore() {
        Run run = run(0, 90_000);
        assertThat(extend(run, 10_001, 90_000)).isFalse();
        assertThat(run.count()).as("unchanged").isOne();
        assertThat(extend(run, 10_000, 91_000)).isTrue();
        assertThat(run.spanMillis()).isEqualTo(10_000);
        assertThat(run.last().value().milli()).isEqualTo(91_000);
        assertThat(run.first().value().milli()).isEqualTo(90_000);
    }

    @Test
    void shouldGrowBackwardsUnderTheSameGap() {
        Run run = run(20_000, 90_000);
        assertThat(extend(run, 9_999, 80_000)).isFalse();
        assertThat(extend(run, 10_000, 80_000)).isTrue();
        assertThat(run.startMillis()).isEqualTo(T0 + 10_000);
        assertThat(run.lastMillis()).isEqualTo(T0 + 20_000);
        assertThat(run.first().value().milli()).isEqualTo(80_000);
        assertThat(run.medianMilli()).isEqualTo(85_000);
    }

    @Test
    void shouldTakeASampleInside() {
        Run run = run(0, 90_000);
        extend(run, 10_000, 90_000);
        assertThat(extend(run, 5_000, 60_000)).isTrue();
        assertThat(run.count()).isEqualTo(3);
        assertThat(run.spanMillis()).isEqualTo(10_000);
        assertThat(run.last().value().milli()).isEqualTo(90_000);
    }

    @Test
    void shouldEndAtTheSecondDoubtInARow() {
        Run run = run(0, 90_000);
        assertThat(run.doubt(T0 + 5_000, GAP)).isTrue();
        assertThat(run.doubt(T0 + 10_000, GAP)).isFalse();
    }

    @Test
    void shouldForgetADoubtAfterAGoodSample() {
        Run run = run(0, 90_000);
        assertThat(run.doubt(T0 + 5_000, GAP)).isTrue();
        extend(run, 10_000, 90_000);
        assertThat(run.doubt(T0 + 15_000, GAP)).isTrue();
        assertThat(run.spanMillis()).as("a doubt does not extend").isEqualTo(10_000);
        assertThat(run.count()).isEqualTo(2);
    }

    @Test
    void shouldNotCallADoubtfulSampleAGap() {
        Run run = run(0, 90_000);
        assertThat(run.doubt(T0 + 10_000, GAP)).isTrue();
        assertThat(extend(run, 20_000, 90_000)).isTrue();
    }

    @Test
    void shouldEndAtADoubtAfterTooLongAGap() {
        assertThat(run(0, 90_000).doubt(T0 + 10_001, GAP)).isFalse();
        assertThat(run(0, 90_000).doubt(T0 + 10_000, GAP)).isTrue();
    }

    @Test
    void shouldIgnoreADoubtFromThePast() {
        Run run = run(10_000, 90_000);
        assertThat(run.doubt(T0 + 5_000, GAP)).isTrue();
        assertThat(run.doubt(T0 + 6_000, GAP)).isTrue();
        assertThat(run.doubt(T0 + 15_000, GAP)).isTrue();
    }

    @Test
    void shouldComeBackAsItWasStored() {
        // Given
        Run run = run(0, 90_000);
        extend(run, 5_000, 88_500);
        run.doubt(T0 + 9_000, GAP);
        ByteBuffer bytes = ByteBuffer.allocate(256);
        // When
        run.encode(bytes, T0 + 100_000, 40);
        Run copy = Run.decode(bytes.flip(), T0 + 100_000, 40);
        // Then
        assertThat(bytes.remaining()).isZero();
        assertThat(copy).usingRecursiveComparison().isEqualTo(run);
        assertThat(copy.doubt(T0 + 10_000, GAP)).as("the second doubt, the first before storing").isFalse();
    }
}
