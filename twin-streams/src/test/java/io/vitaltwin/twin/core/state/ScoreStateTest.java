package io.vitaltwin.twin.core.state;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreStateTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final ScoreState score = new ScoreState();

    @Test
    void shouldKnowNothingAtFirst() {
        assertThat(score.lastTotal()).isEqualTo(-1);
        assertThat(score.lowestSince(T0)).isEqualTo(-1);
        assertThat(score.band()).isZero();
    }

    @Test
    void shouldKnowTheLowestTotalOfTheWindow() {
        score.add(T0, 3, DAY);
        score.add(T0 + HOUR, 1, DAY);
        score.add(T0 + 2 * HOUR, 4, DAY);
        assertThat(score.lastTotal()).isEqualTo(4);
        assertThat(score.lowestSince(T0)).isEqualTo(1);
        assertThat(score.lowestSince(T0 + HOUR + 1)).as("1 held when the window began").isEqualTo(1);
        assertThat(score.lowestSince(T0 + 2 * HOUR)).as("1 held up to then").isEqualTo(1);
        assertThat(score.lowestSince(T0 + 2 * HOUR + 1)).isEqualTo(4);
    }

    @Test
    void shouldKeepAnUnchangedTotalFromItsBeginning() {
        for (int hour = 0; hour < 100; hour++) {
            score.add(T0 + hour * HOUR, 2, DAY);
        }
        score.add(T0 + 100 * HOUR, 3, DAY);
        assertThat(score.lowestSince(T0 + 99 * HOUR)).isEqualTo(2);
        assertThat(stored()).as("two totals").hasSizeLessThan(20);
    }

    @Test
    void shouldForgetWhatIsOlderThanTheWindow() {
        score.add(T0, 0, DAY);
        score.add(T0 + HOUR, 2, DAY);
        score.add(T0 + HOUR + DAY, 3, DAY);
        assertThat(score.lowestSince(T0)).as("0 ended a day ago").isEqualTo(2);
    }

    @Test
    void shouldStayBounded() {
        for (int i = 0; i < 1_000; i++) {
            score.add(T0 + i * 60_000L, i % 2, DAY);
        }
        assertThat(stored().length).isLessThan(90);
        assertThat(score.lowestSince(T0)).isZero();
    }

    @Test
    void shouldComeBackAsItWasStored() {
        score.add(T0, 3, DAY);
        score.add(T0 + HOUR, 7, DAY);
        score.band(4);
        score.lowerSets(1);
        score.lastSetMillis(T0 + HOUR);
        ScoreState copy = ScoreState.decode(ByteBuffer.wrap(stored()), T0 + 2 * HOUR);
        assertThat(copy.lastTotal()).isEqualTo(7);
        assertThat(copy.lowestSince(T0)).isEqualTo(3);
        assertThat(copy.band()).isEqualTo(4);
        assertThat(copy.lowerSets()).isOne();
        assertThat(copy.lastSetMillis()).isEqualTo(T0 + HOUR);
    }

    @Test
    void shouldKeepASetThatIsNewerThanTheTwin() {
        score.lastSetMillis(T0 + 9 * HOUR);
        assertThat(ScoreState.decode(ByteBuffer.wrap(stored()), T0 + 2 * HOUR).lastSetMillis()).isEqualTo(T0 + 9 * HOUR);
        score.lastSetMillis(0);
        assertThat(ScoreState.decode(ByteBuffer.wrap(stored()), T0 + 2 * HOUR).lastSetMillis()).isZero();
        assertThat(stored()).hasSize(4);
    }

    private byte[] stored() {
        ByteBuffer bytes = ByteBuffer.allocate(256);
        score.encode(bytes, T0 + 2 * HOUR);
        byte[] used = new byte[bytes.position()];
        bytes.flip().get(used);
        return used;
    }
}
