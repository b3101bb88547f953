package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTest {

    private static final RuleSet RULES = RuleSetFile.bundled();

    @ParameterizedTest
    @CsvSource({"0, 0 seconds", "119999, 119 seconds", "120000, 2 minutes", "7199999, 119 minutes", "7200000, 2 hours", "90000000, 25 hours"})
    void shouldSayHowLong(long millis, String words) {
        assertThat(Texts.span(millis)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"91000, 91", "36050, 36.05", "3900, 3.9", "-1000, -1", "0, 0", "100000, 100"})
    void shouldWriteNumbersPlainly(long milli, String words) {
        assertThat(Texts.decimal(milli)).isEqualTo(words);
    }

    @Test
    void shouldSayThatAValueIsABound() {
        assertThat(Texts.value(new Value(Value.Kind.AT_MOST, 40_000, Unit.MG_PER_DL))).isEqualTo("at or below 40 mg/dL");
        assertThat(Texts.value(new Value(Value.Kind.AT_LEAST, 400_000, Unit.MG_PER_DL))).isEqualTo("at or above 400 mg/dL");
        assertThat(Texts.value(Value.measured(55_000, Unit.MG_PER_DL))).isEqualTo("55 mg/dL");
    }

    @Test
    void shouldLeaveOutWhatIsNotKnownAndTakeWordsLiterally() {
        String text = Texts.fill(RULES, RuleId.SPO2_LOW, Map.of("median", "$1 \\ {held}"));
        assertThat(text).isEqualTo("Oxygen saturation $1 \\ {held} over  (limit 91 %), measured by .");
    }

    @ParameterizedTest
    @EnumSource(RuleId.class)
    void shouldLeaveNoPlaceholderInAnySentence(RuleId rule) {
        assertThat(Texts.fill(RULES, rule, Map.of())).doesNotContain("{", "}").isNotBlank();
    }

    @Test
    void shouldSayHowSureItIs() {
        assertThat(Texts.certainty(0)).isEmpty();
        assertThat(Texts.certainty(Tag.UNVERIFIED.bit() | Tag.REMEASURE.bit() | Tag.CORROBORATED.bit())).contains(
                "Unverified, confirm with a medical device", "measure again", "Another measurement or a symptom says the same");
    }

    @ParameterizedTest
    @CsvSource({"CONSENT_WITHDRAWN, withdrew consent", "CONSENT_EXPIRED, consent has expired", "CONSENT_CHANGED, no longer covers",
        "'', The condition has ended.", "PLAN_CHANGED, Ended: PLAN_CHANGED."})
    void shouldSayWhyItEnded(String reason, String words) {
        assertThat(Texts.ended(reason)).contains(words);
    }

    @Test
    void shouldSayThatEasedIsNotOver() {
        assertThat(Texts.eased(Priority.MEDIUM)).contains("not over").contains("MEDIUM");
    }
}
