package io.vitaltwin.alerts.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.vitaltwin.alerts.console.ActionSink;
import io.vitaltwin.alerts.console.AlertDetail;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.web.Problem.Fault;
import io.vitaltwin.alerts.web.Sessions.Session;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is done with alerts: written to the topic of actions, and answered when the workflow has said what became of it. */
final class ActionRoutes {

    private static final int AT_ONCE = 500;
    private static final int LONGEST_TEXT = 2_000;
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Set<String> FIELDS = Set.of("alertId", "patient", "actionId", "kind", "text", "assignee", "until", "outcome", "undoes", "seenPriority");

    private final Guard guard;
    private final Console console;
    private final ActionSink sink;
    private final Duration patience;
    private final Runnable requireReady;

    /** @param patience how long an answer is waited for */
    ActionRoutes(Guard guard, Console console, ActionSink sink, Duration patience, Runnable requireReady) {
        this.guard = guard;
        this.console = console;
        this.sink = sink;
        this.patience = patience;
        this.requireReady = requireReady;
    }

    private record Waiting(AlertAction action, CompletableFuture<AlertWorkflowEvent> answer) {
    }

    void one(Context request) throws IOException {
        Session session = guard.session(request, Role.NURSE, Role.PHYSICIAN);
        requireReady.run();
        AlertAction action = action(session, Json.object(request.bodyAsBytes()), request.pathParam("alertId"), "");
        Map<String, Object> result = perform(List.of(action)).getFirst();
        Object applied = result.get("applied");
        Answer.json(request, applied == null ? 202 : Boolean.TRUE.equals(applied) ? 200 : 409, result);
    }

    /** Each action has a result of its own, in order. What is wrong with one, all are refused for: nothing is half sent. */
    void many(Context request) throws IOException {
        Session session = guard.session(request, Role.NURSE, Role.PHYSICIAN);
        requireReady.run();
        JsonNode list = Json.object(request.bodyAsBytes()).path("actions");
        if (!list.isArray() || list.isEmpty() || list.size() > AT_ONCE) {
            throw Problem.invalid("/actions", "actions must be a list of 1 to " + AT_ONCE);
        }
        List<AlertAction> actions = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = "/actions/" + i;
            if (!(list.get(i) instanceof ObjectNode body)) {
                throw Problem.invalid(pointer, "an action must be an object");
            }
            actions.add(action(session, body, body.path("alertId").asText(""), pointer));
        }
        if (new HashSet<>(actions.stream().map(AlertAction::getActionId).toList()).size() < actions.size()) {
            throw Problem.invalid("/actions", "each action needs an id of its own");
        }
        Answer.json(request, 200, Map.of("results", perform(actions)));
    }

    private AlertAction action(Session session, ObjectNode body, String alertId, String pointer) {
        List<Fault> faults = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                faults.add(new Fault(pointer + "/" + name, "no such field; known are " + String.join(", ", FIELDS.stream().sorted().toList())));
            }
        });
        AlertAction.Builder action = AlertAction.newBuilder().setAlertId(alertId).setActor(session.visitor().user()).setTime(console.ward().now())
                .setActionId(text(body, "actionId")).setPatientId(text(body, "patient"));
        word(body, "kind", ActionKind.class, pointer, faults).ifPresent(action::setKind);
        word(body, "outcome", AlertOutcome.class, pointer, faults).ifPresent(action::setOutcome);
        word(body, "seenPriority", Priority.class, pointer, faults).ifPresent(action::setSeenPriority);
        optional(body, "text").ifPresent(action::setText);
        optional(body, "assignee").ifPresent(action::setAssignee);
        optional(body, "undoes").ifPresent(action::setUndoes);
        until(body, pointer, faults).ifPresent(action::setUntil);
        if (!text(body, "actionId").matches(UUID)) {
            faults.add(new Fault(pointer + "/actionId", "actionId must be a UUID that the client has made"));
        }
        if (text(body, "text").length() > LONGEST_TEXT) {
            faults.add(new Fault(pointer + "/text", "text is at most " + LONGEST_TEXT + " characters"));
        }
        if (!action.hasKind()) {
            faults.add(new Fault(pointer + "/kind", "kind must be of " + Arrays.toString(ActionKind.values())));
        } else {
            needed(action).stream().filter(name -> text(body, name).isBlank())
                    .forEach(name -> faults.add(new Fault(pointer + "/" + name, action.getKind() + " needs " + name)));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        if (!console.knows(session.visitor(), action.getPatientId(), alertId)) {
            throw Problem.notFound();
        }
        return action.build();
    }

    private static List<String> needed(AlertAction.Builder action) {
        return switch (action.getKind()) {
            case SNOOZE -> List.of("until", "text");
            case ASSIGN -> List.of("assignee");
            case COMMENT, REOPEN -> List.of("text");
            case UNDO -> List.of("undoes");
            case ACKNOWLEDGE, RESOLVE, FALSE_ALARM -> List.of();
        };
    }

    private static String text(ObjectNode body, String name) {
        return optional(body, name).orElse("");
    }

    private static Optional<String> optional(ObjectNode body, String name) {
        return body.path(name).isTextual() ? Optional.of(body.get(name).textValue()) : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> word(ObjectNode body, String name, Class<E> type, String pointer, List<Fault> faults) {
        Optional<String> text = optional(body, name);
        Optional<E> word = text.flatMap(wanted -> Arrays.stream(type.getEnumConstants()).filter(one -> one.name().equals(wanted)).findFirst());
        if (word.isEmpty() && text.isPresent()) {
            faults.add(new Fault(pointer + "/" + name, name + " must be of " + Arrays.toString(type.getEnumConstants())));
        }
        return word;
    }

    private static Optional<Instant> until(ObjectNode body, String pointer, List<Fault> faults) {
        try {
            return optional(body, "until").map(Instant::parse);
        } catch (DateTimeParseException e) {
            faults.add(new Fault(pointer + "/until", "until must be a time such as 2026-03-02T08:00:00.000Z"));
            return Optional.empty();
        }
    }

    private List<Map<String, Object>> perform(List<AlertAction> actions) throws IOException {
        List<Waiting> waiting = actions.stream().map(action -> new Waiting(action, console.ward().answers().to(action.getActionId()))).toList();
        try {
            sink.send(waiting.stream().filter(one -> !one.answer().isDone()).map(Waiting::action).toList());
            long deadline = System.nanoTime() + patience.toNanos();
            return waiting.stream().map(one -> result(one.action(), answer(one.answer(), deadline))).toList();
        } finally {
            actions.forEach(action -> console.ward().answers().forget(action.getActionId()));
        }
    }

    /** Empty: nothing was said in time. */
    private static Optional<AlertWorkflowEvent> answer(CompletableFuture<AlertWorkflowEvent> answer, long deadlineNanos) {
        return Optional.ofNullable(answer.copy().completeOnTimeout(null, Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS).join());
    }

    private static Map<String, Object> result(AlertAction action, Optional<AlertWorkflowEvent> answer) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("actionId", action.getActionId());
        boolean refused = answer.filter(event -> event.getType() == WorkflowEventType.REFUSED).isPresent();
        result.put("applied", answer.isEmpty() ? null : !refused);
        answer.ifPresent(event -> result.put("event", AlertDetail.Handled.of(event)));
        if (refused) {
            result.put("reason", answer.orElseThrow().getRefusal());
            result.put("detail", answer.orElseThrow().getReason());
        }
        return result;
    }
}
