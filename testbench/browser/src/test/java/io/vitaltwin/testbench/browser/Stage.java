package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A browser and a console to walk through: the played one, or the one that `-Dconsole.base` names. Used by one thread. */
final class Stage implements AutoCloseable {

    /** Machines that build several things at once are slow; what is expected comes soon after it is there. */
    private static final double PATIENCE_MILLIS = 30_000;
    static final Path PICTURES = Path.of("target", "pictures");
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    private final Optional<PlayedConsole> played;
    private final URI base;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Stage(Optional<PlayedConsole> played, URI base) {
        this.played = played;
        this.base = base;
    }

    /** The console that was named, or a played one. @param alerting patients with an alert */
    static Stage open(int alerting, int all) {
        String named = System.getProperty("console.base", "");
        if (!named.isEmpty()) {
            return new Stage(Optional.empty(), URI.create(named));
        }
        return played(alerting, all);
    }

    static Stage played(int alerting, int all) {
        PlayedConsole console = new PlayedConsole(0, alerting, all);
        return new Stage(Optional.of(console), console.address());
    }

    /** For what only a played console can be made to do. */
    PlayedConsole played() {
        Assumptions.assumeTrue(played.isPresent(), "needs a played console: a running one cannot be made to do this from here");
        return played.orElseThrow();
    }

    boolean isPlayed() {
        return played.isPresent();
    }

    /** A page of its own browser context. @param settings as the page keeps them, in JSON */
    Page page(int width, int height, String settings) {
        BrowserContext context = browser().newContext(new Browser.NewContextOptions().setBaseURL(base.toString()).setViewportSize(width, height).setTimezoneId("Europe/Amsterdam"));
        contexts.add(context);
        context.addInitScript("localStorage.getItem('vt.settings') ?? localStorage.setItem('vt.settings', '" + settings + "')");
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(this::heard);
        page.onPageError(error -> complaints.add(error));
        page.onRequest(request -> {
            if (!request.url().startsWith(base.toString())) {
                complaints.add("a request left the origin: " + request.url());
            }
        });
        return page;
    }

    Page page() {
        return page(1440, 900, "{}");
    }

    /** Answers that are no success are told by the browser, too; a journey looks for them where they matter. */
    private void heard(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
        }
    }

    /** Errors of scripts, breaches of the content policy, requests to anybody else. */
    List<String> complaints() {
        return complaints;
    }

    /** Signs in as a nurse, by the form; or by the one-time code where that was given. */
    Page nurse(Page page, String hash) {
        String code = System.getProperty("console.code", "");
        if (!isPlayed() && !code.isEmpty()) {
            page.navigate("/#code=" + code);
        } else {
            signIn(page, hash, isPlayed() ? "nurse1" : System.getProperty("console.user", ""), isPlayed() ? PlayedConsole.PASSWORD : System.getProperty("console.password", ""));
        }
        return page;
    }

    void signIn(Page page, String hash, String user, String password) {
        page.navigate("/" + hash);
        page.locator("input[name=user]").fill(user);
        page.locator("input[name=password]").fill(password);
        page.locator(".sign-in button[type=submit]").click();
        page.locator("header.bar").waitFor();
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private static synchronized Browser browser() {
        if (browser == null) {
            String chromium = System.getProperty("console.chromium", "");
            Assumptions.assumeTrue(!chromium.isEmpty() && System.getenv("PLAYWRIGHT_NODEJS_PATH") != null,
                    "needs a browser: call testbench/browser/run, which installs one and names it");
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
            Playwright made = Playwright.create();
            playwright = made;
            // The sandbox of Chromium does not work for root, as in most containers.
            browser = made.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of(chromium)).setArgs(List.of("--no-sandbox")));
            Runtime.getRuntime().addShutdownHook(new Thread(made::close));
        }
        return browser;
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        played.ifPresent(PlayedConsole::close);
    }
}
