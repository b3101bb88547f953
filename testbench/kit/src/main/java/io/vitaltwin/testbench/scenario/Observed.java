package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.TwinSnapshot;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came out of the topology, each list in the order of its topic.
 *
 * @param deadLetters the batches that were dead-lettered, as far as they can be read
 */
record Observed(
        List<AlertEvent> alerts,
        List<ConsentViolation> violations,
        List<QualityFlag> flags,
        List<TwinSnapshot> twins,
        List<ReadingBatch> deadLetters,
        List<Disclosure> disclosures) {

    Observed {
        alerts = List.copyOf(alerts);
        violations = List.copyOf(violations);
        flags = List.copyOf(flags);
        twins = List.copyOf(twins);
        deadLetters = List.copyOf(deadLetters);
        disclosures = List.copyOf(disclosures);
    }

    /** With more violations and disclosures, after those that are there. */
    Observed and(List<ConsentViolation> moreViolations, List<Disclosure> moreDisclosures) {
        return new Observed(alerts, Stream.concat(violations.stream(), moreViolations.stream()).toList(), flags, twins, deadLetters,
                Stream.concat(disclosures.stream(), moreDisclosures.stream()).toList());
    }

    /**
     * Without the alerts and flags that were decided after this instant. The rest stays: it only counts what happened before.
     */
    Observed until(Instant end) {
        return new Observed(alerts.stream().filter(alert -> !alert.getAppendTime().isAfter(end)).toList(), violations,
                flags.stream().filter(flag -> !flag.getAppendTime().isAfter(end)).toList(), twins, deadLetters, disclosures);
    }
}
