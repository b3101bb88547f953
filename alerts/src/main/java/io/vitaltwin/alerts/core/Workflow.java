package io.vitaltwin.alerts.core;

import io.vitaltwin.alerts.core.Attention.Ended;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;

import java.util.List;

/**
 * The workflow of the alerts of one patient: (state, input) -> (state, events and planned steps). Same input, same result.
 *
 * <ul>
 * <li>A duplicate event or action changes nothing.</li>
 * <li>Inputs of one patient are taken in the order of their append times. One that comes with an earlier time than what was decided already is taken as
 * it is: its deadlines may be over then, and are dealt with next.</li>
 * <li>An alert or action is never too late; a step that fell due before {@link Surroundings#staleUntilMillis()} is told then, and only the newest of its
 * alert.</li>
 * </ul>
 *
 * @see "twin-streams/CLINICAL.md section 6.1"
 */
public final class Workflow {

    private final Policy policy;

    public Workflow(Policy policy) {
        this.policy = policy;
    }

    /** The twin says something. @param atMillis append time of the record that led to it */
    public Outcome take(Caseload before, AlertEvent event, long atMillis, Surroundings around) {
        Desk desk = desk(before, atMillis, around);
        new Conditions(desk).take(event, atMillis);
        return desk.close();
    }

    /** A person does something. @param atMillis append time of the action; what its sender's clock says decides nothing */
    public Outcome take(Caseload before, AlertAction action, long atMillis, Surroundings around) {
        Desk desk = desk(before, atMillis, around);
        new Actions(desk).take(action, atMillis);
        return desk.close();
    }

    /** The patient is to be forgotten: everything ends, and nothing is kept. */
    public Outcome erase(Caseload before, long atMillis, Surroundings around) {
        Desk desk = desk(before, atMillis, around);
        List.copyOf(desk.alerts.values()).stream().filter(alert -> !alert.isEnded()).forEach(alert -> desk.end(alert, alert.condition().overWithoutData(),
                new Ended("", atMillis, Ended.ERASED), event -> event.setReason(Ended.ERASED)));
        desk.alerts.clear();
        return desk.close();
    }

    /** Time goes on: what is due until then happens, each thing as of its own time. */
    public Outcome pass(Caseload before, long untilMillis, Surroundings around) {
        Desk desk = new Desk(policy, around, before);
        new Deadlines(desk).run(untilMillis);
        return desk.close();
    }

    /** When time alone changes something next; Long.MAX_VALUE: never. */
    public long nextMillis(Caseload caseload, Surroundings around) {
        return new Deadlines(new Desk(policy, around, caseload)).next();
    }

    private Desk desk(Caseload before, long atMillis, Surroundings around) {
        Desk desk = new Desk(policy, around, before);
        desk.clockMillis = Math.max(desk.clockMillis, atMillis);
        return desk;
    }
}
