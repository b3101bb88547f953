package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A nurse works through the list. */
class WorklistJourneyTest {

    private Stage stage;
    private Page page;

    @BeforeEach
    void open() {
        stage = Stage.open(14, 24);
        page = stage.nurse(stage.page(1440, 900, "{\"language\":\"en\"}"), "#/worklist");
        page.locator("vt-row").first().waitFor();
    }

    @AfterEach
    void close() {
        List<String> complaints = List.copyOf(stage.complaints());
        stage.close();
        assertThat(complaints).isEmpty();
    }

    /** A row with an alert that nobody has answered, by its patient, so that it stays the same row when the order changes. */
    private Locator open(int number) {
        String patient = page.locator("vt-row:has(.line > .do [data-kind=ACKNOWLEDGE]):has(.state-word[data-state=OPEN])").nth(number).getAttribute("data-patient");
        return row(patient);
    }

    private Locator row(String patient) {
        return page.locator("vt-row[data-patient='" + patient + "']");
    }

    private static Locator act(Locator row, String kind) {
        return row.locator(".line > .do [data-kind=" + kind + "]");
    }

    private static Locator state(Locator row) {
        return row.locator(".line > .own .state-word");
    }

    @Test
    void shouldPutTheMostUrgentFirstAndSayWhyWithValueAgeGradeAndQuality() {
        List<String> priorities = page.locator("vt-row").all().stream().map(row -> row.getAttribute("data-priority")).toList();
        assertThat(priorities).isSortedAccordingTo((a, b) -> Integer.compare(List.of("HIGH", "MEDIUM", "LOW", "INFO", "NONE").indexOf(a), List.of("HIGH", "MEDIUM", "LOW", "INFO", "NONE").indexOf(b)));
        Locator first = page.locator("vt-row").first();
        assertThat(first.locator(".sign").first()).containsText("HIGH");
        assertThat(first.locator(".reason").first()).not().isEmpty();
        Locator vital = first.locator(".vital").first();
        assertThat(vital.locator(".value")).containsText(Pattern.compile("\\d"));
        assertThat(vital.locator("time")).containsText("min");
        assertThat(vital.locator(".badge.grade")).not().isEmpty();
        assertThat(vital.locator(".badge.verdict")).hasCount(1);
        Stage.picture(page, "worklist-triage");
    }

    @Test
    void shouldKeepFiltersInTheAddress() {
        int all = page.locator("vt-row").count();
        page.locator(".priorities button").first().click();
        assertThat(page).hasURL(Pattern.compile("priority=HIGH"));
        assertThat(page.locator("vt-row:not([data-priority=HIGH])")).hasCount(0);
        page.reload();
        assertThat(page.locator("vt-row").first()).isVisible();
        assertThat(page.locator("vt-row:not([data-priority=HIGH])")).hasCount(0);
        page.locator(".filters button.plain").click();
        assertThat(page.locator("vt-row")).hasCount(all);
    }

    @Test
    void shouldAcknowledgeAndTakeItBackFromTheMessage() {
        Locator row = open(0);
        act(row, "ACKNOWLEDGE").click();
        assertThat(state(row)).hasText("Acknowledged");
        assertThat(act(row, "ACKNOWLEDGE")).hasCount(0);
        Stage.picture(page, "worklist-acknowledged");
        page.locator(".notice button").first().click();
        assertThat(state(row)).hasText("Open");
    }

    @Test
    void shouldTakeBackFromTheHistoryOfTheAlert() {
        Locator row = open(0);
        act(row, "ACKNOWLEDGE").click();
        assertThat(state(row)).hasText("Acknowledged");
        row.locator("a.patient").click();
        page.locator(".open .alert").first().waitFor();
        Locator alert = page.locator(".open .alert[data-calling=no]").first();
        alert.locator("button[aria-expanded=false]:has-text('Why')").click();
        assertThat(alert.locator(".history")).containsText("Acknowledged");
        Stage.picture(page, "alert-history");
        alert.locator("[data-kind=UNDO]").click();
        assertThat(page.locator(".notice").last()).containsText("taken back");
        assertThat(page.locator(".open .alert .small").first()).containsText("Open");
    }

    @Test
    void shouldSnoozeWithAReasonOnlyAndBreakThroughWhenItGetsWorse() {
        PlayedConsole console = stage.played();
        Locator row = row(Ward.id(4));
        act(row, "SNOOZE").click();
        Locator form = row.locator("form.answer");
        form.locator("button[type=submit]").click();
        assertThat(form.locator(".error")).hasText("Write a few words first.");
        form.locator(".chip").first().click();
        Stage.picture(page, "worklist-snooze");
        form.locator("button[type=submit]").click();
        assertThat(state(row)).containsText("Snoozed");
        page.mouse().move(5, 5);
        console.worsen(Ward.id(4), "Respiration rate 31 /min.");
        assertThat(state(row)).hasText("Open");
        assertThat(row.locator(".sign").first()).containsText("HIGH");
        assertThat(page.locator("[role=alert]")).containsText("New HIGH alert, patient " + Ward.id(4));
    }

    @Test
    void shouldNotQuietenWhatHasBecomeWorseSinceItWasSeen() {
        PlayedConsole console = stage.played();
        // The answer is on its way when the alert becomes worse.
        page.route("**/actions", route -> {
            console.worsen(Ward.id(4), "Respiration rate 31 /min.");
            route.resume();
        });
        act(row(Ward.id(4)), "ACKNOWLEDGE").click();
        assertThat(page.locator(".notice[data-kind=warn]")).containsText("it has become worse since you saw it");
        assertThat(state(row(Ward.id(4)))).hasText("Open");
    }

    @Test
    void shouldNoteAssignAndResolveInTheRow() {
        Locator row = open(1);
        act(row, "COMMENT").click();
        row.locator("textarea").fill("Spoke with the neighbour.");
        row.locator("form.answer button[type=submit]").click();
        assertThat(page.locator(".notice").last()).containsText("note kept");
        act(row, "ASSIGN").click();
        row.locator("form.answer button[type=submit]").click();
        assertThat(row.locator(".line > .own")).containsText("you");
        act(row, "RESOLVE").click();
        row.locator("form.answer button[type=submit]").click();
        assertThat(row.locator(".error")).hasText("Choose what you found.");
        row.locator("input[value=TRUE]").check();
        row.locator("form.answer button[type=submit]").click();
        assertThat(page.locator(".notice").last()).containsText("resolved");
    }

    @Test
    void shouldAcknowledgeSeveralAtOnceAndTakeThemBack() {
        Locator one = open(0);
        Locator other = open(1);
        one.locator("input[type=checkbox]").check();
        other.locator("input[type=checkbox]").check();
        page.locator(".bulk button").click();
        assertThat(state(one)).hasText("Acknowledged");
        assertThat(state(other)).hasText("Acknowledged");
        page.locator(".notice button").first().click();
        assertThat(state(one)).hasText("Open");
        assertThat(state(other)).hasText("Open");
    }

    @Test
    void shouldWithholdAsSoonAsConsentIsWithdrawn() {
        PlayedConsole console = stage.played();
        Locator row = row(Ward.id(0));
        assertThat(row.locator(".vital").first()).isVisible();
        console.withdrawConsent(Ward.id(0));
        assertThat(row).hasAttribute("data-state", "WITHHELD");
        assertThat(row.locator(".vital")).hasCount(0);
        assertThat(row.locator(".spark")).hasCount(0);
        assertThat(row.locator(".reason").first()).containsText("Consent does not allow");
        assertThat(row).not().containsText("86");
        Stage.picture(page, "worklist-withheld");
    }

    @Test
    void shouldShowGreyWhereThereAreNoDataAndNeverSayThatAllIsWell() {
        stage.played();
        Locator silent = row(Ward.id(15));
        assertThat(silent).hasAttribute("data-state", "NO_DATA");
        assertThat(silent.locator(".sign")).containsText("No data");
        assertThat(silent.locator(".reason")).containsText("Nothing is known about how the patient is now");
        assertThat(row(Ward.id(14)).locator(".sign")).containsText("No consent");
    }

    @Test
    void shouldKeepRowsStillUnderTheHandAndSayThatTheOrderHasChanged() {
        PlayedConsole console = stage.played();
        Locator first = page.locator("vt-row").first();
        String patient = first.getAttribute("data-patient");
        first.hover();
        console.raise(Ward.id(20), 0);
        assertThat(page.locator(".moved")).containsText("HIGH");
        assertThat(first).hasAttribute("data-patient", patient);
        page.locator(".moved button").click();
        assertThat(page.locator(".moved")).hasCount(0);
        assertThat(page.locator("vt-row[data-patient='" + Ward.id(20) + "']")).hasAttribute("aria-posinset", Pattern.compile("[1-5]"));
    }
}
