package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.standalone.replay.Compared;
import io.vitaltwin.twin.core.diff.AlertDiff;
import io.vitaltwin.twin.core.diff.AlertEpisode;
import io.vitaltwin.twin.core.diff.Change;
import io.vitaltwin.twin.core.diff.Change.Kind;
import io.vitaltwin.twin.core.diff.RuleChange;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison for people and for programs. */
final class DiffText {

    private final ClusterOptions cluster;
    private final Compared compared;

    DiffText(ClusterOptions cluster, Compared compared) {
        this.cluster = cluster;
        this.compared = compared;
    }

    void print() {
        if (cluster.json()) {
            json();
        } else {
            text();
        }
    }

    private void text() {
        PrintWriter out = cluster.out();
        AlertDiff diff = compared.diff();
        out.println(compared.before() + " and " + compared.after() + ", " + compared.range().from() + " to " + compared.range().to() + ", patients: "
                + compared.patients());
        diff.changes().forEach(change -> out.println(line(change)));
        out.println(String.format(Locale.ROOT, "%-28s %8s %8s %8s %8s %8s %8s %8s %8s  %s", "rule", "before", "after", "added", "removed", "moved", "priority",
                "text", "details", "per patient-month"));
        for (RuleChange rule : diff.byRule()) {
            out.println(row(rule.rule(), rule.before(), rule.after(), List.of(Kind.values()).stream().mapToLong(rule::of).toArray()));
        }
        out.println(row("all", diff.before().size(), diff.after().size(), List.of(Kind.values()).stream().mapToLong(diff::count).toArray()));
        out.println(diff.isEqual() ? "the same" : "different in " + diff.changes().size() + " episodes");
    }

    private String row(String name, long before, long after, long[] kinds) {
        return String.format(Locale.ROOT, "%-28s %8d %8d %8d %8d %8d %8d %8d %8d  %s", name, before, after, kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], kinds[5],
                rate(before) + " -> " + rate(after));
    }

    private String rate(long episodes) {
        double rate = compared.perPatientMonth(episodes);
        return Double.isNaN(rate) ? "-" : String.format(Locale.ROOT, "%.2f", rate);
    }

    private static String line(Change change) {
        AlertEpisode either = change.either();
        String what = String.join("+", change.kinds().stream().sorted().map(Kind::name).toList());
        String moved = change.kinds().contains(Kind.MOVED) ? " by " + Duration.ofMillis(change.movedMillis()) : "";
        String priority = change.kinds().contains(Kind.PRIORITY)
                ? " " + change.before().map(AlertEpisode::highest).orElseThrow() + " -> " + change.after().map(AlertEpisode::highest).orElseThrow() : " " + either.highest();
        return what + moved + "  " + either.patient() + "  " + Instant.ofEpochMilli(either.toldMillis()) + "  " + either.rule() + priority + "  " + either.text();
    }

    private void json() {
        for (Change change : compared.diff().changes()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.set("kinds", line.arrayNode().addAll(change.kinds().stream().sorted().map(kind -> line.textNode(kind.name())).toList()));
            line.put("patientId", change.either().patient());
            line.put("family", change.either().family());
            line.put("movedSeconds", change.movedMillis() / 1000.0);
            line.set("before", json(change.before()));
            line.set("after", json(change.after()));
            cluster.printJson(line);
        }
        for (RuleChange rule : compared.diff().byRule()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("rule", rule.rule());
            counts(line, rule.before(), rule.after());
            List.of(Kind.values()).forEach(kind -> line.put(kind.name().toLowerCase(Locale.ROOT), rule.of(kind)));
            cluster.printJson(line);
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("beforeName", compared.before());
        line.put("afterName", compared.after());
        line.put("from", compared.range().from().toString());
        line.put("to", compared.range().to().toString());
        line.put("patients", compared.patients());
        line.put("withheld", compared.withheld());
        counts(line, compared.diff().before().size(), compared.diff().after().size());
        List.of(Kind.values()).forEach(kind -> line.put(kind.name().toLowerCase(Locale.ROOT), compared.diff().count(kind)));
        line.put("equal", compared.diff().isEqual());
        cluster.printJson(line);
    }

    private void counts(ObjectNode line, long before, long after) {
        line.put("episodesBefore", before);
        line.put("episodesAfter", after);
        if (compared.patients() > 0) {
            line.put("perPatientMonthBefore", compared.perPatientMonth(before));
            line.put("perPatientMonthAfter", compared.perPatientMonth(after));
        }
    }

    private static ObjectNode json(Optional<AlertEpisode> side) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        side.ifPresent(episode -> {
            node.put("alertId", episode.events().getFirst().alertId());
            node.put("rule", episode.rule());
            node.put("episodeStart", Instant.ofEpochMilli(episode.startMillis()).toString());
            node.put("told", Instant.ofEpochMilli(episode.toldMillis()).toString());
            node.put("priority", episode.highest().name());
            node.put("text", episode.text());
        });
        return node;
    }
}
