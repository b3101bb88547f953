package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What follows for a row of the worklist from its alerts. */
final class Rows {

    private static final List<String> PRIORITIES = List.of("HIGH", "MEDIUM", "LOW", "INFO");
    private static final Set<String> CALLING = Set.of("OPEN", "ESCALATED", "LATCHED");

    /** The order of the worklist: highest open priority, then the oldest unacknowledged, then the id. */
    static final Comparator<ObjectNode> ORDER = Comparator.<ObjectNode>comparingInt(row -> row.has("priority") ? PRIORITIES.indexOf(row.get("priority").textValue()) : 9)
            .thenComparing(row -> row.has("oldestUnacknowledged") ? row.get("oldestUnacknowledged").textValue() : "9").thenComparing(row -> row.get("patientId").textValue());

    private Rows() {
    }

    /** Sets priority, state and the oldest unacknowledged alert by what stands in `alerts`, and puts the most urgent first. */
    static void settle(ObjectNode row) {
        row.remove(List.of("priority", "oldestUnacknowledged"));
        List<JsonNode> alerts = StreamSupport.stream(row.withArray("alerts").spliterator(), false).sorted(Comparator
                .<JsonNode>comparingInt(alert -> PRIORITIES.indexOf(alert.get("priority").textValue())).thenComparing(alert -> isCalling(alert) ? 0 : 1)
                .thenComparing(alert -> alert.get("raised").textValue())).toList();
        row.putArray("alerts").addAll(alerts);
        alerts.stream().findFirst().ifPresent(alert -> row.put("priority", alert.get("priority").textValue()));
        alerts.stream().filter(Rows::isCalling).map(alert -> alert.get("raised").textValue()).min(Comparator.naturalOrder())
                .ifPresent(oldest -> row.put("oldestUnacknowledged", oldest));
        String state = row.get("state").textValue();
        if (state.equals("OK") || state.equals("ALERT")) {
            row.put("state", alerts.isEmpty() ? "OK" : "ALERT");
        }
    }

    static boolean isCalling(JsonNode alert) {
        return CALLING.contains(alert.get("state").textValue());
    }
}
