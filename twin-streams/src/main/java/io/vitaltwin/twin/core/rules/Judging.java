package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.Personal;
import io.vitaltwin.twin.core.quality.QualityChecks;
import io.vitaltwin.twin.core.quality.Revision;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.Optional;
import java.util.OptionalLong;

/** From a reading to what the twin and the rules see of it. */
public final class Judging {

    private Judging() {
    }

    /**
     * A reading with its verdict.
     *
     * @param stream where the twin remembers it
     * @param sample empty for a duplicate, which goes no further
     */
    public record Judged(StreamState stream, Judgement judgement, Optional<Sample> sample) {

        public boolean isLate() {
            return judgement.handling() == Judgement.Handling.LATE;
        }
    }

    /** Judges a reading against what the twin remembers. @param clockReasons what the device's clock says of the time that the reading has now */
    public static Judged judge(TwinState twin, Plan plan, Device device, Measurement measurement, long clockReasons) {
        Vital vital = measurement.vital();
        long effective = measurement.effectiveMillis();
        StreamState stream = twin.stream(device.id(), vital);
        boolean newest = effective >= stream.memory().newestMillis();
        Judgement judgement = QualityChecks.judge(
                stream.memory(), measurement, device, plan.facts(), personal(twin, plan), twin.quality(), clockReasons);
        judgement = StatementRule.doubt(twin, stream, effective, judgement);
        if (judgement.isDuplicate()) {
            return new Judged(stream, judgement, Optional.empty());
        }
        judgement.revisions().forEach(revision -> revision.vital().ifPresent(other -> takeBack(twin, device, other, revision, measurement)));
        long sigma = Double.isFinite(judgement.sigma()) ? Math.round(judgement.sigma() * 1000) : -1;
        Point point = new Point(effective, measurement.value(), device.grade(), judgement.verdict(), judgement.context(), judgement.reasons(),
                sigma, measurement.at().offset(), measurement.at().index());
        long interval = plan.intervalMillis(vital, device, VitalLimits.intervalMillis(vital, device));
        return new Judged(stream, judgement, Optional.of(
                new Sample(vital, device, point, judgement.canonicalMilli(), judgement.sigma(), judgement.sigmaWidened(), interval, newest)));
    }

    /** What was folded of another vital of this device before this reading showed what it was worth. */
    private static void takeBack(TwinState twin, Device device, Vital other, Revision revision, Measurement shownBy) {
        twin.stream(device.id(), other)
                .revise(revision.fromMillis(), revision.untilMillis(), revision.verdict(), revision.reasons(), shownBy.at().offset());
        twin.parts().find(PressureMemory.TYPE).ifPresent(memory -> memory.revise(device.id(), other, revision));
    }

    private static Personal personal(TwinState twin, Plan plan) {
        return (vital, context) -> PersonalBaseline.of(twin, plan, vital, context)
                .map(baseline -> OptionalLong.of(baseline.medianMilli())).orElse(OptionalLong.empty());
    }
}
