package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.ConsentRule;
import io.vitaltwin.twin.core.rules.Family;

import java.util.List;
import java.util.Set;

/** How the twin changes. A duplicate never comes here; one out of order or late changes only what it was heard, not what is newest. */
public final class TwinFold {

    /** SUSPECT for one of these reasons is neither shown as the newest value nor scored: CR 3.12.5 and DQ-08. */
    private static final long HELD_BACK = Reason.FLATLINE.bit() | Reason.UNIT_SUSPECT.bit();

    private TwinFold() {
    }

    /** Takes a judged reading into its stream. A REJECT is only heard. @param nowMillis append time of what is being processed */
    public static void take(StreamState stream, Point point, boolean newest, boolean late, long nowMillis) {
        stream.heard(late ? nowMillis : Math.min(point.effectiveMillis(), nowMillis));
        if (point.verdict() == Verdict.REJECT || !newest) {
            return;
        }
        if ((point.reasons() & HELD_BACK) == 0) {
            stream.latest(point);
        }
        if (point.verdict() == Verdict.ACCEPT && !late) {
            double value = Units.canonicalMilli(point.value(), stream.vital()) / 1_000.0;
            stream.filter().take(point.effectiveMillis() - stream.usableMillis(), value, point.sigmaMilli() / 1_000.0);
            stream.usable(point.effectiveMillis());
        }
    }

    private static void forgetScores(TwinState twin, Vital vital) {
        if (ConsentRule.base(Family.NEWS2).contains(vital)) {
            twin.score().forgetTotals();
        }
    }

    /** The twin with nothing left of what may no longer be used. */
    public static TwinState keep(TwinState twin, Set<Vital> covered) {
        if (covered.isEmpty()) {
            return twin.withoutMeasurements();
        }
        for (StreamState stream : List.copyOf(twin.streams())) {
            if (!covered.contains(stream.vital())) {
                twin.forget(stream);
                forgetScores(twin, stream.vital());
            }
        }
        twin.quality().keep(covered);
        twin.devices().forEach(device -> device.clock().keep(covered));
        return twin;
    }
}
