package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Cuff.Half;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** DQ-04: what was folded of the half that came first is taken back when the other shows what it is worth. */
class PressureTakenBackTest {

    private final RuleBench bench = RuleBench.adult().unscored();
    private final Cuff cuff = Cuff.of(bench, "c", "cuff", Grade.MEDICAL_HOME);

    private StreamState stream(Vital vital) {
        return bench.twin().stream("c", vital);
    }

    private Optional<Long> shown(Vital vital) {
        return stream(vital).latest().map(point -> point.value().milli());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowWhatWasNewestBefore(boolean systolicFirst) {
        cuff.at(0, 120, 80);
        Half high = Half.systolic(85);
        Half low = Half.diastolic(130);
        cuff.send(60, 60, systolicFirst ? high : low, systolicFirst ? low : high);
        assertThat(shown(Vital.BP_SYSTOLIC)).contains(120_000L);
        assertThat(shown(Vital.BP_DIASTOLIC)).contains(80_000L);
        Vital first = systolicFirst ? Vital.BP_SYSTOLIC : Vital.BP_DIASTOLIC;
        assertThat(stream(first).memory().recentCount()).as("compared with no more").isOne();
        assertThat(stream(first).usableMillis()).isEqualTo(RuleBench.T0);
        assertThat(bench.log()).as("130 is severe, but no measurement").isEmpty();
    }

    @Test
    void shouldShowNothingWhereNothingWasBefore() {
        cuff.send(0, 0, Half.systolic(85), Half.diastolic(86));
        assertThat(shown(Vital.BP_SYSTOLIC)).isEmpty();
        assertThat(stream(Vital.BP_SYSTOLIC).usableMillis()).isZero();
    }

    @Test
    void shouldShowBothHalvesOfAPairThatHardlyFitsAsSuspect() {
        cuff.at(0, 94, 80);
        for (Vital vital : new Vital[] {Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC}) {
            assertThat(stream(vital).latest().map(Point::verdict)).contains(Verdict.SUSPECT);
            assertThat(stream(vital).memory().recentCount()).isZero();
            assertThat(stream(vital).usableMillis()).isZero();
        }
    }

    @Test
    void shouldShowNothingWhenTheOtherHalfCameWithALaterRecord() {
        cuff.at(0, 120, 80);
        cuff.send(60, 60, Half.systolic(85));
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
        cuff.send(61, 60, Half.diastolic(90));
        assertThat(shown(Vital.BP_SYSTOLIC)).as("what was before is not known any more").isEmpty();
        assertThat(shown(Vital.BP_DIASTOLIC)).contains(80_000L);
    }

    @Test
    void shouldDoTheSameWithoutStoringInBetween() {
        cuff.at(0, 120, 80);
        cuff.send(60, 60, Half.systolic(85)).send(61, 60, Half.diastolic(90));
        assertThat(shown(Vital.BP_SYSTOLIC)).isEmpty();
    }

    @Test
    void shouldNotTouchWhatIsNewer() {
        cuff.at(60, 120, 80).late(120, 0, 80, 90);
        assertThat(shown(Vital.BP_SYSTOLIC)).contains(120_000L);
        assertThat(stream(Vital.BP_SYSTOLIC).memory().recentCount()).isOne();
    }

    @Test
    void shouldStillKnowAReadingThatWasTakenBackForACopy() {
        cuff.send(0, 0, Half.systolic(85), Half.diastolic(86));
        cuff.send(10, 0, Half.systolic(85));
        assertThat(cuff.judgements().getLast().isDuplicate()).isTrue();
    }
}
