package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A nurse looks at one patient. */
class PatientJourneyTest {

    private Stage stage;
    private Page page;

    @BeforeEach
    void open() {
        stage = Stage.open(14, 24);
        page = stage.nurse(stage.page(1440, 1400, "{\"language\":\"en\"}"), "#/worklist");
        page.locator("vt-row a.patient").first().click();
        page.locator(".patient-head h1").waitFor();
    }

    @AfterEach
    void close() {
        List<String> complaints = List.copyOf(stage.complaints());
        stage.close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldGiveWhatThePatientSaysAsMuchRoomAsWhatTheDeviceSays() {
        Locator sides = page.locator(".side");
        assertThat(sides).hasCount(2);
        var device = sides.nth(0).boundingBox();
        var patient = sides.nth(1).boundingBox();
        assertThat(patient.width).isCloseTo(device.width, org.assertj.core.data.Offset.offset(1.0));
        assertThat(patient.height).isCloseTo(device.height, org.assertj.core.data.Offset.offset(1.0));
    }

    @Test
    void shouldDrawTrendsForEachSpanAndShowThemAsTables() {
        stage.played();
        assertThat(page.locator(".chart canvas").first()).isVisible();
        assertThat(page.locator(".chart").first()).hasAttribute("aria-label", Pattern.compile("lowest .* highest .* newest"));
        for (String span : List.of("1h", "24h", "7d", "30d", "6h")) {
            page.locator(".spans button").nth(List.of("1h", "6h", "24h", "7d", "30d").indexOf(span)).click();
            assertThat(page).hasURL(Pattern.compile("span=" + span));
            assertThat(page.locator(".chart canvas").first()).isVisible();
            Stage.picture(page, "patient-trends-" + span);
        }
        Locator figure = page.locator(".trend-figure").first();
        figure.locator("figcaption button").click();
        assertThat(figure.locator("tbody tr").first()).containsText(Pattern.compile("\\d"));
        assertThat(figure.locator("tbody")).containsText("in doubt");
        assertThat(figure.locator("canvas")).hasCount(0);
    }

    @Test
    void shouldMoveOneCursorThroughAllCharts() {
        stage.played();
        Locator charts = page.locator(".chart");
        charts.first().scrollIntoViewIfNeeded();
        charts.first().locator(".u-over").hover();
        assertThat(page.locator(".readout").nth(0)).hasAttribute("data-cursor", Pattern.compile("\\d"));
        assertThat(page.locator(".readout").nth(1)).hasAttribute("data-cursor", Pattern.compile("\\d"));
        page.mouse().move(5, 5);
        charts.nth(1).focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator(".readout").nth(1)).hasAttribute("data-cursor", Pattern.compile("\\d"));
    }

    @Test
    void shouldSayPlainlyThatThereIsNoTrendYet() {
        page.route(Pattern.compile("/trend\\?"), route -> route.fulfill(new Route.FulfillOptions().setStatus(501).setContentType("application/problem+json")
                .setBody("{\"status\":501,\"title\":\"not built\"}")));
        page.reload();
        assertThat(page.locator("#panel .boxed")).containsText("the server keeps no history of values yet");
        assertThat(page.locator(".chart")).hasCount(0);
    }

    @Test
    void shouldShowTheWhyAndTheEvidence() {
        Locator alert = page.locator(".open .alert").first();
        alert.locator("button:has-text('Why')").click();
        assertThat(alert.locator(".why")).not().isEmpty();
        assertThat(alert.locator(".detail table")).containsText(Pattern.compile("vt\\.readings|readings"));
        assertThat(alert.locator(".history li").first()).isVisible();
        Stage.picture(page, "patient-why");
    }

    @Test
    void shouldSayWhatNews2DoesNotKnow() {
        stage.played();
        page.locator("#tab-news2").click();
        assertThat(page.locator("#panel .lead")).containsText("at least 4");
        assertThat(page.locator("#panel tr.missing")).hasCount(2);
        assertThat(page.locator("#panel tr.missing").first()).containsText("not known or too old");
        assertThat(page.locator("#panel tbody tr time").first()).isVisible();
    }

    @Test
    void shouldWalkThroughTheTabsByArrowKeys() {
        page.locator("#tab-trends").focus();
        for (String tab : List.of("alerts", "news2", "devices", "plan", "consents", "disclosures", "trends")) {
            page.keyboard().press("ArrowRight");
            assertThat(page.locator("#tab-" + tab)).isFocused();
            assertThat(page.locator("#tab-" + tab)).hasAttribute("aria-selected", "true");
        }
    }

    /** All that is held of somebody goes to that person alone. */
    @Test
    void shouldNotOfferTheExportToANurse() {
        assertThat(page.locator("a.export")).hasCount(0);
    }

    @Test
    void shouldLeadFromTheLinkOfAMessageToThePatient() {
        String patient = page.locator(".patient-head h1").textContent();
        String alert = page.locator("li.alert").first().getAttribute("data-alert");
        page.navigate("/#/alert/" + alert);
        assertThat(page.locator(".patient-head h1")).hasText(patient);
        assertThat(page).hasURL(Pattern.compile("#/patient/"));
        page.navigate("/#/alert/nobody-knows");
        assertThat(page.locator("#main")).containsText("not in your care");
    }

    @Test
    void shouldShowNothingOfAPatientWhoseConsentIsWithdrawnWhileOneLooks() {
        PlayedConsole console = stage.played();
        page.navigate("/#/patient/" + Ward.id(0));
        assertThat(page.locator(".chart canvas").first()).isVisible();
        console.withdrawConsent(Ward.id(0));
        assertThat(page.locator(".withheld")).isVisible();
        assertThat(page.locator("canvas")).hasCount(0);
        assertThat(page.locator("main")).not().containsText("86");
    }

    @Test
    void shouldTellUnknownAndNotInYourCareAlike() {
        page.navigate("/#/patient/nobody");
        assertThat(page.locator(".empty [role=alert]")).hasText("Unknown, or not in your care.");
    }
}
