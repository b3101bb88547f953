package io.vitaltwin.testbench.verify;

import io.vitaltwin.schemas.AlertEvent;
import org.apache.avro.Schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Events as they were told against events as they are derived again: the same, in the same order for each patient. */
final class Comparison {

    private Comparison() {
    }

    /** What makes one event of one episode: no two have the same. */
    private record Id(String alertId, String rule, String event, java.time.Instant time) {
        static Id of(AlertEvent event) {
            return new Id(event.getAlertId(), event.getRule(), event.getEvent().name(), event.getEffectiveTime());
        }
    }

    /**
     * @param told as read from the topic
     * @param derived in this process
     * @param isInRange which of the derived events the told ones should hold
     * @param isThere whether the log still holds what an event rests on
     */
    static Verdict of(List<AlertEvent> told, List<AlertEvent> derived, EvidenceCheck evidence, Predicate<AlertEvent> isInRange,
            Predicate<AlertEvent> isThere) {
        Map<Id, Deque<AlertEvent>> again = new LinkedHashMap<>();
        derived.forEach(event -> again.computeIfAbsent(Id.of(event), id -> new ArrayDeque<>(1)).add(event));
        List<String> mismatches = new ArrayList<>();
        int matched = 0;
        int gone = 0;
        for (AlertEvent event : told) {
            Deque<AlertEvent> same = again.getOrDefault(Id.of(event), new ArrayDeque<>(0));
            AlertEvent twin = same.poll();
            Set<String> misplaced = evidence.differences(event);
            if (!isThere.test(event)) {
                gone++;
            } else if (twin == null) {
                mismatches.add(show(event) + ": is not derived again");
            } else if (!twin.equals(event)) {
                mismatches.add(show(event) + ": derived again with other " + String.join(", ", differingFields(event, twin)));
            } else if (!misplaced.isEmpty()) {
                mismatches.add(show(event) + ": evidence " + String.join("; ", misplaced.stream().sorted().toList()));
            } else {
                matched++;
            }
        }
        again.values().forEach(left -> left.stream().filter(isInRange)
                .forEach(event -> mismatches.add(show(event) + ": is derived, but was never told")));
        return new Verdict(told.size(), matched, gone, mismatches);
    }

    private static List<String> differingFields(AlertEvent told, AlertEvent derived) {
        return AlertEvent.SCHEMA$.getFields().stream().filter(field -> !Objects.equals(told.get(field.pos()), derived.get(field.pos())))
                .map(Schema.Field::name).toList();
    }

    private static String show(AlertEvent event) {
        return "alert " + event.getAlertId() + " " + event.getEvent() + " " + event.getRule() + " of " + event.getEffectiveTime();
    }
}
