package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.testbench.scenario.Scenario.Single;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people do with the alerts of a scenario, each for the alert that it means: the newest one of its rule or family that was raised
 * before the action arrived, one that is still active before one that has ended.
 */
final class Deeds {

    private static final String SOMEBODY = "somebody";
    /** Snoozes need a reason, and a scenario need not give one. */
    private static final String NO_REASON = "the scenario gives no reason";

    private final Scenario scenario;
    private final List<Episode> episodes;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<String> aimless = new ArrayList<>();

    private Deeds(Scenario scenario, List<AlertEvent> alerts) {
        this.scenario = scenario;
        this.episodes = Episode.of(alerts);
    }

    /** @param alerts all that came */
    static Deeds of(Scenario scenario, List<AlertEvent> alerts) {
        Deeds all = new Deeds(scenario, alerts);
        List<Single.Action> actions = scenario.actions();
        for (int number = 0; number < actions.size(); number++) {
            all.add(actions.get(number), number);
        }
        all.deeds.sort(Comparator.comparing(Deed::arrival));
        return all;
    }

    /** Whether the scenario does something with alerts, or asks what became of them. */
    static boolean matterTo(Scenario scenario) {
        return !scenario.actions().isEmpty()
                || scenario.expect().alerts().stream().flatMap(List::stream).anyMatch(alert -> alert.state().isPresent());
    }

    /** In the order of arrival, copies too. */
    List<Deed> inOrder() {
        return List.copyOf(deeds);
    }

    /** One line for each action for which there was no alert. */
    List<String> aimless() {
        return List.copyOf(aimless);
    }

    private void add(Single.Action action, int number) {
        Instant at = scenario.start().plus(action.at());
        Instant arrival = at.plus(action.transport().delay());
        Optional<Episode> meant = meant(action, arrival);
        if (meant.isEmpty()) {
            aimless.add("action " + action.kind() + " " + action.rule() + " of " + action.patient() + " at " + action.at()
                    + ": expected such an alert, none was raised before");
            return;
        }
        AlertAction record = record(action, "action-" + number, at, meant.get().first().getAlertId());
        for (int copy = 0; copy < action.transport().copies(); copy++) {
            deeds.add(new Deed(arrival, record));
        }
    }

    private Optional<Episode> meant(Single.Action action, Instant arrival) {
        return episodes.stream()
                .filter(episode -> episode.patient().equals(action.patient()) && episode.isCalled(action.rule(), arrival))
                .max(Comparator.comparing((Episode episode) -> episode.isActive(arrival)).thenComparing(episode -> episode.first().getAppendTime()));
    }

    private static AlertAction record(Single.Action action, String id, Instant at, String alertId) {
        ActionKind kind = ActionKind.valueOf(action.kind().toUpperCase(Locale.ROOT));
        return AlertAction.newBuilder().setActionId(id).setAlertId(alertId).setPatientId(action.patient()).setKind(kind)
                .setActor(action.by().orElse(SOMEBODY)).setTime(at).setUntil(action.length().map(at::plus).orElse(null))
                .setText(action.text().orElse(NO_REASON)).build();
    }

    /** @param arrival append time of the record */
    record Deed(Instant arrival, AlertAction action) {
    }
}
