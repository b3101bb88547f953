package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Without a mouse, on a small screen, in each language. */
class KeyboardAndPhoneJourneyTest {

    private Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.open(14, 24);
    }

    @AfterEach
    void close() {
        List<String> complaints = List.copyOf(stage.complaints());
        stage.close();
        assertThat(complaints).isEmpty();
    }

    private Page worklist(int width, int height, String settings) {
        Page page = stage.nurse(stage.page(width, height, settings), "#/worklist");
        page.locator("vt-row").first().waitFor();
        return page;
    }

    @Test
    void shouldWorkThroughTheListByKeysAlone() {
        stage.played();
        Page page = stage.page(1440, 900, "{\"language\":\"en\"}");
        page.navigate("/#/worklist");
        page.locator("input[name=user]").waitFor();
        page.keyboard().type("nurse1");
        page.keyboard().press("Tab");
        page.keyboard().type(PlayedConsole.PASSWORD);
        page.keyboard().press("Enter");
        page.locator("vt-row").first().waitFor();
        page.keyboard().press("j");
        assertThat(page.locator("vt-row").first()).isFocused();
        String first = page.locator("vt-row").first().getAttribute("data-patient");
        page.keyboard().press("a");
        Locator row = page.locator("vt-row[data-patient='" + first + "']");
        assertThat(row.locator(".line > .own .state-word")).hasText("Acknowledged");
        page.keyboard().press("u");
        assertThat(row.locator(".line > .own .state-word")).hasText("Open");
        page.keyboard().press("n");
        assertThat(row.locator("textarea")).isFocused();
        page.keyboard().type("by keys: a j k x");
        page.keyboard().press("Escape");
        assertThat(row).isFocused();
        page.keyboard().press("End");
        assertThat(page.locator("vt-row").last()).isFocused();
        page.keyboard().press("Home");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator(".patient-head h1")).isVisible();
    }

    @Test
    void shouldShowTheFocusAndLetShortcutsBeSwitchedOff() {
        Page page = worklist(1440, 900, "{\"language\":\"en\",\"shortcuts\":false}");
        Locator row = page.locator("vt-row:has([data-kind=ACKNOWLEDGE])").first();
        row.focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("a");
        page.keyboard().press("?");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(page.locator(".notice")).hasCount(0);
        Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth");
        assertThat(outline).isEqualTo("solid3px");
    }

    @Test
    void shouldListItsKeys() {
        Page page = worklist(1440, 900, "{\"language\":\"en\"}");
        page.keyboard().press("?");
        assertThat(page.locator("dialog[open] dl")).containsText("acknowledge");
        Stage.picture(page, "keyboard-help");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    @Test
    void shouldSkipToTheContent() {
        Page page = worklist(1440, 900, "{\"language\":\"en\"}");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1024, 1440, 3840})
    void shouldFitAnyWidthWithoutScrollingSideways(int width) {
        Page page = worklist(width, width > 2000 ? 2160 : 800, "{\"language\":\"de\"}");
        assertThat(overflow(page)).isLessThanOrEqualTo(0);
        Stage.picture(page, "worklist-" + width);
        page.locator("vt-row a.patient").first().click();
        page.locator(".patient-head h1").waitFor();
        assertThat(page.locator("#panel")).isVisible();
        assertThat(page.locator(".spans")).isVisible();
        assertThat(overflow(page)).isLessThanOrEqualTo(0);
        Stage.picture(page, "patient-" + width);
    }

    private static int overflow(Page page) {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).intValue();
    }

    @Test
    void shouldAcknowledgeOnAPhone() {
        Page page = worklist(360, 740, "{\"language\":\"en\"}");
        Locator row = page.locator("vt-row:has(.state-word[data-state=OPEN])").first();
        String patient = row.getAttribute("data-patient");
        Locator button = row.locator(".line > .do [data-kind=ACKNOWLEDGE]");
        button.scrollIntoViewIfNeeded();
        assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(24);
        button.click();
        assertThat(page.locator("vt-row[data-patient='" + patient + "'] .line > .own .state-word")).hasText("Acknowledged");
        assertThat(page.locator(".not-primary")).isVisible();
        Stage.picture(page, "phone-acknowledged");
    }

    @ParameterizedTest
    @CsvSource({"en, Worklist, Not a primary alarm., HIGH", "nl, Werklijst, Geen primair alarm., HOOG", "de, Arbeitsliste, Kein primärer Alarm., HOCH"})
    void shouldSpeakEachLanguage(String language, String worklist, String notice, String high) {
        Page page = worklist(1440, 900, "{\"language\":\"" + language + "\"}");
        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("nav a").first()).hasText(worklist);
        assertThat(page.locator(".not-primary")).containsText(notice);
        assertThat(page.locator("vt-row .sign").first()).containsText(Pattern.compile(high + "|MEDIUM|MIDDEL|MITTEL"));
        assertThat(page.locator("body")).not().containsText(Pattern.compile("\\b(row|action|filter|column|connection)\\.[a-z]"));
        Stage.picture(page, "language-" + language);
    }

    @Test
    void shouldChangeTheLanguageAtOnce() {
        Page page = worklist(1440, 900, "{\"language\":\"en\"}");
        page.locator("button.who").click();
        page.locator("#menu select[name=language]").selectOption("nl");
        assertThat(page.locator("nav a").first()).hasText("Werklijst");
        assertThat(page.locator("vt-row [data-kind=ACKNOWLEDGE]").first()).hasText("Bevestigen");
    }
}
