package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A made-up story, one line a record, for whoever has to find out what went wrong. */
final class StoryText {

    private StoryText() {
    }

    static List<String> lines(ProofStory story) {
        return story.entries().stream().map(StoryText::line).toList();
    }

    private static String line(Entry entry) {
        String taken = entry.takenMillis() == entry.appendMillis() ? "" : " (taken " + Instant.ofEpochMilli(entry.takenMillis()) + ")";
        return entry.arrival().at() + taken + "  " + switch (entry.arrival()) {
            case Arrival.Plan plan -> "plan: " + plan.plan().getDevices().stream().map(device -> device.getDeviceId() + device.getVitals())
                    .collect(Collectors.joining(" "));
            case Arrival.Consent consent -> consent(consent.consent());
            case Arrival.Batch batch -> "batch of " + batch.batch().getDeviceId() + " number " + batch.batch().getSequence() + ": "
                    + batch.batch().getReadings().stream().map(reading -> reading.getVital() + " " + reading.getValue() + " " + reading.getUnit()
                            + " of " + reading.getEffectiveTime()).collect(Collectors.joining(", "));
            case Arrival.Report report -> "report: " + report.report().getKind();
            case Arrival.Garbage garbage -> "a record that nobody can read";
        };
    }

    private static String consent(ConsentRecord consent) {
        return "consent " + consent.getConsentId() + '/' + consent.getVersionId() + ' ' + consent.getStatus() + " from "
                + consent.getEffectiveTime() + (consent.getEmergency() == null ? "" : ", an emergency") + (consent.getVerified() == null ? "" : ", verified " + consent.getVerified())
                + consent.getProvisions().stream().map(StoryText::rule).collect(Collectors.joining());
    }

    private static String rule(Provision rule) {
        return "; " + rule.getType() + (rule.getExceptionTo() < 0 ? "" : " except to " + rule.getExceptionTo()) + " purposes " + rule.getPurposes() + " vitals " + rule.getVitals() + " actors " + rule.getActors() + " actions "
                + rule.getActions() + span(" at ", rule.getPeriodStart(), rule.getPeriodEnd())
                + span(" data ", rule.getDataPeriodStart(), rule.getDataPeriodEnd());
    }

    private static String span(String word, @Nullable Instant from, @Nullable Instant until) {
        return from == null && until == null ? "" : word + (from == null ? "" : from) + ".." + (until == null ? "" : until);
    }
}
