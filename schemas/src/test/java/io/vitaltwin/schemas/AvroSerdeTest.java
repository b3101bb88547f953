package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AvroSerdeTest {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final SchemaIds IDS = new BundledSchemaIds();
    private static final Topics TOPICS = Topics.defaults();

    private final AvroSerde<Tick> ticks = new AvroSerde<>(TOPICS.ticks(), IDS);

    static List<Topic<? extends SpecificRecord>> topics() {
        return TOPICS.avro();
    }

    // ---------------------------------------------------------------------------------------------- round trips

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldReadBackWhatItWrote(Topic<T> topic) {
        var samples = new Samples(SEED);
        var serde = new AvroSerde<>(topic, IDS);
        for (int i = 0; i < 300; i++) {
            T value = samples.any(topic.type());
            assertThat(serde.deserialize(topic.name(), serde.serialize(topic.name(), value))).as("seed %d, record %d", SEED, i).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldAgreeWithAvrosOwnReaderAndWriter(Topic<T> topic) throws IOException {
        var samples = new Samples(SEED);
        var serde = new AvroSerde<>(topic, IDS);
        Schema schema = samples.any(topic.type()).getSchema();
        for (int i = 0; i < 100; i++) {
            // Given
            T value = samples.any(topic.type());
            var body = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(body, null);
            new SpecificDatumWriter<T>(schema).write(value, encoder);
            // When
            byte[] ours = serde.serialize(topic.name(), value);
            // Then
            byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(IDS.idOf(topic.subject(), schema)).array();
            assertThat(Arrays.copyOf(ours, 5)).isEqualTo(header);
            assertThat(Arrays.copyOfRange(ours, 5, ours.length)).as("seed %d, record %d", SEED, i).isEqualTo(body.toByteArray());
            var decoder = org.apache.avro.io.DecoderFactory.get().binaryDecoder(ours, 5, ours.length - 5, null);
            // Avro's own lists cannot be compared when their items hold times, so the texts are
            assertThat(new SpecificDatumReader<T>(schema).read(null, decoder)).as("seed %d, record %d", SEED, i).hasToString(value.toString());
        }
    }

    @Test
    void shouldKeepANumberThatIsNone() {
        var serde = new AvroSerde<>(TOPICS.patients(), IDS);
        var plan = new Samples(SEED).any(PatientContext.class);
        plan.setBaselines(List.of(new KnownBaseline("heart_rate", ActivityContext.REST, Double.NaN, -0.0, 1)));
        KnownBaseline read = serde.deserialize("t", serde.serialize("t", plan)).getBaselines().getFirst();
        assertThat(read.getMedian()).isNaN();
        assertThat(Double.doubleToRawLongBits(read.getMad())).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"1969-12-31T23:59:59.999999999Z, -1", "1970-01-01T00:00:00.000999999Z, 0", "2026-01-01T00:00:00.123456789Z, 1767225600123"})
    void shouldCutTimesToMilliseconds(Instant time, long millis) {
        assertThat(ticks.deserialize("t", ticks.serialize("t", new Tick(0, time)))).isEqualTo(new Tick(0, Instant.ofEpochMilli(millis)));
    }

    @ParameterizedTest
    @CsvSource({"0", "505", "506", "507", "100000", "3000000"})
    void shouldWriteTextsOfAnyLength(int length) {
        var serde = new AvroSerde<>(TOPICS.reports(), IDS);
        var report = new Samples(SEED).any(PatientReport.class);
        report.setReportId("é".repeat(length));
        assertThat(serde.deserialize("t", serde.serialize("t", report))).isEqualTo(report);
    }

    @Test
    void shouldRefuseAValueThatNoBranchOfAUnionTakes() {
        var serde = new AvroSerde<>(TOPICS.readings(), IDS);
        var batch = new ReadingBatch("b", "d", Instant.EPOCH, 0L, List.of(Reading.newBuilder().setVital("steps").setUnit("1")
                .setEffectiveTime(Instant.EPOCH).build()), null, null);
        batch.getReadings().getFirst().setValue(4711);
        assertThatThrownBy(() -> serde.serialize("t", batch)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.MALFORMED)).hasMessageNotContaining("4711").hasNoCause();
    }

    @Test
    void shouldPassTombstones() {
        assertThat(ticks.serialize("t", null)).isNull();
        assertThat(ticks.deserialize("t", null)).isNull();
    }

    @Test
    void shouldNotMixRecordsWhenThreadsShareIt() throws InterruptedException, ExecutionException {
        var serde = new AvroSerde<>(TOPICS.alerts(), IDS);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> runs = new java.util.ArrayList<>();
            for (int t = 0; t < 4; t++) {
                var samples = new Samples(SEED + t);
                runs.add(threads.submit(() -> {
                    int same = 0;
                    for (int i = 0; i < 2000; i++) {
                        AlertEvent value = samples.any(AlertEvent.class);
                        same += value.equals(serde.deserialize("t", serde.serialize("t", value))) ? 1 : 0;
                    }
                    return same;
                }));
            }
            for (var run : runs) {
                assertThat(run.get()).as("seed %d", SEED).isEqualTo(2000);
            }
        }
    }

    @Test
    void shouldReadAnOlderAndANewerWritersSchemaUnderAnyId() throws IOException {
        // Given: a writer that knows no `time` default but one more field, under a large id as shared registries give
        Schema newer = SchemaBuilder.record("Tick").namespace("io.vitaltwin.schemas").fields()
                .requiredString("later").requiredInt("partition")
                .name("time").type(Tick.SCHEMA$.getField("time").schema()).noDefault().endRecord();
        var record = new GenericData.Record(newer);
        record.put("later", "unknown here");
        record.put("partition", 3);
        record.put("time", 42L);
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(100_123).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(newer).write(record, encoder);
        var serde = new AvroSerde<>(TOPICS.ticks(), new TwoIds(Tick.SCHEMA$, 100_007, newer, 100_123));
        // When
        Tick read = serde.deserialize("t", out.toByteArray());
        Tick own = serde.deserialize("t", serde.serialize("t", new Tick(1, Instant.EPOCH)));
        // Then
        assertThat(read).isEqualTo(new Tick(3, Instant.ofEpochMilli(42)));
        assertThat(own).isEqualTo(new Tick(1, Instant.EPOCH));
    }

    private record TwoIds(Schema own, int ownId, Schema other, int otherId) implements SchemaIds {
        @Override
        public int idOf(String subject, Schema schema) {
            return ownId;
        }

        @Override
        public Schema schemaOf(int id) {
            return id == ownId ? own : other;
        }
    }

    // ---------------------------------------------------------------------------------------------- named errors

    /** Ticks have id 5 and a body of two varints. */
    @ParameterizedTest
    @CsvSource({
            "'', BAD_MAGIC",
            "01 00000005 02 02, BAD_MAGIC",
            "7B 22 61 22, BAD_MAGIC",
            "00, TRUNCATED",
            "00 000000, TRUNCATED",
            "00 00000000 02 02, UNKNOWN_ID",
            "00 0000FFFF 02 02, UNKNOWN_ID",
            "00 FFFFFFFF 02 02, UNKNOWN_ID",
            "00 00000005, TRUNCATED",
            "00 00000005 02, TRUNCATED",
            "00 00000005 02 82, TRUNCATED",
            "00 00000005 02 02 00, TRAILING_BYTES",
            "00 00000005 FFFFFFFFFFFFFFFFFF01 02, MALFORMED",
            "00 00000005 02 FFFFFFFFFFFFFFFFFF02, MALFORMED",
            "00 00000005 02 FFFFFFFFFFFFFFFFFFFF01, MALFORMED"})
    void shouldNameWhatIsWrong(String hex, Kind kind) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> ticks.deserialize("t", bytes)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    @Test
    void shouldReadTheLargestNumbers() {
        byte[] bytes = java.util.HexFormat.of().parseHex("0000000005" + "FFFFFFFF0F" + "FFFFFFFFFFFFFFFFFF01");
        assertThat(ticks.deserialize("t", bytes)).isEqualTo(new Tick(Integer.MIN_VALUE, Instant.ofEpochMilli(Long.MIN_VALUE)));
    }

    @ParameterizedTest
    @CsvSource({"5, TRUNCATED", "1048576, TRUNCATED", "1048577, TOO_LONG", "2147483647, TOO_LONG", "9223372036854775807, TOO_LONG", "-1, MALFORMED"})
    void shouldRefuseATextThatClaimsMoreThanThereIs(long claimed, Kind kind) {
        // Given: a patient report, 10 bytes or a few more in all, whose first text claims a length
        byte[] bytes = record(4, claimed, 'a', 'b', 'c', 'd');
        // When, Then
        var serde = new AvroSerde<>(TOPICS.reports(), IDS);
        assertThat(catchThrowableOfType(SchemaProblem.class, () -> serde.deserialize("t", bytes)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"1, TRUNCATED", "1048577, TOO_LONG", "2147483647, TOO_LONG", "9223372036854775807, TOO_LONG", "-9223372036854775808, TOO_LONG"})
    void shouldRefuseAListThatClaimsMoreThanThereIs(long claimed, Kind kind) {
        // Given: a batch with empty ids, at the epoch, sequence 0, and then the count of its readings
        var body = ByteBuffer.allocate(40).put(new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
        putLong(body, claimed);
        if (claimed < 0) {
            putLong(body, 0);
        }
        byte[] bytes = Arrays.copyOf(body.array(), body.position());
        // When, Then
        var serde = new AvroSerde<>(TOPICS.readings(), IDS);
        assertThat(catchThrowableOfType(SchemaProblem.class, () -> serde.deserialize("t", bytes)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"2147483647, TOO_LONG", "1048577, TOO_LONG", "1000, TRUNCATED"})
    void shouldRefuseManyItemsOfNoSize(long claimed, Kind kind) {
        // Given: a foreign writer's schema with a list of nulls, which take no byte each
        Schema foreign = SchemaBuilder.record("Tick").namespace("io.vitaltwin.schemas").fields()
                .name("nothings").type().array().items().nullType().noDefault().requiredInt("partition")
                .name("time").type(Tick.SCHEMA$.getField("time").schema()).noDefault().endRecord();
        var serde = new AvroSerde<>(TOPICS.ticks(), new TwoIds(Tick.SCHEMA$, 5, foreign, 6));
        // When, Then
        assertThat(catchThrowableOfType(SchemaProblem.class, () -> serde.deserialize("t", record(6, claimed, 0, 2, 2))).kind()).isEqualTo(kind);
    }

    @Test
    void shouldSayWhichFieldIsMissingAndNothingOfTheRest() {
        var serde = new AvroSerde<>(TOPICS.reports(), IDS);
        var report = new PatientReport();
        report.setReportId("r-1");
        report.setSymptom("secret symptom");
        assertThatThrownBy(() -> serde.serialize("t", report)).isInstanceOf(SchemaProblem.class)
                .hasMessage("value does not fit schema io.vitaltwin.schemas.PatientReport: field patientId is missing").hasNoCause();
        // and the serde still works
        var whole = new Samples(SEED).any(PatientReport.class);
        assertThat(serde.deserialize("t", serde.serialize("t", whole))).isEqualTo(whole);
    }

    @Test
    void shouldRefuseATopicWhoseSchemaWasNeverReleased() {
        var stranger = new Topic<>("vt.strangers.v1", Tick.class, 1, Topic.Cleanup.DELETE, java.util.Optional.empty(), Topic.TimestampType.CREATE);
        assertThatThrownBy(() -> new AvroSerde<>(stranger, IDS)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_REGISTERED)).hasMessageContaining("vt.strangers.v1-value");
    }

    // ---------------------------------------------------------------------------------------------- mutations

    /** Whatever becomes of the bytes, the answer is a value or a named problem that repeats nothing of them. */
    @ParameterizedTest
    @MethodSource("topics")
    <T extends SpecificRecord> void shouldAnswerAnyBytesWithAValueOrANamedProblem(Topic<T> topic) {
        var samples = new Samples(SEED);
        var random = new Random(SEED);
        var serde = new AvroSerde<>(topic, IDS);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = mutated(serde.serialize(topic.name(), samples.any(topic.type())), random);
            try {
                T value = serde.deserialize(topic.name(), bytes);
                // a NaN that came up by chance is not equal to itself, and neither is a record that holds it
                boolean comparable = value.equals(serde.deserialize(topic.name(), bytes));
                T again = serde.deserialize(topic.name(), serde.serialize(topic.name(), value));
                assertThat(again.equals(value)).isEqualTo(comparable);
            } catch (SchemaProblem problem) {
                refused++;
                assertThat(problem.kind().isOfTheRecord()).isTrue();
                assertThat(problem).hasNoCause();
                assertThat(problem.getMessage()).doesNotContain("heart_rate", "xxx", "µmol");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", record " + i + " of " + topic.name(), e);
            }
        }
        assertThat(refused).as("seed %d", SEED).isPositive();
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] result = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> result[5 + random.nextInt(result.length - 5)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> result = Arrays.copyOf(result, random.nextInt(result.length));
            case 2 -> result = Arrays.copyOf(result, result.length + 1 + random.nextInt(20));
            default -> {
                int from = 5 + random.nextInt(result.length - 5);
                byte[] noise = new byte[Math.min(1 + random.nextInt(12), result.length - from)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, result, from, noise.length);
            }
        }
        return result;
    }

    private static byte[] record(int id, long first, int... rest) {
        var bytes = ByteBuffer.allocate(40).put((byte) 0).putInt(id);
        putLong(bytes, first);
        for (int b : rest) {
            bytes.put((byte) b);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void putLong(ByteBuffer into, long value) {
        long zigzag = value << 1 ^ value >> 63;
        while ((zigzag & ~0x7FL) != 0) {
            into.put((byte) (zigzag & 0x7F | 0x80));
            zigzag >>>= 7;
        }
        into.put((byte) zigzag);
    }

    @Test
    void shouldReadTextsAsTheyAre() {
        var serde = new AvroSerde<>(TOPICS.reports(), IDS);
        var report = new Samples(1).any(PatientReport.class);
        report.setNote("Zoë 😀");
        PatientReport read = serde.deserialize("t", serde.serialize("t", report));
        assertThat(read.getNote()).isEqualTo("Zoë 😀").isInstanceOf(String.class);
        assertThat(new String(serde.serialize("t", report), StandardCharsets.UTF_8)).contains("Zoë 😀");
    }
}
