package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Priority;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One alert: all events of one alert id, in the order in which they came. */
record Episode(List<AlertEvent> events) {

    private static final Set<AlertEventType> TELLING = Set.of(AlertEventType.RAISED, AlertEventType.UPGRADED);
    private static final Set<AlertEventType> ENDING = Set.of(AlertEventType.CLEARED, AlertEventType.INVALIDATED);

    Episode {
        events = List.copyOf(events);
    }

    /** In the order of their first events. */
    static List<Episode> of(List<AlertEvent> events) {
        Map<String, List<AlertEvent>> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.computeIfAbsent(event.getAlertId(), id -> new ArrayList<>()).add(event));
        return byId.values().stream().map(Episode::new).toList();
    }

    /** HIGH above MEDIUM above LOW above INFO. */
    static int rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 3;
            case MEDIUM -> 2;
            case LOW -> 1;
            case INFO -> 0;
        };
    }

    String patient() {
        return events.getFirst().getPatientId();
    }

    String family() {
        return events.getFirst().getFamily();
    }

    /** The rule of the event that first had the highest priority. */
    String rule() {
        return top().getRule();
    }

    boolean isCalled(String name) {
        return events.stream().anyMatch(event -> event.getRule().equals(name) || event.getFamily().equals(name));
    }

    /** Whether it was called so by this time. */
    boolean isCalled(String name, Instant by) {
        return new Episode(until(by)).isCalled(name);
    }

    /** Whether it had been raised and had not ended at this time. */
    boolean isActive(Instant at) {
        List<AlertEvent> before = until(at);
        return !before.isEmpty() && new Episode(before).ending().isEmpty();
    }

    private List<AlertEvent> until(Instant end) {
        return events.stream().filter(event -> !event.getAppendTime().isAfter(end)).toList();
    }

    Priority priority() {
        return top().getPriority();
    }

    private AlertEvent top() {
        return events.stream().reduce((a, b) -> rank(b.getPriority()) > rank(a.getPriority()) ? b : a).orElseThrow();
    }

    AlertEvent first() {
        return events.stream().filter(event -> event.getEvent() == AlertEventType.RAISED).findFirst().orElse(events.getFirst());
    }

    Instant raised() {
        return first().getEffectiveTime();
    }

    /** The event that first had this priority or one above it. */
    Optional<AlertEvent> reaching(Priority priority) {
        return events.stream().filter(event -> rank(event.getPriority()) >= rank(priority)).findFirst();
    }

    Optional<AlertEvent> ending() {
        return events.stream().filter(event -> ENDING.contains(event.getEvent())).findFirst();
    }

    Set<String> tags() {
        return events.stream().flatMap(event -> event.getTags().stream()).collect(Collectors.toSet());
    }

    /** Whether the words appear in any of its texts, whatever the case. */
    boolean says(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return events.stream().anyMatch(event -> event.getText().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** At how many different times somebody had to be told. */
    long notifications() {
        return events.stream().filter(event -> TELLING.contains(event.getEvent())).map(AlertEvent::getEffectiveTime).distinct().count();
    }

    /** Id, priority and time of everything that somebody had to be told, one a line. */
    Stream<String> signature(Instant start) {
        return events.stream().filter(event -> TELLING.contains(event.getEvent())).map(event -> event.getAlertId() + " "
                + event.getFamily() + " " + event.getEvent() + " " + event.getPriority() + " at "
                + Offsets.show(start, event.getEffectiveTime()));
    }

    /** The newest reading that an event rests on: where it stands, and when it was measured. */
    static String decider(Instant start, AlertEvent event) {
        return event.getEvidence().stream().max(Comparator.comparing(Evidence::getEffectiveTime))
                .map(newest -> "decided by " + newest.getDeviceId() + " " + newest.getVital() + " of "
                        + Offsets.show(start, newest.getEffectiveTime()) + " at " + newest.getTopic() + "-" + newest.getPartition() + "@"
                        + newest.getOffset() + "#" + newest.getIndex())
                .orElse("decided by the time " + Offsets.show(start, event.getAppendTime()));
    }

    /** In a few words: {@code SPO2_CRIT (SPO2) of p1, HIGH, raised PT6M40S}. */
    String show(Instant start) {
        return rule() + " (" + family() + ") of " + patient() + ", " + priority() + ", raised " + Offsets.show(start, raised());
    }
}
