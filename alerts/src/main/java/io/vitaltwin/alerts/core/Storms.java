package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Ended;
import io.vitaltwin.alerts.core.Attention.Waiting;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Many alerts of one patient within an hour become one: ALERT_STORM speaks for its members, which stay in the list and call nobody. A HIGH speaks for
 * itself even then.
 *
 * @see "twin-streams/CLINICAL.md section 6.1, storm guard"
 */
final class Storms {

    private static final int ID_BYTES = 16;

    private Storms() {
    }

    /** An alert began. @return the alert, as a member where a storm stands */
    static HandledAlert opened(Desk desk, HandledAlert alert, long atMillis) {
        long span = desk.policy.stormSpan().toMillis();
        desk.openings.add(atMillis);
        desk.openings.sort(null);
        long newest = desk.openings.getLast();
        desk.openings.removeIf(time -> time <= newest - span);
        Optional<HandledAlert> storm = standing(desk);
        if (storm.isPresent()) {
            join(desk, storm.get(), List.of(alert.id()));
        } else if (desk.openings.size() > desk.policy.stormAlerts()) {
            begin(desk, alert, newest - span, atMillis);
        }
        return desk.alerts.getOrDefault(alert.id(), alert);
    }

    private static Optional<HandledAlert> standing(Desk desk) {
        return desk.alerts.values().stream().filter(alert -> alert.condition().isStorm() && !alert.isEnded()).findFirst();
    }

    private static void begin(Desk desk, HandledAlert last, long afterMillis, long atMillis) {
        List<String> members = desk.alerts.values().stream()
                .filter(alert -> !alert.condition().isStorm() && alert.condition().priority() != Priority.INFO && alert.condition().raisedMillis() > afterMillis)
                .map(HandledAlert::id).toList();
        Condition condition = new Condition(idOf(desk.around.patient(), atMillis), Condition.ALERT_STORM, Condition.ALERT_STORM, Priority.MEDIUM,
                Priority.MEDIUM, Lane.PHYSIOLOGICAL, desk.openings.getFirst(), atMillis, "", List.of(), List.of(), last.condition().ruleSetVersion(), true);
        long since = lastResolved(desk).stream().map(millis -> Math.max(atMillis, millis + desk.policy.refractory().toMillis())).findFirst()
                .orElse(atMillis);
        HandledAlert storm = desk.tell(WorkflowEventType.OPENED, Optional.empty(), HandledAlert.of(condition, Handling.begun(since), atMillis), atMillis,
                event -> event.setReason(since > atMillis ? "REFRACTORY" : ""));
        desk.call(join(desk, storm, members), atMillis);
    }

    /** When a storm was last resolved. */
    private static OptionalLong lastResolved(Desk desk) {
        return desk.alerts.values().stream().filter(alert -> alert.condition().isStorm())
                .mapToLong(alert -> alert.handling().attention() instanceof Ended ended && ended.isOrdinary() ? ended.sinceMillis() : Long.MIN_VALUE)
                .filter(millis -> millis != Long.MIN_VALUE).max();
    }

    private static HandledAlert join(Desk desk, HandledAlert storm, List<String> ids) {
        List<String> members = new ArrayList<>(storm.members());
        for (String id : ids) {
            HandledAlert member = desk.alerts.get(id);
            if (member != null && !members.contains(id)) {
                members.add(id);
            }
            if (member != null && !member.isEnded() && member.condition().priority() != Priority.HIGH) {
                desk.put(member.inStorm(storm.id()));
            }
        }
        HandledAlert grown = storm.withMembers(members);
        HandledAlert worded = grown.with(grown.condition().withText(text(desk, members)), grown.updatedMillis());
        desk.put(worded);
        return worded;
    }

    private static String text(Desk desk, List<String> members) {
        TreeMap<String, Integer> byRule = new TreeMap<>();
        members.forEach(id -> byRule.merge(desk.alerts.containsKey(id) ? desk.alerts.get(id).condition().rule() : "resolved", 1, Integer::sum));
        List<String> words = byRule.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList();
        return members.size() + " alerts of this patient began within an hour or since: " + String.join(", ", words) + ". Each is in the list.";
    }

    /** When the storm is over: no more alerts than usual within the last hour. Empty: there is none. */
    static OptionalLong endMillis(Desk desk) {
        if (standing(desk).isEmpty()) {
            return OptionalLong.empty();
        }
        int leaving = desk.openings.size() - desk.policy.stormAlerts() - 1;
        return OptionalLong.of(leaving < 0 ? desk.clockMillis : desk.openings.get(leaving) + desk.policy.stormSpan().toMillis());
    }

    static void end(Desk desk, long atMillis) {
        standing(desk).ifPresent(storm -> desk.end(storm, storm.condition().over(), new Ended("", atMillis, Ended.CONDITION_ENDED),
                event -> event.setReason(Ended.CONDITION_ENDED)));
    }

    /** Its members speak for themselves again. They were told of through the storm, so they go on from there and do not all call at once. */
    static void free(Desk desk, String stormId, long atMillis) {
        for (HandledAlert alert : List.copyOf(desk.alerts.values())) {
            if (alert.storm().equals(stormId)) {
                boolean told = alert.handling().attention() instanceof Waiting && Urgency.isAbove(alert.condition().priority(), Priority.LOW);
                HandledAlert free = alert.inStorm("");
                desk.put(told ? free.with(free.handling().resumed(atMillis, 1), free.updatedMillis()) : free);
            }
        }
    }

    /** As the twin makes its ids: the same in every replay. */
    private static String idOf(String patient, long atMillis) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((patient + '\n' + Condition.ALERT_STORM + '\n' + atMillis).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
