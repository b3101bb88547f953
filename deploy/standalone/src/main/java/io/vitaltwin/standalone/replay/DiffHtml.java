package io.vitaltwin.standalone.replay;

import io.vitaltwin.twin.core.diff.AlertDiff;
import io.vitaltwin.twin.core.diff.AlertEpisode;
import io.vitaltwin.twin.core.diff.Change;
import io.vitaltwin.twin.core.diff.Change.Kind;
import io.vitaltwin.twin.core.diff.RuleChange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A comparison as one page that needs nothing else: no script, no other file, light or dark as the reader likes it. The same comparison is the same page.
 */
public final class DiffHtml {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#c9ced6;--a:#33658a;--b:#b8500f}
            @media(prefers-color-scheme:dark){:root{--ink:#e4e7eb;--paper:#14181d;--line:#3b434d;--a:#7fb6dc;--b:#f0a36a}}
            body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:70rem;padding:0 1rem}
            table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}svg{width:100%;height:auto}text{fill:var(--ink);font:12px system-ui,sans-serif}
            .a{fill:var(--a)}.b{fill:var(--b)}.axis{stroke:var(--line)}.key::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.3em}
            .key.ka::before{background:var(--a)}.key.kb::before{background:var(--b)}
            """;
    private static final int WIDTH = 900;
    private static final int LABEL = 220;
    private static final int ROW = 34;
    private static final int PLOT = 160;
    private static final int SPANS = 48;

    private final Compared compared;
    private final AlertDiff diff;
    private final StringBuilder page = new StringBuilder();

    public DiffHtml(Compared compared) {
        this.compared = compared;
        this.diff = compared.diff();
    }

    public String page() {
        page.setLength(0);
        String title = "Alerts of " + compared.before() + " and " + compared.after();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title)).append("</title><style>\n").append(STYLE).append("</style></head><body>\n<h1>").append(escaped(title)).append("</h1>\n");
        summary();
        rules();
        overTime();
        table();
        changes();
        page.append("<p>An information system about alarms: not a medical device and not a primary alarm.</p>\n</body></html>\n");
        return page.toString();
    }

    private void summary() {
        page.append("<p>").append(compared.range().from()).append(" to ").append(compared.range().to()).append(", patients: ").append(compared.patients())
                .append(". ").append(diff.isEqual() ? "Both told the same." : "Different in " + diff.changes().size() + " episodes.");
        if (compared.withheld() > 0) {
            page.append(" Events left out because no consent covers showing them: ").append(compared.withheld()).append('.');
        }
        page.append("</p>\n<p><span class=\"key ka\">").append(escaped(compared.before())).append("</span> &nbsp; <span class=\"key kb\">")
                .append(escaped(compared.after())).append("</span></p>\n");
    }

    /** Two bars for each rule. */
    private void rules() {
        List<RuleChange> rules = diff.byRule();
        long most = Math.max(1, rules.stream().mapToLong(rule -> Math.max(rule.before(), rule.after())).max().orElse(1));
        page.append("<h2>Episodes by rule</h2>\n<svg role=\"img\" aria-label=\"Episodes by rule on both sides\" viewBox=\"0 0 ").append(WIDTH).append(' ')
                .append(Math.max(1, rules.size()) * ROW).append("\">\n");
        for (int i = 0; i < rules.size(); i++) {
            RuleChange rule = rules.get(i);
            int top = i * ROW;
            page.append("<text x=\"").append(LABEL - 8).append("\" y=\"").append(top + 20).append("\" text-anchor=\"end\">").append(escaped(rule.rule())).append("</text>\n");
            bar("a", top + 3, rule.before(), most);
            bar("b", top + 17, rule.after(), most);
        }
        page.append("</svg>\n");
    }

    private void bar(String side, int top, long count, long most) {
        long width = count * (WIDTH - LABEL - 60) / most;
        page.append("<rect class=\"").append(side).append("\" x=\"").append(LABEL).append("\" y=\"").append(top).append("\" height=\"12\" width=\"").append(width)
                .append("\"/><text x=\"").append(LABEL + width + 6).append("\" y=\"").append(top + 10).append("\">").append(count).append("</text>\n");
    }

    /** Episodes first told in each of equal parts of the time: before above the line, after below. */
    private void overTime() {
        long[] before = spread(diff.before());
        long[] after = spread(diff.after());
        long most = 1;
        for (int i = 0; i < SPANS; i++) {
            most = Math.max(most, Math.max(before[i], after[i]));
        }
        int middle = PLOT / 2;
        int step = WIDTH / SPANS;
        page.append("<h2>Over time</h2>\n<svg role=\"img\" aria-label=\"Episodes over time, before above the line, after below\" viewBox=\"0 0 ").append(WIDTH)
                .append(' ').append(PLOT + 20).append("\">\n");
        for (int i = 0; i < SPANS; i++) {
            long up = before[i] * (middle - 4) / most;
            long down = after[i] * (middle - 4) / most;
            page.append("<rect class=\"a\" x=\"").append(i * step).append("\" y=\"").append(middle - up).append("\" width=\"").append(step - 2).append("\" height=\"").append(up)
                    .append("\"/><rect class=\"b\" x=\"").append(i * step).append("\" y=\"").append(middle).append("\" width=\"").append(step - 2).append("\" height=\"")
                    .append(down).append("\"/>\n");
        }
        page.append("<line class=\"axis\" x1=\"0\" x2=\"").append(WIDTH).append("\" y1=\"").append(middle).append("\" y2=\"").append(middle).append("\"/><text x=\"0\" y=\"")
                .append(PLOT + 14).append("\">").append(compared.range().from()).append("</text><text x=\"").append(WIDTH).append("\" y=\"").append(PLOT + 14)
                .append("\" text-anchor=\"end\">").append(compared.range().to()).append("</text>\n</svg>\n");
    }

    private long[] spread(List<AlertEpisode> episodes) {
        long[] counts = new long[SPANS];
        long from = compared.range().from().toEpochMilli();
        long length = Math.max(1, compared.range().length().toMillis());
        episodes.forEach(episode -> counts[Math.clamp((episode.toldMillis() - from) * SPANS / length, 0, SPANS - 1)]++);
        return counts;
    }

    private void table() {
        page.append("<h2>Counts</h2>\n<table><thead><tr><th>rule</th>");
        List.of("before", "after", "per patient-month before", "after").forEach(this::numberHead);
        List.of(Kind.values()).forEach(kind -> numberHead(kind.name().toLowerCase(Locale.ROOT)));
        page.append("</tr></thead><tbody>\n");
        diff.byRule().forEach(rule -> row(rule.rule(), rule.before(), rule.after(), List.of(Kind.values()).stream().map(rule::of).toList()));
        row("all", diff.before().size(), diff.after().size(), List.of(Kind.values()).stream().map(diff::count).toList());
        page.append("</tbody></table>\n");
    }

    private void numberHead(String name) {
        page.append("<th class=\"n\">").append(name).append("</th>");
    }

    private void row(String name, long before, long after, List<Long> kinds) {
        page.append("<tr><td>").append(escaped(name)).append("</td>");
        List.of(String.valueOf(before), String.valueOf(after), rate(before), rate(after)).forEach(this::number);
        kinds.forEach(kind -> number(String.valueOf(kind)));
        page.append("</tr>\n");
    }

    private void number(String value) {
        page.append("<td class=\"n\">").append(value).append("</td>");
    }

    private String rate(long episodes) {
        double rate = compared.perPatientMonth(episodes);
        return Double.isNaN(rate) ? "-" : String.format(Locale.ROOT, "%.2f", rate);
    }

    private void changes() {
        page.append("<h2>Differences</h2>\n<table><thead><tr><th>what</th><th>patient</th><th>rule</th><th>before</th><th>after</th></tr></thead><tbody>\n");
        for (Change change : diff.changes()) {
            String moved = change.kinds().contains(Kind.MOVED) ? " by " + Duration.ofMillis(change.movedMillis()) : "";
            cell("<tr>", String.join(", ", change.kinds().stream().sorted().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList()) + moved);
            cell("", change.either().patient());
            cell("", change.either().rule());
            cell("", said(change.before()));
            cell("", said(change.after()));
            page.append("</tr>\n");
        }
        page.append("</tbody></table>\n");
    }

    private void cell(String begin, String text) {
        page.append(begin).append("<td>").append(escaped(text)).append("</td>");
    }

    private static String said(Optional<AlertEpisode> side) {
        return side.map(episode -> Instant.ofEpochMilli(episode.toldMillis()) + " " + episode.highest() + " " + episode.text()).orElse("");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
