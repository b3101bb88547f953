package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.format.LineRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LineReaderTest {

    private static final int LIMIT = 10;

    @Test
    void shouldEndLinesAtLineFeedsWithOrWithoutReturns() throws Exception {
        assertThat(texts(read("a\nb\r\n\nc"))).containsExactly("a", "b", "", "c");
        assertThat(texts(read("a\n"))).containsExactly("a");
        assertThat(texts(read("a\r"))).as("a return alone ends no line").containsExactly("a\r");
        assertThat(texts(read("a\rb\r\r\n"))).containsExactly("a\rb\r");
        assertThat(read("")).isEmpty();
    }

    @Test
    void shouldSkipAByteOrderMarkOnlyAtTheStart() throws Exception {
        assertThat(texts(read("\uFEFFtime\n\uFEFFx"))).containsExactly("time", "\uFEFFx");
        assertThat(texts(read("\uFEFF"))).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource({"10, false", "11, true", "200000, true"})
    void shouldKeepOnlyTheBeginningOfALineThatIsTooLong(int length, boolean tooLong) throws Exception {
        for (String end : List.of("", "\n", "\r\n")) {
            // When
            List<RawLine> lines = read("x".repeat(length) + end);
            // Then
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst().fullLength()).isEqualTo(length);
            assertThat(lines.getFirst().bytes()).hasSize(Math.min(length, LIMIT));
            if (tooLong) {
                assertThat(catchThrowableOfType(LineRefused.class, () -> lines.getFirst().text()))
                        .hasMessageContaining("longer than 10 bytes")
                        .extracting(LineRefused::column).isEqualTo(11);
            } else {
                assertThat(lines.getFirst().text()).hasSize(length);
            }
        }
    }

    @Test
    void shouldGoOnBehindALineThatIsTooLong() throws Exception {
        List<RawLine> lines = read("x".repeat(70_000) + "\r\nshort\n");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).text()).isEqualTo("short");
        assertThat(lines.get(1).number()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"6162FF, 3", "FF, 1", "61C3, 2", "C3A4E282, 2", "6180, 2"})
    void shouldRefuseBytesThatAreNotUtf8AtTheirColumn(String hex, int column) throws Exception {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);

        RawLine line = read(new ByteArrayInputStream(bytes)).getFirst();

        assertThat(catchThrowableOfType(LineRefused.class, line::text)).hasMessageContaining("UTF-8")
                .extracting(LineRefused::column).isEqualTo(column);
    }

    @Test
    void shouldCutAnyBytesAsASimpleSplitDoesHoweverTheyArrive() throws IOException {
        long seed = 20260303L;
        var random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            // Given: lines of 0 to 9 bytes
            var content = new StringBuilder();
            for (int i = 0, n = random.nextInt(40); i < n; i++) {
                content.append("abc,\r".charAt(random.nextInt(5)));
                if (i % 9 == 8 || random.nextInt(4) == 0) {
                    content.append('\n');
                }
            }
            String text = content.toString();
            // When
            List<RawLine> lines = read(new Dribble(text.getBytes(StandardCharsets.US_ASCII), random));
            // Then
            assertThat(lines).as("seed %d run %d", seed, run)
                    .extracting(line -> new String(line.bytes(), StandardCharsets.US_ASCII)).isEqualTo(split(text));
        }
    }

    /** A stream that gives a few bytes at a time, as networks and zip files do. */
    private static final class Dribble extends InputStream {

        private final ByteArrayInputStream all;
        private final Random random;

        Dribble(byte[] bytes, Random random) {
            this.all = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return all.read();
        }

        @Override
        public int read(byte[] into, int from, int count) {
            return all.read(into, from, Math.min(count, 1 + random.nextInt(3)));
        }
    }

    private static List<String> split(String text) {
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (!last.isEmpty()) {
            lines.add(last);
        }
        return lines;
    }

    private static List<RawLine> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<RawLine> read(InputStream in) throws IOException {
        var reader = new LineReader(in, LIMIT);
        var lines = new ArrayList<RawLine>();
        for (RawLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
            assertThat(line.number()).isEqualTo(lines.size()).isEqualTo(reader.lines());
        }
        return lines;
    }

    private static List<String> texts(List<RawLine> lines) throws LineRefused {
        var texts = new ArrayList<String>();
        for (RawLine line : lines) {
            texts.add(line.text());
        }
        return texts;
    }
}
