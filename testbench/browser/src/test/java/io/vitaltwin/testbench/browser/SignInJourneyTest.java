package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Who comes in, and what each role sees. */
class SignInJourneyTest {

    private Stage stage;
    private Page page;

    @BeforeEach
    void open() {
        stage = Stage.played(14, 24);
        page = stage.page(1440, 900, "{\"language\":\"en\"}");
    }

    @AfterEach
    void close() {
        List<String> complaints = List.copyOf(stage.complaints());
        stage.close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldSayThatUserOrPasswordIsNotRight() {
        page.navigate("/");
        page.locator("input[name=user]").fill("nurse1");
        page.locator("input[name=password]").fill("guess");
        page.locator(".sign-in button[type=submit]").click();
        assertThat(page.locator(".error")).hasText("User or password is not right.");
        assertThat(page.locator("a[href='v1/session/oidc']")).isVisible();
        Stage.picture(page, "sign-in");
    }

    @Test
    void shouldTakeAOneTimeCodeOnceAndOutOfTheAddress() {
        page.navigate("/#code=ONCE-1");
        assertThat(page.locator("vt-row").first()).isVisible();
        assertThat(page).not().hasURL(Pattern.compile("ONCE"));
        Page second = stage.page(1440, 900, "{\"language\":\"en\"}");
        second.navigate("/#code=ONCE-1");
        assertThat(second.locator(".told")).containsText("one-time address has been used");
        assertThat(second).not().hasURL(Pattern.compile("ONCE"));
    }

    @Test
    void shouldAskForAnotherPasswordThanTheFirst() {
        page.navigate("/");
        page.locator("input[name=user]").fill("first");
        page.locator("input[name=password]").fill(PlayedConsole.PASSWORD);
        page.locator(".sign-in button[type=submit]").click();
        page.locator("input[name=old]").fill(PlayedConsole.PASSWORD);
        page.locator("input[name=new]").fill("one");
        page.locator("input[name=again]").fill("two");
        page.locator(".sign-in button[type=submit]").click();
        assertThat(page.locator(".error")).hasText("The two new passwords differ.");
        page.locator("input[name=again]").fill("one");
        page.locator(".sign-in button[type=submit]").click();
        assertThat(page.locator("vt-row").first()).isVisible();
    }

    @Test
    void shouldSignOut() {
        stage.signIn(page, "", "nurse1", PlayedConsole.PASSWORD);
        page.locator("button.who").click();
        page.locator(".menu button").last().click();
        assertThat(page.locator("input[name=password]")).isVisible();
        page.reload();
        assertThat(page.locator("input[name=password]")).isVisible();
    }

    @Test
    void shouldShowOpsNoPatient() {
        stage.signIn(page, "", "ops1", PlayedConsole.PASSWORD);
        assertThat(page.locator("h1")).hasText("Operations");
        assertThat(page.locator(".panel")).hasCount(5);
        assertThat(page.locator("body")).not().containsText(Ward.id(0));
        page.navigate("/#/patient/" + Ward.id(0));
        assertThat(page.locator("h1")).hasText("Nothing to see here");
    }

    @Test
    void shouldShowPatientsTheirOwnDataAndNoAnswers() {
        stage.signIn(page, "", "p0002", PlayedConsole.PASSWORD);
        assertThat(page.locator("h1")).hasText("p0002");
        assertThat(page.locator(".side")).hasCount(2);
        assertThat(page.locator("[data-kind=ACKNOWLEDGE]")).hasCount(0);
        page.navigate("/#/patient/p0001");
        assertThat(page.locator("[role=alert]").first()).containsText("Your role does not include this.");
    }

    @Test
    void shouldShowAuditorsWhoWasShownWhat() {
        stage.signIn(page, "#/disclosures", "audit1", PlayedConsole.PASSWORD);
        page.locator("input[name=patient]").fill("p0001");
        page.locator("input[name=patient]").press("Enter");
        assertThat(page.locator("vt-disclosures tbody")).containsText("nurse1");
        assertThat(page.locator("[data-kind=ACKNOWLEDGE]")).hasCount(0);
    }
}
