package io.vitaltwin.ingest.format;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
            "2026-03-02T08:15:00Z,          2026-03-02T08:15:00Z",
            "2026-03-02T08:15:00.250+02:00, 2026-03-02T06:15:00.250Z",
            "2026-03-02T08:15,              2026-03-02T07:15:00Z",
            "2026-03-02 08:15:30,           2026-03-02T07:15:30Z",
            "2026-07-02 08:15:30,           2026-07-02T06:15:30Z",
            "2024-02-29T00:00:00Z,          2024-02-29T00:00:00Z"})
    void shouldReadIsoTimesAndPutLocalOnesIntoTheZone(String text, Instant expected) throws LineRefused {
        assertThat(new Times(BERLIN).iso("time", new Field(text, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-02T24:01:00Z", "2026-03-12", "s2020-02-13 08:00:00",
            "02.03.2026 08:15", "1772439300", "+12026-03-02T08:15:00Z", "2026-03-02T08:15:00+19:00", "2026-3-2 8:15:00"})
    void shouldRefuseWhatIsNotATimeWithoutRepeatingIt(String text) {
        var refused = catchThrowableOfType(LineRefused.class, () -> new Times(ZoneOffset.UTC).iso("time", new Field(text, 4)));

        assertThat(refused).hasMessageStartingWith("time is not a time: ");
        assertThat(refused.column()).isEqualTo(4);
        if (!text.isEmpty()) {
            assertThat(refused.getMessage()).doesNotContain(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "4/1/2016 7:54:05 AM,   2016-04-01T07:54:05Z", "12/31/2016 12:00:00 AM, 2016-12-31T00:00:00Z",
            "4/1/2016 12:00:00 PM,  2016-04-01T12:00:00Z", "4/1/2016 11:59:59 PM,  2016-04-01T23:59:59Z"})
    void shouldReadAmericanTimes(String text, Instant expected) throws LineRefused {
        assertThat(new Times(ZoneOffset.UTC).american("Time", new Field(text, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2/30/2016 7:54:05 AM", "13/1/2016 7:54:05 AM", "4/1/2016 13:00:00 PM", "4/1/2016 0:00:00 AM", "4/1/2016", "2016-04-01 07:54:05"})
    void shouldRefuseWhatIsNotAnAmericanTime(String text) {
        assertThat(catchThrowableOfType(LineRefused.class, () -> new Times(ZoneOffset.UTC).american("Time", new Field(text, 12))).column())
                .isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29 01:59:59, 2026-03-29T00:59:59Z", "2026-03-29 03:00:00, 2026-03-29T01:00:00Z"})
    void shouldReadTheTimesAroundTheHourThatIsSkipped(String text, Instant expected) throws LineRefused {
        assertThat(new Times(BERLIN).iso("time", new Field(text, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29 02:00:00", "2026-03-29 02:59:59"})
    void shouldRefuseATimeThatTheZoneSkips(String text) {
        assertThat(catchThrowableOfType(LineRefused.class, () -> new Times(BERLIN).iso("time", new Field(text, 1))))
                .hasMessageContaining("Europe/Berlin skips it");
    }

    @Test
    void shouldGoThroughTheDoubledHourTwiceInTheOrderOfTheFile() throws LineRefused {
        // Given: 25 October 2026, 02:00 to 03:00 stands twice
        var times = new Times(BERLIN);
        // When, Then
        assertThat(times.iso("time", new Field("2026-10-25 02:30:00", 1))).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(times.iso("time", new Field("2026-10-25 02:30:00", 1))).as("the same once more").isEqualTo("2026-10-25T00:30:00Z");
        assertThat(times.iso("time", new Field("2026-10-25 02:55:00", 1))).isEqualTo("2026-10-25T00:55:00Z");
        assertThat(times.iso("time", new Field("2026-10-25 02:00:00", 1))).as("back an hour").isEqualTo("2026-10-25T01:00:00Z");
        assertThat(times.iso("time", new Field("2026-10-25 02:30:00", 1))).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(times.iso("time", new Field("2026-10-25 03:00:00", 1))).isEqualTo("2026-10-25T02:00:00Z");
    }
}
