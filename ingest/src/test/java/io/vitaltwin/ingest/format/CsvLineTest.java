package io.vitaltwin.ingest.format;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CsvLineTest {

    @Test
    void shouldCutAtCommasAndSayWhereEachFieldStarts() throws LineRefused {
        assertThat(CsvLine.cut("a, b ,\"c,d\",,x")).containsExactly(
                new Field("a", 1), new Field("b", 3), new Field("c,d", 7), new Field("", 13), new Field("x", 14));
    }

    @Test
    void shouldPlaceAnEmptyFieldAtTheEndBehindItsComma() throws LineRefused {
        assertThat(CsvLine.cut("a,b,")).containsExactly(new Field("a", 1), new Field("b", 3), new Field("", 5));
        assertThat(CsvLine.cut(",,")).containsExactly(new Field("", 1), new Field("", 2), new Field("", 3));
        assertThat(CsvLine.cut("a,\"\"")).containsExactly(new Field("a", 1), new Field("", 3));
    }

    @Test
    void shouldReadADoubledQuoteAsOne() throws LineRefused {
        assertThat(CsvLine.cut("\"a\"\"b\",c")).containsExactly(new Field("a\"b", 1), new Field("c", 8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "a,\"b | 3", "a,\"b\"x,c | 3", "a,b\"c,d | 3", "\" | 1", "a,\"b,c | 3", "\"a\",\"b,c\",\"d | 11", "a\" | 1", "\"a\"b,c | 1"})
    void shouldRefuseBadQuotingWhereTheFieldStarts(String line, int column) {
        var refused = catchThrowableOfType(LineRefused.class, () -> CsvLine.cut(line));

        assertThat(refused).hasMessageStartingWith("bad quoting");
        assertThat(refused.column()).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "13, 3", "127, 3"})
    void shouldRefuseControlCharactersAtTheirColumn(int character, int column) {
        var refused = catchThrowableOfType(LineRefused.class, () -> CsvLine.cut("ab" + (char) character + ",c"));

        assertThat(refused.column()).isEqualTo(column);
    }

    @Test
    void shouldGiveBackWhatWasWritten() throws LineRefused {
        long seed = 20260302L;
        var random = new Random(seed);
        String alphabet = "ab1,.\" -ü€";
        for (int run = 0; run < 2_000; run++) {
            var texts = new ArrayList<String>();
            var line = new StringBuilder();
            var columns = new ArrayList<Integer>();
            for (int i = 0, n = 1 + random.nextInt(6); i < n; i++) {
                String text = text(random, alphabet);
                texts.add(text.strip());
                line.append(i == 0 ? "" : ",");
                columns.add(line.length() + 1);
                line.append(quoted(text, random.nextBoolean()));
            }
            List<Field> fields = line.isEmpty() ? List.of(new Field("", 1)) : CsvLine.cut(line.toString());
            assertThat(fields).as("seed %d run %d", seed, run).extracting(Field::text).isEqualTo(texts);
            assertThat(fields).as("seed %d run %d", seed, run).extracting(Field::column).isEqualTo(columns);
        }
    }

    private static String text(Random random, String alphabet) {
        var text = new StringBuilder();
        for (int i = 0, n = random.nextInt(5); i < n; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String quoted(String text, boolean always) {
        boolean must = text.indexOf('"') >= 0 || text.indexOf(',') >= 0;
        return always || must ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
