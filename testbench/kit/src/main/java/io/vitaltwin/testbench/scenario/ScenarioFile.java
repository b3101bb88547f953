package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.testbench.scenario.Scenario.Baseline;
import io.vitaltwin.testbench.scenario.Scenario.Consent;
import io.vitaltwin.testbench.scenario.Scenario.Device;
import io.vitaltwin.testbench.scenario.Scenario.Patient;
import io.vitaltwin.testbench.scenario.Scenario.Period;
import io.vitaltwin.testbench.scenario.Scenario.Rule;
import io.vitaltwin.testbench.scenario.Scenario.Sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads scenario files, strictly: an unknown key, a wrong type or a name that nobody declared is a {@link ScenarioProblem}. */
final class ScenarioFile {

    private static final List<String> CONDITIONS = List.of("copd", "heart_failure", "diabetes_t1", "diabetes_t2", "hypertension",
            "neutropenia", "infection_suspected", "atrial_fibrillation");
    private static final List<String> KINDS = List.of("finger-oximeter", "watch", "ring", "chest-strap", "tracker", "patch", "cuff",
            "wrist-cuff", "cuffless", "scale", "cgm", "glucose-meter", "thermometer", "skin-patch", "capnograph", "concentrator", "kit",
            "manual");
    private static final List<String> SEXES = List.of("female", "male", "other", "unknown");

    private ScenarioFile() {
    }

    /**
     * @throws ScenarioProblem when the file does not hold a scenario
     * @throws IOException when it cannot be read
     */
    static Scenario read(Path file) throws IOException {
        return parse(file, Files.readString(file, StandardCharsets.UTF_8));
    }

    static Scenario parse(Path file, String text) {
        var top = Yaml.parse(file, text).fields("scenario", "title", "start", "until", "timezone", "patients", "devices", "consents",
                "sinks", "series", "records", "order", "replay", "expect");
        List<Patient> patients = top.required("patients").list(ScenarioFile::patient);
        if (patients.isEmpty()) {
            throw top.required("patients").problem("a scenario has at least one patient");
        }
        var people = new Cast(patients.stream().map(Patient::id).toList(), List.of());
        List<Device> devices = top.list("devices", device -> device(device, people));
        var cast = new Cast(people.patients(), devices);
        unique(top.required("patients"), people.patients());
        top.optional("devices").ifPresent(place -> unique(place, devices.stream().map(Device::id).toList()));
        return new Scenario(file, name(file, top.required("scenario")), top.optional("title", Yaml::text).orElse(""),
                top.required("start").instant(), top.required("until").durationFromZero(),
                top.optional("timezone", Yaml::zone).orElse(ZoneOffset.UTC), patients, devices,
                top.optional("consents", list -> list.list(consent -> consent(consent, cast))),
                top.list("sinks", ScenarioFile::sink),
                top.list("series", each -> SeriesFile.series(each, cast)),
                top.list("records", each -> SeriesFile.single(each, cast)),
                top.optional("order").flatMap(ScenarioFile::order),
                top.optional("replay", Yaml::flag).orElse(false),
                top.optional("expect", expect -> ExpectationsFile.expectations(expect, cast)).orElse(Expectations.NOTHING));
    }

    /** Who and what the rest of the file may name. */
    record Cast(List<String> patients, List<Device> devices) {

        /** The patient that is named, or the only one there is. */
        String patient(Yaml.Fields fields) {
            return fields.optional("patient").map(this::patient).orElseGet(() -> {
                if (patients.size() > 1) {
                    throw fields.place().problem("key \"patient\" is missing, and there are several patients");
                }
                return patients.getFirst();
            });
        }

        String patient(Yaml named) {
            String id = named.text();
            if (!patients.contains(id)) {
                throw named.problem("no patient is called \"" + id + "\"");
            }
            return id;
        }

        String device(Yaml named) {
            String id = named.text();
            if (devices.stream().noneMatch(device -> device.id().equals(id))) {
                throw named.problem("no device is called \"" + id + "\"");
            }
            return id;
        }
    }

    private static String name(Path file, Yaml given) {
        String name = given.text();
        String fileName = file.getFileName().toString();
        if (!fileName.replaceFirst("\\.ya?ml$", "").equals(name)) {
            throw given.problem("scenario \"" + name + "\" must be called as its file");
        }
        return name;
    }

    private static void unique(Yaml place, List<String> ids) {
        Set<String> seen = new HashSet<>();
        ids.forEach(id -> {
            if (!seen.add(id)) {
                throw place.problem("\"" + id + "\" comes twice");
            }
        });
    }

    private static Patient patient(Yaml place) {
        var patient = place.fields("id", "birthDate", "sex", "attributes", "conditions", "spo2Scale", "oxygen", "monitor", "cadence",
                "rules", "news2", "baselines");
        return new Patient(patient.required("id").text(), patient.optional("birthDate", Yaml::date),
                patient.optional("sex", sex -> sex.oneOf(SEXES)).orElse("unknown"),
                patient.optional("attributes", all -> all.map(Yaml::text)).orElse(Map.of()),
                patient.list("conditions", condition -> condition.oneOf(CONDITIONS)),
                patient.optional("spo2Scale", ScenarioFile::spo2Scale).orElse(1),
                patient.optional("oxygen", oxygen -> oxygen.oneOf(List.of("air", "oxygen"))),
                patient.list("monitor", Yaml::text),
                patient.optional("cadence", all -> all.map(Yaml::positiveDuration)).orElse(Map.of()),
                patient.optional("rules", all -> all.map(rule -> rule.map(ScenarioFile::parameter))).orElse(Map.of()),
                patient.optional("news2", Yaml::flag).orElse(true),
                patient.list("baselines", ScenarioFile::baseline));
    }

    private static int spo2Scale(Yaml given) {
        int scale = given.integer();
        if (scale != 1 && scale != 2) {
            throw given.problem("must be 1 or 2");
        }
        return scale;
    }

    /** A number; a duration is a number of seconds. */
    private static double parameter(Yaml given) {
        return given.isNumber() ? given.number() : given.duration().toMillis() / 1000.0;
    }

    private static Baseline baseline(Yaml place) {
        var baseline = place.fields("vital", "context", "median", "mad", "days");
        return new Baseline(baseline.required("vital").text(),
                baseline.optional("context", c -> c.oneOf(ActivityContext.class)).orElse(ActivityContext.UNKNOWN),
                baseline.required("median").number(), baseline.required("mad").number(),
                baseline.optional("days", days -> days.integerFrom(0)).orElse(0));
    }

    private static Device device(Yaml place, Cast people) {
        var device = place.fields("id", "patient", "kind", "grade", "vitals", "interval", "registered");
        return new Device(device.required("id").text(), people.patient(device), device.required("kind").oneOf(KINDS),
                device.optional("grade", grade -> grade.oneOf(DeviceGrade.class)).orElse(DeviceGrade.UNKNOWN),
                device.list("vitals", Yaml::text), device.optional("interval", Yaml::positiveDuration),
                device.optional("registered", Yaml::flag).orElse(true));
    }

    private static Sink sink(Yaml place) {
        var sink = place.fields("id", "purpose");
        return new Sink(sink.required("id").text(), sink.required("purpose").text());
    }

    private static Consent consent(Yaml place, Cast cast) {
        var consent = place.fields("at", "effective", "patient", "status", "permit", "deny");
        Duration at = consent.required("at").duration();
        List<Rule> rules = new ArrayList<>(consent.list("permit", rule -> rule(rule, ProvisionType.PERMIT)));
        rules.addAll(consent.list("deny", rule -> rule(rule, ProvisionType.DENY)));
        return new Consent(at, consent.optional("effective", Yaml::duration).orElse(at), cast.patient(consent),
                consent.required("status").oneOf(ConsentStatus.class, ScenarioFile::fhirCode), rules);
    }

    /** As FHIR writes it: {@code entered-in-error}. */
    private static String fhirCode(ConsentStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Rule rule(Yaml place, ProvisionType type) {
        var rule = place.fields("purpose", "vitals", "period", "dataPeriod");
        return new Rule(type, rule.optional("purpose", Yaml::texts).orElse(List.of()),
                rule.optional("vitals", Yaml::texts).orElse(List.of()),
                rule.optional("period", ScenarioFile::period).orElse(Period.ANY),
                rule.optional("dataPeriod", ScenarioFile::period).orElse(Period.ANY));
    }

    /** [from, to]; an open end is left out, an open beginning is null. */
    private static Period period(Yaml given) {
        List<Yaml> ends = given.list();
        if (ends.size() > 2) {
            throw given.problem("expected a list of one or two durations");
        }
        return new Period(end(ends, 0), end(ends, 1));
    }

    private static Optional<Duration> end(List<Yaml> ends, int index) {
        return index < ends.size() && !ends.get(index).isNull() ? Optional.of(ends.get(index).duration()) : Optional.empty();
    }

    private static Optional<Duration> order(Yaml order) {
        if (!order.isMap()) {
            order.oneOf(List.of("as-given"));
            return Optional.empty();
        }
        return Optional.of(order.fields("reverseBlocks").required("reverseBlocks").positiveDuration());
    }
}
