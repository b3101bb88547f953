package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.Mimic3Demo;
import io.vitaltwin.testbench.data.SmallCopies;
import io.vitaltwin.testbench.data.WdbNumerics;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement.Handling;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.AlertChange.Event;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Patients through the real core in the settings of the report. */
class WardTest {

    private static final RuleSet RULES = RuleSetFile.bundled();

    private static Ward ward(WardPatient... patients) {
        return new Ward(List.of(patients), RULES, Arrays.asList(Setting.values()), progress -> { });
    }

    private static List<String> raised(Ward ward, Setting setting) {
        return ward.outcomes(setting).stream().flatMap(outcome -> outcome.alerts().stream()).filter(change -> change.event() == Event.RAISED)
                .map(change -> change.rule() + " " + change.priority()).toList();
    }

    /** A saturation of 90 once is an alarm to the plain counter and none to the rules; twice it is one to both. */
    @Test
    void shouldSpareWhatDoesNotLast() {
        WardPatient once = Patients.one().hourly(Bed.OXIMETER, Vital.SPO2, 97, 90, 97, 97).alive();
        WardPatient twice = Patients.one().hourly(Bed.OXIMETER, Vital.SPO2, 97, 90, 90, 97, 97).alive();

        assertThat(ward(once).limits().getFirst()).satisfies(row -> {
            assertThat(row.plain()).isEqualTo(1);
            assertThat(row.full()).isZero();
            assertThat(row.counts()).isFalse();
        });
        assertThat(ward(once, twice).limits().getFirst()).satisfies(row -> {
            assertThat(row.plain()).isEqualTo(2);
            assertThat(row.full()).isEqualTo(1);
            assertThat(row.counts()).isTrue();
            assertThat(row.reduction()).isCloseTo(0.5, within(1e-9));
            assertThat(row.plainSupported().hits()).isZero();       // after the first 90 of both, the newest reading of two hours is 97
            assertThat(row.plainSupported().of()).isEqualTo(2);
        });
        assertThat(WardReport.Reduction.of(ward(once, twice).limits())).isEqualTo(new WardReport.Reduction(2, 1, 0.5));
        assertThat(WardReport.Reduction.of(java.util.List.of()).part()).isNaN();
    }

    /** 86 for two hours is critical; as a watch's it is at most MEDIUM (CR 3.0, C column). */
    @Test
    void shouldCapWhatAConsumerDeviceSays() {
        Ward ward = ward(Patients.one().hourly(Bed.OXIMETER, Vital.SPO2, 97, 84, 84, 84, 84, 84).alive());

        assertThat(raised(ward, Setting.FULL)).contains("SPO2_CRIT HIGH");
        assertThat(raised(ward, Setting.CONSUMER)).isNotEmpty().noneMatch(line -> line.endsWith("HIGH"));
    }

    /** A pulse of 131 with a sigma of 1.5 passes the gate for MEDIUM and 150 that for HIGH; with open gates anything does. */
    @Test
    void shouldRaiseTheSameEpisodesWithAndWithoutGates() {
        Ward ward = new Ward(Mimic3Ward.patients(Mimic3Demo.read(SmallCopies.of(DataSet.ICU_MIMIC3))), RULES, Arrays.asList(Setting.values()),
                progress -> { });

        assertThat(starts(ward, Setting.UNGATED)).isEqualTo(starts(ward, Setting.FULL)).isNotEmpty();
        assertThat(ward.outcomes(Setting.FULL)).hasSize(3);
    }

    private static List<String> starts(Ward ward, Setting setting) {
        List<String> starts = new ArrayList<>();
        for (WardRun.Outcome outcome : ward.outcomes(setting)) {
            outcome.alerts().stream().filter(change -> change.event() == Event.RAISED)
                    .forEach(change -> starts.add(change.rule().family() + " " + change.episodeStartMillis()));
        }
        return starts;
    }

    @Test
    void shouldFindTheSameAgain() {
        List<WardPatient> patients = Mimic3Ward.patients(Mimic3Demo.read(SmallCopies.of(DataSet.ICU_MIMIC3)));

        for (WardPatient patient : patients) {
            List<AlertChange> first = WardRun.of(patient, Setting.STORED, RULES).alerts();
            assertThat(WardRun.of(patient, Setting.STORED, RULES).alerts()).isEqualTo(first);
        }
    }

    /** Stored 16 minutes after it was measured: late for a continuous stream, not for a spot one. Stored before: a clock ahead. */
    @ParameterizedTest
    @CsvSource({"15, STORED, APPLY", "16, STORED, LATE", "16, STORED_SPOT, APPLY", "1440, STORED_SPOT, APPLY", "1441, STORED_SPOT, LATE"})
    void shouldTellLateReadings(long delay, Setting setting, Handling expected) {
        WardPatient patient = Patients.one().at(0, delay, Bed.MONITOR, Vital.HEART_RATE, 80).alive();

        assertThat(WardRun.of(patient, setting, RULES).handling()).containsOnlyKeys(expected);
    }

    @Test
    void shouldTellReadingsThatAreChartedAhead() {
        WardPatient patient = Patients.one().at(10, 5, Bed.MONITOR, Vital.HEART_RATE, 80).at(8, 6, Bed.MONITOR, Vital.HEART_RATE, 81).alive();

        assertThat(WardRun.of(patient, Setting.STORED, RULES).reasons()).containsEntry(Reason.CLOCK_FUTURE, 1);
        assertThat(WardRun.of(patient, Setting.FULL, RULES).reasons()).doesNotContainKey(Reason.CLOCK_FUTURE);
    }

    /** CR 2.5, N01 and N08 without and with consciousness. */
    @Test
    void shouldScoreSetsAndKeepPartialOnesApart() {
        WardPatient patient = Patients.one()
                .at(0, Bed.MONITOR, Vital.RESPIRATORY_RATE, 16).at(0, Bed.OXIMETER, Vital.SPO2, 97).oxygen(0, false)
                .at(0, Bed.CUFF, Vital.BP_SYSTOLIC, 120).at(0, Bed.MONITOR, Vital.HEART_RATE, 70).awake(0, 'A')
                .at(0, Bed.THERMOMETER, Vital.BODY_TEMPERATURE, 37.0)
                .at(900, Bed.MONITOR, Vital.RESPIRATORY_RATE, 24).at(900, Bed.OXIMETER, Vital.SPO2, 92).oxygen(900, false)
                .at(900, Bed.CUFF, Vital.BP_SYSTOLIC, 91).at(900, Bed.MONITOR, Vital.HEART_RATE, 111)
                .at(900, Bed.THERMOMETER, Vital.BODY_TEMPERATURE, 39.1).dead();

        WardRun.Outcome outcome = WardRun.of(patient, Setting.FULL, RULES);
        ScoreTally.Distribution found = ScoreTally.distribution(List.of(outcome));

        assertThat(outcome.scores()).extracting(score -> score.result().knownSum()).containsExactly(0, 10);
        assertThat(found.complete()).isEqualTo(1);
        assertThat(found.bands()).containsEntry("complete ZERO", 1).containsEntry("partial, at least HIGH", 1);
        assertThat(found.missing()).containsExactly(java.util.Map.entry("consciousness", 1));
        assertThat(outcome.alerts()).anySatisfy(change -> {
            assertThat(change.rule()).isEqualTo(RuleId.NEWS2_HIGH);
            assertThat(change.priority()).isEqualTo(Priority.HIGH);
        });
    }

    @Test
    void shouldHoldTheLastDayAgainstTheOutcome() {
        WardPatient early = Patients.one().at(0, Bed.MONITOR, Vital.HEART_RATE, 140).at(1_500, Bed.MONITOR, Vital.HEART_RATE, 70).alive();
        WardPatient late = Patients.one().at(0, Bed.MONITOR, Vital.HEART_RATE, 70).at(1_500, Bed.MONITOR, Vital.HEART_RATE, 140).dead();
        Ward ward = ward(early, late);

        ScoreTally.Discrimination found = ScoreTally.discrimination(ward.patients(), ward.outcomes(Setting.FULL));

        assertThat(found.died()).isEqualTo(1);
        assertThat(found.survived()).isEqualTo(1);
        assertThat(found.area().value()).isEqualTo(1);      // the early 140 of the survivor is more than a day before the end
    }

    @Test
    void shouldCountACallOnlyFromLowUp() {
        Ward ward = ward(Patients.one().hourly(Bed.MONITOR, Vital.HEART_RATE, 80, 140, 140, 140, 80, 80, 80).alive());

        assertThat(ward.calls(Setting.FULL)).containsEntry("HR_TACHY_REST MEDIUM", 1);
        assertThat(ward.calls(Setting.FULL, Priority.MEDIUM)).isPositive();
        assertThat(ward.days()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void shouldNotTakeAZeroForAMeasurement() {
        Zeros.Outcome found = Zeros.of(WdbNumerics.read(SmallCopies.of(DataSet.ICU_WDB)).getFirst(), RULES);

        assertThat(found.minutes()).isEqualTo(72);
        assertThat(found.zeros()).isPositive();
        assertThat(found.zerosRejected()).isEqualTo(found.zeros());
        assertThat(found.others()).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({"Alert, A", "Confused, C", "Lethargic, V", "Arouse to Voice, V", "Arouse to Pain, P", "Arouse to Stimul, P", "Unresponsive, U"})
    void shouldReadLevelsOfConsciousness(String words, char expected) {
        assertThat(Mimic3Ward.consciousness(words)).contains(expected);
    }

    /** What a sedated or sleeping person would be like awake is not known, and is never taken for alert. */
    @ParameterizedTest
    @CsvSource({"Sedated", "Sleeping", "Paralytic Med", "''"})
    void shouldLeaveOutWhatSaysNothingOfConsciousness(String words) {
        assertThat(Mimic3Ward.consciousness(words)).isEmpty();
    }
}
