package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.erase.Marker.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A search that proves that nothing is there must find what is there: every test plants something. */
class ByteSearchTest {

    private static final Topics TOPICS = Topics.defaults();
    private static final String ANN = "case-771";
    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteSearch search(String... ids) {
        return new ByteSearch(Stream.of(ids).map(id -> Marker.ofId(Kind.PATIENT, id)).toList());
    }

    private static Reading reading(Object value) {
        return Reading.newBuilder().setVital("glucose_interstitial").setEffectiveTime(T0).setValue(value).setUnit("mg/dL").build();
    }

    private static byte[] batch(Object value) {
        ReadingBatch batch = ReadingBatch.newBuilder().setBatchId("b").setDeviceId("d").setSentAt(T0).setReadings(List.of(reading(value))).build();
        return Objects.requireNonNull(new AvroSerde<>(TOPICS.readings(), new BundledSchemaIds()).serialize(TOPICS.readings().name(), batch));
    }

    @ParameterizedTest
    @ValueSource(doubles = {72, 36.6, 0, -1.5, 83.8125, 1e-9, Double.MAX_VALUE})
    void shouldFindAReadingInTheBytesOfItsBatch(double value) {
        ByteSearch search = new ByteSearch(Marker.ofReading(reading(value)));
        assertThat(search.search(batch(value)).of(Kind.READING)).isPositive();
        assertThat(search.search(batch(12_345.678)).of(Kind.READING)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LO", "HI", "A", "AFIB"})
    void shouldFindACodedReading(String value) {
        assertThat(new ByteSearch(Marker.ofReading(reading(value))).search(batch(value)).of(Kind.READING)).isPositive();
        assertThat(new ByteSearch(Marker.ofReading(reading("other"))).search(batch(value)).of(Kind.READING)).isZero();
    }

    @Test
    void shouldFindAValueWithManyDigitsWithoutItsTime() {
        ByteSearch search = new ByteSearch(Marker.ofReading(reading(83.8125)));
        assertThat(search.search(bytes("a value of 83.8125 mg/dL")).naming()).isEqualTo(1);
        assertThat(new ByteSearch(Marker.ofReading(reading(83.8))).search(bytes("a value of 83.8 mg/dL")).naming()).isZero();
    }

    @Test
    void shouldNotTakeALongerIdOfSomebodyElseForThePatient() {
        ByteSearch search = search(ANN);
        assertThat(search.search(bytes("case-7710")).naming()).as("not known yet").isEqualTo(1);
        search.othersId("case-7710");
        search.othersId("old-case-771");
        search.othersId("case-9");
        assertThat(search.search(bytes("case-7710, old-case-771; xcase-7710")).naming()).isZero();
        assertThat(search.search(bytes("case-7710 and case-771 and case-7711")).naming()).isEqualTo(2);
    }

    @Test
    void shouldFindAShortIdAsAvroWritesIt() {
        ByteSearch search = search("p1");
        assertThat(search.search(new byte[] {9, 4, 'p', '1', 0}).naming()).isEqualTo(1);
        assertThat(search.search(bytes("shop1")).naming()).isZero();
    }

    @Test
    void shouldTellTheAliasFromTheName() {
        String alias = "p-0123456789abcdef0123456789abcdef";
        ByteSearch search = new ByteSearch(List.of(Marker.ofId(Kind.PATIENT, ANN), Marker.ofId(Kind.ALIAS, alias)));
        ByteSearch.Hits hits = search.search(bytes(alias + alias + ANN));
        assertThat(hits.of(Kind.ALIAS)).isEqualTo(2);
        assertThat(hits.naming()).isEqualTo(1);
    }

    /** Wherever a window ends: seeded places around the limits of windows, and some anywhere. */
    @Test
    void shouldFindWhatIsPlantedAnywhereInAStream() throws IOException {
        Random random = new Random(5);
        int window = 1 << 20;
        for (int i = 0; i < 60; i++) {
            byte[] stream = new byte[3 * window + random.nextInt(1000)];
            int place = i < 40 ? window * (1 + i % 2) + random.nextInt(80) - 40 : random.nextInt(stream.length - 20);
            System.arraycopy(bytes(ANN), 0, stream, place, ANN.length());
            ByteSearch search = search(ANN);
            search.othersId("case-7710");
            ByteSearch.Hits hits = new ByteSearch.Hits();
            assertThat(search.search(new ByteArrayInputStream(stream), hits)).isEqualTo(stream.length);
            assertThat(hits.naming()).as("planted at %d", place).isEqualTo(1);
            stream[place + ANN.length()] = '0';
            ByteSearch.Hits others = new ByteSearch.Hits();
            search.search(new ByteArrayInputStream(stream), others);
            assertThat(others.naming()).as("somebody else's at %d", place).isZero();
        }
    }

    @Test
    void shouldSearchFilesTheirNamesAndSayWhere() throws IOException {
        Files.createDirectories(folder.resolve("state/0_1"));
        Files.writeString(folder.resolve("state/0_1/000007.sst"), "xx case-771 xx");
        Files.writeString(folder.resolve("state/0_1/empty"), "");
        Files.writeString(folder.resolve("case-771.txt"), "");
        List<Place> places = new FileSearch(search(ANN)).search(folder, file -> true);
        assertThat(places).hasSize(2);
        assertThat(places.getFirst()).isEqualTo(new Place(folder.getFileName() + "/", 1, 0, 1, 0));
        assertThat(places.get(1)).isEqualTo(new Place(folder.getFileName() + "/state/0_1", 2, 14, 1, 0));
        assertThat(new FileSearch(search(ANN)).search(folder, file -> file.endsWith("empty"))).singleElement()
                .isEqualTo(new Place(folder.getFileName() + "/state/0_1", 1, 0, 0, 0));
    }

    @Test
    void shouldNotPrintAMarker() {
        assertThat(Marker.ofId(Kind.PATIENT, ANN)).hasToString("Marker[PATIENT]");
    }

    @Test
    void shouldNotLookForWhatOthersHaveAsWell() {
        Traces traces = new Traces(ANN);
        traces.consent(ANN, "monitoring");
        traces.consent("case-7710", "monitoring");
        traces.device(ANN, "oximeter-of-ann");
        traces.device("case-7710", "oximeter-of-ann-too");
        ByteSearch search = traces.search(ANN);
        assertThat(traces.shared()).isEqualTo(1);
        assertThat(search.search(bytes("monitoring case-7710 oximeter-of-ann-too")).naming()).isZero();
        assertThat(search.search(bytes("monitoring case-771 oximeter-of-ann")).naming()).isEqualTo(2);
    }

    @Test
    void shouldNotLookForAReadingThatSomebodyElseHasAtTheSameInstant() {
        Traces traces = new Traces(ANN);
        traces.reading(reading(72.0));
        traces.reading(reading(73.0));
        traces.othersReading(reading(72.0));
        traces.othersReading(reading(99.0));
        assertThat(traces.shared()).isEqualTo(1);
        assertThat(traces.search(ANN).search(batch(72.0)).naming()).isZero();
        assertThat(traces.search(ANN).search(batch(73.0)).naming()).isEqualTo(1);
    }

    @Test
    void shouldSampleManyReadingsAndKnowThemAgain() {
        Traces traces = new Traces(ANN);
        for (int i = 0; i < 3 * Traces.SAMPLE; i++) {
            traces.reading(Reading.newBuilder().setVital("heart_rate").setEffectiveTime(T0.plusSeconds(i)).setValue(60.0).setUnit("/min").build());
        }
        assertThat(traces.isEmpty()).isFalse();
        ByteSearch search = traces.search(ANN);
        long found = 0;
        for (int i = 0; i < 3 * Traces.SAMPLE; i++) {
            ReadingBatch batch = ReadingBatch.newBuilder().setBatchId("b").setDeviceId("d").setSentAt(T0).setReadings(List.of(Reading.newBuilder()
                    .setVital("heart_rate").setEffectiveTime(T0.plusSeconds(i)).setValue(60.0).setUnit("/min").build())).build();
            byte[] value = new AvroSerde<>(TOPICS.readings(), new BundledSchemaIds()).serialize("any", batch);
            found += Math.min(1, search.search(Objects.requireNonNull(value)).naming());
        }
        assertThat(found).isEqualTo(Traces.SAMPLE);
    }
}
