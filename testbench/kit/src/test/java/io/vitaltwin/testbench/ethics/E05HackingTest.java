package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.ethics.Life.Lived;
import io.vitaltwin.testbench.proof.Told;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import static io.vitaltwin.testbench.ethics.Life.at;
import static io.vitaltwin.testbench.ethics.Life.glucose;
import static io.vitaltwin.testbench.ethics.Life.pulse;
import static io.vitaltwin.testbench.ethics.Life.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** E5: a forged or replayed record harms nobody, least of all somebody else. */
@Tag("ethics")
class E05HackingTest {

    private static final List<String> NAMES = List.of("name", "surname", "mrn", "address", "phone", "email", "ssn", "insurance");

    @Test
    void shouldTakeAReplayedRecordForNothingNew() {
        // When
        Lived once = Life.of("ann", Life.SENSOR).send("sensor", glucose(0, 50)).live();
        Life ann = Life.of("ann", Life.SENSOR).send("sensor", glucose(0, 50));
        for (int i = 1; i <= 20; i++) {
            ann.send("sensor", at(10 * i), glucose(0, 50));
        }
        Lived replayed = ann.live();
        // Then
        assertThat(replayed.last().getFates().getDuplicate()).isEqualTo(20);
        assertThat(replayed.alerts()).hasSameSizeAs(once.alerts());
    }

    /** A device that nobody registered is of no known grade, whatever it claims, and never wakes a nurse alone. */
    @Test
    void shouldNotTrustADeviceThatNobodyRegistered() {
        // When
        Life ann = Life.of("ann", Life.OXIMETER);
        for (int minute = 0; minute < 15; minute++) {
            ann.send("forged", saturation(minute * 60, 75));
        }
        Lived lived = ann.live();
        // Then
        assertThat(lived.alerts()).extracting(AlertEvent::getPriority).doesNotContain(Priority.HIGH);
        assertThat(lived.last().getVitals()).allSatisfy(vital -> assertThat(vital.getGrade()).isEqualTo(DeviceGrade.UNKNOWN));
    }

    @Test
    void shouldAlertNobodyElseWhenOneDeviceFloods() {
        // Given
        Life flooded = Life.of("flooded", Life.OXIMETER, Life.PATCH);
        for (int i = 0; i < 600; i++) {
            flooded.send("oximeter", saturation(i, 60 + i % 20));
        }
        // When
        List<Lived> together = flooded.live(Duration.ofSeconds(30), ben());
        // Then
        assertThat(values(together.get(1))).isEqualTo(values(ben().live()));
        assertThat(together.get(0).raised()).as("one open alert a family, however many readings").hasSizeLessThanOrEqualTo(2);
    }

    private static Life ben() {
        Life ben = Life.of("ben", Life.PATCH);
        for (int minute = 0; minute < 10; minute++) {
            ben.send("patch", pulse(minute * 60, 70));
        }
        return ben;
    }

    private static List<AlertEvent> values(Lived lived) {
        return lived.told().stream().map(Told::value).filter(AlertEvent.class::isInstance).map(AlertEvent.class::cast).toList();
    }

    /** Pseudonyms only; the one date of birth is that of the care plan, which the checks by age need. */
    @Test
    void shouldHaveNoFieldForANameOnAnyTopic() {
        Topics.defaults().avro().forEach(topic -> {
            for (Schema.Field field : SpecificData.get().getSchema(topic.type()).getFields()) {
                String name = field.name().toLowerCase(Locale.ROOT);
                assertThat(NAMES).as(topic.name() + " " + field.name()).noneMatch(name::equals).noneMatch(word -> name.startsWith("patient" + word));
            }
        });
    }
}
