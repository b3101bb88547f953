package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static io.vitaltwin.twin.core.rules.RuleBench.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 6.1: the same episode has the same name in every replay. */
class AlertIdTest {

    @Test
    void shouldDependOnPatientFamilyAndStartAlone() {
        String id = AlertId.of("patient-1", Family.SPO2, T0);
        assertThat(id).matches("[0-9a-f]{32}").isEqualTo(AlertId.of("patient-1", Family.SPO2, T0));
        assertThat(List.of(AlertId.of("patient-2", Family.SPO2, T0), AlertId.of("patient-1", Family.HR, T0),
                AlertId.of("patient-1", Family.SPO2, T0 + 1))).doesNotContain(id).doesNotHaveDuplicates();
    }

    @Test
    void shouldDifferForEveryFamily() {
        assertThat(Arrays.stream(Family.values()).map(family -> AlertId.of("p", family, T0))).doesNotHaveDuplicates();
    }

    @Test
    void shouldNeverChangeFromOneVersionToTheNext() {
        // Ids that were written stay valid; the expected value is SHA-256 of "p\nSPO2\n0", cut to 16 bytes.
        assertThat(AlertId.of("p", Family.SPO2, 0)).isEqualTo("228139258f04b422b3cc64b5388762c8");
    }

    @Test
    void shouldStandForADeviceWithoutNamingIt() {
        assertThat(AlertId.ofDevice("p", "watch-7")).matches("[0-9a-f]{16}").isNotEqualTo(AlertId.ofDevice("q", "watch-7"));
    }

    @Test
    void shouldBeTheSameForTheSameReadingsInAnotherOrderAndTwice() {
        // Given
        RuleBench first = RuleBench.adult();
        RuleBench second = RuleBench.adult();
        Feed forwards = first.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        Feed backwards = second.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        // When
        forwards.at(0, 90).at(60, 90).at(120, 90).at(180, 90);
        backwards.at(60, 90).at(0, 90).at(120, 90).at(180, 90);
        // Then
        assertThat(second.log()).isEqualTo(first.log()).containsExactly("RAISED SPO2_LOW MEDIUM 120");
        assertThat(second.alert(0).episodeStartMillis()).isEqualTo(first.alert(0).episodeStartMillis());
    }
}
