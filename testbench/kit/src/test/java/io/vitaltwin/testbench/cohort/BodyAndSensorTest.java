package io.vitaltwin.testbench.cohort;

import io.vitaltwin.testbench.cohort.Course.Quantity;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The parts of which a story is made. */
class BodyAndSensorTest {

    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "10, 1", "20, 1", "25, 0.5", "30, 0", "31, 0"})
    void shouldRiseStayAndFall(long minute, double part) {
        Course course = course();
        assertThat(course.part(minute * MINUTE)).isCloseTo(part, within(1e-9));
    }

    @Test
    void shouldMoveAQuantityToItsGoalAndNoOther() {
        Course course = course();
        assertThat(course.on(Quantity.SATURATION, 97, 15 * MINUTE)).isEqualTo(80);
        assertThat(course.on(Quantity.PULSE, 70, 15 * MINUTE)).isEqualTo(70);
        assertThat(course.on(Quantity.KILOGRAMS, 82, 15 * MINUTE)).isEqualTo(85);
        assertThat(course.on(Quantity.SATURATION, 97, 40 * MINUTE)).isEqualTo(97);
    }

    private static Course course() {
        return new Course(EventKind.S07_HYPOXIA_MEDICAL, 0, 10 * MINUTE, 10 * MINUTE, 10 * MINUTE,
                Map.of(Quantity.SATURATION, 80.0, Quantity.KILOGRAMS, 3.0), Priority.HIGH, true);
    }

    @Test
    void shouldAskHowLongAndHowOften() {
        Spell spell = new Spell(60, 3, 30);
        assertThat(spell.at(0, true)).isFalse();
        assertThat(spell.at(30, true)).isFalse();
        assertThat(spell.at(59, true)).isFalse();
        assertThat(spell.at(60, true)).isTrue();
        assertThat(spell.startMillis()).isZero();
    }

    @Test
    void shouldBeginAgainAfterAGapAndAfterWhatDoesNotHold() {
        Spell gap = new Spell(60, 2, 30);
        gap.at(0, true);
        assertThat(gap.at(31, true)).isFalse();
        assertThat(gap.startMillis()).isEqualTo(31);
        Spell broken = new Spell(20, 2, 30);
        broken.at(0, true);
        broken.at(10, false);
        assertThat(broken.at(20, true)).isFalse();
        assertThat(broken.at(40, true)).isTrue();
    }

    /** CR 2.5: N01, N04 without its flow, N07, N10, N17, N12, N13, N24, N28; all alert and on air. */
    @ParameterizedTest
    @CsvSource({"16, 97, false, 120, 70, 37.0, 0", "11, 94, false, 110, 91, 38.1, 5", "21, 93, false, 100, 110, 39.0, 8",
        "16, 91, false, 120, 70, 37.0, 3", "20, 88, true, 125, 85, 37.0, 0", "18, 97, false, 220, 80, 37.2, 3",
        "14, 98, false, 130, 40, 36.6, 3", "24, 87, true, 112, 90, 37.0, 3", "20, 84, true, 118, 92, 37.0, 3"})
    void shouldScoreTheTruth(double breaths, double saturation, boolean hypercapnia, double systolic, double pulse, double celsius, int total) {
        assertThat(Score.of(breaths, saturation, hypercapnia, systolic, pulse, celsius)).isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.4, 0", "0.5, 0.35, 0", "0.3, 0.69, 900000"})
    void shouldErrByTheSigmaItIsGiven(double offset, double slow, double smooth) {
        double squares = 0;
        int people = 400;
        int readings = 300;
        for (int person = 0; person < people; person++) {
            SensorError error = new SensorError(Dice.of(11, person, Dice.Purpose.SENSORS), offset, slow, 20 * MINUTE, smooth);
            for (int i = 0; i < readings + 100; i++) {
                double now = error.at(i * 5 * MINUTE, 3);
                squares += i < 100 ? 0 : now * now;
            }
        }
        // An offset is cut at 2 SD, which takes a part of its variance.
        assertThat(Math.sqrt(squares / people / readings)).isCloseTo(3, within(offset == 0 ? 0.1 : 0.25));
    }

    @Test
    void shouldWanderSlowlyWhenItSmoothes() {
        double rough = secondDifference(new SensorError(Dice.of(5, 1, Dice.Purpose.SENSORS), 0, 1, 60 * MINUTE));
        double smooth = secondDifference(new SensorError(Dice.of(5, 1, Dice.Purpose.SENSORS), 0, 1, 60 * MINUTE, 15 * MINUTE));
        assertThat(smooth).isLessThan(rough / 2);
    }

    private static double secondDifference(SensorError error) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            values.add(error.at(i * 5 * MINUTE, 10));
        }
        double squares = 0;
        for (int i = 2; i < values.size(); i++) {
            squares += Math.pow(values.get(i) - 2 * values.get(i - 1) + values.get(i - 2), 2);
        }
        return Math.sqrt(squares / values.size());
    }

    @Test
    void shouldNotBeReadBackwards() {
        SensorError error = new SensorError(Dice.of(5, 1, Dice.Purpose.SENSORS), 0, 1, MINUTE);
        error.at(1_000, 1);
        assertThatThrownBy(() -> error.at(999, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseAValueThatIsNoNumber() {
        assertThatThrownBy(() -> Outgoing.whole(Double.NaN, Unit.PERCENT)).isInstanceOf(IllegalStateException.class);
    }
}
