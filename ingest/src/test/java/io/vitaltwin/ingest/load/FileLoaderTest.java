package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.DeadLetters;
import io.vitaltwin.ingest.DeliveryFailed;
import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.Refusal.Reason;
import io.vitaltwin.ingest.Sent;
import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileLoaderTest {

    private static final String HEADER = "time,vital,value,unit,context\n";
    private static final String GOOD = "2026-03-02T08:00:00Z,heart_rate,72.5,/min,REST\n";

    @TempDir
    private Path folder;
    private final LoaderFixture loader = new LoaderFixture();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // bad number
            "2026-03-02T08:00:00Z,heart_rate,4711x,/min,       | 33 | SCHEMA_INVALID | value is not a number",
            "2026-03-02T08:00:00Z,heart_rate,NaN,/min,         | 33 | SCHEMA_INVALID | value is not a number",
            "2026-03-02T08:00:00Z,heart_rate,\"47,11\",/min,   | 33 | SCHEMA_INVALID | value is not a number",
            "2026-03-02T08:00:00Z,consciousness,4711,code,     | 36 | SCHEMA_INVALID | value is not a code",
            // bad time
            "2026-02-30T08:00:00Z,heart_rate,4711,/min,        | 1  | SCHEMA_INVALID | time is not a time",
            "02.03.2026 8 Uhr,heart_rate,4711,/min,            | 1  | SCHEMA_INVALID | time is not a time",
            // missing field
            ",heart_rate,4711,/min,                            | 1  | SCHEMA_INVALID | time is empty",
            "2026-03-02T08:00:00Z,,4711,/min,                  | 22 | SCHEMA_INVALID | vital is empty",
            "2026-03-02T08:00:00Z,heart_rate,,/min,            | 33 | SCHEMA_INVALID | value is empty",
            "2026-03-02T08:00:00Z,heart_rate,4711,,            | 38 | SCHEMA_INVALID | unit is empty",
            // wrong number of fields
            "2026-03-02T08:00:00Z,heart_rate,4711,/min         | 42 | SCHEMA_INVALID | the line has 4 fields, the header 5",
            "2026-03-02T08:00:00Z,heart_rate,4711,/min,,       | 44 | SCHEMA_INVALID | the line has 6 fields, the header 5",
            "2026-03-02T08:00:00Z                              | 21 | SCHEMA_INVALID | the line has 1 fields, the header 5",
            // bad quoting
            "2026-03-02T08:00:00Z,heart\"rate,4711,/min,       | 22 | SCHEMA_INVALID | bad quoting",
            // words
            "2026-03-02T08:00:00Z,heart rate,4711,/min,        | 22 | SCHEMA_INVALID | vital is not a vital id",
            "2026-03-02T08:00:00Z,heart_rate,4711,/min,ASLEEP  | 43 | SCHEMA_INVALID | context is not known",
            // units
            "2026-03-02T08:00:00Z,heart_rate,4711,bpm,         | 38 | UNIT_UNKNOWN   | unit is not one that vitaltwin takes: use UCUM",
            "2026-03-02T08:00:00Z,glucose_interstitial,4711,mg/dl, | 48 | UNIT_UNKNOWN | unit is not one that vitaltwin takes"})
    void shouldRefuseOneLineWithItsPlaceAndReasonAndGoOn(String line, int column, Reason reason, String message) throws Exception {
        // When
        LoadSummary summary = loader.load(LoaderFixture.write(folder, HEADER + GOOD + line + "\n" + GOOD.replace("72.5", "73")), "csv");
        // Then
        assertThat(summary.read()).isEqualTo(3);
        assertThat(summary.sent()).isEqualTo(2);
        assertThat(summary.refusedByReason()).isEqualTo(Map.of(reason, 1L));
        assertThat(Sent.readings(loader.kafka)).extracting(Reading::getValue).containsExactly(72.5, 73.0);
        Refusal refusal = loader.refusals.getFirst();
        assertThat(refusal.toString()).startsWith("day.csv:3:" + column + ": " + reason + ": " + message).doesNotContain("4711");
    }

    @Test
    void shouldKeepTheBytesOfARefusedLineUnderThePatientWithItsPlaceInTheHeaders() throws Exception {
        // Given: a value that is secret and a line whose text is not UTF-8
        byte[] bad = "2026-03-02T08:00:00Z,heart_rate,4711?,\u00e4,".getBytes(StandardCharsets.ISO_8859_1);
        var file = new ByteArrayOutputStream();
        file.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
        file.writeBytes(bad);
        file.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        // When
        loader.load(Files.write(folder.resolve("day.csv"), file.toByteArray()), "csv");
        // Then
        var letter = Sent.deadLetters(loader.kafka).getFirst();
        assertThat(letter.key()).isEqualTo("patient-1");
        assertThat(letter.value()).isEqualTo(bad);
        assertThat(Sent.headers(letter)).isEqualTo(Map.of(
                DeadLetters.REASON, "SCHEMA_INVALID", DeadLetters.SOURCE, "day.csv", DeadLetters.LINE, "2", DeadLetters.COLUMN, "39",
                DeadLetters.FORMAT, "csv", DeadLetters.MESSAGE, "not UTF-8: save the file as UTF-8"));
    }

    @Test
    void shouldKeepTheBeginningOfALineThatIsTooLongAndSayHowLongItWas() throws Exception {
        String line = "x".repeat(100_000);

        LoadSummary summary = loader.load(LoaderFixture.write(folder, HEADER + line + "\n" + GOOD), "csv");

        assertThat(summary.sent()).isEqualTo(1);
        var letter = Sent.deadLetters(loader.kafka).getFirst();
        assertThat(letter.value()).hasSize(FileLoader.MAX_LINE_BYTES);
        assertThat(Sent.headers(letter)).containsEntry(DeadLetters.FULL_LENGTH, "100000").containsEntry(DeadLetters.LINE, "2");
    }

    @Test
    void shouldLetAQuoteLeftOpenSpoilOneLineOnly() throws Exception {
        LoadSummary summary = loader.load(LoaderFixture.write(folder, HEADER + "\"" + GOOD + GOOD + GOOD.replace("08:00", "08:01")), "csv");

        assertThat(summary.refused()).isEqualTo(1);
        assertThat(summary.sent()).isEqualTo(2);
    }

    @Test
    void shouldPassWhatTheTwinWillJudgeAndSayWhatItNoticed() throws Exception {
        // Given: a vital nobody knows, a unit of another vital, a duplicate, a time ahead of the clock
        String text = HEADER + GOOD
                + "2026-03-02T08:00:01Z,mood,3,%,\n"
                + "2026-03-02T08:00:02Z,heart_rate,70,kg,\n"
                + GOOD
                + "2026-11-21T12:02:00Z,heart_rate,71,/min,\n"
                + "2026-11-21T12:02:00.001Z,heart_rate,71,/min,\n";
        // When
        LoadSummary summary = loader.load(LoaderFixture.write(folder, text), "csv");
        // Then
        assertThat(summary.sent()).isEqualTo(6);
        assertThat(summary.refused()).isZero();
        assertThat(summary.remarks()).isEqualTo(Map.of(Remark.Kind.DUPLICATE_EXACT, 1L, Remark.Kind.CLOCK_FUTURE, 1L));
        assertThat(loader.remarks).extracting(Remark::line, Remark::kind).containsExactly(
                org.assertj.core.groups.Tuple.tuple(5L, Remark.Kind.DUPLICATE_EXACT),
                org.assertj.core.groups.Tuple.tuple(7L, Remark.Kind.CLOCK_FUTURE));
        assertThat(loader.remarks.getFirst().toString()).startsWith("day.csv:5: DUPLICATE_EXACT: ");
    }

    @Test
    void shouldReadContextBoundsAndCodes() throws Exception {
        loader.load(LoaderFixture.write(folder, HEADER + GOOD
                + "2026-03-02T08:00:00Z,glucose_interstitial,Low,mg/dL,\n2026-03-02T08:00:00Z,consciousness,V,code,SLEEP\n"), "csv");

        assertThat(Sent.readings(loader.kafka)).extracting(Reading::getValue).containsExactly(72.5, "LO", "V");
        assertThat(Sent.readings(loader.kafka)).extracting(Reading::getContext)
                .containsExactly(ActivityContext.REST, ActivityContext.UNKNOWN, ActivityContext.SLEEP);
    }

    @ParameterizedTest
    @CsvSource({"1, '1,1,1,1,1,1,1'", "3, '3,3,1'", "7, 7", "100, 7"})
    void shouldFillBatches(int batch, String sizes) throws Exception {
        var text = new StringBuilder(HEADER);
        for (int i = 0; i < 7; i++) {
            text.append(GOOD.replace("08:00", "08:0" + i));
        }

        LoadSummary summary = loader.load(LoaderFixture.write(folder, text.toString()), LoaderFixture.settings("csv", batch, Optional.empty()));

        var expected = Arrays.stream(sizes.split(",")).map(Integer::valueOf).toList();
        assertThat(Sent.batches(loader.kafka)).extracting(sent -> sent.getReadings().size()).isEqualTo(expected);
        assertThat(Sent.batches(loader.kafka)).extracting(sent -> sent.getSentAt()).containsOnly(LoaderFixture.NOW);
        assertThat(summary.readings()).isEqualTo(7);
        assertThat(summary.batches()).isEqualTo(expected.size());
    }

    @Test
    void shouldMoveAllReadingsByAsMuchAsTheFirst() throws Exception {
        Instant start = Instant.parse("2026-11-20T00:00:00Z");

        loader.load(LoaderFixture.write(folder, HEADER + "bad\n" + GOOD + GOOD.replace("08:00", "09:30") + GOOD.replace("08:00", "07:59")),
                LoaderFixture.settings("csv", 10, Optional.of(start)));

        assertThat(Sent.readings(loader.kafka)).extracting(Reading::getEffectiveTime)
                .containsExactly(start, start.plusSeconds(5400), start.minusSeconds(60));
    }

    @Test
    void shouldReadAZippedFileByItsContentAndSkipBlankLines() throws Exception {
        LoadSummary summary = loader.load(zipped("\n" + HEADER + "\n \n" + GOOD), "csv");

        assertThat(summary.read()).isEqualTo(1);
        assertThat(summary.sent()).isEqualTo(1);
    }

    @Test
    void shouldTellHowManyBytesOfTheFileItHasRead() throws Exception {
        Path file = zipped(HEADER + GOOD.repeat(1_000));

        loader.load(file, "csv");

        assertThat(loader.progress).hasSize(3).isSorted();
        assertThat(loader.progress.getLast()).isLessThanOrEqualTo(Files.size(file)).isPositive();
    }

    @Test
    void shouldSendWhatStandsBeforeADamageAndSayWhereItIs() throws Exception {
        // Given
        var text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_000; i++) {
            text.append(GOOD.replace("72.5", Integer.toString(i * 7919 % 4_999)));
        }
        byte[] whole = Files.readAllBytes(zipped(text.toString()));
        Path cut = Files.write(folder.resolve("cut.csv"), Arrays.copyOf(whole, whole.length / 2));
        // When, Then
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> loader.load(cut, LoaderFixture.settings("csv", 100, Optional.empty())))
                .withMessageMatching("cannot be read after line \\d+ .*");
        assertThat(Sent.readings(loader.kafka).size()).isBetween(1, 4_999);
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n\n'", "'a,b\n'", "'\u0000\u0001\n'"})
    void shouldSendNothingOfAFileThatIsNotInTheFormat(String text) throws Exception {
        Path file = LoaderFixture.write(folder, text);

        assertThatExceptionOfType(FileRefused.class).isThrownBy(() -> loader.load(file, "csv")).withMessageContaining("header");
        assertThat(loader.kafka.history()).isEmpty();
    }

    @Test
    void shouldFailWhenTheClusterDoesNotTakeADeadLetter() throws Exception {
        Path file = LoaderFixture.write(folder, HEADER + "bad\n");
        loader.kafka.sendException = new TimeoutException("no answer");

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> loader.load(file, "csv"));
    }

    @Test
    void shouldReportADeadLetterThatWasNotAcknowledged() {
        var slow = Sent.producer(false);
        var letters = new DeadLetters(slow, Sent.TOPICS.deadLetters());
        var refusal = new Refusal("day.csv", 9, 1, Reason.SCHEMA_INVALID, "bad");
        letters.send("patient-1", refusal, "csv", new byte[0], 0);
        slow.errorNext(new TimeoutException("no answer"));

        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(letters::close).withMessageContaining("line 9").withMessageNotContaining("patient");
        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(() -> letters.send("patient-1", refusal, "csv", new byte[0], 0));
    }

    private Path zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve("zipped.csv"), bytes.toByteArray());
    }
}
