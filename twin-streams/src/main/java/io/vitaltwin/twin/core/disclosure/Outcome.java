package io.vitaltwin.twin.core.disclosure;

import io.vitaltwin.twin.core.consent.Violation;

import java.util.List;

/**
 * What became of the offers of one patient.
 *
 * @param permitted for each offer, in their order
 * @param shown what must be written down before anything is shown, one for each consent version that covered it; empty when all is withheld
 * @param violations what was denied, of stage DISCLOSE: one for each device, vital, reason and consent version
 */
public record Outcome(List<Boolean> permitted, List<Shown> shown, List<Violation> violations) {

    public Outcome {
        permitted = List.copyOf(permitted);
        shown = List.copyOf(shown);
        violations = List.copyOf(violations);
    }

    /** Offers that may be shown. */
    public long permittedCount() {
        return permitted.stream().filter(Boolean::booleanValue).count();
    }
}
