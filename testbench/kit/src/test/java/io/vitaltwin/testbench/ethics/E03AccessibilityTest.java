package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.BundledSchemas;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.ethics.Life.Lived;
import io.vitaltwin.testbench.sim.Plans;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static io.vitaltwin.testbench.ethics.Life.reading;
import static org.assertj.core.api.Assertions.assertThat;

/** E3: a patient's data can be had, read for ever, and come from what the patient can afford. */
@Tag("ethics")
class E03AccessibilityTest {

    static List<Topic<?>> topics() {
        return List.copyOf(Topics.defaults().avro());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldReadWhatEveryReleasedSchemaWrote(Topic<?> topic) {
        Schema now = SpecificData.get().getSchema(topic.type());
        assertThat(BundledSchemas.of(topic.subject())).isNotEmpty().allSatisfy(release ->
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(now, release.schema()).getType())
                        .as("version " + release.version()).isEqualTo(SchemaCompatibilityType.COMPATIBLE));
    }

    /** A thermometer from the chemist's and a value typed in. */
    @Test
    void shouldWorkWithACheapDeviceAndManualEntry() {
        // Given
        var typed = Plans.device("typed", "manual", DeviceGrade.MEDICAL_HOME, null, "body_temperature");
        // When
        Lived lived = Life.of("ann", typed).send("typed", reading("body_temperature", "Cel", 0, 39.4)).send("typed", reading("body_temperature", "Cel", 3_600, 39.5)).live();
        // Then
        assertThat(lived.raised()).extracting(AlertEvent::getRule).containsExactly("FEVER");
        assertThat(lived.vitals()).containsExactly("body_temperature");
    }
}
