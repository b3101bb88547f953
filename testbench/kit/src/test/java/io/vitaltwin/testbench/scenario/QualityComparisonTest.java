package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.vitaltwin.testbench.scenario.Stories.TEN_READINGS;
import static io.vitaltwin.testbench.scenario.Stories.at;
import static io.vitaltwin.testbench.scenario.Stories.flag;
import static io.vitaltwin.testbench.scenario.Stories.flags;
import static io.vitaltwin.testbench.scenario.Stories.plan;
import static io.vitaltwin.testbench.scenario.Stories.violation;
import static org.assertj.core.api.Assertions.assertThat;

class QualityComparisonTest {

    /** Of readings at 0 to 9 min, those at 3 and 4 are doubted. */
    private static final Observed TWO_DOUBTED =
            flags(flag("PT3M", Verdict.SUSPECT, "SPIKE"), flag("PT4M", Verdict.REJECT, "MOTION", "SPIKE"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "from: PT0S, to: PT3M, verdict: ACCEPT, share: [1, 1]", "from: PT5M, verdict: ACCEPT, share: [1, 1]",
        "to: PT3M, verdict: ACCEPT, count: 3", "from: PT3M, to: PT4M, verdict: SUSPECT, share: [1, 1]",
        "from: PT3M, to: PT3M, verdict: SUSPECT, count: 1", "verdict: ACCEPT, share: [0.8, 0.8]", "reason: SPIKE, count: [2, 2]",
        "reason: SPIKE, verdict: REJECT, count: [1, 1]", "reason: FLATLINE, count: [0, 0]", "verdict: REJECT, share: [0, 0.1]"})
    void shouldAcceptWhatHolds(String expected) {
        assertThat(differences(TEN_READINGS, expected, TWO_DOUBTED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "verdict: ACCEPT, share: [1, 1] | ACCEPT: expected a share of 1, came 8 of 10 (first: PT3M SUSPECT [SPIKE] at vt.readings.v1-0@3#0)",
        "to: PT3M1S, verdict: ACCEPT, share: [1, 1] | ACCEPT to PT3M1S: expected a share of 1, came 3 of 4 (first: PT3M SUSPECT",
        "reason: MOTION, count: [2, 3] | any verdict for MOTION: expected 2 to 3 readings, came 1 of 10 (first: PT0S ACCEPT []",
        "reason: MOTION, count: 0 | any verdict for MOTION: expected 0 readings, came 1 of 10 (first: PT4M REJECT [MOTION, SPIKE]",
        "from: PT20M, verdict: ACCEPT, share: [1, 1] | ACCEPT from PT20M: expected a share of 1, but no reading was judged"})
    void shouldSayWhatDoesNotHoldAndWhichReadingDecided(String expected, String difference) {
        assertThat(differences(TEN_READINGS, expected, TWO_DOUBTED)).singleElement().asString()
                .startsWith("quality of oxi1 spo2 (line 13), " + difference);
    }

    @Test
    void shouldTakeTheNewestFlagOfAReading() {
        Observed lifted = flags(flag("PT3M", Verdict.SUSPECT, "SPIKE"), flag("PT3M", Verdict.ACCEPT));
        assertThat(differences(TEN_READINGS, "verdict: ACCEPT, share: [1, 1]", lifted)).isEmpty();
    }

    @Test
    void shouldLetASpanCoverItsReadingsAndMakeNoneBetter() {
        // Given
        QualityFlag span = flag("PT3M", Verdict.SUSPECT, "FLATLINE");
        span.setUntilTime(at("PT6M"));
        Observed observed = flags(flag("PT4M", Verdict.REJECT, "MOTION"), span, flag("PT6M", Verdict.ACCEPT));
        // Then: 3, 4 and 5 min; the newer flag for 6 min replaces the span there
        assertThat(differences(TEN_READINGS, "reason: FLATLINE, count: 3", observed)).isEmpty();
        assertThat(differences(TEN_READINGS, "reason: FLATLINE, verdict: SUSPECT, count: 2", observed)).isEmpty();
        assertThat(differences(TEN_READINGS, "reason: MOTION, verdict: REJECT, count: 1", observed)).isEmpty();
        assertThat(differences(TEN_READINGS, "verdict: ACCEPT, count: 7", observed)).isEmpty();
    }

    @Test
    void shouldJudgeCopiesOnce() {
        String twice = TEN_READINGS.replace("every:", "copies: 2, every:");
        assertThat(differences(twice, "verdict: ACCEPT, count: 10", flags())).isEmpty();
    }

    @Test
    void shouldNotJudgeWhatConsentRefused() {
        // Given: what arrived from 5:02 on was refused, first alone and then by the minute
        Observed observed = new Observed(List.of(), List.of(
                violation(ViolationReason.WITHDRAWN, ViolationStage.COLLECT, "spo2", "PT5M2S", "PT5M2S", 1),
                violation(ViolationReason.WITHDRAWN, ViolationStage.COLLECT, "spo2", "PT6M2S", "PT9M2S", 4)),
                List.of(), List.of(), List.of(), List.of(), List.of());
        // Then
        assertThat(differences(TEN_READINGS, "verdict: ACCEPT, count: 5", observed)).isEmpty();
    }

    @Test
    void shouldNotJudgeWhatIsDead() {
        // Given
        ReadingBatch dead = (ReadingBatch) plan(TEN_READINGS).inputs().getLast().value();
        Observed observed = new Observed(List.of(), List.of(), List.of(), List.of(), List.of(dead), List.of(), List.of());
        // Then
        assertThat(differences(TEN_READINGS, "verdict: ACCEPT, count: 9", observed)).isEmpty();
    }

    @Test
    void shouldPutCorrectedReadingsWhereTheyBelong() {
        // Given: an hour ahead; first held, then found again a second off their true times
        String ahead = TEN_READINGS.replace("every:", "clockOffset: PT1H, every:").replace("95x10", "95x2");
        Observed observed = flags(flag("PT1H", Verdict.SUSPECT, "CLOCK_FUTURE"), flag("PT1H1M", Verdict.SUSPECT, "CLOCK_FUTURE"),
                flag("PT1S", Verdict.ACCEPT, "CLOCK_CORRECTED"), flag("PT1M1S", Verdict.ACCEPT, "CLOCK_CORRECTED"));
        // Then
        assertThat(differences(ahead, "from: PT0S, to: PT2M, reason: CLOCK_CORRECTED, count: 2", observed)).isEmpty();
        assertThat(differences(ahead, "verdict: ACCEPT, share: [1, 1]", observed)).isEmpty();
        assertThat(differences(ahead, "from: PT1H, count: 0", observed)).isEmpty();
    }

    @Test
    void shouldLeaveUncorrectedReadingsWhereTheyWereStamped() {
        String ahead = TEN_READINGS.replace("every:", "clockOffset: PT1H, every:").replace("95x10", "95x2");
        assertThat(differences(ahead, "from: PT1H, verdict: ACCEPT, count: 2", flags())).isEmpty();
    }

    private static List<String> differences(String series, String expected, Observed observed) {
        ScenarioPlan plan = plan(series, "expect: {quality: [{device: oxi1, vital: spo2, " + expected + "}]}\n");
        return new QualityComparison(plan, observed, "vt.readings.v1").differences();
    }
}
