package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.streams.StoredForm;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * State that an earlier version left can be read. The file holds what a version stored, a line for each entry: store, key and value in hexadecimal. When a form
 * changes, the file of the new version comes beside it and this one stays: each must be read for ever.
 */
class TwinFormsTest {

    private static final Map<String, StoredForm> FORMS =
            TwinForms.all(TOPICS, IDS).stream().collect(Collectors.toMap(StoredForm::store, Function.identity()));

    /** An entry of the file. */
    record Entry(String store, byte[] key, byte[] value) {
    }

    @ParameterizedTest
    @CsvSource("stored-1.txt")
    void shouldReadWhatEachVersionStored(String file) throws IOException {
        List<Entry> entries = entries(file);
        assertThat(entries).extracting(Entry::store).containsAll(FORMS.keySet());
        assertThat(entries).allSatisfy(entry -> assertThat(FORMS.get(entry.store()).problem(entry.key(), entry.value())).as(entry.store()).isEmpty());
    }

    /** Reading is not enough: what was stored must mean the same. */
    @Test
    void shouldUnderstandTheTwinOfVersionOne() throws IOException {
        byte[] stored = entries("stored-1.txt").stream().filter(entry -> entry.store().equals(TwinStores.TWINS)).findFirst().orElseThrow().value();
        TwinState twin = TwinState.decode(stored);
        assertThat(twin.encode(TwinState.scratch())).isEqualTo(stored);
        assertThat(twin.isMonitored()).isTrue();
        assertThat(twin.devices()).extracting(device -> device.id()).containsExactlyInAnyOrder("oximeter-1", "patch-1", "sensor-1");
        assertThat(twin.counts().applied).isEqualTo(78);
        assertThat(twin.counts().refused).isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({"twin, twin state has version 9", "devices, the memory of a device has version 9", "uses, history of use has version 9"})
    void shouldSayWhichVersionItDoesNotKnow(String store, String message) {
        assertThat(FORMS.get(store).problem("ann".getBytes(StandardCharsets.UTF_8), new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0}).orElseThrow()).startsWith(message);
    }

    @Test
    void shouldRefuseBytesThatAreNothing() {
        assertThat(FORMS).allSatisfy((store, form) -> assertThat(form.problem(new byte[0], new byte[] {77})).as(store).isPresent());
    }

    @Test
    void shouldKnowEveryStoreOfTheTopology() {
        assertThat(FORMS.keySet()).containsAll(TwinStores.BY_PATIENT).contains(TwinStores.TIMERS, TwinStores.DEVICES).hasSize(TwinStores.BY_PATIENT.size() + 2);
        assertThat(FORMS.get("twin").changelog("app")).isEqualTo("app-twin-changelog");
    }

    private static List<Entry> entries(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(TwinFormsTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ", -1))
                    .map(words -> new Entry(words[0], HexFormat.of().parseHex(words[1]), HexFormat.of().parseHex(words[2]))).toList();
        }
    }
}
