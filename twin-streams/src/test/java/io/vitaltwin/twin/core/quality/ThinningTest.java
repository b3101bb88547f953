package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.4 E1.2: no more often than registered. */
class ThinningTest {

    private static final long T0 = 1_772_352_000_000L;

    private static QualityMemory kept(long... seconds) {
        QualityMemory memory = new QualityMemory();
        for (long second : seconds) {
            memory.accept(T0 + second * 1_000, 70_000, Value.Kind.MEASURED);
            memory.noteNewest(T0 + second * 1_000);
        }
        return memory;
    }

    /** The tolerance is a second of a minute, and half a second of five. */
    @ParameterizedTest
    @CsvSource({"60000, 58999, true", "60000, 59000, false", "60000, 60000, false", "5000, 4499, true", "5000, 4500, false", "60000, 0, false",
        "60000, 1, true"})
    void shouldLeaveOutWhatFollowsTooSoon(long least, long afterMillis, boolean tooSoon) {
        assertThat(Thinning.isTooSoon(kept(0), T0 + afterMillis, least)).isEqualTo(tooSoon);
    }

    @Test
    void shouldKeepTheFirst() {
        assertThat(Thinning.isTooSoon(new QualityMemory(), T0, 60_000)).isFalse();
    }

    /** A batch that is sent again finds what was left out of it left out again. */
    @ParameterizedTest
    @CsvSource({"0, false", "30, true", "60, false", "90, true", "118, true", "120, false"})
    void shouldCompareOneOutOfOrderWithWhatWasMeasuredBeforeIt(long second, boolean tooSoon) {
        assertThat(Thinning.isTooSoon(kept(0, 60, 120), T0 + second * 1_000, 60_000)).isEqualTo(tooSoon);
    }
}
