package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who would be told of an alert that nobody acknowledges, and when: what the workflow does, without doing it. */
public final class Preview {

    /** @param recipient who is on duty then, as the care team names them */
    public record Rung(Step step, long dueMillis, String recipient) {
    }

    private Preview() {
    }

    /**
     * The whole ladder.
     *
     * @param raisedMillis when the alert is raised
     * @return in the order of time; empty: an alert of this priority calls nobody
     */
    public static List<Rung> of(Priority priority, long raisedMillis, Policy policy, Rota rota) {
        List<Rung> rungs = new ArrayList<>();
        for (Optional<Step> step = Ladder.next(priority, 0); step.isPresent(); step = Ladder.next(priority, rungs.size())) {
            long due = Ladder.dueMillis(step.get(), priority, raisedMillis, policy, rota);
            rungs.add(new Rung(step.get(), due, rota.recipient(step.get().role(), due)));
        }
        return rungs;
    }
}
