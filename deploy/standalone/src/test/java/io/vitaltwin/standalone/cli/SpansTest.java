package io.vitaltwin.standalone.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpansTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT60S", "5m, PT5M", "2h, PT2H", "7d, P7D", "PT1M30S, PT90S", "0s, PT0S", "60S, PT60S"})
    void shouldReadSpans(String text, Duration span) {
        assertThat(new Spans.DurationText().convert(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "s", "-5s", "PT-5S", "1 week", "", "99999999999999999999s", "9223372036854775807d"})
    void shouldRefuseWhatIsNoSpan(String text) {
        assertThatThrownBy(() -> new Spans.DurationText().convert(text)).isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write 500ms, 60s");
    }

    @Test
    void shouldReadTimesWithAZoneOnly() {
        assertThat(new Spans.InstantText().convert("2026-03-02T08:00:00+01:00")).isEqualTo("2026-03-02T07:00:00Z");
        assertThatThrownBy(() -> new Spans.InstantText().convert("2026-03-02T08:00:00")).isInstanceOf(TypeConversionException.class);
    }
}
