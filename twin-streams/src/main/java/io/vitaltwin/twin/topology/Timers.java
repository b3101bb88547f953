package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.rules.SilenceRules;
import io.vitaltwin.twin.core.rules.Turn;
import io.vitaltwin.twin.core.state.DeviceState;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.List;

/**
 * What time alone brings about for one patient: silence, what rules wait for, batches that waited long enough, refusals to be told, snapshots, consent that
 * begins or ends. Each is decided as of its own time, whenever it is looked at, so a replay decides the same.
 */
final class Timers {

    private final Records records;
    private final Outbox outbox;
    private final Admission admission;
    private final long snapshotMillis;

    Timers(Records records, Outbox outbox, Admission admission, long snapshotMillis) {
        this.records = records;
        this.outbox = outbox;
        this.admission = admission;
        this.snapshotMillis = snapshotMillis;
    }

    /** Lets everything happen that is due until then, earliest first. */
    void run(Visit visit, long untilMillis) {
        if (visit.twin.timerMillis() > untilMillis) {
            return; // the earliest deadline has a timer that is never later
        }
        long before = Long.MIN_VALUE;
        for (long due = next(visit); due <= untilMillis; due = next(visit)) {
            before = Math.max(before, due);    // what a batch brings that had waited may have been due already
            visit.nowMillis = before + GateProcessor.LOOK_BACK_MILLIS;
            fire(visit, before);
            visit.consentVersion = visit.consents.newestLabel();    // what comes next may come in this visit or in another one
        }
    }

    /** Ends the visit: a snapshot if one is due, the next timer, and the twin back into its store. */
    void close(Visit visit) {
        boolean tell = visit.twin.isSnapshotDue() && visit.nowMillis - visit.twin.snapshotMillis() >= snapshotMillis;
        if (tell) {
            visit.twin.snapshotTaken(visit.nowMillis);
        }
        records.setTimer(visit, next(visit));
        int bytes = records.store(visit);
        if (tell) {
            outbox.snapshot(visit, bytes);
        }
    }

    /**
     * Ends a visit that no record caused. A snapshot has a deadline like everything else: given here, its time would hang on how often time moves, and
     * a replay would write another.
     */
    void settle(Visit visit) {
        records.setTimer(visit, next(visit));
        records.store(visit);
    }

    private long next(Visit visit) {
        long next = visit.twin.refusalsDueMillis() == 0 ? Long.MAX_VALUE : visit.twin.refusalsDueMillis();
        if (visit.twin.isSnapshotDue()) {
            next = Math.min(next, visit.twin.snapshotMillis() + snapshotMillis);
        }
        next = Math.min(next, visit.twin.coveredUntilMillis());
        next = Math.min(next, visit.twin.parts().nextDue());
        Turn turn = turn(visit);
        for (StreamState stream : visit.twin.streams()) {
            next = Math.min(next, SilenceRules.deadline(turn, stream));
        }
        for (DeviceState device : visit.twin.devices()) {
            for (DeviceState.Held held : device.held()) {
                next = Math.min(next, held.untilMillis());
            }
        }
        return next;
    }

    private void fire(Visit visit, long due) {
        if (visit.twin.refusalsDueMillis() != 0 && visit.twin.refusalsDueMillis() <= due) {
            ViolationTally tally = records.tally(visit.patient);
            outbox.violations(visit, tally.flush(due));
            records.storeTally(visit, tally);
        }
        if (visit.twin.coveredUntilMillis() <= due) {
            visit.twin.coveredUntil(visit.consents.nextChange(due));
            visit.twin.changed();
            admission.covered(visit, false);
        }
        if (visit.twin.parts().nextDue() <= due) {
            visit.twin.changed();
            outbox.next(new Step.Due(visit, due));
        }
        for (StreamState stream : List.copyOf(visit.twin.streams())) {
            if (SilenceRules.deadline(turn(visit), stream) <= due) {
                visit.twin.changed();
                outbox.next(new Step.Silent(visit, stream, due));
            }
        }
        for (DeviceState device : List.copyOf(visit.twin.devices())) {
            if (device.held().stream().anyMatch(held -> held.untilMillis() <= due)) {
                visit.twin.changed();
                admission.giveUpWaiting(visit, device, due);
            }
        }
        if (visit.twin.isSnapshotDue() && visit.twin.snapshotMillis() + snapshotMillis <= due) {
            visit.twin.snapshotTaken(visit.nowMillis);
            outbox.snapshot(visit, records.store(visit));
        }
    }

    private static Turn turn(Visit visit) {
        return new Turn(visit.twin, visit.plan, visit.nowMillis, change -> {
            throw new IllegalStateException("a deadline raises nothing by itself");
        });
    }
}
