package io.vitaltwin.alerts.console;

import java.util.Set;

/**
 * Somebody who signed in.
 *
 * @param user pseudonym, as disclosures and actions name it
 * @param teams care teams whose patients are seen; empty: none
 * @param patient of a PATIENT the own pseudonym; else empty
 */
public record Visitor(String user, Role role, Set<String> teams, String patient) {

    public Visitor {
        teams = Set.copyOf(teams);
        if (user.isBlank()) {
            throw new IllegalArgumentException("a visitor needs a user");
        }
        if ((role == Role.PATIENT) == patient.isEmpty()) {
            throw new IllegalArgumentException("role PATIENT needs a patient, and no other role has one");
        }
    }
}
