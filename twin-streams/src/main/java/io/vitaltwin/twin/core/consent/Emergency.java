package io.vitaltwin.twin.core.consent;

/**
 * A broken glass: care for the vital interests of a patient who cannot be asked. It is nobody's consent: it opens care for a few hours and
 * changes nothing that the patient has said.
 *
 * @param role of the person who takes the responsibility, such as physician
 * @param actor pseudonym of that person
 * @param reason why, without clinical values
 * @see "CLINICAL.md section 8.3.10"
 */
public record Emergency(String role, String actor, String reason) {

    /** How long a broken glass holds after its append time, in milliseconds. A second one does not lengthen it: it has its own time. */
    public static final long HOLDS_MILLIS = 4 * 3_600_000L;

    /** Whether it says who takes the responsibility and why; without that it opens nothing. */
    boolean isComplete() {
        return !role.isBlank() && !actor.isBlank() && !reason.isBlank();
    }

    /** Care, and nothing else. */
    static boolean isFor(String purpose) {
        return purpose.equals("TREAT") || purpose.equals("ETREAT");
    }

    /** Says nothing of a person. */
    @Override
    public String toString() {
        return "Emergency";
    }
}
