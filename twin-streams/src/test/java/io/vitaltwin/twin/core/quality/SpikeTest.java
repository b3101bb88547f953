package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** DQ-09. A wrist at rest has a sigma of 4 /min: more than 12 away is far. */
class SpikeTest {

    private static final long MINUTE = 60_000;

    private static Stream wrist() {
        return Stream.of(Vital.HEART_RATE, "watch", Grade.CONSUMER, Duration.ofMinutes(1)).context(Context.REST);
    }

    private static List<Revision> afterLast(Stream stream, String values) {
        List<Judgement> judgements = stream.all(0, Stream.values(values));
        return judgements.getLast().revisions();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "70x6 95 71      | true",
        "70x3 95 70      | true",
        "70x2 95 70      | false",
        "70x6 82 70      | false",
        "70x6 83 70      | true",
        "70x6 95 83      | false",
        "70x6 95 82      | true",
        "70x6 95 94      | false",
        "70x6 45 70      | true",
        "60 70 80 60 70 80 100 70 | false"})
    void shouldFindASingleValueThatTheNextOneComesBackFrom(String values, boolean spike) {
        assertThat(afterLast(wrist(), values)).as(values).hasSize(spike ? 1 : 0);
    }

    @Test
    void shouldDoubtTheValueAndOnlyIt() {
        List<Judgement> judgements = wrist().all(0, Stream.values("70x6 95 70"));
        assertThat(judgements.get(6).verdict()).as("provisional").isEqualTo(Verdict.ACCEPT);
        assertThat(judgements.getLast().verdict()).isEqualTo(Verdict.ACCEPT);
        long when = Stream.T0 + 6 * MINUTE;
        assertThat(judgements.getLast().revisions())
                .containsExactly(new Revision(when, when, Verdict.SUSPECT, Reason.SPIKE.bit()));
    }

    @Test
    void shouldNotCountASpikeAmongTheAcceptedValues() {
        Stream wrist = wrist();
        wrist.all(0, Stream.values("70x6 95 70"));
        List<Judgement> more = wrist.all(8 * MINUTE, Stream.values("96 70"));
        assertThat(more.getLast().revisions()).hasSize(1);
    }

    @Test
    void shouldAcceptARunOfHighValues() {
        assertThat(wrist().all(0, Stream.values("70x6 95x3 70"))).allSatisfy(judgement -> assertThat(judgement.revisions()).isEmpty());
    }

    @Test
    void shouldSayNothingAfterALongGap() {
        Stream wrist = wrist();
        wrist.all(0, Stream.values("70x6 95"));
        assertThat(wrist.at(6 * MINUTE + 10 * MINUTE, 70).revisions()).hasSize(1);
        Stream other = wrist();
        other.all(0, Stream.values("70x6 95"));
        assertThat(other.at(6 * MINUTE + 10 * MINUTE + 1_000, 70).revisions()).isEmpty();
    }

    @Test
    void shouldNotTouchBeats() {
        Stream beats = Stream.of(Vital.INTER_BEAT_INTERVAL, "watch", Grade.CONSUMER, Duration.ofSeconds(1)).context(Context.REST);
        assertThat(afterLast(beats, "850x6 500 850")).isEmpty();
    }

    @Test
    void shouldNotSayAnythingOfAReadingOutOfOrder() {
        Stream wrist = wrist();
        wrist.all(0, Stream.values("70x6 95"));
        assertThat(wrist.at(5 * MINUTE + 30_000, 70).revisions()).isEmpty();
    }
}
