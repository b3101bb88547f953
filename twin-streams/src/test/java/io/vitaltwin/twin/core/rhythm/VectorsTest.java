package io.vitaltwin.twin.core.rhythm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** The vectors of CR 3.5: every cell of the table, to the last digit that it gives. */
class VectorsTest {

    /** The digits that the table gives, half up. */
    private static final double FOUR_DIGITS = 0.00005;
    private static final double THREE_DIGITS = 0.0005;

    @ParameterizedTest(name = "{0} starts {1}")
    @CsvSource(delimiter = '|', value = {
        "AF1      | 791 760 733 889 711 517 709 904",
        "AF2      | 699 625 633 723 798 576 794 793",
        "RSA      | 900 957 935 865 843 900 957 935",
        "SR       | 851 880 863 812 822 865 878 852",
        "BIGEMINY | 1080 520 1080 520",
        "PAC      | 852 847 847 848"})
    void shouldMakeTheSeriesOfTheTable(BeatSeries series, String starts) {
        int beats = starts.split(" ").length;
        assertThat(Arrays.stream(series.millis(beats)).mapToObj(Long::toString).collect(Collectors.joining(" "))).isEqualTo(starts);
    }

    @ParameterizedTest(name = "{0}: mean {1}, RMSSD/mean {2}, TPR {3}, ShE16 {4}, Dash {5}")
    @CsvSource({
        "AF1,      756.3, 0.2766, 0.6429, 0.9824, true",
        "AF2,      676.2, 0.1530, 0.5794, 0.9842, true",
        "RSA,      900.7, 0.0551, 0.4048, 0.5745, false",
        "SR,       849.9, 0.0423, 0.4286, 0.9764, false",
        "BIGEMINY, 800.0, 0.7000, 1.0000, 0.2500, false",
        "PAC,      848.9, 0.2571, 0.6667, 0.3338, false"})
    void shouldGiveTheStatisticsOfDash(BeatSeries series, double mean, double rmssd, double turning, double entropy, boolean irregular) {
        BeatStatistics statistics = BeatStatistics.of(series.decimals(128));
        assertThat(statistics.meanMillis()).isCloseTo(mean, within(0.05));
        assertThat(statistics.rmssdByMean()).isCloseTo(rmssd, within(FOUR_DIGITS));
        assertThat(statistics.turningPoints()).isCloseTo(turning, within(FOUR_DIGITS));
        assertThat(statistics.entropy16()).isCloseTo(entropy, within(FOUR_DIGITS));
        assertThat(statistics.isIrregular()).isEqualTo(irregular);
    }

    @ParameterizedTest(name = "{0}: E {1}, irregular {2}")
    @CsvSource({"AF1, 0.9798, true", "AF2, 0.8024, true", "RSA, 0.0131, false", "SR, 0.0260, false", "BIGEMINY, 0.0023, false",
        "PAC, 0.0439, false"})
    void shouldGiveTheEntropyOfZhou(BeatSeries series, double expected, boolean irregular) {
        SymbolEntropy entropy = new SymbolEntropy();
        for (long millis : series.millis(SymbolEntropy.BEATS)) {
            assertThat(entropy.isKnown()).isFalse();
            entropy.add(millis * 1_000);
        }
        assertThat(entropy.value()).isCloseTo(expected, within(FOUR_DIGITS));
        assertThat(entropy.value() >= 0.639).isEqualTo(irregular);
    }

    @ParameterizedTest(name = "{0}: COSEn {1}, irregular {2}")
    @CsvSource({"AF1, -0.376, true", "AF2, -0.858, true", "RSA, -2.109, false", "SR, -1.999, false", "BIGEMINY, -2.590, false",
        "PAC, -2.423, false"})
    void shouldGiveTheSampleEntropyOfLakeAndMoorman(BeatSeries series, double expected, boolean irregular) {
        double cosen = SampleEntropy.cosen(series.decimals(128));
        assertThat(cosen).isCloseTo(expected, within(THREE_DIGITS));
        assertThat(cosen > SampleEntropy.IRREGULAR_ABOVE).isEqualTo(irregular);
    }

    @ParameterizedTest(name = "{0}: RMSSD alone says {1}, with the turning points {2}")
    @CsvSource({"BIGEMINY, true, false", "PAC, true, true"})
    void shouldNotTrustOneStatisticAlone(BeatSeries series, boolean rmssdAlone, boolean withTurningPoints) {
        BeatStatistics statistics = BeatStatistics.of(series.decimals(128));
        boolean large = statistics.rmssdByMean() > BeatStatistics.RMSSD_BY_MEAN_ABOVE;
        boolean random = statistics.turningPoints() >= BeatStatistics.TURNING_POINTS_FROM
                && statistics.turningPoints() <= BeatStatistics.TURNING_POINTS_TO;
        assertThat(large).isEqualTo(rmssdAlone);
        assertThat(large && random).isEqualTo(withTurningPoints);
        assertThat(statistics.isIrregular()).isFalse();
    }

    @ParameterizedTest(name = "S18, an hour of {0}: E is never above {1}")
    @CsvSource({"RSA, 0.013", "BIGEMINY, 0.002", "PAC, 0.070"})
    void shouldReachTheLargestEntropyOfS18(BeatSeries series, double expected) {
        SymbolEntropy entropy = new SymbolEntropy();
        double largest = 0;
        for (long millis : series.lasting(60)) {
            entropy.add(millis * 1_000);
            largest = entropy.isKnown() ? Math.max(largest, entropy.value()) : largest;
        }
        assertThat(largest).isCloseTo(expected, within(THREE_DIGITS));
    }

    @Test
    void shouldKeepToTheLimitsOfDash() {
        assertThat(new BeatStatistics(800, 0.1001, 0.54, 0.701).isIrregular()).isTrue();
        assertThat(new BeatStatistics(800, 0.1001, 0.77, 0.701).isIrregular()).isTrue();
        assertThat(new BeatStatistics(800, 0.1, 0.6, 0.8).isIrregular()).isFalse();
        assertThat(new BeatStatistics(800, 0.2, 0.6, 0.7).isIrregular()).isFalse();
        assertThat(new BeatStatistics(800, 0.2, 0.5399, 0.8).isIrregular()).isFalse();
        assertThat(new BeatStatistics(800, 0.2, 0.7701, 0.8).isIrregular()).isFalse();
    }

    @Test
    void shouldFindNoEntropyInOneValue() {
        double[] same = new double[128];
        Arrays.fill(same, 800);
        BeatStatistics statistics = BeatStatistics.of(same);
        assertThat(statistics.entropy16()).isZero();
        assertThat(statistics.turningPoints()).isZero();
        assertThat(statistics.rmssdByMean()).isZero();
    }

    @Test
    void shouldRefuseTooFewBeats() {
        assertThatIllegalArgumentException().isThrownBy(() -> BeatStatistics.of(new double[31])).withMessageContaining("31 beats");
        assertThatIllegalArgumentException().isThrownBy(() -> SampleEntropy.cosen(new double[11])).withMessageContaining("11 beats");
        double[] growing = new double[12];
        Arrays.setAll(growing, i -> 300 * StrictMath.pow(3, i));
        assertThatIllegalArgumentException().isThrownBy(() -> SampleEntropy.cosen(growing)).withMessageContaining("tolerance");
    }
}
