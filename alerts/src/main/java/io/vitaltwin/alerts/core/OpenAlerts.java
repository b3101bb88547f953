package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The open alerts of one patient, or of as many as one screen shows: a fold of alert events. Immutable; a step costs time in
 * proportion to the alerts that it holds.
 *
 * <ul>
 * <li>A duplicate (same alert, event and effective time) changes nothing, also when a reader goes back and sees a whole stretch again.</li>
 * <li>Out of order: the events of one alert share a key, so a reader gets them in the order in which they were decided, and the newest
 * holds even if its effective time is earlier (another device, another clock). What a reader may meet is a beginning that is
 * missing: an upgrade, downgrade or update of an alert that is not known opens it, because an alert that stands must be seen; its RAISED,
 * should it still come, corrects only the time of the raise and never lowers the priority.</li>
 * <li>An end is final: an alert id belongs to one episode, so events that come after CLEARED or INVALIDATED change nothing, however late,
 * until {@link #forgetClosedBefore} drops the memory of it.</li>
 * </ul>
 */
public final class OpenAlerts {

    private static final OpenAlerts NONE = new OpenAlerts(Map.of(), Map.of());

    /** By alert id. */
    private final Map<String, Standing> standing;
    /** Effective time of the end, by alert id. */
    private final Map<String, Instant> closed;

    private OpenAlerts(Map<String, Standing> standing, Map<String, Instant> closed) {
        this.standing = Map.copyOf(standing);
        this.closed = Map.copyOf(closed);
    }

    private record Standing(StandingAlert alert, Set<Seen> seen) {
        Standing {
            seen = Set.copyOf(seen);
        }
    }

    private record Seen(AlertEventType event, Instant effectiveTime) {
        static Seen of(AlertEvent event) {
            return new Seen(event.getEvent(), event.getEffectiveTime());
        }
    }

    /** The open alerts after an event, and what it did: nothing, or one change. */
    public record Step(OpenAlerts state, List<Change> changes) {
        public Step {
            changes = List.copyOf(changes);
        }
    }

    /** Before the first event. */
    public static OpenAlerts none() {
        return NONE;
    }

    public Step apply(AlertEvent event) {
        if (closed.containsKey(event.getAlertId()) || isSeen(event)) {
            return unchanged();
        }
        return switch (event.getEvent()) {
            case RAISED -> raise(event);
            case UPGRADED, DOWNGRADED, UPDATED -> change(event);
            case CLEARED, INVALIDATED -> close(event);
        };
    }

    /** All, most urgent first, then the one raised first. */
    public List<StandingAlert> inOrder() {
        return standing.values().stream().map(Standing::alert).sorted(StandingAlert.DISPLAY_ORDER).toList();
    }

    /** Those of one patient, in the same order. */
    public List<StandingAlert> inOrder(String patientId) {
        return inOrder().stream().filter(alert -> alert.patientId().equals(patientId)).toList();
    }

    /** How many stand open. */
    public int size() {
        return standing.size();
    }

    /**
     * Drops the memory of alerts that ended before a time, to bound this state. An event of such an alert that is read again afterwards opens
     * it again: keep the memory for as long as a reader may go back.
     *
     * @param time effective time, exclusive
     */
    public OpenAlerts forgetClosedBefore(Instant time) {
        Map<String, Instant> kept = new HashMap<>(closed);
        kept.values().removeIf(end -> end.isBefore(time));
        return new OpenAlerts(standing, kept);
    }

    private boolean isSeen(AlertEvent event) {
        Standing known = standing.get(event.getAlertId());
        return known != null && known.seen().contains(Seen.of(event));
    }

    private Step raise(AlertEvent event) {
        Standing known = standing.get(event.getAlertId());
        return known == null ? open(event) : replace(known, known.alert().raisedBy(event), event);
    }

    private Step change(AlertEvent event) {
        Standing known = standing.get(event.getAlertId());
        return known == null ? open(event) : replace(known, known.alert().changedBy(event), event);
    }

    private Step open(AlertEvent event) {
        StandingAlert alert = StandingAlert.openedBy(event);
        return new Step(with(new Standing(alert, Set.of(Seen.of(event)))), List.of(new Change.Opened(alert)));
    }

    private Step replace(Standing known, StandingAlert after, AlertEvent event) {
        Set<Seen> seen = new HashSet<>(known.seen());
        seen.add(Seen.of(event));
        OpenAlerts next = with(new Standing(after, seen));
        return after.equals(known.alert()) ? new Step(next, List.of()) : new Step(next, List.of(new Change.Changed(known.alert(), after)));
    }

    private Step close(AlertEvent event) {
        Map<String, Standing> left = new HashMap<>(standing);
        Standing gone = left.remove(event.getAlertId());
        Map<String, Instant> ended = new HashMap<>(closed);
        ended.put(event.getAlertId(), event.getEffectiveTime());
        OpenAlerts next = new OpenAlerts(left, ended);
        // An end of an alert that was never seen open is remembered, so that its events cannot open it afterwards.
        return gone == null ? new Step(next, List.of())
                : new Step(next, List.of(new Change.Closed(gone.alert(), event.getEvent(), event.getEndReason())));
    }

    private OpenAlerts with(Standing changed) {
        Map<String, Standing> next = new HashMap<>(standing);
        next.put(changed.alert().alertId(), changed);
        return new OpenAlerts(next, closed);
    }

    private Step unchanged() {
        return new Step(this, List.of());
    }

    /** Same open alerts, same memory of events: what comes next is treated alike. */
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof OpenAlerts that && standing.equals(that.standing) && closed.equals(that.closed);
    }

    @Override
    public int hashCode() {
        return 31 * standing.hashCode() + closed.hashCode();
    }

    @Override
    public String toString() {
        return "OpenAlerts[" + standing.size() + " open, " + closed.size() + " closed]";
    }
}
