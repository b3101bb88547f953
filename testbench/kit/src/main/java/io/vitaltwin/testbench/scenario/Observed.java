package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.TwinSnapshot;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came out of the twin and of the workflow of its alerts, each list in the order of its topic.
 *
 * @param deadLetters the batches that were dead-lettered, as far as they can be read
 * @param workflow what happened to the alerts in the hands of people; empty: nobody asked
 */
record Observed(
        List<AlertEvent> alerts,
        List<ConsentViolation> violations,
        List<QualityFlag> flags,
        List<TwinSnapshot> twins,
        List<ReadingBatch> deadLetters,
        List<Disclosure> disclosures,
        List<AlertWorkflowEvent> workflow) {

    Observed {
        alerts = List.copyOf(alerts);
        violations = List.copyOf(violations);
        flags = List.copyOf(flags);
        twins = List.copyOf(twins);
        deadLetters = List.copyOf(deadLetters);
        disclosures = List.copyOf(disclosures);
        workflow = List.copyOf(workflow);
    }

    /** With more violations and disclosures, after those that are there. */
    Observed and(List<ConsentViolation> moreViolations, List<Disclosure> moreDisclosures) {
        return new Observed(alerts, Stream.concat(violations.stream(), moreViolations.stream()).toList(), flags, twins, deadLetters,
                Stream.concat(disclosures.stream(), moreDisclosures.stream()).toList(), workflow);
    }

    /** With what people did with the alerts. */
    Observed handled(List<AlertWorkflowEvent> events) {
        return new Observed(alerts, violations, flags, twins, deadLetters, disclosures, events);
    }

    /**
     * Without the alerts, flags and steps of the workflow that were decided after this instant. The rest stays: it only counts what happened before.
     */
    Observed until(Instant end) {
        return new Observed(alerts.stream().filter(alert -> !alert.getAppendTime().isAfter(end)).toList(), violations,
                flags.stream().filter(flag -> !flag.getAppendTime().isAfter(end)).toList(), twins, deadLetters, disclosures,
                workflow.stream().filter(event -> !event.getTime().isAfter(end)).toList());
    }
}
