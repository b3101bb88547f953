package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.testbench.ethics.Life.Lived;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.vitaltwin.testbench.ethics.Life.at;
import static io.vitaltwin.testbench.ethics.Life.deny;
import static io.vitaltwin.testbench.ethics.Life.permit;
import static io.vitaltwin.testbench.ethics.Life.pulse;
import static io.vitaltwin.testbench.ethics.Life.reading;
import static io.vitaltwin.testbench.ethics.Life.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** E1: no more is collected than somebody registered and the patient permits. */
@Tag("ethics")
class E01HypercollectionTest {

    private static final String[] DERIVED = {"sex", "gender", "location", "ethnicity", "mood", "pregnan", "sleepstage"};

    @Test
    void shouldRefuseAtTheDoorWhatNobodyRegistered() {
        // When
        Lived lived = Life.of("ann", Life.PATCH).send("patch", pulse(60, 70), reading("location", "deg", 60, 52.5), reading("sleep_duration", "h", 60, 7)).live();
        // Then
        assertThat(lived.violations()).extracting(ConsentViolation::getReason).containsOnly(ViolationReason.HYPERCOLLECTION);
        assertThat(lived.violations()).extracting(ConsentViolation::getVital).containsExactlyInAnyOrder("location", "sleep_duration");
        assertThat(lived.vitals()).containsExactly("heart_rate");
        assertThat(lived.last().getFates().getRefused()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithTheOtherClassesWhenOneIsSwitchedOff() {
        // When
        Life ann = Life.of("ann", Life.PATCH, Life.OXIMETER).send("patch", pulse(0, 70)).consent(30, ConsentStatus.ACTIVE, permit().build(), deny("heart_rate").build());
        for (int minute = 1; minute < 8; minute++) {
            ann.send("oximeter", saturation(minute * 60, 84)).send("patch", pulse(minute * 60, 70));
        }
        Lived lived = ann.live();
        // Then
        assertThat(lived.vitals()).containsExactly("spo2");
        assertThat(lived.raised()).extracting(AlertEvent::getFamily).contains("SPO2");
        assertThat(lived.violations().stream().mapToLong(ConsentViolation::getCount).sum()).isEqualTo(7);
        assertThat(lived.violations()).extracting(ConsentViolation::getReason).containsOnly(ViolationReason.CLASS_DENIED);
    }

    /** A pulse at night could tell sleep; nothing here says so unless a device sent it and somebody registered it. */
    @Test
    void shouldComputeNoLabelThatNobodyRegistered() {
        // When
        Life ann = Life.of("ann", Life.PATCH);
        for (int minute = 0; minute < 60; minute++) {
            ann.send("patch", at(-8 * 3_600 + minute * 60 + 36_001), reading("heart_rate", "/min", -8 * 3_600 + minute * 60 + 36_000, 52));
        }
        Lived lived = ann.live();
        // Then
        assertThat(lived.snapshots()).allSatisfy(twin -> assertThat(twin.getVitals()).extracting(TwinVital::getVital).isSubsetOf("heart_rate"));
        for (Schema shown : new Schema[] {TwinSnapshot.SCHEMA$, TwinVital.SCHEMA$, AlertEvent.SCHEMA$}) {
            assertThat(shown.getFields()).allSatisfy(field -> assertThat(field.name().toLowerCase(java.util.Locale.ROOT)).doesNotContain(DERIVED));
        }
    }
}
