package io.vitaltwin.testbench.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TableTest {

    @Test
    void shouldPutFiguresToTheRightAndWordsToTheLeft() {
        // Given
        Table table = Table.of("rule", "alerts", "per day").row("SPO2_LOW", 7, "0.25").row("FEVER", 12, "-");

        // When / Then
        assertThat(table.lines()).containsExactly(
                "rule      alerts  per day",
                "-------------------------",
                "SPO2_LOW       7     0.25",
                "FEVER         12        -");
    }

    @Test
    void shouldTakeAColumnWithOneWordForWords() {
        Table table = Table.of("set", "n").row("a", "12").row("b", "none");

        assertThat(table.lines()).containsExactly("set  n", "---------", "a    12", "b    none");
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Table.of("a", "b").row("x")).withMessageContaining("1 cells in a table of 2");
    }

    @Test
    void shouldRefuseATableWithoutColumns() {
        assertThatIllegalArgumentException().isThrownBy(Table::of);
    }
}
