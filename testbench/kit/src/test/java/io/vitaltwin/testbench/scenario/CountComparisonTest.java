package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.vitaltwin.testbench.scenario.Stories.START;
import static io.vitaltwin.testbench.scenario.Stories.TEN_READINGS;
import static io.vitaltwin.testbench.scenario.Stories.compare;
import static io.vitaltwin.testbench.scenario.Stories.plan;
import static io.vitaltwin.testbench.scenario.Stories.snapshot;
import static io.vitaltwin.testbench.scenario.Stories.twins;
import static io.vitaltwin.testbench.scenario.Stories.violation;
import static io.vitaltwin.testbench.scenario.Stories.violations;
import static org.assertj.core.api.Assertions.assertThat;

class CountComparisonTest {

    private static final Observed REFUSED = violations(
            violation(ViolationReason.WITHDRAWN, ViolationStage.COLLECT, "heart_rate", "PT5M", "PT5M", 1),
            violation(ViolationReason.WITHDRAWN, ViolationStage.USE, "heart_rate", "PT6M", "PT7M", 4),
            violation(ViolationReason.PURPOSE_DENIED, ViolationStage.DISCLOSE, "spo2", "PT6M", "PT7M", 9));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[{reason: WITHDRAWN, vital: heart_rate, count: 5}]", "[{reason: WITHDRAWN, count: [4, 5]}]",
        "[{reason: WITHDRAWN, patient: p1, count: 5}]",
        "[{reason: WITHDRAWN, stage: COLLECT, count: 1}, {reason: WITHDRAWN, stage: USE, count: 4}]",
        "[{reason: WITHDRAWN, count: 5}, {reason: PURPOSE_DENIED, stage: DISCLOSE, vital: spo2, count: 9}]"})
    void shouldAcceptViolationsThatAddUp(String expected) {
        assertThat(compare("expect: {violations: " + expected + "}\n", REFUSED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[{reason: WITHDRAWN, vital: heart_rate, count: 6}] | violations WITHDRAWN of heart_rate (line 13): expected 6, came 5 (the first arrived PT5M)",
        "[{reason: WITHDRAWN, stage: USE, count: 4}] | violations WITHDRAWN of heart_rate of p1: expected none, came 1 (the first arrived PT5M)",
        "[{reason: WITHDRAWN, count: 5}, {reason: EXPIRED, count: 1}] | violations EXPIRED (line 13): expected 1, came 0",
        "[{reason: WITHDRAWN, count: 5}, {reason: PURPOSE_DENIED, count: 9}] | violations PURPOSE_DENIED (line 13): expected 9, came 0",
        "[] | violations WITHDRAWN of heart_rate of p1: expected none, came 5 (the first arrived PT5M)"})
    void shouldSayWhichViolationsDoNotAddUp(String expected, String difference) {
        assertThat(compare("expect: {violations: " + expected + "}\n", REFUSED)).containsExactly(difference);
    }

    @Test
    void shouldExpectNoViolationsWhenTheFileNamesNone() {
        assertThat(compare("", REFUSED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"7, 0", "6, 1", "8, 1"})
    void shouldCountWhatASinkReceived(int expected, int differences) {
        Disclosure shown = Disclosure.newBuilder().setDisclosureId("d").setPatientId("p1").setActor("research").setPurpose("HRESCH")
                .setEgress("sink").setCount(7).setTime(START).build();
        Observed observed = new Observed(List.of(), List.of(), List.of(), List.of(snapshot("PT10M", 10).build()), List.of(), List.of(shown), List.of());
        assertThat(compare("expect: {disclosed: {research: " + expected + ", other: 0}}\n", observed)).hasSize(differences);
    }

    @Test
    void shouldAlwaysAddUpTheFates() {
        assertThat(compare("", twins(snapshot("PT9M", 9).build(), snapshot("PT10M", 10).build()))).isEmpty();
        assertThat(compare("", twins(snapshot("PT10M", 9).build()))).containsExactly(
                "fates: expected to add up to the 10 readings sent, came 9 {APPLIED=9, DUPLICATE=0, LATE=0, REFUSED=0, DEAD=0}");
        assertThat(compare("", twins(snapshot("PT10M", 11).build()))).hasSize(1);
        assertThat(compare("", twins())).hasSize(1);
    }

    @Test
    void shouldCompareEachFate() {
        TwinSnapshot snapshot = snapshot("PT10M", 0).setFates(new Fates(4L, 1L, 2L, 3L, 0L)).build();
        assertThat(compare("expect: {fates: {APPLIED: 4, DUPLICATE: 1, LATE: 2, REFUSED: 3, DEAD: 0}}\n", twins(snapshot))).isEmpty();
        assertThat(compare("expect: {fates: {APPLIED: 5, LATE: [0, 1]}}\n", twins(snapshot)))
                .containsExactly("fate APPLIED: expected 5, came 4", "fate LATE: expected 0 to 1, came 2");
    }

    @Test
    void shouldAddUpThePatients() {
        TwinSnapshot other = snapshot("PT10M", 4).setPatientId("p2").build();
        assertThat(compare("", twins(snapshot("PT10M", 6).build(), other))).isEmpty();
    }

    @Test
    void shouldKnowTheDeadFromTheirTopicToo() {
        // Given: the tenth reading lies among the dead letters, and no snapshot knows of it
        ReadingBatch dead = (ReadingBatch) plan(TEN_READINGS).inputs().getLast().value();
        Observed observed = new Observed(List.of(), List.of(), List.of(), List.of(snapshot("PT10M", 9).build()), List.of(dead), List.of(), List.of());
        // Then
        assertThat(compare("expect: {fates: {APPLIED: 9, DEAD: 1}}\n", observed)).isEmpty();
    }
}
