package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** axe finds nothing serious on any page in any theme. */
class AccessibilityTest {

    /** Name, address, user; empty: nobody. */
    private static final List<List<String>> PAGES = List.of(List.of("sign-in", "", "", ""), List.of("worklist", "#/worklist", "nurse1", ""),
            List.of("form", "#/worklist", "nurse1", "[data-kind=SNOOZE]"), List.of("trends", "#/patient/p0001", "nurse1", ""),
            List.of("table", "#/patient/p0001", "nurse1", ".trend-figure figcaption button"), List.of("why", "#/patient/p0001", "nurse1", ".open .alert-line > .plain"),
            List.of("alerts", "#/patient/p0001?tab=alerts", "nurse1", ""), List.of("news2", "#/patient/p0001?tab=news2", "nurse1", ""),
            List.of("devices", "#/patient/p0001?tab=devices", "nurse1", ""), List.of("plan", "#/patient/p0001?tab=plan", "nurse1", ""),
            List.of("consents", "#/patient/p0001?tab=consents", "nurse1", ""), List.of("disclosures", "#/patient/p0001?tab=disclosures", "nurse1", ""),
            List.of("withheld", "#/patient/p0017", "nurse1", ""), List.of("ops", "", "ops1", ""), List.of("menu", "", "ops1", "button.who"), List.of("audit", "#/disclosures/p0001", "audit1", ""));
    private static final Locator.WaitForOptions GONE = new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    /** Theme and user -> a page that is signed in. */
    private static final Map<String, Page> PAGE_OF = new HashMap<>();
    private static Stage stage;
    private static String axe;

    @BeforeAll
    static void open() throws IOException {
        stage = Stage.played(14, 24);
        Path script = Path.of("node_modules", "axe-core", "axe.min.js");
        axe = Files.exists(script) ? Files.readString(script) : "";
    }

    @AfterAll
    static void close() {
        stage.close();
        assertThat(stage.complaints()).isEmpty();
    }

    static Stream<Arguments> pagesAndThemes() {
        return Stream.of("light", "dark", "contrast", "forced").flatMap(theme -> PAGES.stream().map(page -> Arguments.of(page.get(0), theme, page)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pagesAndThemes")
    void shouldHaveNoSeriousFinding(String name, String theme, List<String> where) {
        Page page = PAGE_OF.computeIfAbsent(theme + where.get(2), key -> page(theme, where.get(2)));
        if (!where.get(2).isEmpty()) {
            page.navigate("/#/none");
            page.navigate("/" + (where.get(1).isEmpty() ? "#/" : where.get(1)));
            page.locator("main h1:not(:has-text('Nothing to see here'))").first().waitFor();
            page.locator("[aria-busy=true], main :text('Loading')").first().waitFor(GONE);
        }
        if (!where.get(3).isEmpty()) {
            page.locator(where.get(3)).first().click();
        }
        Stage.picture(page, "axe-" + name + "-" + theme);
        assertThat(findings(page)).isEmpty();
    }

    /** A page in the theme; signed in, unless nobody is named. */
    private static Page page(String theme, String user) {
        Page page = stage.page(1280, 900, "{\"language\":\"en\",\"theme\":\"" + (theme.equals("forced") ? "system" : theme) + "\"}");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE).setForcedColors(theme.equals("forced") ? ForcedColors.ACTIVE : ForcedColors.NONE));
        if (user.isEmpty()) {
            page.navigate("/");
            page.locator("input[name=user]").waitFor();
        } else {
            stage.signIn(page, "", user, PlayedConsole.PASSWORD);
        }
        return page;
    }

    /** Rule, impact and place of each serious or critical finding of WCAG 2.2 AA. The page's policy lets no script in, so the driver evaluates it. */
    private static List<String> findings(Page page) {
        page.evaluate(axe);
        Object found = page.evaluate("""
                async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
                    .filter(one => ['serious', 'critical'].includes(one.impact))
                    .map(one => ({ what: one.id + ' (' + one.impact + '): ' + one.help + ' at ' + one.nodes.slice(0, 3).map(node => node.target + ' ' + (node.failureSummary ?? '').replace(/\\s+/g, ' ')).join(' | ') }))
                """);
        return ((List<?>) found).stream().map(one -> String.valueOf(((Map<?, ?>) one).get("what"))).toList();
    }
}
