package io.vitaltwin.alerts.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The words of the console: complete, in every language, and without blame. */
class ConsoleTextsTest {

    /** CR 8.4 E8, and what is said with the same intent in the other languages; as for messages. */
    private static final Pattern BLAMING = Pattern.compile("\\b(non-?complian(t|ce)|failed|refused|lazy|poor adherence|therapieontrouw|niet-therapietrouw"
            + "|geweigerd|weigert|lui|nalatig|verzuimd|verweigert|versagt|versäumt|faul|nachlässig|unzuverlässig|mangelnde)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PRESCRIBING = Pattern.compile("\\b(give|administer|increase|dose|geef|dien|verhoog|dosis|geben sie|verabreichen|erhöhen)\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");
    /** A key in the code, up to where it is put together at run time. */
    private static final Pattern ASKED = Pattern.compile("(?<![\\w.])(?:t|ago|figure|panel)\\((['`])([\\w.]+)(?:\\1|\\$\\{)");
    private static final Pattern FAMILY = Pattern.compile("\\bword\\('([\\w.]+)'");

    @ParameterizedTest
    @ValueSource(strings = {"nl", "de"})
    void shouldHaveTheSameSentencesWithTheSamePlacesInEveryLanguage(String language) throws IOException {
        Map<String, String> english = words("en");
        Map<String, String> other = words(language);
        assertThat(other.keySet()).containsExactlyElementsOf(english.keySet());
        english.forEach((key, sentence) -> assertThat(places(other.get(key))).as(key).isEqualTo(places(sentence)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nl", "de"})
    void shouldBlameNobodyAndPrescribeNothing(String language) throws IOException {
        words(language).forEach((key, sentence) -> assertThat(sentence.toLowerCase(Locale.ROOT)).as(key).isNotBlank().doesNotContainPattern(BLAMING)
                .doesNotContainPattern(PRESCRIBING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"The patient refused it.", "niet-therapietrouw", "die Messung wurde verweigert"})
    void shouldKnowABlamingWord(String sentence) {
        assertThat(sentence.toLowerCase(Locale.ROOT)).containsPattern(BLAMING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nl", "de"})
    void shouldSayWhatItIsNot(String language) throws IOException {
        Map<String, String> words = words(language);
        assertThat(words.get("notPrimary.short").toLowerCase(Locale.ROOT)).containsPattern("primary alarm|primair alarm|primärer alarm");
        assertThat(words.get("notPrimary.long").toLowerCase(Locale.ROOT)).containsPattern("medical device|medisch hulpmiddel|medizinprodukt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nl", "de"})
    void shouldHaveBothFormsOfWhatIsCounted(String language) throws IOException {
        Set<String> keys = words(language).keySet();
        assertThat(keys).filteredOn(key -> key.endsWith(".one")).allSatisfy(key -> assertThat(keys).contains(key.replaceAll("one$", "other")));
        assertThat(keys).filteredOn(key -> key.endsWith(".other")).allSatisfy(key -> assertThat(keys).contains(key.replaceAll("other$", "one")));
    }

    /** A sentence that the page asks for is there; where a key is put together at run time, something begins like it. */
    @Test
    void shouldHaveEverySentenceThatThePageAsksFor() throws IOException {
        Set<String> keys = words("en").keySet();
        for (Map.Entry<String, String> file : ConsoleFiles.texts("app", ".js").entrySet()) {
            for (MatchResult asked : ASKED.matcher(file.getValue()).results().toList()) {
                String key = asked.group(2);
                boolean whole = asked.group().endsWith(asked.group(1));
                assertThat(keys).as("%s asks for %s", file.getKey(), key)
                        .anyMatch(known -> whole ? known.equals(key) || known.equals(key + ".other") : known.startsWith(key));
            }
            for (MatchResult family : FAMILY.matcher(file.getValue()).results().toList()) {
                assertThat(keys).as("%s asks for words of %s", file.getKey(), family.group(1))
                        .anyMatch(known -> known.startsWith(family.group(1) + ".") || family.group(1).equals("field"));
            }
        }
    }

    /** What a topic can say has a word. */
    @Test
    void shouldHaveAWordForEveryCodeOfTheSchemas() throws IOException {
        Map<String, Enum<?>[]> families = new TreeMap<>(Map.of("priority", Priority.values(), "lane", Lane.values(), "state", WorkflowState.values(), "grade", DeviceGrade.values(),
                "verdict", Verdict.values(), "outcome", AlertOutcome.values(), "reportKind", ReportKind.values(), "violation", ViolationReason.values(),
                "stage", ViolationStage.values(), "alertEvent", AlertEventType.values()));
        families.putAll(Map.of("workflowEvent", WorkflowEventType.values(), "notification", DeliveryStatus.values(), "consentStatus", ConsentStatus.values(),
                "information", InformationType.values()));
        Set<String> wanted = families.entrySet().stream().flatMap(family -> Stream.of(family.getValue()).map(code -> family.getKey() + "." + code.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        Stream.of(ActionKind.values()).filter(kind -> !List.of(ActionKind.FALSE_ALARM, ActionKind.UNDO).contains(kind)).forEach(kind -> wanted.add("action." + kind));
        assertThat(words("en").keySet()).containsAll(wanted);
    }

    private static Map<String, String> words(String language) throws IOException {
        ObjectMapper strict = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return new TreeMap<>(strict.readValue(ConsoleFiles.text("i18n/" + language + ".json"), new TypeReference<Map<String, String>>() { }));
    }

    private static Set<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
