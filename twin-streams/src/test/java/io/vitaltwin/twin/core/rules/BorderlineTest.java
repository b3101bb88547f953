package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** CR 8.4 E10.1: within one sigma of the limit it is borderline, and nothing is named a disease. */
@org.junit.jupiter.api.Tag("ethics")
class BorderlineTest {

    private final RuleBench bench = RuleBench.adult().collects(Vital.values());

    @ParameterizedTest
    @CsvSource({"91, 2, true", "89, 2, true", "88, 2, false", "90, 0.5, false", "91, 0.5, true"})
    void shouldTagALowSaturationByItsDistanceFromTheLimit(double percent, double sigma, boolean borderline) {
        bench.feed(Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofSeconds(30)).sigma(sigma).hold(0, 120, percent);
        assertThat(bench.log()).first().asString().startsWith("RAISED SPO2_LOW");
        assertThat(Tag.of(bench.alert(0).tags()).contains(Tag.BORDERLINE)).isEqualTo(borderline);
        assertThat(bench.alert(0).text()).doesNotContainIgnoringCase("hypoxia").doesNotContainIgnoringCase("disease");
    }

    @ParameterizedTest
    @CsvSource({"133, 3, true", "140, 3, false"})
    void shouldTagAFastPulse(double perMinute, double sigma, boolean borderline) {
        bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).sigma(sigma).hold(0, 600, perMinute);
        assertThat(Tag.of(bench.alert(0).tags()).contains(Tag.BORDERLINE)).isEqualTo(borderline);
    }
}
