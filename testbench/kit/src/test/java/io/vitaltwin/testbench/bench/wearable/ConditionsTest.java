package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.SmallCopies;
import io.vitaltwin.testbench.data.WearableHrv;
import io.vitaltwin.testbench.data.WearableHrv.Mean;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConditionsTest {

    @Test
    void shouldCompareEachDeviceWithTheEcgOfTheSamePersonAndCondition() {
        List<Mean> means = List.of(mean("P1", "sitting", "vu", 70), mean("P1", "sitting", "arm", 74), mean("P1", "biking", "arm", 100),
                mean("P2", "sitting", "vu", 60), mean("P2", "sitting", "arm", 60), mean("P2", "sitting", "ear", 64));

        List<Errors.Cell> cells = Conditions.cells(means).stream().filter(cell -> cell.vital() == Vital.HEART_RATE).toList();

        // biking has no ECG and makes no cell
        assertThat(cells).extracting(Errors.Cell::context).containsOnly(Context.REST);
        assertThat(cells).extracting(Errors.Cell::device).containsExactly("all of them", "arm", "ear");
        assertThat(cells.get(1).n()).isEqualTo(2);
        assertThat(cells.get(1).bias()).isCloseTo(2, within(1e-9));
        assertThat(cells.getFirst().n()).isEqualTo(3);
    }

    private static Mean mean(String person, String condition, String device, double rate) {
        return new Mean(person, condition, device, rate, 40, 50, 300, 0);
    }

    @Test
    void shouldMakeCellsOfTheSet() {
        List<Errors.Cell> cells = Conditions.cells(WearableHrv.read(SmallCopies.of(DataSet.WEARABLE_ECG)));

        assertThat(cells.stream().filter(cell -> cell.vital() == Vital.HEART_RATE && cell.device().equals(Conditions.POOLED)))
                .extracting(Errors.Cell::context, Errors.Cell::n)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Context.REST, 36), org.assertj.core.groups.Tuple.tuple(Context.LIGHT, 6),
                        org.assertj.core.groups.Tuple.tuple(Context.VIGOROUS, 6));
        assertThat(cells).allSatisfy(cell -> assertThat(cell.of()).isEqualTo(Errors.Of.MEAN_OF_MINUTES));
    }

    @Test
    void shouldNotGuessAnUnknownCondition() {
        assertThat(Conditions.context("swimming")).isEmpty();
    }
}
