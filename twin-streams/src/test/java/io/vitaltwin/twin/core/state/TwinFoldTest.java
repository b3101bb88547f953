package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class TwinFoldTest {

    private static final long T0 = 1_772_409_600_000L;

    private final TwinState twin = new TwinState();
    private final StreamState stream = twin.stream("d", Vital.HEART_RATE);

    private static Point point(long millis, Verdict verdict, long reasons) {
        return new Point(millis, Value.measured(70_000, Unit.PER_MINUTE), Grade.CLINICAL, verdict, Context.REST, reasons, -1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"ACCEPT, true, true, true", "SUSPECT, true, true, false", "REJECT, true, false, false", "ACCEPT, false, false, false"})
    void shouldShowAndUseByVerdictAndOrder(Verdict verdict, boolean newest, boolean shown, boolean usable) {
        TwinFold.take(stream, point(T0, verdict, 0), newest, false, T0 + 5);
        assertThat(stream.latest().isPresent()).isEqualTo(shown);
        assertThat(stream.usableMillis()).isEqualTo(usable ? T0 : 0);
        assertThat(stream.heardMillis()).isEqualTo(T0);
    }

    @ParameterizedTest
    @CsvSource({"FLATLINE, false", "UNIT_SUSPECT, false", "SPIKE, true", "MOTION, true"})
    void shouldHoldBackWhatMustNotBeScored(Reason reason, boolean shown) {
        TwinFold.take(stream, point(T0, Verdict.SUSPECT, reason.bit() | Reason.OUT_OF_ORDER.bit()), true, false, T0);
        assertThat(stream.latest().isPresent()).isEqualTo(shown);
    }

    @Test
    void shouldHearALateReadingWhenItComesAndNotUseIt() {
        TwinFold.take(stream, point(T0, Verdict.ACCEPT, 0), true, true, T0 + 9_000_000);
        assertThat(stream.heardMillis()).isEqualTo(T0 + 9_000_000);
        assertThat(stream.usableMillis()).isZero();
    }

    @Test
    void shouldNotHearTheFuture() {
        TwinFold.take(stream, point(T0 + 60_000, Verdict.ACCEPT, 0), true, false, T0);
        assertThat(stream.heardMillis()).isEqualTo(T0);
    }

    @Test
    void shouldKeepOnlyWhatIsCovered() {
        twin.stream("d", Vital.SPO2);
        TwinFold.keep(twin, EnumSet.of(Vital.SPO2));
        assertThat(twin.streams()).extracting(StreamState::vital).containsExactly(Vital.SPO2);
    }

    @Test
    void shouldForgetAllThatWasMeasuredWithoutConsent() {
        // Given
        twin.score().add(T0, 5, 1);
        twin.symptom(T0);
        twin.vigorous(T0);
        twin.counts().applied = 3;
        twin.device("d").nextSequence(7);
        twin.seen(T0, 12);
        twin.monitored(true);
        Episode symptom = new Episode(Family.SYMPTOM_REPORT, T0);
        twin.open(symptom);
        // When
        TwinState rest = TwinFold.keep(twin, Set.of());
        // Then
        assertThat(rest.streams()).isEmpty();
        assertThat(rest.score().lastTotal()).isEqualTo(-1);
        assertThat(rest.symptomMillis()).isZero();
        assertThat(rest.vigorousMillis()).isZero();
        assertThat(rest.counts().applied).isEqualTo(3);
        assertThat(rest.device("d").nextSequence()).isEqualTo(7);
        assertThat(rest.episodes()).containsExactly(symptom);
        assertThat(rest.appendMillis()).isEqualTo(T0);
        assertThat(rest.isMonitored()).isTrue();
    }

    /** A reading of a clock that is an hour ahead. */
    private void hearWrong(Vital vital) {
        twin.device("d").clock().heard(new Measurement(vital, "d", T0 + 3_600_000, T0, Value.measured(70_000, vital.unit()), Context.REST,
                Float.NaN, false, new Coordinates(0, 0, 0)));
    }

    @Test
    void shouldForgetReadingsThatWaitForTheClockAsWellAsOthers() {
        // Given
        hearWrong(Vital.HEART_RATE);
        hearWrong(Vital.SPO2);
        // When, Then
        assertThat(TwinFold.keep(twin, EnumSet.of(Vital.HEART_RATE)).device("d").clock().waitingCount()).isEqualTo(1);
        assertThat(TwinFold.keep(twin, Set.of()).device("d").clock().waitingCount()).isZero();
    }
}
