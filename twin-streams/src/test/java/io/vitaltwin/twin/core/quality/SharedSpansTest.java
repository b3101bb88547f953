package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.SharedSpans.Doubted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** DQ-22: when a device's readings are in doubt. */
class SharedSpansTest {

    private static final String DEVICE = "d1";

    private Parts parts = new Parts();

    private SharedSpans spans() {
        return parts.get(SharedSpans.TYPE);
    }

    private void store() {
        ByteBuffer out = ByteBuffer.allocate(4_096);
        parts.encode(out, 0);
        parts = Parts.decode(out.flip(), 0);
    }

    @ParameterizedTest
    @CsvSource({"999, false", "1000, true", "1500, true", "2000, true", "2001, false"})
    void shouldHoldFromTheFirstToTheLast(long at, boolean shared) {
        spans().tell(DEVICE, 1_000, 2_000, 5_000);
        assertThat(SharedSpans.isShared(parts, DEVICE, at)).as("told, not yet decided").isFalse();
        assertThat(spans().settle(4_999)).isEmpty();
        assertThat(spans().settle(5_000)).containsExactly(new Doubted(DEVICE, 1_000, 2_000));
        store();
        assertThat(SharedSpans.isShared(parts, DEVICE, at)).isEqualTo(shared);
        assertThat(SharedSpans.isShared(parts, "d2", at)).isFalse();
    }

    @ParameterizedTest(name = "then {0}-{1}")
    @CsvSource({"1000, 3000, 2001, 3000", "500, 2500, 500, 2500", "5000, 6000, 5000, 6000", "1000, 1500, -, -", "1000, 999, -, -"})
    void shouldTakeThePlaceOfWhatWasToldFromThereOn(long from, long until, String doubtedFrom, String doubtedUntil) {
        spans().tell(DEVICE, 1_000, 2_000, 5_000);
        spans().settle(5_000);
        spans().tell(DEVICE, from, until, 6_000);
        store();
        if (doubtedFrom.equals("-")) {
            assertThat(spans().settle(6_000)).isEmpty();
        } else {
            assertThat(spans().settle(6_000)).containsExactly(new Doubted(DEVICE, Long.parseLong(doubtedFrom), Long.parseLong(doubtedUntil)));
        }
        assertThat(SharedSpans.isShared(parts, DEVICE, until)).isEqualTo(until >= from);
        assertThat(SharedSpans.isShared(parts, DEVICE, 2_000)).isEqualTo(from > 2_000 || until >= 2_000);
        assertThat(SharedSpans.isShared(parts, DEVICE, 1_200)).isEqualTo(from > 2_000 || until >= 1_200);
    }

    @Test
    void shouldSayWhatIsOpenAndWhenItChanges() {
        long kept = SharedSpans.KEPT_MILLIS;
        spans().tell(DEVICE, 1_000, 9_000, 5_000);
        spans().tell("d2", 1_000, 8_000, 6_000);
        assertThat(spans().nextMillis(0)).isEqualTo(5_000);
        spans().settle(5_000);
        assertThat(spans().open(5_000)).containsExactly(DEVICE);
        assertThat(spans().openSince(DEVICE, 5_000)).isEqualTo(1_000);
        assertThat(spans().nextMillis(5_000)).isEqualTo(6_000);
        spans().settle(6_000);
        assertThat(spans().nextMillis(6_000)).isEqualTo(8_001);
        assertThat(spans().open(8_001)).containsExactly(DEVICE);
        assertThat(spans().nextMillis(8_001)).isEqualTo(9_001);
        assertThat(spans().open(9_001)).isEmpty();
        assertThatThrownBy(() -> spans().openSince(DEVICE, 9_001)).isInstanceOf(IllegalArgumentException.class);
        assertThat(spans().nextMillis(9_001)).isEqualTo(8_001 + kept);
        spans().forget(8_001 + kept);
        assertThat(spans().nextMillis(8_001 + kept)).isEqualTo(9_001 + kept);
        spans().forget(9_001 + kept);
        assertThat(spans().isEmpty()).isTrue();
        assertThat(spans().nextMillis(9_001 + kept)).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldStayBounded() {
        for (int i = 0; i < 1_000; i++) {
            spans().tell(DEVICE, i * 1_000L, i * 1_000L + 500, 1);
        }
        assertThat(spans().settle(1)).hasSize(SharedSpans.MOST);
        assertThat(SharedSpans.isShared(parts, DEVICE, 999_000)).isTrue();
        assertThat(SharedSpans.isShared(parts, DEVICE, 0)).isFalse();
    }

    @Test
    void shouldMakeReadingsSuspect() {
        Stream pulse = Stream.of(Vital.HEART_RATE, "watch", Grade.MEDICAL_HOME, Duration.ofMinutes(1)).remembering(parts);
        spans().tell("d1", Stream.T0 + Stream.MINUTE, Stream.T0 + 2 * Stream.MINUTE, 1);
        spans().settle(1);
        assertThat(pulse.at(0, 70).verdict()).isEqualTo(Verdict.ACCEPT);
        Judgement doubted = pulse.at(Stream.MINUTE, 71);
        assertThat(doubted.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(Reason.of(doubted.reasons())).containsExactly(Reason.DEVICE_SHARED);
        assertThat(pulse.own.recentCount()).as("it is no accepted value").isOne();
        assertThat(pulse.at(3 * Stream.MINUTE, 72).verdict()).isEqualTo(Verdict.ACCEPT);
    }

    /** A value that cannot be is refused for that. */
    @Test
    void shouldNotSoftenARejection() {
        Stream pulse = Stream.of(Vital.HEART_RATE, "watch", Grade.MEDICAL_HOME, Duration.ofMinutes(1)).remembering(parts);
        spans().tell("d1", Stream.T0, Stream.T0 + Stream.HOUR, 1);
        spans().settle(1);
        assertThat(pulse.at(0, 900).verdict()).isEqualTo(Verdict.REJECT);
    }
}
