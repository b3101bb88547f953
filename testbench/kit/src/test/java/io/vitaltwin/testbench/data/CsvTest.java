package io.vitaltwin.testbench.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvTest {

    @TempDir
    private Path folder = Path.of("");

    private List<String> texts(String content, String column) throws IOException {
        List<String> texts = new ArrayList<>();
        Csv.read(write(content), List.of(column), row -> texts.add(row.text(column)));
        return texts;
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), content);
    }

    @Test
    void shouldReadCellsByTheNameOfTheirColumn() throws IOException {
        assertThat(texts("b, a\n1, x\n\n2,y\n", "a")).containsExactly("x", "y");
    }

    @Test
    void shouldKeepCommasAndQuotesInQuotedCells() throws IOException {
        assertThat(texts("a,b\n\"x, \"\"y\"\"\",1\n", "a")).containsExactly("x, \"y\"");
    }

    @Test
    void shouldUnpack() throws IOException {
        Path file = folder.resolve("table.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a\n7\n".getBytes(StandardCharsets.UTF_8));
        }
        List<Integer> found = new ArrayList<>();
        Csv.read(file, List.of("a"), row -> found.add(row.whole("a")));

        assertThat(found).containsExactly(7);
    }

    @Test
    void shouldReadThousandthsHalfUpAndTellEmptyCells() throws IOException {
        List<OptionalLong> found = new ArrayList<>();
        Csv.read(write("a,b\n36.0499,1\n36.0505,1\n-1.5,1\n1e-3,1\n,1\nNaN,1\n"), List.of("a"), row -> found.add(row.optionalMilli("a")));

        assertThat(found).containsExactly(OptionalLong.of(36_050), OptionalLong.of(36_051), OptionalLong.of(-1_500), OptionalLong.of(1),
                OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void shouldNameFileAndLineOfALineWithTooFewCells() {
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> texts("a,b\n1,2\n3\n", "a"))
                .withMessage(folder.resolve("table.csv") + ":3: 2 cells are needed, found 1");
    }

    @Test
    void shouldNameAMissingColumn() {
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> texts("a,b\n", "c")).withMessageEndingWith(":1: column \"c\" is missing");
    }

    @Test
    void shouldRefuseAnEmptyFileAndAnOpenQuote() {
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> texts("", "a")).withMessageEndingWith(":1: a heading is missing");
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> texts("a\n\"x\n", "a")).withMessageEndingWith(":2: a quoted cell does not end");
    }

    /** People were measured: a message says what is expected and never what is there. */
    @ParameterizedTest
    @ValueSource(strings = {"73x", "1,5", "--1", "1e99", "99999999999999"})
    void shouldRefuseWhatIsNoNumberWithoutRepeatingIt(String cell) throws IOException {
        Path file = write("a\n\"" + cell + "\"\n");

        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Csv.read(file, List.of("a"), row -> row.milli("a")))
                .withMessageStartingWith(file + ":2: column \"a\" needs a decimal number")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(cell));
    }

    @Test
    void shouldRefuseWhatIsNoWholeNumberAndNoTime() throws IOException {
        Path file = write("a\n1.5\n");

        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Csv.read(file, List.of("a"), row -> row.whole("a")))
                .withMessageEndingWith(":2: column \"a\" needs a whole number");
        assertThatExceptionOfType(DataProblem.class)
                .isThrownBy(() -> Csv.read(file, List.of("a"), row -> row.time("a", java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME)))
                .withMessageContaining(":2: column \"a\" needs a time");
    }
}
