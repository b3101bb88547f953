package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays what people do with alerts, as far as a journey needs it. */
final class Workflow {

    private static final List<String> PRIORITIES = List.of("INFO", "LOW", "MEDIUM", "HIGH");
    private final Map<String, ArrayNode> events = new HashMap<>();
    /** Alert -> how it was before the newest action that can be undone. */
    private final Map<String, Before> undoable = new HashMap<>();

    private record Before(String actionId, ObjectNode alert) {
    }

    /** What came of an action. @param refusal null: it was taken */
    record Result(@Nullable String refusal, ObjectNode event) {
    }

    ArrayNode history(String alertId) {
        return events.computeIfAbsent(alertId, id -> JsonNodeFactory.instance.arrayNode());
    }

    Result act(ObjectNode alert, JsonNode action, String actor, Instant now) {
        String id = alert.get("alertId").textValue();
        String before = alert.get("state").textValue();
        String refusal = refusal(alert, action);
        ObjectNode kept = alert.deepCopy();
        String type = refusal == null ? apply(alert, action, actor, now) : "REFUSED";
        if (refusal == null && !List.of("COMMENT", "UNDO").contains(action.get("kind").textValue())) {
            undoable.put(id, new Before(action.get("actionId").textValue(), kept));
        }
        return new Result(refusal, tell(id, type, before, alert.get("state").textValue(), actor, now, action.path("text").asText("")));
    }

    ObjectNode tell(String alertId, String type, String before, String after, String actor, Instant now, String reason) {
        return history(alertId).addObject().put("type", type).put("stateBefore", before).put("state", after).put("actor", actor).put("time", now.toString()).put("reason", reason);
    }

    private @Nullable String refusal(ObjectNode alert, JsonNode action) {
        String kind = action.get("kind").textValue();
        boolean worse = action.has("seenPriority") && List.of("ACKNOWLEDGE", "SNOOZE", "RESOLVE").contains(kind)
                && PRIORITIES.indexOf(alert.get("priority").textValue()) > PRIORITIES.indexOf(action.get("seenPriority").textValue());
        if (worse) {
            return "CHANGED_SINCE_SEEN";
        }
        if (kind.equals("ACKNOWLEDGE") && alert.get("state").textValue().equals("ACKNOWLEDGED")) {
            return "ALREADY_ACKNOWLEDGED";
        }
        Before undo = undoable.get(alert.get("alertId").textValue());
        boolean nothing = kind.equals("UNDO") && (undo == null || !undo.actionId.equals(action.path("undoes").asText()));
        return nothing ? "NOTHING_TO_UNDO" : null;
    }

    private String apply(ObjectNode alert, JsonNode action, String actor, Instant now) {
        alert.put("updated", now.toString());
        switch (action.get("kind").textValue()) {
            case "ACKNOWLEDGE" -> {
                alert.put("state", "ACKNOWLEDGED").put("acknowledgedBy", actor).put("acknowledgedAt", now.toString()).remove(List.of("snoozedBy", "snoozedUntil"));
                return "ACKNOWLEDGED";
            }
            case "SNOOZE" -> {
                alert.put("state", "SNOOZED").put("snoozedBy", actor).put("snoozedUntil", action.get("until").textValue());
                return "SNOOZED";
            }
            case "ASSIGN" -> {
                alert.put("assignee", action.get("assignee").textValue());
                return "ASSIGNED";
            }
            case "RESOLVE", "FALSE_ALARM" -> {
                alert.put("state", "RESOLVED");
                return "RESOLVED";
            }
            case "REOPEN" -> {
                alert.put("state", "OPEN");
                return "REOPENED";
            }
            case "UNDO" -> {
                Before before = undoable.remove(alert.get("alertId").textValue());
                alert.removeAll();
                alert.setAll(before.alert);
                return "UNDONE";
            }
            default -> {
                return "COMMENTED";
            }
        }
    }
}
