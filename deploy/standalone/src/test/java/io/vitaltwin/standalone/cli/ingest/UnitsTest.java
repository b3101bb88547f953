package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.UcumUnits;
import io.vitaltwin.twin.core.Unit;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class UnitsTest {

    @Test
    void shouldLetInTheUnitsThatTheTwinReadsAndNoOthers() {
        assertThat(UcumUnits.known()).containsExactlyInAnyOrderElementsOf(Arrays.stream(Unit.values()).map(Unit::ucum).toList());
    }
}
