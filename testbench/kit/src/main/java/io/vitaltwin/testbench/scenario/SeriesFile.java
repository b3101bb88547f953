package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.testbench.scenario.Scenario.Quantity;
import io.vitaltwin.testbench.scenario.Scenario.Series;
import io.vitaltwin.testbench.scenario.Scenario.Single;
import io.vitaltwin.testbench.scenario.Scenario.Transport;
import io.vitaltwin.testbench.scenario.ScenarioFile.Cast;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The {@code series} and {@code records} of a scenario file. */
final class SeriesFile {

    private static final List<String> SYMPTOMS = List.of("breathlessness", "chest_pain", "fainting", "confusion", "something_is_wrong");
    private static final List<String> ACTIONS = List.of("acknowledge", "snooze", "resolve", "comment");

    private SeriesFile() {
    }

    static Series series(Yaml place, Cast cast) {
        var series = place.fields("device", "vital", "unit", "from", "every", "beats", "values", "context", "delay", "clockOffset",
                "copies", "batch");
        List<Sample> values = Samples.values(series.required("values"));
        boolean beats = series.optional("beats", Yaml::flag).orElse(false);
        if (beats) {
            requireIntervals(series.required("values"), values);
        }
        Duration every = series.optional("every", Yaml::positiveDuration).orElse(Duration.ZERO);
        if (!beats && every.isZero() && values.size() > 1) {
            throw place.problem("several values need \"every\" or \"beats: true\"");
        }
        return new Series(cast.device(series.required("device")), series.required("vital").text(), series.required("unit").text(),
                series.optional("from", Yaml::duration).orElse(Duration.ZERO), every, beats, values,
                series.optional("context", given -> Samples.contexts(given, values.size()))
                        .orElseGet(() -> Collections.nCopies(values.size(), ActivityContext.UNKNOWN)),
                transport(series), series.optional("clockOffset", Yaml::duration).orElse(Duration.ZERO),
                series.optional("batch", size -> size.integerFrom(1)).orElse(1));
    }

    private static void requireIntervals(Yaml place, List<Sample> values) {
        if (!values.stream().allMatch(value -> value instanceof Sample.Number interval && interval.value() > 0)) {
            throw place.problem("with \"beats: true\" every value is a time to the next beat, a number above zero");
        }
    }

    private static Transport transport(Yaml.Fields fields) {
        return new Transport(fields.optional("delay", Yaml::duration).orElse(Scenario.DEFAULT_DELAY),
                fields.optional("copies", copies -> copies.integerFrom(1)).orElse(1));
    }

    static Single single(Yaml place, Cast cast) {
        var record = place.fields("at", "device", "values", "context", "delay", "copies", "patient", "report", "action");
        long kinds = List.of("values", "report", "action").stream().filter(record::has).count();
        if (kinds != 1) {
            throw place.problem("a record has either \"values\", \"report\" or \"action\"");
        }
        if (record.has("report")) {
            return report(record, cast);
        }
        return record.has("action") ? action(record, cast) : readings(record, cast);
    }

    private static Single readings(Yaml.Fields record, Cast cast) {
        refuse(record, "patient");
        return new Single.Readings(record.required("at").duration(), cast.device(record.required("device")),
                record.required("values").map(SeriesFile::quantity),
                record.optional("context", c -> c.oneOf(ActivityContext.class)).orElse(ActivityContext.UNKNOWN), transport(record));
    }

    private static Quantity quantity(Yaml given) {
        List<Yaml> parts = given.pair("a value and a unit");
        return new Quantity(Samples.value(parts.get(0)), parts.get(1).text());
    }

    private static Single report(Yaml.Fields record, Cast cast) {
        refuse(record, "device");
        refuse(record, "context");
        Duration at = record.required("at").duration();
        var report = record.required("report").fields("symptom", "dispute");
        if (report.has("symptom") == report.has("dispute")) {
            throw report.place().problem("a report has either \"symptom\" or \"dispute\"");
        }
        if (report.has("symptom")) {
            return new Single.Symptom(at, cast.patient(record), report.required("symptom").oneOf(SYMPTOMS), transport(record));
        }
        return new Single.Dispute(at, cast.patient(record), report.required("dispute").text(), transport(record));
    }

    private static Single action(Yaml.Fields record, Cast cast) {
        refuse(record, "device");
        refuse(record, "context");
        Map<String, Yaml> given = record.required("action").map(value -> value);
        var action = record.required("action").fields("acknowledge", "snooze", "resolve", "comment", "by", "for", "text");
        List<String> kinds = ACTIONS.stream().filter(given::containsKey).toList();
        if (kinds.size() != 1) {
            throw action.place().problem("an action is one of " + String.join(" ", ACTIONS));
        }
        if (action.has("for") != action.has("snooze")) {
            throw action.place().problem("\"for\" belongs to \"snooze\", which needs it");
        }
        return new Single.Action(record.required("at").duration(), cast.patient(record), kinds.getFirst(),
                action.required(kinds.getFirst()).text(), action.optional("by", Yaml::text),
                action.optional("for", Yaml::positiveDuration), action.optional("text", Yaml::text), transport(record));
    }

    private static void refuse(Yaml.Fields record, String key) {
        record.optional(key).ifPresent(value -> {
            throw value.problem("key \"" + key + "\" does not belong into this kind of record");
        });
    }
}
