package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.testbench.scenario.Expectations.Alert;
import io.vitaltwin.testbench.scenario.Expectations.Baseline;
import io.vitaltwin.testbench.scenario.Expectations.Cleared;
import io.vitaltwin.testbench.scenario.Expectations.Clock;
import io.vitaltwin.testbench.scenario.Expectations.Fate;
import io.vitaltwin.testbench.scenario.Expectations.News2;
import io.vitaltwin.testbench.scenario.Expectations.OtherAlerts;
import io.vitaltwin.testbench.scenario.Expectations.Quality;
import io.vitaltwin.testbench.scenario.Expectations.Violations;
import io.vitaltwin.testbench.scenario.ScenarioFile.Cast;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The {@code expect} part of a scenario file. */
final class ExpectationsFile {

    private ExpectationsFile() {
    }

    static Expectations expectations(Yaml place, Cast cast) {
        var expect = place.fields("alerts", "sameAlertsAs", "otherAlerts", "quality", "violations", "disclosed", "clock", "fates",
                "news2", "baseline");
        return new Expectations(expect.optional("alerts", all -> all.list(alert -> alert(alert, cast))),
                expect.optional("sameAlertsAs", Yaml::text),
                expect.optional("otherAlerts", o -> o.oneOf(OtherAlerts.class, e -> e.name().toLowerCase(Locale.ROOT))),
                expect.list("quality", quality -> quality(quality, cast)),
                expect.list("violations", violations -> violations(violations, cast)),
                expect.optional("disclosed", all -> all.map(Yaml::range)).orElse(Map.of()),
                expect.list("clock", clock -> clock(clock, cast)),
                expect.optional("fates", fates -> byConstant(fates, Fate.class, Yaml::range)).orElse(Map.of()),
                expect.list("news2", news2 -> news2(news2, cast)),
                expect.list("baseline", baseline -> baseline(baseline, cast)));
    }

    private static Alert alert(Yaml place, Cast cast) {
        var alert = place.fields("rule", "family", "patient", "priority", "raised", "reaches", "cleared", "tags", "text", "noText",
                "state", "notifications", "optional");
        if (alert.has("rule") == alert.has("family")) {
            throw place.problem("an alert is expected either by \"rule\" or by \"family\"");
        }
        return new Alert(alert.required(alert.has("rule") ? "rule" : "family").text(), cast.patient(alert),
                alert.optional("priority", priority -> priority.oneOf(Priority.class)),
                alert.optional("raised", Yaml::span),
                alert.optional("reaches", reaches -> byConstant(reaches, Priority.class, Yaml::span)).orElse(Map.of()),
                alert.optional("cleared", ExpectationsFile::cleared).orElse(Cleared.Whenever.ANY),
                texts(alert, "tags"), texts(alert, "text"), texts(alert, "noText"),
                alert.optional("state", state -> state.oneOf(WorkflowState.class)),
                alert.optional("notifications", Yaml::range), alert.optional("optional", Yaml::flag).orElse(false), place.line());
    }

    private static Cleared cleared(Yaml given) {
        if (given.isList()) {
            return new Cleared.Within(given.span());
        }
        given.oneOf(List.of("never"));
        return Cleared.Whenever.NEVER;
    }

    private static List<String> texts(Yaml.Fields fields, String key) {
        return fields.optional(key, Yaml::texts).orElse(List.of());
    }

    private static Quality quality(Yaml place, Cast cast) {
        var quality = place.fields("device", "vital", "from", "to", "verdict", "reason", "share", "count");
        if (!quality.has("share") && !quality.has("count")) {
            throw place.problem("an expected quality needs \"share\" or \"count\"");
        }
        return new Quality(cast.device(quality.required("device")), quality.required("vital").text(),
                quality.optional("from", Yaml::duration), quality.optional("to", Yaml::duration),
                quality.optional("verdict", verdict -> verdict.oneOf(Verdict.class)), quality.optional("reason", Yaml::text),
                quality.optional("share", Yaml::range), quality.optional("count", Yaml::range), place.line());
    }

    private static Violations violations(Yaml place, Cast cast) {
        var violations = place.fields("reason", "vital", "count", "patient", "stage");
        return new Violations(violations.required("reason").oneOf(ViolationReason.class), violations.optional("vital", Yaml::text),
                violations.optional("patient", cast::patient),
                violations.optional("stage", stage -> stage.oneOf(ViolationStage.class)), violations.required("count").range(),
                place.line());
    }

    private static Clock clock(Yaml place, Cast cast) {
        var clock = place.fields("device", "offset", "driftPerDay");
        return new Clock(cast.device(clock.required("device")), clock.optional("offset", Yaml::range),
                clock.optional("driftPerDay", Yaml::range), place.line());
    }

    private static News2 news2(Yaml place, Cast cast) {
        var news2 = place.fields("at", "total", "knownSum", "maxPossible", "complete", "patient");
        return new News2(news2.required("at").duration(), cast.patient(news2), news2.optional("total", Yaml::range),
                news2.optional("knownSum", Yaml::range), news2.optional("maxPossible", Yaml::range),
                news2.optional("complete", Yaml::flag), place.line());
    }

    private static Baseline baseline(Yaml place, Cast cast) {
        var baseline = place.fields("vital", "context", "median", "patient");
        return new Baseline(cast.patient(baseline), baseline.required("vital").text(),
                baseline.optional("context", c -> c.oneOf(ActivityContext.class)).orElse(ActivityContext.UNKNOWN),
                baseline.required("median").range(), place.line());
    }

    private static <E extends Enum<E>, V> Map<E, V> byConstant(Yaml place, Class<E> type, Function<Yaml, V> how) {
        Map<E, V> values = new EnumMap<>(type);
        List<Yaml> keys = place.keys();
        List<V> all = List.copyOf(place.map(how).values());
        for (int i = 0; i < all.size(); i++) {
            values.put(keys.get(i).oneOf(type), all.get(i));
        }
        return values;
    }
}
