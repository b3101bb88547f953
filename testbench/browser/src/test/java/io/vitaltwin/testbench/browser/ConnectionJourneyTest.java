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

/** The connection is lost, and comes back without a hole. */
class ConnectionJourneyTest {

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

    @Test
    void shouldLookFrozenWhenTheNetIsGoneAndResumeWithoutLoadingAgain() {
        assertThat(page.locator(".connection")).containsText("live");
        int[] lists = {0};
        page.onRequest(request -> lists[0] += request.url().contains("/v1/worklist") ? 1 : 0);
        page.context().setOffline(true);
        assertThat(page.locator(".connection")).hasText("connection lost");
        assertThat(page.locator(".lost")).containsText("frozen as of");
        assertThat(page.locator("html")).hasAttribute("data-connection", "lost");
        Stage.picture(page, "connection-lost");
        page.context().setOffline(false);
        assertThat(page.locator(".connection")).containsText("live");
        assertThat(page.locator(".lost")).hasCount(0);
        assertThat(lists[0]).as("the list is not loaded again").isZero();
    }

    @Test
    void shouldTellWhatHappenedWhileItWasAway() {
        PlayedConsole console = stage.played();
        console.down(true);
        assertThat(page.locator(".lost")).isVisible();
        String alert = console.raise(Ward.id(20), 0);
        assertThat(alert).isNotEmpty();
        Locator row = page.locator("vt-row[data-patient='" + Ward.id(20) + "']");
        assertThat(page.locator(".tally")).hasText("14 alerts wait");
        assertThat(page.locator("[role=alert] >> text=New HIGH")).hasCount(0);
        console.down(false);
        assertThat(row).hasAttribute("data-priority", "HIGH");
        assertThat(page.locator(".tally")).hasText("15 alerts wait");
        assertThat(page.locator("[role=alert]").first()).containsText("New HIGH alert, patient " + Ward.id(20));
    }

    @Test
    void shouldAnswerNothingOnOldSight() {
        PlayedConsole console = stage.played();
        Locator row = page.locator("vt-row:has([data-kind=ACKNOWLEDGE])").first();
        String patient = row.getAttribute("data-patient");
        console.down(true);
        assertThat(page.locator(".lost")).isVisible();
        row.locator("[data-kind=ACKNOWLEDGE]").first().click(new Locator.ClickOptions().setForce(true));
        assertThat(page.locator(".notice[data-kind=warn]")).containsText("Not connected");
        assertThat(console.row(patient).get("alerts").get(0).get("state").textValue()).isNotEqualTo("ACKNOWLEDGED");
    }

    @Test
    void shouldShowTheServersClockOnly() {
        PlayedConsole console = stage.played();
        assertThat(page.locator(".connection")).containsText(Pattern.compile("live 10:3\\d:\\d\\d"));
        console.down(true);
        assertThat(page.locator(".lost")).containsText(Pattern.compile("frozen as of 10:3\\d:\\d\\d"));
    }

    @Test
    void shouldAskToSignInWhenTheSessionHasEndedAndComeBackToThePage() {
        PlayedConsole console = stage.played();
        page.locator("vt-row a.patient").first().click();
        page.locator("h1").waitFor();
        String address = page.url();
        console.endSessions();
        assertThat(page.locator(".sign-in .told")).containsText("Your session has ended");
        page.locator("input[name=user]").fill("nurse1");
        page.locator("input[name=password]").fill(PlayedConsole.PASSWORD);
        page.locator("input[name=password]").press("Enter");
        assertThat(page.locator(".patient-head h1")).isVisible();
        assertThat(page).hasURL(address);
    }
}
