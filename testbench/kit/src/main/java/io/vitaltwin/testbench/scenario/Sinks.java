package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.testbench.scenario.Scenario.Sink;
import io.vitaltwin.twin.adapter.disclosure.ConsentBook;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.disclosure.Disclosing;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Outcome;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.topology.ConsentRecords;

import java.util.ArrayList;
import java.util.List;

/** Everybody else who asks for every reading the moment it arrives, judged as at any other way out. */
final class Sinks {

    private final ScenarioPlan plan;
    private final List<Disclosure> disclosures = new ArrayList<>();
    private final List<ConsentViolation> violations = new ArrayList<>();

    private Sinks(ScenarioPlan plan) {
        this.plan = plan;
    }

    /** What came out, and beside it what the scenario's sinks were shown and refused. */
    static Observed ask(ScenarioPlan plan, Observed observed) {
        Sinks sinks = new Sinks(plan);
        plan.scenario().sinks().forEach(sinks::play);
        return observed.and(sinks.violations, sinks.disclosures);
    }

    private void play(Sink sink) {
        Viewer viewer = new Viewer(sink.purpose(), sink.id(), "");
        ConsentBook consents = new ConsentBook(viewer);
        for (Input input : plan.inputs()) {
            if (input.value() instanceof ConsentRecord consent) {
                consents.take(input.key(), consent, input.arrival().toEpochMilli());
            } else if (input.value() instanceof ReadingBatch batch) {
                offer(viewer, consents, input, batch);
            }
        }
    }

    private void offer(Viewer viewer, ConsentBook consents, Input input, ReadingBatch batch) {
        String patient = input.key();
        long now = input.arrival().toEpochMilli();
        List<Offer> offers = batch.getReadings().stream().map(reading -> Offers.of(patient, batch.getDeviceId(), reading)).toList();
        Outcome outcome = Disclosing.decide(consents.of(patient), Egress.SCENARIO_SINK, viewer, offers, now);
        disclosures.addAll(DisclosureGate.disclosures(patient, Egress.SCENARIO_SINK, viewer, outcome, now));
        outcome.violations().forEach(violation -> violations.add(ConsentRecords.violation(patient, violation)));
    }
}
