package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.twin.topology.Keeping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much was looked at: stories, records, readings by fate, refusals by reason, and what was held against consent. */
final class Tally {

    private final Map<String, Long> counts = new TreeMap<>();

    void add(ProofStory story, List<Told> told) {
        count("stories", 1);
        count("records", story.entries().size());
        count("readings", story.readings());
        count("consents", story.entries().stream().filter(entry -> entry.arrival() instanceof Arrival.Consent).count());
        Fates last = new Fates();
        for (Told one : told) {
            switch (one.value()) {
                case AlertEvent alert -> count("evidence", alert.getEvidence().size());
                case ConsentViolation violation -> {
                    count("violations", 1);
                    count(violation.getStage() == ViolationStage.COLLECT ? "refused as " + violation.getReason() : "used before it was forbidden", violation.getCount());
                }
                case QualityFlag flag -> count("quality flags", 1);
                case Disclosure disclosure -> count("disclosures", 1);
                case TwinSnapshot twin -> {
                    count("values in snapshots", twin.getVitals().size());
                    last = twin.getFates();
                }
                default -> throw new IllegalStateException("nothing is known of a " + one.value().getClass().getSimpleName());
            }
        }
        count("applied", last.getApplied());
        count("duplicate", last.getDuplicate());
        count("late", last.getLate());
        count("refused", last.getRefused());
        count("dead", last.getDead());
    }

    /** The stories of a trial were played a second time, with restarts. */
    void restarted(Trial trial) {
        count("restarts", trial.restarts().size());
        count("stories on disk", trial.keeping() == Keeping.ON_DISK ? trial.stories().size() : 0);
    }

    void add(Tally other) {
        other.counts.forEach(this::count);
    }

    void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    /** In one line: how much was played and what came of it. */
    String summary() {
        String disturbed = of("kills") > 0 ? of("kills") + " kills" : of("restarts") + " restarts";
        return of("stories") + " seeds, " + of("consents") + " consents, " + of("readings") + " readings (" + of("refused") + " refused), " + of("violations")
                + " violations, " + disturbed;
    }

    long stories() {
        return of("stories");
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** By name, in the order of the names. */
    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
