package io.vitaltwin.testbench.scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DateTimeException;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OffsetsTest {

    @ParameterizedTest
    @CsvSource({"PT0S, PT0S", "PT90S, PT1M30S", "P9DT7H, P9DT7H", "PT223H, P9DT7H", "-PT1H, -PT1H", "-P20514D, -P20514D", "P2W, P14D",
        "-P1W, -P7D", "PT0.432S, PT0.432S", "P1D, P1D"})
    void shouldReadAndShowDurations(String written, String shown) {
        assertThat(Offsets.show(Offsets.parse(written))).isEqualTo(shown);
    }

    @Test
    void shouldShowTimesAsTheAuthorWouldWriteThem() {
        assertThat(Offsets.show(Stories.START, Stories.START.plus(Duration.ofMinutes(7)))).isEqualTo("PT7M");
        assertThat(Offsets.show(Stories.START, Stories.START.minusSeconds(1))).isEqualTo("-PT1S");
    }

    @ParameterizedTest
    @CsvSource({"5M", "PT", "P1Y", "P1M"})
    void shouldRefuseWhatIsNoFixedLength(String written) {
        assertThatThrownBy(() -> Offsets.parse(written)).isInstanceOf(DateTimeException.class);
    }
}
