package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.DeadLetters;
import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.Sent;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever bytes stand in a file: every data line is sent or refused, and nothing refused is told to anybody but the dead letters. */
class FileLoaderPropertyTest {

    private static final byte[] HEADER = "time,vital,value,unit,context\n".getBytes(StandardCharsets.US_ASCII);
    private static final String MARK = "8675309";

    @TempDir
    private Path folder;

    @RepeatedTest(60)
    void shouldSendOrRefuseEveryLine(RepetitionInfo repetition) throws Exception {
        // Given
        long seed = 7_000L + repetition.getCurrentRepetition();
        var random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        var file = new ByteArrayOutputStream();
        file.writeBytes(HEADER);
        for (int i = 0, n = random.nextInt(200); i < n; i++) {
            byte[] line = line(random, i);
            lines.add(line);
            file.writeBytes(line);
            file.write('\n');
        }
        var loader = new LoaderFixture();
        // When
        LoadSummary summary = loader.load(Files.write(folder.resolve("day.csv"), file.toByteArray()),
                LoaderFixture.settings("csv", 1 + random.nextInt(20), Optional.empty()));
        // Then
        assertThat(summary.read()).as("seed %d", seed).isEqualTo(lines.size()).isEqualTo(summary.sent() + summary.refused());
        assertThat(summary.sent()).as("seed %d", seed).isEqualTo(Sent.readings(loader.kafka).size());
        assertThat(loader.refusals).as("seed %d", seed).hasSize((int) summary.refused());
        var letters = Sent.deadLetters(loader.kafka);
        assertThat(letters).as("seed %d", seed).hasSize((int) summary.refused());
        for (int i = 0; i < letters.size(); i++) {
            Refusal refusal = loader.refusals.get(i);
            byte[] original = lines.get((int) refusal.line() - 2);
            assertThat(letters.get(i).value()).as("seed %d line %d", seed, refusal.line()).isEqualTo(withoutReturn(original));
            assertThat(refusal.column()).as("seed %d line %d", seed, refusal.line()).isBetween(1, original.length + 1);
            assertThat(Sent.headers(letters.get(i))).as("seed %d", seed).containsEntry(DeadLetters.LINE, Long.toString(refusal.line()));
            assertThat(Sent.headers(letters.get(i)).values()).as("seed %d", seed).noneMatch(text -> text.contains(MARK));
            assertThat(refusal.toString()).as("seed %d", seed).doesNotContain(MARK);
        }
    }

    /** A good line, or one with a few bytes of it changed, lost or added. Never blank and without line feeds. */
    private static byte[] line(Random random, int number) {
        byte[] line = "2026-03-02T08:%02d:%02dZ,heart_rate,%s.%d,/min,REST".formatted(number / 60, number % 60, MARK, number)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(line.length);
            switch (random.nextInt(3)) {
                case 0 -> line[at] = any(random);
                case 1 -> line = cut(line, at);
                default -> line = insert(line, at, any(random));
            }
        }
        return line;
    }

    private static byte any(Random random) {
        byte[] nasty = {'"', ',', '\r', 0, ' ', '-', 'e', (byte) 0xFF, (byte) 0xC3, '\t'};
        return nasty[random.nextInt(nasty.length)];
    }

    private static byte[] cut(byte[] line, int at) {
        byte[] shorter = new byte[line.length - 1];
        System.arraycopy(line, 0, shorter, 0, at);
        System.arraycopy(line, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private static byte[] insert(byte[] line, int at, byte value) {
        byte[] longer = new byte[line.length + 1];
        System.arraycopy(line, 0, longer, 0, at);
        longer[at] = value;
        System.arraycopy(line, at, longer, at + 1, line.length - at);
        return longer;
    }

    private static byte[] withoutReturn(byte[] line) {
        return line[line.length - 1] == '\r' ? cut(line, line.length - 1) : line;
    }
}
