package io.vitaltwin.twin.core.forecast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GlucoseGridTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final long MINUTE = 60_000;

    private final GlucoseGrid grid = new GlucoseGrid();

    private boolean take(double minute, double mgPerDl) {
        return grid.take(T0 + Math.round(minute * MINUTE), Math.round(mgPerDl * 1_000), true);
    }

    private List<Integer> values() {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            values.add(grid.at(i));
        }
        return values;
    }

    @Test
    void shouldKeepTheLastEightyMinutesNewestFirst() {
        for (int i = 0; i < 20; i++) {
            assertThat(take(5 * i, 100 + i)).isTrue();
        }
        assertThat(values()).hasSize(16).startsWith(119, 118, 117).endsWith(104);
        assertThat(grid.newestMillis()).isEqualTo(T0 + 95 * MINUTE);
        assertThat(grid.isMeasured(15)).isTrue();
        assertThatThrownBy(() -> grid.at(16)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"4.24, false", "4.25, true", "0, false", "-5, false"})
    void shouldTakeAReadingThatComesALittleEarlyAndNoneBefore(double minute, boolean taken) {
        take(0, 100);
        assertThat(take(minute, 110)).isEqualTo(taken);
        assertThat(values()).isEqualTo(taken ? List.of(110, 100) : List.of(100));
    }

    @Test
    void shouldThinAMinuteSensorToEveryFifthReading() {
        for (int i = 0; i <= 20; i++) {
            take(i, 100 + i);
        }
        assertThat(values()).containsExactly(120, 115, 110, 105, 100);
    }

    @Test
    void shouldJoinAQuarterHourSensorByLinesThatAreNotMeasured() {
        take(0, 100);
        take(15, 130);
        assertThat(values()).containsExactly(130, 120, 110, 100);
        assertThat(List.of(grid.isMeasured(0), grid.isMeasured(1), grid.isMeasured(2), grid.isMeasured(3))).containsExactly(true, false, false, true);
    }

    @Test
    void shouldRoundALineToWholeNumbersTheSameWayUpAndDown() {
        take(0, 100);
        take(15, 101);
        assertThat(values()).containsExactly(101, 101, 100, 100);
        take(30, 100);
        assertThat(values()).startsWith(100, 100, 101, 101);
    }

    @ParameterizedTest
    @CsvSource({"7.49, 2", "7.5, 3", "17.49, 4", "17.5, 1"})
    void shouldBridgeTwoMissingReadingsAndBeginAnewAfterMore(double minute, int size) {
        take(0, 100);
        take(minute, 110);
        assertThat(grid.size()).isEqualTo(size);
        assertThat(grid.isMeasured(1)).isEqualTo(size == 2);
    }

    @Test
    void shouldKeepABoundAsItsLimitWithoutCallingItMeasured() {
        take(0, 45);
        grid.take(T0 + 5 * MINUTE, 40_000, false);
        take(10, 44);
        assertThat(values()).containsExactly(44, 40, 45);
        assertThat(List.of(grid.isMeasured(0), grid.isMeasured(1), grid.isMeasured(2))).containsExactly(true, false, true);
    }

    @ParameterizedTest
    @CsvSource({"99.499, 99", "99.5, 100"})
    void shouldRoundToWholeMgPerDl(double value, int kept) {
        take(0, value);
        assertThat(grid.at(0)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldComeBackAsItWasStored(long seed) {
        Random random = new Random(seed);
        double minute = 0;
        for (int i = 0; i < 200; i++) {
            minute += random.nextInt(20);
            grid.take(T0 + Math.round(minute * MINUTE), 40_000 + random.nextInt(360_000), random.nextInt(10) > 0);
            ByteBuffer out = ByteBuffer.allocate(64);
            grid.encode(out);
            GlucoseGrid back = GlucoseGrid.decode(out.flip());
            assertThat(out.hasRemaining()).isFalse();
            assertThat(back).as("seed %d, reading %d", seed, i).usingRecursiveComparison().ignoringFields("mgPerDl").isEqualTo(grid);
            for (int cell = 0; cell < grid.size(); cell++) {
                assertThat(back.at(cell)).isEqualTo(grid.at(cell));
            }
        }
    }

    @Test
    void shouldRefuseDamagedState() {
        ByteBuffer bad = ByteBuffer.wrap(new byte[] {1, 17, 0, 0, 0});
        assertThatThrownBy(() -> GlucoseGrid.decode(bad)).isInstanceOf(IllegalStateException.class).hasMessageContaining("17 cells");
    }
}
