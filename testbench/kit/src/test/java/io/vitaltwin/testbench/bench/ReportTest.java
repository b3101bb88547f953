package io.vitaltwin.testbench.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportTest {

    record Finding(String what, double value) {
    }

    @Test
    void shouldWriteSectionsInOrderAfterWhatRan() throws Exception {
        // Given
        Report report = Report.of("ward").put("zeta", 1).put("alpha", List.of(new Finding("rate", 1.0 / 3)));

        // When
        JsonNode json = new ObjectMapper().readTree(report.toJson());

        // Then
        assertThat(json.fieldNames()).toIterable().containsExactly("benchmark", "version", "rules", "machine", "zeta", "alpha");
        assertThat(json.get("benchmark").asText()).isEqualTo("ward");
        assertThat(json.at("/machine/cores").asInt()).isPositive();
        assertThat(json.at("/alpha/0/value").asDouble()).isEqualTo(0.333333);
    }

    @Test
    void shouldWriteWhatIsNoNumberAsNull() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Report.of("ward").put("none", new Finding("rate", Double.NaN)).toJson());

        assertThat(json.at("/none/value").isNull()).isTrue();
    }

    @Test
    void shouldWriteOneLineForPrograms() {
        assertThat(Report.of("ward").put("a", 1).toJsonLine().lines()).hasSize(1);
        assertThat(Report.of("ward").put("a", 1).toJson().lines()).hasSizeGreaterThan(3);
    }

    @Test
    void shouldRefuseASecondSectionOfTheSameName() {
        assertThatIllegalArgumentException().isThrownBy(() -> Report.of("ward").put("a", 1).put("a", 2)).withMessageContaining("section a");
    }

    @Test
    void shouldSetHeadingsApartAndSayWhenATableIsEmpty() {
        Report report = Report.of("ward").heading("One").say("line").heading("Two").say(Table.of("a"));

        assertThat(report.lines()).containsExactly("One", "line", "", "Two", "(nothing)");
    }

    @Test
    void shouldPrintADashForWhatIsNoNumber() {
        assertThat(Figures.fixed(Double.NaN, 1)).isEqualTo("-");
        assertThat(Figures.percent(0.125)).isEqualTo("12.5 %");
        assertThat(Figures.between(0.5, 0.25, 0.75, 2)).isEqualTo("0.50 (0.25 to 0.75)");
        assertThat(Figures.between(Double.NaN, 0, 1, 2)).isEqualTo("-");
    }
}
