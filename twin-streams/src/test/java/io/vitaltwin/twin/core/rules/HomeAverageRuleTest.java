package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.rules.Cuff.Half;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 3.0 (BP_HOME_AVG), 3.3 with its vector, 3.12.15; DQ-28. */
class HomeAverageRuleTest {

    private static final int DAY = 24 * HOUR;
    private static final double[] FIRST_DAY = {160, 95, 160, 95, 160, 95, 160, 95};
    private static final double[] VECTOR = {136, 85, 134, 83, 137, 86, 133, 82};

    private final RuleBench bench = RuleBench.adult().unscored();
    private final Cuff cuff = Cuff.of(bench, "cuff", Grade.MEDICAL_HOME);

    /** Morning and evening of a day: two readings each, a minute apart, at 7 and at 19 o'clock UTC. */
    private void day(Cuff device, int day, double... values) {
        for (int i = 0; i < values.length / 2; i++) {
            int each = values.length / 4;
            long second = (long) day * DAY + (i < each ? 7 : 19) * HOUR + i % each * MINUTE;
            device.at(second, values[2 * i], values[2 * i + 1]);
        }
    }

    private void week(Cuff device, int from, double... values) {
        for (int day = from; day < from + 6; day++) {
            day(device, day, values);
        }
    }

    /** The same pressure at each of the protocol's readings. */
    private void weekOf(int from, double systolic, double diastolic) {
        week(cuff, from, systolic, diastolic, systolic, diastolic, systolic, diastolic, systolic, diastolic);
    }

    private void restore() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }

    @Test
    void shouldGiveTheAverageOfTheReferenceWithTheLastReadingOfTheSeventhDay() {
        day(cuff, 0, FIRST_DAY);
        week(cuff, 1, VECTOR);
        assertThat(bench.log()).containsExactly("RAISED BP_HOME_AVG LOW " + (6 * DAY + 19 * HOUR + MINUTE));
        AlertChange raised = bench.alert(0);
        assertThat(raised.text()).isEqualTo("Average of 24 home blood pressure readings 135.0/84.0 mmHg (limit 135/85, standard error 1.6),"
                + " measured by a medical home device.");
        assertThat(raised.evidence()).extracting(Proof::role).containsExactly("first", "first", "last", "last");
        assertThat(raised.evidence()).extracting(proof -> RuleBench.second(proof.point().effectiveMillis()))
                .containsExactly(DAY + 7L * HOUR, DAY + 7L * HOUR, 6L * DAY + 19 * HOUR + MINUTE, 6L * DAY + 19 * HOUR + MINUTE);
        assertThat(raised.episodeStartMillis()).isEqualTo(RuleBench.millis(DAY + 7L * HOUR));
        assertThat(bench.until(8 * DAY).log()).as("once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSUMER cuff", "UNKNOWN cuff", "MEDICAL_HOME cuffless", "MEDICAL_HOME wrist-cuff", "MEDICAL_HOME watch"})
    void shouldNotComputeWhatNoValidatedUpperArmCuffMeasured(String device) {
        String[] words = device.split(" ");
        Cuff other = Cuff.of(bench, words[1], Grade.valueOf(words[0]));
        day(other, 0, FIRST_DAY);
        week(other, 1, VECTOR);
        assertThat(bench.until(9 * DAY).log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"134.999, 84.999, ''", "135, 84, LOW", "120, 85, LOW", "159.999, 99.999, LOW", "160, 90, MEDIUM", "150, 100, MEDIUM"})
    void shouldStandOnBothSidesOfEveryLimit(double systolic, double diastolic, String priority) {
        day(cuff, 0, FIRST_DAY);
        weekOf(1, systolic, diastolic);
        assertThat(bench.log()).isEqualTo(priority.isEmpty() ? List.of()
                : List.of("RAISED BP_HOME_AVG " + priority + " " + (6 * DAY + 19 * HOUR + MINUTE)));
    }

    @Test
    void shouldCompareSumsAndNotRoundedMeans() {
        day(cuff, 0, FIRST_DAY);
        week(cuff, 1, 135, 80, 135, 80, 135, 80, 134.999, 80);
        assertThat(bench.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AHA_130_80, 130, 79, true", "AHA_130_80, 129.999, 79.999, false", "AHA_130_80, 120, 80, true", "ESH_135_85, 134, 84, false",
            "whatever, 134, 84, false", "whatever, 135, 84, true"})
    void shouldFollowTheThresholdOfThePlan(String named, double systolic, double diastolic, boolean raised) {
        bench.attribute(HomeThreshold.ATTRIBUTE, named);
        day(cuff, 0, FIRST_DAY);
        weekOf(1, systolic, diastolic);
        assertThat(bench.log()).hasSize(raised ? 1 : 0);
    }

    @Test
    void shouldEndWithTheNextAverageThatIsBelow() {
        day(cuff, 0, FIRST_DAY);
        weekOf(1, 162, 95);
        day(cuff, 7, FIRST_DAY);
        restore();
        weekOf(8, 140, 80);
        day(cuff, 14, FIRST_DAY);
        weekOf(15, 139, 80);
        day(cuff, 21, FIRST_DAY);
        weekOf(22, 130, 80);
        assertThat(bench.log()).extracting(line -> line.substring(0, line.lastIndexOf(' '))).containsExactly("RAISED BP_HOME_AVG MEDIUM",
                "DOWNGRADED BP_HOME_AVG LOW", "UPDATED BP_HOME_AVG LOW", "CLEARED BP_HOME_AVG LOW");
        assertThat(bench.alert(2).text()).contains("139.0/80.0");
    }

    // --- protocols

    @Test
    void shouldComputeAtTheEndOfTheSeventhDayWhenReadingsAreMissing() {
        day(cuff, 0, FIRST_DAY);
        for (int day = 1; day < 7; day++) {
            day(cuff, day, 140, 85, 140, 85);
        }
        assertThat(bench.until(7 * DAY - 1).log()).isEmpty();
        restore();
        assertThat(bench.until(7 * DAY).log()).containsExactly("RAISED BP_HOME_AVG LOW " + 7 * DAY);
        assertThat(bench.alert(0).text()).contains("Average of 12 home");
    }

    @Test
    void shouldSayNothingOfTooFewReadingsThatNobodyAskedFor() {
        for (int day = 0; day < 7; day++) {
            day(cuff, day, 140, 95, 140, 95);
        }
        cuff.at(6 * DAY + 20 * HOUR, 140, 95);
        assertThat(bench.until(9 * DAY).log()).as("13 of the last 6 days").hasSize(1);
        RuleBench other = RuleBench.adult().unscored();
        Cuff another = Cuff.of(other, "cuff", Grade.MEDICAL_HOME);
        for (int day = 0; day < 6; day++) {
            day(another, day, 140, 95, 140, 95);
        }
        another.at(6 * DAY + 7 * HOUR, 140, 95);
        assertThat(other.until(9 * DAY).log()).as("11").isEmpty();
    }

    @Test
    void shouldAskThePatientWhoseProtocolHasTooFewReadings() {
        bench.attribute(HomeProtocol.ATTRIBUTE, "ESH_2021");
        day(cuff, 0, FIRST_DAY);
        day(cuff, 1, VECTOR);
        assertThat(bench.until(8 * DAY).log()).containsExactly("RAISED REPEAT_REQUEST INFO " + 7 * DAY, "CLEARED REPEAT_REQUEST INFO " + (7 * DAY + 900));
        assertThat(bench.alert(0).text())
                .isEqualTo("Please measure again: 4 usable readings came for the blood pressure average of the week, and it takes 12.");
    }

    @Test
    void shouldTakeNoMoreThanTwoReadingsOfAMorning() {
        day(cuff, 0, FIRST_DAY);
        for (int day = 1; day < 7; day++) {
            day(cuff, day, 120, 70, 120, 70, 120, 70, 120, 70);
            cuff.at((long) day * DAY + 7 * HOUR + 2 * MINUTE, 179, 110);
        }
        assertThat(bench.until(8 * DAY).log()).isEmpty();
    }

    @Test
    void shouldDropTwoDaysAndTheFirstOfEachThreeInTheOtherProtocol() {
        bench.attribute(HomeProtocol.ATTRIBUTE, "JABFM_3x3");
        for (int day = 0; day < 5; day++) {
            double[] values = day < 2 ? new double[] {170, 100, 170, 100, 170, 100, 170, 100, 170, 100, 170, 100}
                    : new double[] {170, 100, 136, 84, 134, 84, 170, 100, 136, 84, 134, 84};
            day(cuff, day, values);
            restore();
        }
        assertThat(bench.log()).containsExactly("RAISED BP_HOME_AVG LOW " + (4 * DAY + 19 * HOUR + 2 * MINUTE));
        assertThat(bench.alert(0).text()).contains("Average of 12 home blood pressure readings 135.0/84.0 mmHg");
    }

    @Test
    void shouldGoOnUpToTheSeventhDayWhenTheShorterProtocolLacksReadings() {
        bench.attribute(HomeProtocol.ATTRIBUTE, "JABFM_3x3");
        double[] values = {170, 100, 136, 84, 134, 84, 170, 100, 136, 84, 134, 84};
        for (int day = 0; day < 6; day++) {
            if (day != 3) {
                day(cuff, day, values);
            }
        }
        assertThat(bench.log()).containsExactly("RAISED BP_HOME_AVG LOW " + (5 * DAY + 19 * HOUR + 2 * MINUTE));
    }

    @Test
    void shouldKeepTheProtocolWithWhichTheWeekBegan() {
        day(cuff, 0, FIRST_DAY);
        bench.attribute(HomeProtocol.ATTRIBUTE, "JABFM_3x3");
        week(cuff, 1, VECTOR);
        assertThat(bench.alert(0).text()).contains("135.0/84.0");
    }

    @Test
    void shouldCountTheDaysOfThePatient() {
        // 07:00 and 19:00 UTC are the evening of that day and the morning of the next in Auckland.
        bench.livesIn(ZoneId.of("Pacific/Auckland"));
        week(cuff, 0, VECTOR);
        // The evening of the first day and the next morning: only that of the first day does not count.
        long end = RuleBench.second(LocalDate.of(2026, 3, 9).atStartOfDay(ZoneId.of("Pacific/Auckland")).toInstant().toEpochMilli());
        bench.until(end - 1);
        assertThat(bench.log()).isEmpty();
        bench.until(end);
        assertThat(bench.log()).containsExactly("RAISED BP_HOME_AVG LOW " + end);
        assertThat(bench.alert(0).text()).contains("Average of 22 home");
    }

    @Test
    void shouldBeginTheNextWeekWithTheNextReading() {
        day(cuff, 0, FIRST_DAY);
        weekOf(1, 140, 80);
        cuff.at(6 * DAY + 21 * HOUR, 150, 90);
        day(cuff, 20, FIRST_DAY);
        weekOf(21, 120, 70);
        assertThat(bench.log()).containsExactly("RAISED BP_HOME_AVG LOW " + (6 * DAY + 19 * HOUR + MINUTE),
                "CLEARED BP_HOME_AVG LOW " + (26 * DAY + 19 * HOUR + MINUTE));
    }

    @Test
    void shouldLeaveOutWhatIsSuspect() {
        day(cuff, 0, FIRST_DAY);
        week(cuff, 1, VECTOR[0], VECTOR[1], VECTOR[2], VECTOR[3], VECTOR[4], VECTOR[5], 100, 88);
        assertThat(bench.until(8 * DAY).alert(0).text()).as("a pulse pressure of 12").contains("Average of 18 home");
    }

    @Test
    void shouldTakeHalvesOfTwoRecordsOnce() {
        for (int day = 0; day < 7; day++) {
            for (long second : new long[] {7 * HOUR, 7 * HOUR + MINUTE, 19 * HOUR, 19 * HOUR + MINUTE}) {
                long at = (long) day * DAY + second;
                cuff.send(at, at, Half.diastolic(84)).send(at + 1, at, Half.systolic(136));
            }
        }
        assertThat(bench.alert(0).text()).contains("Average of 24 home blood pressure readings 136.0/84.0");
    }

    @Test
    void shouldTakeKilopascal() {
        for (int day = 0; day < 7; day++) {
            for (long second : new long[] {7 * HOUR, 7 * HOUR + MINUTE, 19 * HOUR, 19 * HOUR + MINUTE}) {
                long at = (long) day * DAY + second;
                cuff.send(at, at, new Half(Vital.BP_SYSTOLIC, 18, Unit.KILOPASCAL),
                        new Half(Vital.BP_DIASTOLIC, 11, Unit.KILOPASCAL));
            }
        }
        assertThat(bench.alert(0).text()).as("18 kPa are 135.0112 mmHg").contains("135.0/82.5 mmHg");
    }

    // --- state

    @Test
    void shouldStayCompact() {
        day(cuff, 0, FIRST_DAY);
        for (int day = 1; day < 6; day++) {
            day(cuff, day, VECTOR);
        }
        ByteBuffer out = TwinState.scratch();
        bench.twin().parts().get(PressureMemory.TYPE).encode(out);
        assertThat(out.position()).isBetween(40, 120);
    }

    @ParameterizedTest
    @CsvSource({"ESH_2021, ESH_2021", "JABFM_3x3, JABFM_3X3", "'', ESH_2021", "esh, ESH_2021"})
    void shouldReadTheProtocolOfThePlan(String named, HomeProtocol expected) {
        assertThat(HomeProtocol.of(Map.of(HomeProtocol.ATTRIBUTE, named))).isEqualTo(expected);
        assertThat(HomeProtocol.of(Map.of())).isEqualTo(HomeProtocol.ESH_2021);
    }
}
