package io.vitaltwin.ingest.format;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "time,vital,value                | missing unit;",
            "vital,value,unit                | missing time;",
            "time,vital,value,unit,contxt    | not known here: number 5;",
            "Time,vital,value,unit           | missing time; not known here: number 1;",
            "time,vital,value,unit,time      | column time is there twice",
            "time,vital,value,unit,\"context | bad quoting"})
    void shouldRefuseAHeaderNamingWhatIsWrong(String header, String complaint) {
        assertThatExceptionOfType(FileRefused.class).isThrownBy(() -> open("csv", header)).withMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"time,vital,value,unit", "unit,value,vital,time", "time, vital, value, unit, context", "\"time\",vital,value,unit"})
    void shouldTakeColumnsInAnyOrder(String header) throws FileRefused {
        assertThat(open("csv", header)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("namesWithHeader")
    void shouldNotRepeatMeasuredValuesOfAFileWithoutAHeader(String format) {
        assertThatExceptionOfType(FileRefused.class).isThrownBy(() -> open(format, "2026-03-02T08:00:00Z,heart_rate,187.25,/min"))
                .withMessageNotContaining("187").withMessageContaining("as the first line");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRefuseAUnitWhereTheFormatHasItsOwnAndAnUnknownOneAnywhere(String format) {
        assertThatExceptionOfType(FileRefused.class).isThrownBy(() -> Formats.named(format).orElseThrow()
                .open("time,vital,value", new FormatSettings(ZoneOffset.UTC, Optional.of("bpm")))).withMessageContaining("unit");
    }

    static List<String> namesWithHeader() {
        return Formats.all().stream().filter(ReadingFormat::hasHeader).map(ReadingFormat::name).toList();
    }

    static List<String> names() {
        return Formats.all().stream().map(ReadingFormat::name).toList();
    }

    private static LineParser open(String format, String header) throws FileRefused {
        return Formats.named(format).orElseThrow().open(header, new FormatSettings(ZoneOffset.UTC, Optional.empty()));
    }
}
