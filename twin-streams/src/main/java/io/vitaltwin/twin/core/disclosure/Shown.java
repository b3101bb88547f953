package io.vitaltwin.twin.core.disclosure;

import java.util.List;

/**
 * What goes out to one viewer about one patient at one moment.
 *
 * @param vitals ids in alphabetical order, each once; empty for notices only
 * @param values measured values in it
 * @param consentVersion {@code <consentId>/<versionId>} of what covered it, several with a blank between; empty: it needed none
 */
public record Shown(List<String> vitals, long values, String consentVersion) {

    public Shown {
        vitals = List.copyOf(vitals);
    }
}
