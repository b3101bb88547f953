package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (QSOFA), 3.10, freshness of 1.2. */
class QsofaRuleTest {

    private final RuleBench bench = RuleBench.adult().unscored().has(QsofaRule.SUSPECTED);

    private Feed feed(Vital vital, Grade grade) {
        return bench.feed("kit-" + grade + vital.id(), vital, grade, Duration.ofHours(12));
    }

    private void set(long second, double breaths, double systolic, char consciousness) {
        feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME).at(second, breaths);
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(second, systolic);
        feed(Vital.CONSCIOUSNESS, Grade.MEDICAL_HOME).at(second, RuleBench.code(consciousness));
        bench.set(second);
    }

    @ParameterizedTest
    @CsvSource({"22, 100, A, true", "21.999, 100, A, false", "22, 100.001, A, false", "16, 100, C, true", "22, 120, V, true", "16, 120, U, false",
            "30, 80, P, true", "16, 120, A, false"})
    void shouldNeedTwoOfThreeSigns(double breaths, double systolic, char consciousness, boolean raised) {
        set(0, breaths, systolic, consciousness);
        assertThat(bench.log()).isEqualTo(raised ? List.of("RAISED QSOFA MEDIUM 0") : List.of());
    }

    @Test
    void shouldBeAskedOnlyWhereAnInfectionIsSuspected() {
        RuleBench other = RuleBench.adult().unscored();
        other.feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME, Duration.ofHours(12)).at(0, 30);
        other.feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME, Duration.ofHours(12)).at(0, 85);
        assertThat(other.set(0).log()).isEmpty();
    }

    @Test
    void shouldTellTheSignsWithTheirDevices() {
        set(0, 24, 95, 'A');
        AlertChange raised = bench.alert(0);
        assertThat(raised.text()).isEqualTo("2 of the 3 qSOFA signs while an infection is suspected: respiratory rate 24 /min from a medical home"
                + " device; bp systolic 95 mm[Hg] from a medical home device.");
        assertThat(raised.evidence()).extracting(Proof::role).containsOnly("score-input").hasSize(3);
        set(3600, 25, 94, 'A');
        assertThat(bench.log()).as("told once").hasSize(1);
    }

    @Test
    void shouldRaiseOnWhatIsKnown() {
        feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME).at(0, 24);
        bench.set(0);
        assertThat(bench.log()).isEmpty();
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(60, 95);
        bench.set(60);
        assertThat(bench.log()).containsExactly("RAISED QSOFA MEDIUM 60");
        assertThat(Tag.of(bench.alert(0).tags())).containsExactly(Tag.PARTIAL);
        feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME).at(120, 18);
        bench.set(120);
        assertThat(bench.log()).endsWith("CLEARED QSOFA MEDIUM 120");
    }

    @ParameterizedTest
    @CsvSource({"43200, true", "43201, false"})
    void shouldTakeFreshInputsOnly(long later, boolean raised) {
        feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME).at(0, 24);
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(later, 95);
        assertThat(bench.set(later).log()).hasSize(raised ? 1 : 0);
    }

    @Test
    void shouldEndWithFewerThanTwoSigns() {
        set(0, 24, 95, 'A');
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
        set(HOUR, 20, 95, 'A');
        assertThat(bench.log()).containsExactly("RAISED QSOFA MEDIUM 0", "CLEARED QSOFA MEDIUM 3600");
    }

    @Test
    void shouldNotEndBecauseASignGrewOld() {
        set(0, 24, 95, 'A');
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(13 * HOUR, 96);
        assertThat(bench.set(13 * HOUR).log()).hasSize(1);
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(14 * HOUR, 115);
        assertThat(bench.set(14 * HOUR).log()).endsWith("CLEARED QSOFA MEDIUM " + 14 * HOUR);
    }

    @Test
    void shouldEndWhenNoInfectionIsSuspectedAnyMore() {
        set(0, 24, 95, 'A');
        RuleBench other = RuleBench.adult().unscored();
        other.twin(bench.twin());
        assertThat(other.set(60).log()).containsExactly("CLEARED QSOFA MEDIUM 60");
    }

    @ParameterizedTest
    @CsvSource({"CONSUMER, UNVERIFIED", "UNKNOWN, UNVERIFIED"})
    void shouldBeLowWhereASimpleDeviceDecides(Grade grade, Tag tag) {
        feed(Vital.RESPIRATORY_RATE, grade).at(0, 24);
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(0, 95);
        assertThat(bench.set(0).log()).containsExactly("RAISED QSOFA LOW 0");
        assertThat(Tag.of(bench.alert(0).tags())).contains(tag);
        feed(Vital.CONSCIOUSNESS, Grade.MEDICAL_HOME).at(60, RuleBench.code('C'));
        assertThat(bench.set(60).log()).as("two medical ones are enough").endsWith("UPGRADED QSOFA MEDIUM 60");
    }

    @Test
    void shouldBeLowWhereASuspectReadingDecides() {
        feed(Vital.RESPIRATORY_RATE, Grade.MEDICAL_HOME).because(Reason.RATE_IMPLAUSIBLE).suspect(0, 40);
        feed(Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME).at(0, 95);
        assertThat(bench.set(0).log()).containsExactly("RAISED QSOFA LOW 0");
        assertThat(bench.alert(0).text()).contains("measure again");
        assertThat(Tag.of(bench.alert(0).tags())).contains(Tag.SUSPECT_INPUT, Tag.REMEASURE);
    }
}
