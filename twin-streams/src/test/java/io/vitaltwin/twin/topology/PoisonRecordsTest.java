package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.PatientContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static io.vitaltwin.twin.topology.DrivenTwin.headers;
import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.SENSOR;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.glucose;
import static io.vitaltwin.twin.topology.Story.reading;
import static org.assertj.core.api.Assertions.assertThat;

/** What nobody can read goes to the dead letters with its reason, and stops nobody. */
class PoisonRecordsTest {

    /** A measured value that can be found again wherever it appears. */
    private static final double TELLTALE = 123.457;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN).enrol(BEN);

    @ParameterizedTest
    @CsvSource({
        "readings, '', BAD_MAGIC|TRUNCATED", "readings, 7b7d, BAD_MAGIC", "readings, 007fffffff0102, UNKNOWN_ID", "patients, 7b7d, BAD_MAGIC",
        "consents, 7b7d, BAD_MAGIC", "reports, 7b7d, BAD_MAGIC", "ticks, 7b7d, BAD_MAGIC"})
    void shouldPutPoisonAsideAndGoOn(String topic, String hex, String reasons) {
        // Given
        byte[] poison = HexFormat.of().parseHex(hex);
        // When
        twin.play(new Input(topic, topic.equals("ticks") ? null : ANN, poison, at(1)),
                batch(BEN, SENSOR, at(2), glucose(at(0), 50)), batch(ANN, SENSOR, at(3), glucose(at(0), 50)));
        // Then
        assertThat(twin.deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.value()).isEqualTo(poison);
            assertThat(dead.key()).isEqualTo(topic.equals("ticks") ? "" : ANN);
            Map<String, String> headers = headers(dead);
            assertThat(headers).containsEntry("__streams.errors.topic", "vt." + topic + ".v1")
                    .containsEntry("__streams.errors.partition", "0").containsKey("__streams.errors.offset")
                    .containsEntry("__streams.errors.exception", headers.get("vitaltwin.reason")).doesNotContainKey("vitaltwin.index");
            assertThat(reasons.split("\\|")).contains(headers.get("vitaltwin.reason"));
            assertThat(headers.get("__streams.errors.message")).isNotBlank().doesNotContain(ANN);
        });
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.alerts(BEN, AlertEventType.RAISED)).hasSize(1);
    }

    @Test
    void shouldCountAnUnreadableRecordOfReadingsAsOneDeadReading() {
        // When
        twin.play(new Input("readings", ANN, new byte[] {1, 2, 3}, at(1)), new Input("consents", ANN, new byte[] {1, 2, 3}, at(2)))
                .tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getDead()).isOne();
        assertThat(twin.deadLetters()).hasSize(2);
    }

    @Test
    void shouldPutATruncatedBatchAside() {
        // Given
        byte[] whole = batch(ANN, SENSOR, at(1), glucose(at(0), 50)).value();
        byte[] half = Arrays.copyOf(whole, whole.length - 3);
        // When
        twin.play(new Input("readings", ANN, half, at(1)));
        // Then
        assertThat(twin.deadLetters()).singleElement().satisfies(dead -> assertThat(headers(dead)).containsEntry("vitaltwin.reason", "TRUNCATED"));
        assertThat(twin.alerts(ANN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readings", "consents", "reports"})
    void shouldPutATombstoneAsideWhereThereAreNone(String topic) {
        // When
        twin.play(new Input(topic, ANN, null, at(1)), batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // Then
        assertThat(twin.deadLetters()).singleElement().satisfies(dead -> assertThat(headers(dead)).containsEntry("vitaltwin.reason", "MALFORMED"));
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readings", "patients", "consents", "reports"})
    void shouldPutARecordWithoutAKeyAside(String topic) {
        // Given
        Input keyed = switch (topic) {
            case "readings" -> batch(ANN, SENSOR, at(1), glucose(at(0), 50));
            case "patients" -> Story.plan(ANN, at(1));
            case "consents" -> Story.withdraw(ANN, "2", at(1));
            default -> Story.symptom(ANN, "chest_pain", at(1));
        };
        // When
        twin.play(new Input(topic, null, keyed.value(), keyed.at()), new Input(topic, "", keyed.value(), keyed.at()),
                batch(BEN, SENSOR, at(2), glucose(at(0), 50)));
        // Then
        assertThat(twin.deadLetters()).hasSize(2).allSatisfy(dead -> {
            assertThat(dead.value()).isEqualTo(keyed.value());
            assertThat(headers(dead)).containsEntry("vitaltwin.reason", "SCHEMA_INVALID");
            assertThat(headers(dead).get("__streams.errors.message")).contains("the record has no key");
        });
        assertThat(twin.alerts(ANN)).isEmpty();
        assertThat(twin.alerts(BEN, AlertEventType.RAISED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"glucose_interstitial, furlong, UNIT_UNKNOWN", "glucose_interstitial, %, CODE_UNIT_MISMATCH"})
    void shouldPutAReadingWithAUselessUnitAsideWithItsPlace(String vital, String unit, String reason) {
        // Given
        Input mixed = batch(ANN, SENSOR, at(301), reading(vital, at(0), TELLTALE, unit), glucose(at(300), 50));
        // When
        twin.play(mixed).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.key()).isEqualTo(ANN);
            assertThat(dead.value()).isEqualTo(mixed.value());
            assertThat(headers(dead)).containsEntry("vitaltwin.reason", reason).containsEntry("vitaltwin.index", "0")
                    .containsEntry("__streams.errors.topic", "vt.readings.v1").containsEntry("__streams.errors.offset", "0");
            assertThat(headers(dead).toString()).doesNotContain(ANN).doesNotContain("123.457").doesNotContain(unit.equals("furlong") ? unit : "123");
        });
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(twin.fates(ANN).getDead()).isOne();
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @Test
    void shouldPutEachBadReadingAsideByItself() {
        // When
        twin.play(batch(ANN, SENSOR, at(700), glucose(at(600), Double.NaN), glucose(at(0), 120), glucose(at(300), Double.POSITIVE_INFINITY)))
                .tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.deadLetters()).extracting(dead -> headers(dead).get("vitaltwin.index")).containsExactly("2", "0");
        assertThat(twin.deadLetters()).allSatisfy(dead -> assertThat(headers(dead)).containsEntry("vitaltwin.reason", "SCHEMA_INVALID"));
        assertThat(twin.fates(ANN).getDead()).isEqualTo(2);
        assertThat(twin.fates(ANN).getApplied()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "256, false", "257, true"})
    void shouldPutABatchOfAnUnusableDeviceAside(int length, boolean aside) {
        // When: a device that nobody registered
        twin.play(batch(ANN, "d".repeat(length), at(2), glucose(at(0), 120), glucose(at(1), 121))).tick(Duration.ofSeconds(5));
        // Then
        assertThat(twin.fates(ANN).getDead()).isEqualTo(aside ? 2 : 0);
        assertThat(twin.fates(ANN).getApplied()).isEqualTo(aside ? 0 : 2);
        assertThat(twin.deadLetters()).extracting(dead -> headers(dead).get("vitaltwin.reason"))
                .isEqualTo(aside ? List.of("DEVICE_INVALID") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"256, false", "257, true"})
    void shouldPutARecordWithAnEndlessKeyAside(int length, boolean aside) {
        // When
        twin.play(Story.symptom("p".repeat(length), "chest_pain", at(1)));
        // Then
        assertThat(twin.deadLetters()).hasSize(aside ? 1 : 0).allSatisfy(dead -> assertThat(dead.key()).isEmpty());
        assertThat(twin.alerts("p".repeat(length))).hasSize(aside ? 0 : 1);
    }

    @Test
    void shouldGoOnWithAPatientWhosePlanHoldsNonsense() {
        // Given: a date that is none, a rule and a parameter that nobody knows
        PatientContext nonsense = PatientContext.newBuilder().setPatientId(ANN).setBirthDate("yesterday").setNews2(false)
                .setRules(Map.of("NO_SUCH_RULE", Map.of("on", 1.0), "CGM_URGENT_LOW", Map.of("no_such", 1.0)))
                .setDevices(List.of(Story.device(SENSOR, "cgm", Duration.ofMinutes(5), "glucose_interstitial"))).build();
        Input plan = Story.plan(nonsense, at(1));
        // When
        twin.play(plan, batch(ANN, SENSOR, at(2), glucose(at(0), 50)));
        // Then
        assertThat(twin.alerts(ANN, AlertEventType.RAISED)).hasSize(1);
        assertThat(new String(plan.value(), StandardCharsets.UTF_8)).contains("yesterday");
    }
}
