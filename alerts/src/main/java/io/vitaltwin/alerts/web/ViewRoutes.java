package io.vitaltwin.alerts.web;

import io.javalin.http.Context;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.PatientRecords;
import io.vitaltwin.alerts.console.PatientRow;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Trend;
import io.vitaltwin.alerts.console.TrendSource;
import io.vitaltwin.alerts.console.WorklistQuery;
import io.vitaltwin.alerts.console.WorklistView;
import io.vitaltwin.alerts.web.Sessions.Session;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowState;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is looked at. */
final class ViewRoutes {

    private static final Role[] CARE = {Role.NURSE, Role.PHYSICIAN};
    private static final Role[] CARE_AND_PATIENT = {Role.NURSE, Role.PHYSICIAN, Role.PATIENT};
    private static final Set<String> LANES = names(Lane.values());
    private static final Set<String> PRIORITIES = names(Priority.values());
    private static final Set<String> STATES = Stream.concat(names(WorkflowState.values()).stream(), names(PatientRow.State.values()).stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final int MOST_POINTS = 2_000;
    private static final int POINTS = 400;
    private static final Duration LONGEST = Duration.ofDays(31);

    private final Guard guard;
    private final Console console;
    private final Optional<TrendSource> trends;
    private final PatientRecords records;
    private final BooleanSupplier ready;

    ViewRoutes(Guard guard, Console console, Optional<TrendSource> trends, PatientRecords records, BooleanSupplier ready) {
        this.guard = guard;
        this.console = console;
        this.trends = trends;
        this.records = records;
        this.ready = ready;
    }

    private static Set<String> names(Enum<?>[] words) {
        return Arrays.stream(words).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }

    void requireReady() {
        if (!ready.getAsBoolean()) {
            throw Problem.unavailable("the logs are being read; try again soon");
        }
    }

    void worklist(Context request) {
        Session session = guard.session(request, CARE);
        requireReady();
        WorklistView view = console.worklist(session.visitor(), query(request));
        view.patients().forEach(row -> session.shown().add(row.patientId()));
        Answer.json(request, 200, view);
    }

    private static WorklistQuery query(Context request) {
        return new WorklistQuery(words(request, "lane", LANES), words(request, "priority", PRIORITIES), words(request, "state", STATES),
                text(request, "owner"), text(request, "team"), text(request, "q"));
    }

    /** Several with commas between, or the parameter several times. */
    private static Set<String> words(Context request, String name, Set<String> known) {
        Set<String> words = request.queryParams(name).stream().flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .filter(word -> !word.isEmpty()).collect(Collectors.toSet());
        if (!known.containsAll(words)) {
            throw Problem.invalid("/" + name, name + " must be of " + String.join(", ", known.stream().sorted().toList()));
        }
        return words;
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name)).orElse("");
    }

    void patient(Context request) {
        Session session = guard.session(request, CARE_AND_PATIENT);
        requireReady();
        Answer.json(request, 200, console.patient(session.visitor(), request.pathParam("id")).orElseThrow(Problem::notFound));
    }

    void alert(Context request) {
        Session session = guard.session(request, CARE_AND_PATIENT);
        requireReady();
        Answer.json(request, 200, console.alert(session.visitor(), text(request, "patient"), request.pathParam("alertId")).orElseThrow(Problem::notFound));
    }

    void alerts(Context request) {
        Session session = known(request, CARE_AND_PATIENT);
        String state = text(request, "state");
        if (!Set.of("", "all", "open").contains(state)) {
            throw Problem.invalid("/state", "state must be all or open");
        }
        Answer.json(request, 200, Map.of("alerts", console.alerts(session.visitor(), request.pathParam("id"), !state.equals("all"))));
    }

    /** Whoever is not in the visitor's care is not there. */
    private Session known(Context request, Role... roles) {
        Session session = guard.session(request, roles);
        requireReady();
        if (!console.knows(session.visitor(), request.pathParam("id"))) {
            throw Problem.notFound();
        }
        return session;
    }

    void trend(Context request) {
        Session session = known(request, CARE_AND_PATIENT);
        TrendSource source = trends.orElseThrow(() -> Problem.notBuiltIn("this server has no past readings"));
        Instant to = time(request, "to").orElseGet(console.ward()::now);
        Instant from = time(request, "from").orElseGet(() -> to.minus(Duration.ofDays(1)));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.invalid("/from", "from must be before to, by at most " + LONGEST.toDays() + " days");
        }
        String points = text(request, "points");
        if (!points.isEmpty() && (!points.matches("[1-9]\\d{0,3}") || Integer.parseInt(points) > MOST_POINTS)) {
            throw Problem.invalid("/points", "points must be 1 to " + MOST_POINTS);
        }
        List<String> vitals = Arrays.stream(text(request, "vitals").split(",")).map(String::strip).filter(vital -> !vital.isEmpty()).toList();
        String patient = request.pathParam("id");
        Answer.json(request, 200, console.shown(session.visitor(), patient, trend(source, session, patient, from, to, vitals,
                points.isEmpty() ? POINTS : Integer.parseInt(points))));
    }

    private static Trend trend(TrendSource source, Session session, String patient, Instant from, Instant to, List<String> vitals, int points) {
        try {
            return source.trend(session.visitor(), patient, from, to, vitals, points);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/vitals", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Instant> time(Context request, String name) {
        String text = text(request, name);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Problem.invalid("/" + name, name + " must be a time such as 2026-03-02T08:00:00.000Z");
        }
    }

    void consents(Context request) throws IOException {
        known(request, CARE_AND_PATIENT);
        Answer.json(request, 200, Map.of("consents", records.consents(request.pathParam("id"))));
    }

    /** An auditor may ask for anybody. */
    void disclosures(Context request) throws IOException {
        Session session = guard.session(request, Role.NURSE, Role.PHYSICIAN, Role.PATIENT, Role.AUDITOR);
        requireReady();
        String patient = request.pathParam("id");
        if (session.visitor().role() != Role.AUDITOR && !console.knows(session.visitor(), patient)) {
            throw Problem.notFound();
        }
        Answer.json(request, 200, Map.of("disclosures", records.disclosures(patient)));
    }

    /** The patient's own right, and nobody else's: it holds what the patient may have denied to who treats. */
    void export(Context request) throws IOException {
        known(request, Role.PATIENT);
        request.disableCompression().contentType("application/zip");
        request.header("Content-Disposition", "attachment; filename=\"vitaltwin-export.zip\"");
        records.export(request.pathParam("id"), request.outputStream());
    }
}
