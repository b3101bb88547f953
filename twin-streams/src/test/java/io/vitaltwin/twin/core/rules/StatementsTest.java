package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.Statements.Kind;
import io.vitaltwin.twin.core.rules.Statements.Statement;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static io.vitaltwin.twin.core.rules.RuleBench.T0;
import static org.assertj.core.api.Assertions.assertThat;

/** What the patient said is kept small, told as codes, and teaches the twin to doubt: CR 8.4 E8.1 and E9. */
class StatementsTest {

    private final RuleBench bench = RuleBench.adult().collects(Vital.values());

    private static Statement note(String word, long second, long untilSecond) {
        return new Statement(Kind.CONTEXT_NOTE, word, "", T0 + second * 1_000, untilSecond < 0 ? Statements.OPEN : T0 + untilSecond * 1_000, false, false);
    }

    @ParameterizedTest
    @CsvSource({"99, ''", "100, heat", "200, heat", "201, ''"})
    void shouldHoldFromItsBeginningToItsEnd(long second, String notes) {
        Statements statements = new Statements();
        statements.add(note("heat", 100, 200), T0);
        assertThat(String.join(",", statements.notesAt(T0 + second * 1_000))).isEqualTo(notes);
    }

    @Test
    void shouldKeepEightNotesAndEightOthers() {
        Statements statements = new Statements();
        for (int i = 0; i < 20; i++) {
            statements.add(note("note-" + i, i, -1), T0 + i * 1_000);
            statements.add(new Statement(Kind.SYMPTOM, "symptom-" + i, "", T0 + i * 1_000, Statements.OPEN, true, false), T0 + i * 1_000);
        }
        assertThat(statements.notesAt(T0 + 30_000)).hasSize(8).contains("note-19", "note-12").doesNotContain("note-11");
        assertThat(statements.shown(T0 + 30_000)).hasSize(8).extracting(Statement::word).contains("note-19", "symptom-19", "note-16", "symptom-16");
    }

    @ParameterizedTest
    @CsvSource({"travel, travel", "chest_pain, chest_pain", "my aunt died, other", "'', other", "7up, other", "é, other"})
    void shouldKeepNoFreeText(String said, String word) {
        assertThat(Statements.code(said)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadWhatItWrote(long seed) {
        Random random = new Random(seed);
        Statements statements = new Statements();
        for (int i = 0; i < 12; i++) {
            boolean ofReadings = random.nextInt(3) == 0;
            Kind kind = ofReadings ? Kind.DISPUTE : Kind.values()[random.nextInt(3)];
            long from = T0 + random.nextInt(500_000_000);
            statements.add(new Statement(kind, ofReadings ? "heart_rate" : "word" + i, ofReadings && random.nextBoolean() ? "patch-1" : "", from,
                    random.nextBoolean() ? Statements.OPEN : from + random.nextInt(100_000), random.nextBoolean(), ofReadings), T0);
        }
        ByteBuffer buffer = ByteBuffer.allocate(2_048);
        statements.encode(buffer);
        assertThat(Statements.decode(buffer.flip()).shown(T0)).as("seed %d", seed).isEqualTo(statements.shown(T0));
    }

    @ParameterizedTest
    @CsvSource({"0, patch-1, SUSPECT", "3600, patch-1, SUSPECT", "-1, patch-1, ACCEPT", "3601, patch-1, ACCEPT", "1800, patch-2, ACCEPT"})
    void shouldDoubtWhatComesAfterItWasDisputed(long second, String device, Verdict verdict) {
        StatementRule.onDisputedReadings(bench.turn(2 * HOUR), Vital.HEART_RATE, "patch-1", T0, T0 + HOUR * 1_000L);
        Judgement accepted = new Judgement(Verdict.ACCEPT, 0, 1, 1, 70_000, Context.REST, Judgement.Handling.APPLY, List.of());
        Judgement judgement = StatementRule.doubt(bench.twin(), bench.twin().stream(device, Vital.HEART_RATE), T0 + second * 1_000, accepted);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.has(Reason.DISPUTED)).isEqualTo(verdict == Verdict.SUSPECT);
        assertThat(judgement.canonicalMilli()).isEqualTo(70_000);
    }

    /** E9.2: a dispute of an alert suspends learning from what it rests on for two days. */
    @Test
    void shouldLearnNothingForTwoDaysAfterAnAlertWasDisputed() {
        Feed patch = bench.feed(Vital.HEART_RATE, Grade.MEDICAL_HOME, Duration.ofMinutes(1));
        patch.hold(0, 10 * MINUTE, 140).hold(11 * MINUTE, 20 * MINUTE, 80);
        assertThat(bench.twin().holds(RuleId.HR_TACHY_REST)).isFalse();
        assertThat(bench.dispute(30 * HOUR, RuleId.HR_TACHY_REST)).isTrue();
        int days = days(patch);
        patch.hold(50 * HOUR, 51 * HOUR, 70);
        assertThat(days(patch)).as("two days after the end, not after the dispute").isEqualTo(days);
        patch.hold(79 * HOUR, 80 * HOUR, 70);
        assertThat(days(patch)).isGreaterThan(days);
    }

    private static int days(Feed feed) {
        return feed.stream().habits().usual(Context.REST).map(usual -> usual.days()).orElse(0);
    }

    @Test
    void shouldBeStoredWithTheTwin() {
        bench.symptom(60, "confusion");
        StatementRule.onNote(bench.turn(70), "travel", T0, Statements.OPEN);
        TwinState restored = TwinState.decode(bench.twin().encode(TwinState.scratch()));
        assertThat(restored.parts().get(Statements.TYPE).shown(T0 + 80_000)).extracting(Statement::word).containsExactly("confusion", "travel");
    }
}
