package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.testbench.scenario.Expectations.Alert;
import io.vitaltwin.testbench.scenario.Expectations.Cleared;
import io.vitaltwin.testbench.scenario.Expectations.OtherAlerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Expected episodes against those that came. */
final class AlertComparison {

    private final Instant start;
    private final List<Alert> expected;
    private final List<Episode> episodes;
    private final Workflow workflow;
    private final OtherAlerts allowed;
    private final boolean othersCount;
    /** Index of the expected alert -> index of its episode. */
    private final Map<Integer, Integer> match = new HashMap<>();

    AlertComparison(Scenario scenario, Observed observed) {
        Expectations expect = scenario.expect();
        this.start = scenario.start();
        this.expected = expect.alerts().orElse(List.of());
        this.episodes = Episode.of(observed.alerts());
        this.workflow = new Workflow(observed.workflow());
        this.allowed = expect.otherAlerts().orElse(OtherAlerts.NONE);
        // "The same alerts as there" and nothing more leaves it to the other scenario which ones those are.
        this.othersCount = expect.alerts().isPresent() || expect.otherAlerts().isPresent() || expect.sameAlertsAs().isEmpty();
    }

    /** One line for each difference. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        matchWhatHolds();
        matchTheRest();
        for (int i = 0; i < expected.size(); i++) {
            Alert alert = expected.get(i);
            if (match.containsKey(i)) {
                differences.addAll(differences(alert, episodes.get(match.get(i))));
            } else if (!alert.optional()) {
                differences.add(named(alert) + ": expected an episode" + alert.raised().map(span -> " raised " + span).orElse("")
                        + ", none came");
            }
        }
        differences.addAll(unlisted());
        return differences;
    }

    /** As many expected alerts as possible get an episode in which everything holds: augmenting paths. */
    private void matchWhatHolds() {
        for (int i = 0; i < expected.size(); i++) {
            augment(i, new HashSet<>());
        }
    }

    private boolean augment(int alert, Set<Integer> tried) {
        for (int e = 0; e < episodes.size(); e++) {
            if (!fits(expected.get(alert), episodes.get(e)) || !differences(expected.get(alert), episodes.get(e)).isEmpty()
                    || !tried.add(e)) {
                continue;
            }
            Optional<Integer> holder = holder(e);
            if (holder.isEmpty() || augment(holder.get(), tried)) {
                match.put(alert, e);
                return true;
            }
        }
        return false;
    }

    private Optional<Integer> holder(int episode) {
        return match.entrySet().stream().filter(pair -> pair.getValue() == episode).map(Map.Entry::getKey).findFirst();
    }

    /** The others get the free episode of their name that differs least, so that the difference can be told. */
    private void matchTheRest() {
        for (int i = 0; i < expected.size(); i++) {
            Alert alert = expected.get(i);
            if (!match.containsKey(i)) {
                List<Integer> free = free().stream().filter(e -> fits(alert, episodes.get(e))).toList();
                int index = i;
                free.stream().min(Comparator.comparing(e -> differences(alert, episodes.get(e)).size()))
                        .ifPresent(e -> match.put(index, e));
            }
        }
    }

    private List<Integer> free() {
        List<Integer> free = new ArrayList<>();
        for (int e = 0; e < episodes.size(); e++) {
            if (!match.containsValue(e)) {
                free.add(e);
            }
        }
        return free;
    }

    private static boolean fits(Alert alert, Episode episode) {
        return episode.patient().equals(alert.patient()) && episode.isCalled(alert.name());
    }

    private List<String> differences(Alert alert, Episode episode) {
        List<String> differences = new ArrayList<>();
        alert.priority().filter(priority -> priority != episode.priority()).ifPresent(priority -> differences.add(
                line(alert, "priority " + priority, episode.priority().toString(), episode.first())));
        alert.raised().filter(span -> !span.holds(start, episode.raised())).ifPresent(span -> differences.add(
                line(alert, "raised " + span, at(episode.first()), episode.first())));
        alert.reaches().forEach((priority, span) -> reaches(alert, episode, priority, span).ifPresent(differences::add));
        cleared(alert, episode).ifPresent(differences::add);
        alert.tags().stream().filter(tag -> !episode.tags().contains(tag)).forEach(tag -> differences.add(
                line(alert, "tag " + tag, "tags " + episode.tags().stream().sorted().toList(), episode.first())));
        alert.text().stream().filter(words -> !episode.says(words)).forEach(words -> differences.add(
                line(alert, "text with \"" + words + "\"", "\"" + episode.events().getLast().getText() + "\"", episode.first())));
        alert.noText().stream().filter(episode::says).forEach(words -> differences.add(
                line(alert, "no text with \"" + words + "\"", "\"" + episode.events().getLast().getText() + "\"", episode.first())));
        alert.state().flatMap(state -> workflow.difference(state, episode)).ifPresent(came -> differences.add(
                line(alert, "state " + alert.state().get(), came, episode.events().getLast())));
        alert.notifications().filter(range -> !range.holds(episode.notifications())).ifPresent(range -> differences.add(
                line(alert, range + " notifications", Long.toString(episode.notifications()), episode.events().getLast())));
        return differences;
    }

    private Optional<String> reaches(Alert alert, Episode episode, Priority priority, Span span) {
        Optional<AlertEvent> event = episode.reaching(priority);
        if (event.isEmpty()) {
            return Optional.of(line(alert, priority + " reached " + span, "never, only " + episode.priority(), episode.first()));
        }
        return event.filter(reached -> !span.holds(start, reached.getEffectiveTime()))
                .map(reached -> line(alert, priority + " reached " + span, at(reached), reached));
    }

    private Optional<String> cleared(Alert alert, Episode episode) {
        return switch (alert.cleared()) {
            case Cleared.Within within -> episode.ending()
                    .map(end -> within.span().holds(start, end.getEffectiveTime()) ? Optional.<String>empty()
                            : Optional.of(line(alert, "cleared " + within.span(), at(end), end)))
                    .orElseGet(() -> Optional.of(line(alert, "cleared " + within.span(), "still active at the end",
                            episode.events().getLast())));
            case Cleared.Whenever.NEVER -> episode.ending()
                    .map(end -> line(alert, "still active at the end", "cleared " + at(end), end));
            case Cleared.Whenever.ANY -> Optional.empty();
        };
    }

    private List<String> unlisted() {
        List<String> differences = new ArrayList<>();
        for (int e : free()) {
            Episode episode = episodes.get(e);
            if (expected.stream().anyMatch(alert -> alert.optional() && fits(alert, episode))) {
                differences.add("alert " + episode.rule() + ": expected at most once, came again: " + shown(episode));
            } else if (othersCount && !isAllowed(episode.priority())) {
                differences.add("alert " + episode.rule() + ": expected no other alert" + (allowed == OtherAlerts.NONE ? "" : " above "
                        + allowed) + ", came " + shown(episode));
            }
        }
        return differences;
    }

    private boolean isAllowed(Priority priority) {
        return switch (allowed) {
            case NONE -> false;
            case INFO -> priority == Priority.INFO;
            case LOW -> priority == Priority.INFO || priority == Priority.LOW;
        };
    }

    private String shown(Episode episode) {
        return episode.show(start) + " (" + Episode.decider(start, episode.first()) + ")";
    }

    private String at(AlertEvent event) {
        return Offsets.show(start, event.getEffectiveTime());
    }

    private String line(Alert alert, String wanted, String came, AlertEvent event) {
        return named(alert) + ": expected " + wanted + ", came " + came + " (" + Episode.decider(start, event) + ")";
    }

    private static String named(Alert alert) {
        return "alert " + alert.name() + " of " + alert.patient() + " (line " + alert.line() + ")";
    }
}
