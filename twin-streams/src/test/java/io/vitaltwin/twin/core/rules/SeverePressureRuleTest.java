package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.rules.Cuff.Half;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** CR 3.0 (BP_SEVERE, BP_SEVERE_UNCONFIRMED), 3.3, 3.11, 3.12.6, 3.12.14. */
class SeverePressureRuleTest {

    private static final String ASKED = "RAISED REPEAT_REQUEST INFO 0";

    private final RuleBench bench = RuleBench.adult().unscored();
    private final Cuff cuff = Cuff.of(bench, "cuff", Grade.MEDICAL_HOME);

    private void restore() {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
    }

    @ParameterizedTest
    @CsvSource({"179.999, 119.999, false", "180, 90, true", "150, 120, true", "186, 122, true"})
    void shouldAskForARepeatFromEitherLimitOn(double systolic, double diastolic, boolean severe) {
        cuff.at(0, systolic, diastolic);
        assertThat(bench.log()).isEqualTo(severe ? List.of(ASKED) : List.of());
    }

    @Test
    void shouldAskThePatientInPlainWords() {
        cuff.at(0, 186, 118);
        AlertChange request = bench.alert(0);
        assertThat(request.text()).isEqualTo("Please measure again: your blood pressure reading of 186/118 mmHg is very high."
                + " Sit quietly for some minutes before.");
        assertThat(request.rule().family().lane().name()).isEqualTo("ADMINISTRATIVE");
        assertThat(request.evidence()).extracting(Proof::role, Proof::vital)
                .containsExactly(tuple("first", Vital.BP_SYSTOLIC), tuple("first", Vital.BP_DIASTOLIC));
    }

    @ParameterizedTest
    @CsvSource({"29, false", "30, true", "180, true", "900, true"})
    void shouldTakeARepeatFromHalfAMinuteToAQuarterOfAnHour(long second, boolean confirmed) {
        cuff.at(0, 186, 118).at(second, 184, 116);
        assertThat(bench.log().contains("RAISED BP_SEVERE MEDIUM " + second) || bench.log().contains("UPDATED BP_SEVERE MEDIUM " + second))
                .isEqualTo(confirmed);
    }

    @Test
    void shouldTakeALaterReadingAsANewFirstOne() {
        cuff.at(0, 186, 118).at(901, 184, 116);
        assertThat(bench.log()).containsExactly(ASKED, "RAISED BP_SEVERE_UNCONFIRMED MEDIUM 900", "CLEARED REPEAT_REQUEST INFO 900",
                "RAISED REPEAT_REQUEST INFO 901");
        cuff.at(901 + MINUTE, 185, 116);
        assertThat(bench.log()).endsWith("CLEARED REPEAT_REQUEST INFO 961", "UPDATED BP_SEVERE MEDIUM 961");
    }

    @Test
    void shouldConfirmWithEvidenceOfBothReadings() {
        cuff.at(0, 186, 118).at(3 * MINUTE, 184, 116);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 180", "RAISED BP_SEVERE MEDIUM 180");
        AlertChange raised = bench.alert(2);
        assertThat(raised.text()).isEqualTo("Very high blood pressure 186/118 mmHg, confirmed by a second measurement 184/116 mmHg"
                + " (limits 180/120 mmHg), measured by a medical home device.");
        assertThat(raised.episodeStartMillis()).isEqualTo(RuleBench.T0);
        assertThat(raised.evidence()).extracting(Proof::role).containsExactly("first", "first", "repeat", "repeat");
        assertThat(raised.evidence()).extracting(proof -> proof.point().value().milli()).containsExactly(186_000L, 118_000L, 184_000L, 116_000L);
        assertThat(bench.until(2 * HOUR).log()).hasSize(3);
    }

    @Test
    void shouldEndTheRequestWhenTheRepeatIsLower() {
        cuff.at(0, 186, 118).at(4 * MINUTE, 152, 92);
        assertThat(cuff.judgements().getLast().reasons()).as("the fall of 26 is fast").isEqualTo(Reason.RATE_IMPLAUSIBLE.bit());
        bench.until(HOUR);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 240");
        assertThat(bench.twin().parts().nextDue()).as("the week only").isEqualTo(RuleBench.millis(7 * 24 * HOUR));
    }

    @Test
    void shouldNotTakeALowerReadingAtOnceForTheRepeat() {
        cuff.at(0, 186, 118).at(29, 152, 93).at(30, 151, 93);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 30");
    }

    @Test
    void shouldTellTheFirstReadingAloneExactlyAQuarterOfAnHourLater() {
        cuff.at(0, 186, 118);
        restore();
        assertThat(bench.until(899).log()).containsExactly(ASKED);
        assertThat(bench.until(900).log()).containsExactly(ASKED, "RAISED BP_SEVERE_UNCONFIRMED MEDIUM 900", "CLEARED REPEAT_REQUEST INFO 900");
        assertThat(bench.alert(1).text()).startsWith("Very high blood pressure 186/118 mmHg, not measured again");
        assertThat(bench.until(24 * HOUR).log()).as("once").hasSize(3);
    }

    @Test
    void shouldEndWhatWasNotConfirmedWithTheNextLowerReading() {
        cuff.at(0, 186, 118).at(HOUR, 178, 119.5);
        assertThat(bench.log()).endsWith("CLEARED BP_SEVERE_UNCONFIRMED MEDIUM 3600");
    }

    @ParameterizedTest
    @CsvSource({"184, 116, UPDATED BP_SEVERE MEDIUM 300", "150, 92, CLEARED BP_SEVERE_UNCONFIRMED MEDIUM 300"})
    void shouldStillTakeARepeatThatWasMeasuredInTimeAndCameLate(double systolic, double diastolic, String expected) {
        cuff.at(0, 186, 118);
        bench.until(20 * MINUTE);
        restore();
        cuff.late(20 * MINUTE, 5 * MINUTE, systolic, diastolic);
        assertThat(bench.log()).endsWith(expected);
    }

    @Test
    void shouldWaitAMinuteForTheRepeatOfAReadingThatComesLate() {
        cuff.late(HOUR, 0, 186, 118).late(HOUR + 20, 4 * MINUTE, 150, 92);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 240");
        // and no longer
        cuff.late(3 * HOUR, 2 * HOUR, 186, 110);
        assertThat(bench.until(3 * HOUR + 59).told()).hasSize(2);
        assertThat(bench.until(3 * HOUR + 60).told()).last().isEqualTo("RAISED BP_SEVERE_UNCONFIRMED MEDIUM " + (2 * HOUR + 900));
    }

    @Test
    void shouldConfirmInEitherOrderOfArrival() {
        cuff.late(5 * MINUTE, 3 * MINUTE, 184, 116).late(5 * MINUTE + 1, 0, 186, 118);
        AlertChange raised = bench.alerts().getLast();
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 180");
        assertThat(raised.episodeStartMillis()).isEqualTo(RuleBench.T0);
        assertThat(raised.evidence().getFirst().point().value().milli()).isEqualTo(186_000);
    }

    @Test
    void shouldEndOnceBothAreBelowInALaterReading() {
        cuff.at(0, 186, 122).at(3 * MINUTE, 184, 121).at(10 * MINUTE, 175, 121).at(20 * MINUTE, 181, 110);
        assertThat(bench.log()).hasSize(3);
        cuff.late(21 * MINUTE, 5 * MINUTE, 150, 90);
        assertThat(bench.log()).as("an older one ends nothing").hasSize(3);
        restore();
        cuff.at(30 * MINUTE, 179, 119);
        assertThat(bench.log()).endsWith("CLEARED BP_SEVERE MEDIUM 1800");
        cuff.at(40 * MINUTE, 190, 110);
        assertThat(bench.log()).endsWith("RAISED REPEAT_REQUEST INFO 2400");
    }

    // --- symptoms

    @ParameterizedTest
    @CsvSource({"-901, MEDIUM", "-900, HIGH", "60, HIGH", "179, HIGH"})
    void shouldBeHighWithASymptomAroundIt(long second, String priority) {
        if (second < 0) {
            bench.symptom(second, "breathlessness");
            cuff.at(0, 190, 122);
        } else {
            cuff.at(0, 190, 122);
            bench.symptom(second, "chest_pain");
        }
        cuff.at(180, 188, 120);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE " + priority + " 180");
    }

    @Test
    void shouldUpgradeWhenTheSymptomComesAfterwards() {
        cuff.at(0, 190, 122).at(180, 188, 120);
        restore();
        bench.symptom(10 * MINUTE, "confusion");
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 180", "RAISED SYMPTOM_REPORT MEDIUM 600", "UPGRADED BP_SEVERE HIGH 600");
        assertThat(bench.alerts().getLast().evidence()).hasSize(4);
        assertThat(bench.alerts().getLast().text()).endsWith("Another measurement or a symptom says the same.");
        bench.symptom(11 * MINUTE, "chest_pain");
        assertThat(bench.told()).as("told once").filteredOn(line -> line.contains("BP_SEVERE HIGH")).hasSize(1);
    }

    @Test
    void shouldLeaveOneReadingAtMediumWhateverTheSymptom() {
        cuff.at(0, 190, 122);
        bench.symptom(60, "chest_pain").until(15 * MINUTE);
        assertThat(bench.log()).contains("RAISED BP_SEVERE_UNCONFIRMED MEDIUM 900");
    }

    // --- devices

    @ParameterizedTest
    @CsvSource({"cuff, CLINICAL, VALIDATED", "cuff, MEDICAL_HOME, VALIDATED", "cuff, CONSUMER, UNVALIDATED", "wrist-cuff, MEDICAL_HOME, VALIDATED",
            "wrist-cuff, CONSUMER, UNVALIDATED", "kit, MEDICAL_HOME, VALIDATED", "kit, CONSUMER, UNVALIDATED", "manual, CLINICAL, VALIDATED",
            "cuffless, MEDICAL_HOME, CUFFLESS", "watch, CLINICAL, CUFFLESS"})
    void shouldTrustADeviceByKindAndGrade(String kind, Grade grade, Trust expected) {
        assertThat(Trust.of(new Device("d", kind, grade, Set.of(), 0, 0, 1))).isEqualTo(expected);
        assertThat(Trust.of(Device.unregistered("d"))).isEqualTo(Trust.UNVALIDATED);
    }

    @Test
    void shouldKeepAnUnvalidatedCuffLow() {
        Cuff simple = Cuff.of(bench, "cuff", Grade.CONSUMER);
        simple.at(0, 186, 118).at(180, 184, 116);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE LOW 180");
        assertThat(bench.alert(2).text()).contains("consumer device").contains("Unverified, confirm with a medical device.");
        bench.symptom(240, "fainting");
        assertThat(bench.log()).endsWith("UPGRADED BP_SEVERE MEDIUM 240");
    }

    @Test
    void shouldKeepAnUnvalidatedCuffLowWhenNobodyRepeats() {
        Cuff.of(bench, "cuff", Grade.CONSUMER).at(0, 186, 118);
        assertThat(bench.until(900).log()).contains("RAISED BP_SEVERE_UNCONFIRMED LOW 900");
        bench.symptom(1000, "chest_pain");
        assertThat(bench.log()).endsWith("UPGRADED BP_SEVERE_UNCONFIRMED MEDIUM 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuffless", "watch"})
    void shouldOnlyAskForACuffWhereThereWasNone(String kind) {
        Cuff.of(bench, kind, Grade.MEDICAL_HOME).at(0, 186, 118).at(180, 184, 116).at(400, 150, 90);
        restore();
        bench.until(HOUR);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 900");
        assertThat(bench.alert(0).text()).contains("Use a device with a cuff");
    }

    @Test
    void shouldEndTheRequestForACuffWhenOneIsUsed() {
        Cuff.of(bench, "cuffless", Grade.CONSUMER).at(0, 186, 118);
        cuff.at(120, 140, 85);
        assertThat(bench.log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 120");
    }

    @Test
    void shouldNotLetALessTrustedDeviceTakeBackWhatAnotherRaised() {
        Cuff simple = Cuff.of(bench, "cuff", Grade.CONSUMER);
        Cuff without = Cuff.of(bench, "cuffless", Grade.CLINICAL);
        cuff.at(0, 186, 118).at(180, 184, 116);
        simple.at(300, 140, 85);
        without.at(360, 140, 85);
        assertThat(bench.log()).hasSize(3);
        cuff.at(400, 178, 110);
        assertThat(bench.log()).endsWith("CLEARED BP_SEVERE MEDIUM 400");
    }

    @Test
    void shouldTakeASecondDeviceForSupport() {
        Cuff simple = Cuff.of(bench, "a", "cuff", Grade.CONSUMER);
        Cuff other = Cuff.of(bench, "b", "cuff", Grade.CONSUMER);
        simple.at(0, 186, 118);
        other.at(120, 190, 119);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 120");
        assertThat(bench.alerts().getLast().tags()).isEqualTo(Tag.CORROBORATED.bit() | Tag.UNVERIFIED.bit());
    }

    @Test
    void shouldNotBeLowerForASecondReadingOfASimplerDevice() {
        cuff.at(0, 186, 118);
        Cuff.of(bench, "cuff", Grade.CONSUMER).at(120, 190, 119);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 120");
    }

    // --- doubts

    @Test
    void shouldAskAndTellLowOfAPairThatHardlyFits() {
        cuff.at(0, 230, 70);
        assertThat(cuff.judgements()).extracting("verdict").containsExactly(Verdict.ACCEPT, Verdict.SUSPECT);
        assertThat(bench.until(900).log()).containsExactly(ASKED, "RAISED BP_SEVERE_UNCONFIRMED LOW 900", "CLEARED REPEAT_REQUEST INFO 900");
        assertThat(Tag.of(bench.alert(1).tags())).containsExactly(Tag.REMEASURE, Tag.SUSPECT_INPUT);
    }

    @Test
    void shouldNotTakeAPairThatHardlyFitsForTheRepeat() {
        cuff.at(0, 186, 118).at(120, 230, 70);
        assertThat(bench.log()).containsExactly(ASKED);
        cuff.at(240, 190, 112);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 240");
    }

    @Test
    void shouldTakeTwoExtremeReadingsForWhatTheyAre() {
        cuff.at(0, 270, 150).at(120, 268, 148);
        assertThat(cuff.judgements().getFirst().reasons()).isEqualTo(Reason.RANGE_IMPLAUSIBLE.bit());
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 120");
        assertThat(Tag.of(bench.alerts().getLast().tags())).containsExactly(Tag.SUSPECT_INPUT);
    }

    @Test
    void shouldLowerTwoReadingsWhoseMiddleIsUncertain() {
        cuff.at(0, 181, 100).at(240, 145, 120);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE LOW 240");
        assertThat(Tag.of(bench.alerts().getLast().tags())).containsExactly(Tag.REMEASURE);
    }

    @Test
    void shouldForgetAReadingWhoseOtherHalfShowsThatItIsNone() {
        cuff.send(0, 0, Half.systolic(190));
        assertThat(bench.log()).containsExactly(ASKED);
        restore();
        cuff.send(1, 0, Half.diastolic(195));
        assertThat(bench.until(1000).log()).containsExactly(ASKED, "CLEARED REPEAT_REQUEST INFO 900");
    }

    @Test
    void shouldTakeHalvesThatComeInTwoRecordsForOneReading() {
        cuff.send(0, 0, Half.systolic(190)).send(1, 0, Half.diastolic(125));
        cuff.send(180, 180, Half.diastolic(110)).send(181, 180, Half.systolic(188));
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 180");
        cuff.send(600, 600, Half.systolic(150));
        assertThat(bench.log()).as("the other half may be high").hasSize(3);
        cuff.send(601, 600, Half.diastolic(92));
        assertThat(bench.log()).endsWith("CLEARED BP_SEVERE MEDIUM 600");
    }

    @Test
    void shouldFollowThePatientsOwnLimits() {
        bench.override(RuleId.BP_SEVERE, "systolic", 170);
        cuff.at(0, 172, 100).at(60, 171, 100);
        assertThat(bench.log()).endsWith("RAISED BP_SEVERE MEDIUM 60");
    }

    @Test
    void shouldRememberNothingOfWhatIsOver() {
        Cuff simple = Cuff.of(bench, "cuff", Grade.CONSUMER);
        simple.at(0, 186, 118).at(180, 184, 116).at(600, 140, 90);
        assertThat(bench.twin().parts().get(PressureMemory.TYPE).isEmpty()).isTrue();
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
    }

    /** Storing and reading the twin after every record changes nothing that is told. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDecideTheSameWhenTheTwinIsStoredInBetween(long seed) {
        assertThat(play(seed, true)).as("seed %d", seed).isEqualTo(play(seed, false)).isNotEmpty();
    }

    private static List<String> play(long seed, boolean stored) {
        Random random = new Random(seed);
        RuleBench patient = RuleBench.adult().unscored();
        List<Cuff> cuffs = List.of(Cuff.of(patient, "cuff", Grade.MEDICAL_HOME), Cuff.of(patient, "cuff", Grade.CONSUMER),
                Cuff.of(patient, "cuffless", Grade.MEDICAL_HOME));
        long second = 0;
        for (int i = 0; i < 150; i++) {
            second += 20 + random.nextInt(1_200);
            if (random.nextInt(12) == 0) {
                patient.until(second).symptom(second, "chest_pain");
            } else {
                double diastolic = 60 + random.nextInt(70);
                cuffs.get(random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(2)).late(second + 2, second, diastolic + random.nextInt(90), diastolic);
            }
            if (stored) {
                patient.twin(TwinState.decode(patient.twin().encode(TwinState.scratch())));
            }
        }
        return patient.log();
    }
}
