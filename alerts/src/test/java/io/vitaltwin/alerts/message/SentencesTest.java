package io.vitaltwin.alerts.message;

import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SentencesTest {

    /** CR 8.4 E8, and what is said with the same intent in the other languages. */
    private static final Pattern BLAMING = Pattern.compile("\\b(non-?complian(t|ce)|failed|refused|lazy|poor adherence|therapieontrouw|niet-therapietrouw"
            + "|geweigerd|weigert|lui|nalatig|verzuimd|verweigert|versagt|versäumt|faul|nachlässig|unzuverlässig|mangelnde)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    /** A message must not promise what it is not, nor tell anybody what to do with a patient. */
    private static final Pattern PRESCRIBING = Pattern.compile("\\b(give|administer|increase|dose|geef|dien|verhoog|dosis|geben sie|verabreichen|erhöhen)\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern CLINICAL = Pattern.compile("\\d|%|heart|pulse|oxygen|spo2|saturation|breath|resp|pressure|blood|temperature|fever|glucose|sugar"
            + "|weight|hrv|rhythm|steps|sleep|conscious|news2|hart|pols|zuurstof|adem|druk|bloed|koorts|suiker|gewicht|ritme|stappen|slaap|bewust|herz|puls"
            + "|sauerstoff|sättigung|atem|atmung|blut|temperatur|fieber|zucker|rhythmus|schritte|schlaf|score");
    /** Marks that the twin gives, as of this version. */
    private static final List<String> TAGS = List.of("PARTIAL", "UNVERIFIED", "REMEASURE", "CORROBORATED", "SUSPECT_INPUT", "DISPUTED", "OFF_PROTOCOL",
            "WRONG_PERSON", "SILENT_DEVICE", "SILENT_GATEWAY", "SILENT_UNKNOWN", "EXTRAPOLATED", "REFRACTORY", "BORDERLINE");

    /** What code asks for, and nothing else. */
    @ParameterizedTest
    @EnumSource
    void shouldHaveEverySentenceThatIsAskedForAndNoOther(Language language) {
        Set<String> asked = new TreeSet<>(List.of("subject", "short", "body.call", "body.withheld", "body.change", "notice", "step.OTHER",
                "subject.digest", "short.digest", "body.digest", "item.digest", "item.withheld",
                "certainty.nothing", "happening.ACKNOWLEDGED", "happening.RESOLVED"));
        Stream.of(Step.values()).forEach(step -> asked.add("step." + step));
        Stream.of(Priority.values()).forEach(priority -> asked.add("priority." + priority));
        Stream.of(Lane.values()).forEach(lane -> asked.add("lane." + lane));
        Stream.of(WorkflowState.values()).forEach(state -> asked.add("state." + state));
        TAGS.forEach(tag -> asked.add("tag." + tag));
        assertThat(Sentences.in(language).keys()).containsExactlyElementsOf(asked);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveTheSamePlacesInEveryLanguage(Language language) {
        Sentences english = Sentences.in(Language.EN);
        assertThat(english.keys()).allSatisfy(key -> {
            assertThat(Sentences.in(language).places(key)).as(key).isEqualTo(english.places(key));
            assertThat(Sentences.in(language).of(key)).as(key).isNotBlank().doesNotContain("\r").doesNotContainPattern("\\{[^}]*[^a-z}][^}]*}");
        });
    }

    /** What shows on a locked screen has room for three things only, and none of them can hold what was measured. */
    @ParameterizedTest
    @EnumSource
    void shouldHaveNoPlaceForWhatWasMeasuredInSubjectAndShortText(Language language) {
        Sentences sentences = Sentences.in(language);
        assertThat(sentences.places("subject")).containsExactlyInAnyOrder("priority", "step");
        assertThat(sentences.places("short")).containsExactlyInAnyOrder("priority", "step", "link");
        assertThat(sentences.places("subject.digest")).containsExactlyInAnyOrder("priority", "step", "count");
        assertThat(sentences.places("short.digest")).containsExactlyInAnyOrder("priority", "step", "count", "link");
        List<String> shown = sentences.keys().stream()
                .filter(key -> key.startsWith("subject") || key.startsWith("short") || key.startsWith("priority.") || key.startsWith("step.")
                        || key.startsWith("happening."))
                .map(sentences::of).toList();
        assertThat(shown).allSatisfy(text -> assertThat(text.toLowerCase(Locale.ROOT)).doesNotContainPattern(CLINICAL).doesNotContain("\n"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBlameNobodyAndPrescribeNothing(Language language) {
        Sentences sentences = Sentences.in(language);
        assertThat(sentences.keys()).allSatisfy(key -> {
            assertThat(sentences.of(key).toLowerCase(Locale.ROOT)).as(key).doesNotContainPattern(BLAMING).doesNotContainPattern(PRESCRIBING);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"the patient was non-compliant", "de patiënt is lui", "hat die messung verweigert", "poor adherence"})
    void shouldKnowABlamingWord(String text) {
        assertThat(text).containsPattern(BLAMING);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayInEveryBodyWhatItIsNot(Language language) {
        Sentences sentences = Sentences.in(language);
        assertThat(List.of("body.call", "body.withheld", "body.change", "body.digest")).allSatisfy(key -> assertThat(sentences.places(key)).contains("notice", "link"));
        assertThat(sentences.of("notice").toLowerCase(Locale.ROOT)).containsPattern("information system|informatiesysteem|informationssystem")
                .containsPattern("primary alarm|primair alarm|primärer alarm");
    }

    @Test
    void shouldRefuseAPlaceWithoutAWordAndASentenceThatIsNotThere() {
        assertThatThrownBy(() -> Sentences.in(Language.NL).fill("subject", Map.of("priority", "HOOG"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("messages_nl.properties").hasMessageContaining("{step}");
        assertThatThrownBy(() -> Sentences.in(Language.DE).of("subject.other")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("messages_de.properties has no subject.other");
    }

    @Test
    void shouldTakeWordsLiterally() {
        assertThat(Sentences.in(Language.EN).fill("subject", Map.of("priority", "$1 \\ {step}", "step", "x")))
                .isEqualTo("$1 \\ {step}: x, a patient of your list");
    }

    @Test
    void shouldReadUtf8() {
        assertThat(Sentences.in(Language.DE).of("step.ASSIGNED")).isEqualTo("an Sie übergeben");
        assertThat(Sentences.in(Language.NL).of("tag.DISPUTED")).isEqualTo("de patiënt betwist het");
    }
}
