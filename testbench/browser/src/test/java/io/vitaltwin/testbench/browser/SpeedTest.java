package io.vitaltwin.testbench.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * With 200 open alerts and 2,000 patients the page answers within 100 ms, as the browser itself measures it: from the input to the next picture. The middle of
 * several is judged, since whatever else runs on the machine makes single ones late; the worst is printed beside it.
 */
class SpeedTest {

    private static final int ALLOWED_MILLIS = 100;
    private static final int BUSY_PER_PROCESSOR = 6;
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.played(200, 2_000);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void shouldAnswerEachInputWithinATenthOfASecond() {
        Page page = stage.nurse(stage.page(1440, 900, "{\"language\":\"en\"}"), "#/worklist");
        assertThat(page.locator(".found")).hasText("2000 of 2000 patients");
        page.evaluate("""
                () => { window.times = []; new PerformanceObserver(list => list.getEntries().forEach(one => one.interactionId && window.times.push([window.doing, one.duration])))
                    .observe({ type: 'event', durationThreshold: 16 }) }""");
        page.keyboard().press("j");
        doing(page, "next row", 12, () -> page.keyboard().press("ArrowDown"));
        doing(page, "acknowledge", 5, () -> {
            page.keyboard().press("a");
            page.keyboard().press("ArrowDown");
        });
        doing(page, "last and first row", 4, () -> {
            page.keyboard().press("End");
            page.keyboard().press("Home");
        });
        doing(page, "form", 4, () -> {
            page.keyboard().press("n");
            page.keyboard().press("Escape");
        });
        doing(page, "filter", 4, () -> page.locator(".priorities button").first().click());
        page.locator("input[type=search]").focus();
        doing(page, "search", 1, () -> page.keyboard().type("p0019"));
        doing(page, "clear", 1, () -> page.locator(".foldable > button.plain").click());
        doing(page, "select all", 4, () -> page.locator(".bulk input").click());
        Map<String, List<Integer>> measured = measured(page);
        System.out.println("browser: milliseconds from input to picture, 200 alerts, 2,000 patients; input = middle/worst of several");
        measured.forEach((what, times) -> System.out.printf("browser:   %s = %d/%d of %d%n", what, middle(times), times.get(times.size() - 1), times.size()));
        assumeQuiet();
        // What takes less than 16 ms the browser does not list, but it counts it.
        assertThat(((Number) page.evaluate("performance.eventCounts.get('keydown') + performance.eventCounts.get('click')")).intValue()).isGreaterThan(40);
        assertThat(measured).allSatisfy((what, times) -> assertThat(middle(times)).as(what).isLessThan(ALLOWED_MILLIS));
    }

    @Test
    void shouldStayFluidWhileManyRowsChange() {
        Page page = stage.nurse(stage.page(1440, 900, "{\"language\":\"en\"}"), "#/worklist");
        assertThat(page.locator(".found")).hasText("2000 of 2000 patients");
        page.evaluate("""
                () => { window.frames = []; let before = performance.now();
                    const next = now => { window.frames.push(now - before); before = now; requestAnimationFrame(next) }; requestAnimationFrame(next) }""");
        for (int i = 0; i < 300; i++) {
            stage.played().change(Ward.id(i % 200), row -> row.put("newestReading", stage.played().now().toString()));
        }
        String last = Ward.id(1_999);
        stage.played().raise(last, 0);
        assertThat(page.locator("[role=alert]").first()).containsText(last);
        List<Double> frames = ((List<?>) page.evaluate("window.frames")).stream().map(millis -> ((Number) millis).doubleValue()).sorted().toList();
        double most = frames.get(frames.size() * 19 / 20);
        System.out.printf("browser: pictures while 300 rows change: 95 %% within %.0f ms, the longest %.0f ms%n", most, frames.get(frames.size() - 1));
        assumeQuiet();
        assertThat(most).isLessThan(ALLOWED_MILLIS);
    }

    @Test
    void shouldDrawOnlyWhatIsNear() {
        Page page = stage.nurse(stage.page(1440, 900, "{\"language\":\"en\"}"), "#/worklist");
        assertThat(page.locator(".found")).hasText("2000 of 2000 patients");
        assertThat(page.locator("vt-row").count()).isBetween(10, 120);
        page.waitForFunction("patient => { scrollTo(0, document.documentElement.scrollHeight); return document.querySelector(`vt-row[data-patient=${patient}]`) }", Ward.id(1_998));
        assertThat(page.locator("vt-row[data-patient='" + Ward.id(1_998) + "']")).isVisible();
        assertThat(page.locator("vt-row").count()).isLessThan(160);
    }

    /** Where many others wait for each processor, times tell of them and not of the page. */
    private static void assumeQuiet() {
        var machine = ManagementFactory.getOperatingSystemMXBean();
        double waiting = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
        Assumptions.assumeTrue(waiting < BUSY_PER_PROCESSOR, "the machine is busy, %.0f wait for each processor: the times above are not judged".formatted(waiting));
    }

    private static void doing(Page page, String what, int times, Runnable input) {
        page.evaluate("what => { window.doing = what }", what);
        for (int i = 0; i < times; i++) {
            input.run();
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))");
        }
    }

    /** Input -> how long it took each time, in milliseconds, ascending. Below the browser's threshold of 16 ms nothing is told, which counts as none. */
    private static Map<String, List<Integer>> measured(Page page) {
        Map<String, List<Integer>> measured = new TreeMap<>();
        for (Object one : (List<?>) page.evaluate("window.times")) {
            List<?> pair = (List<?>) one;
            measured.computeIfAbsent(String.valueOf(pair.get(0)), what -> new ArrayList<>()).add(((Number) pair.get(1)).intValue());
        }
        measured.values().forEach(times -> times.sort(null));
        return measured;
    }

    private static int middle(List<Integer> times) {
        return times.get(times.size() / 2);
    }
}
