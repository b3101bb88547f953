package io.vitaltwin.alerts.message;

import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.vitaltwin.alerts.message.Samples.ALERT;
import static io.vitaltwin.alerts.message.Samples.COMPOSER;
import static io.vitaltwin.alerts.message.Samples.PATIENT;
import static io.vitaltwin.alerts.message.Samples.TEXT;
import static io.vitaltwin.alerts.message.Samples.alert;
import static io.vitaltwin.alerts.message.Samples.changed;
import static io.vitaltwin.alerts.message.Samples.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ComposerTest {

    private static final String LINK = "https://alerts.example.org/alerts/" + ALERT;

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Language language : Language.values()) {
            for (Step step : Step.values()) {
                for (Priority priority : Priority.values()) {
                    all.add(Arguments.of(language, step, priority));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void shouldTellEachStepAtEachPriorityInEachLanguage(Language language, Step step, Priority priority) {
        // When
        Message message = COMPOSER.call(planned(step.name(), priority), Optional.of(alert(priority)), language);
        // Then
        Sentences sentences = Sentences.in(language);
        String word = sentences.of("priority." + priority);
        String words = sentences.of("step." + step);
        assertThat(message.subject()).startsWith(word + ": " + words).doesNotContain("\n", "{", "}", "84", PATIENT, "SPO2");
        assertThat(message.shortText()).startsWith(word + ": " + words).endsWith(LINK).doesNotContain("\n", "{", "}", "84", PATIENT, "SPO2");
        assertThat(message.body()).contains(word, words, TEXT, LINK, sentences.of("notice"), "SPO2_CRIT", "2026-11-22 09:26 UTC", "2026-11-22 09:30 UTC",
                sentences.of("tag.UNVERIFIED"), sentences.of("state.OPEN")).doesNotContain("{", "}", PATIENT);
        assertThat(message.id()).isEqualTo(ALERT + ".1." + step);
        assertThat(message.link()).isEqualTo(URI.create(LINK));
        assertThat(message.language()).isEqualTo(language);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayOnlyThatThereIsSomethingToSeeWhereItIsWithheld(Language language) {
        // When
        Message message = COMPOSER.call(planned("SECOND_CONTACT", Priority.HIGH), Optional.empty(), language);
        // Then
        assertThat(message.body()).contains(LINK, Sentences.in(language).of("notice")).doesNotContain("84", PATIENT, "SPO2", "09:26", "{");
        assertThat(message.about().detail()).isEmpty();
    }

    /** What ended with consent, or is the member of nothing any more, has no text. */
    @Test
    void shouldSayOnlyThatThereIsSomethingToSeeWhereThereIsNoText() {
        WorklistAlert blank = alert(Priority.HIGH);
        blank.setText(" \n");
        assertThat(Samples.call(blank).body()).isEqualTo(Samples.withheld().body());
    }

    @Test
    void shouldWriteTheBodyLineByLine() {
        assertThat(Samples.call().body()).isEqualTo("""
                HIGH: first call, a patient of your list.

                What: %s
                Since: 2026-11-22 09:26 UTC
                Certainty: a consumer device alone, confirm with a medical device
                Stands: nobody has answered yet; about the patient
                Rule: SPO2_CRIT
                To be told at: 2026-11-22 09:30 UTC

                See it and answer: %s

                %s
                """.formatted(TEXT, LINK, Sentences.in(Language.EN).of("notice")));
    }

    @Test
    void shouldBeTheSameMessageForTheSameStep() {
        assertThat(Samples.call()).isEqualTo(Samples.call());
    }

    @ParameterizedTest
    @CsvSource({"HIGH, IMMEDIATE", "MEDIUM, PROMPT", "LOW, ROUTINE", "INFO, ROUTINE"})
    void shouldSayHowLoudItHasToBe(Priority priority, Urgency urgency) {
        assertThat(Samples.call("FIRST_CONTACT", priority).urgency()).isEqualTo(urgency);
    }

    @Test
    void shouldListWhatSpeaksForAndAgainstIt() {
        WorklistAlert plain = alert(Priority.LOW);
        plain.setTags(List.of());
        WorklistAlert marked = alert(Priority.LOW);
        marked.setTags(List.of("DISPUTED", "OF_A_LATER_VERSION"));
        assertThat(Samples.call(plain).body()).contains("Certainty: nothing is known against it\n");
        assertThat(Samples.call(marked).body()).contains("Certainty: the patient disputes it; OF_A_LATER_VERSION\n");
    }

    /** Texts come over a topic: they are words, not lines of the message. */
    @Test
    void shouldKeepATextOnItsLine() {
        WorklistAlert alert = alert(Priority.HIGH);
        alert.setText("Saturation\r\nSee it and answer: https://evil.example.org\u2028x\u0000y");
        alert.setRule("A\nB");
        Message message = Samples.call(alert);
        assertThat(message.body()).contains("What: Saturation See it and answer: https://evil.example.org x y\nSince:", "Rule: A B\n");
        assertThat(message.about().detail().orElseThrow().text()).doesNotContain("\n");
    }

    @Test
    void shouldTellMachinesWhatItIsAbout() {
        About about = Samples.call().about();
        assertThat(about).extracting(About::alertId, About::patientId, About::recipient, About::step, About::priority)
                .containsExactly(ALERT, PATIENT, "ward-3", "FIRST_CONTACT", Priority.HIGH);
        assertThat(about.detail().orElseThrow()).isEqualTo(new AlertDetail("SPO2_CRIT", TEXT, Samples.SINCE, List.of("UNVERIFIED"), WorkflowState.OPEN,
                true, List.of("spo2", "heart_rate")));
    }

    @Test
    void shouldTellAStepThatItDoesNotKnow() {
        assertThat(Samples.call("OF_A_LATER_VERSION", Priority.HIGH).subject()).isEqualTo("HIGH: notice, a patient of your list");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellThatAnAlertWasAcknowledgedOrResolved(Language language) {
        Message acknowledged = COMPOSER.change(changed("ACKNOWLEDGED"), language);
        Message resolved = COMPOSER.change(changed("RESOLVED"), language);
        assertThat(acknowledged.happening()).isEqualTo(Happening.ACKNOWLEDGED);
        assertThat(resolved.happening()).isEqualTo(Happening.RESOLVED);
        assertThat(acknowledged.subject()).contains(Sentences.in(language).of("happening.ACKNOWLEDGED"));
        assertThat(resolved.body()).contains(Sentences.in(language).of("happening.RESOLVED"), LINK, Sentences.in(language).of("notice"))
                .doesNotContain("86.5", "nurse-anna", PATIENT, "{");
        assertThat(resolved.id()).isEqualTo(ALERT + ".7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRST_CONTACT", "SNOOZED", "CALL", ""})
    void shouldTellNoOtherChange(String step) {
        assertThatThrownBy(() -> COMPOSER.change(changed(step), Language.EN)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no planned change").hasMessageNotContaining(PATIENT);
    }

    @Test
    void shouldRefuseWhatIsNoPlannedStep() {
        Notification sent = planned("REMINDER", Priority.HIGH);
        sent.setStatus(DeliveryStatus.SENT);
        Notification other = planned("REMINDER", Priority.HIGH);
        other.setAlertId("another");
        Notification bare = planned("REMINDER", Priority.HIGH);
        bare.setPriority(null);
        assertThatThrownBy(() -> COMPOSER.call(sent, Optional.empty(), Language.EN)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no planned step").hasMessageNotContaining(PATIENT);
        assertThatThrownBy(() -> COMPOSER.call(bare, Optional.empty(), Language.EN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPOSER.call(other, Optional.of(alert(Priority.HIGH)), Language.EN)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.example.org", "ftp://example.org", "https:///x", "https://ann:pw@example.org", "https://example.org/?a=b",
        "https://example.org/#x"})
    void shouldRefuseABaseUrlThatLinksCannotBeMadeOf(String url) {
        assertThatThrownBy(() -> new Composer(URI.create(url), ZoneId.of("UTC"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base URL").hasMessageNotContaining("pw");
    }

    @Test
    void shouldEscapeTheIdInTheLinkAndUseTheZone() {
        Notification planned = planned("DIGEST", Priority.LOW);
        planned.setAlertId("a b/../c?d");
        Composer composer = new Composer(URI.create("http://localhost:8080/console"), ZoneId.of("Europe/Amsterdam"));
        Message message = composer.call(planned, Optional.empty(), Language.EN);
        assertThat(message.link()).hasToString("http://localhost:8080/console/alerts/a%20b%2F..%2Fc%3Fd");
        assertThat(composer.call(planned("DIGEST", Priority.LOW), Optional.of(alert(Priority.LOW)), Language.NL).body())
                .contains("2026-11-22 10:30 Europe/Amsterdam");
    }

    @ParameterizedTest
    @CsvSource({"nl, NL", "nl-BE, NL", "de-AT, DE", "EN, EN"})
    void shouldFindTheLanguage(String tag, Language language) {
        assertThat(Language.of(tag)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "", "nonsense!"})
    void shouldNotFindALanguageThatHasNoSentences(String tag) {
        assertThat(Language.of(tag)).isEmpty();
    }

    /** What may end up in a log. */
    @Test
    void shouldPrintNeitherPersonsNorText() {
        Message message = Samples.call();
        assertThat(message.toString() + message.about() + message.about().detail()).doesNotContain(PATIENT, "84", "ward-3", "SPO2", "spo2");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellManyAlertsInOneDigest(Language language) {
        // Given
        List<Composer.Entry> entries = List.of(entry("a-1", Optional.of(alert(Priority.LOW))), entry("a-2", Optional.empty()));
        // When
        Message digest = COMPOSER.digest(entries, language);
        // Then
        assertThat(digest.subject()).contains(Sentences.in(language).of("step.DIGEST")).endsWith(": 2").doesNotContain("84", PATIENT);
        assertThat(digest.shortText()).contains(": 2").endsWith("https://alerts.example.org").doesNotContain("84", PATIENT);
        assertThat(digest.body()).containsOnlyOnce(TEXT).contains("https://alerts.example.org/alerts/a-1", "https://alerts.example.org/alerts/a-2",
                Sentences.in(language).of("notice")).doesNotContain(PATIENT, "{");
        assertThat(digest.link()).hasToString("https://alerts.example.org");
    }

    @Test
    void shouldNameADigestByItsAlertsInWhateverOrder() {
        Composer.Entry one = entry("a-1", Optional.empty());
        Composer.Entry other = entry("a-2", Optional.empty());
        String id = COMPOSER.digest(List.of(one, other), Language.EN).id();
        assertThat(COMPOSER.digest(List.of(other, one), Language.NL).id()).isEqualTo(id);
        assertThat(COMPOSER.digest(List.of(one, entry("a-3", Optional.empty())), Language.EN).id()).isNotEqualTo(id).startsWith("digest.");
    }

    private static Composer.Entry entry(String alertId, Optional<WorklistAlert> alert) {
        Notification planned = planned("DIGEST", Priority.LOW);
        planned.setAlertId(alertId);
        planned.setNotificationId(alertId + ".1.DIGEST");
        alert.ifPresent(told -> told.setAlertId(alertId));
        return new Composer.Entry(planned, alert);
    }
}
