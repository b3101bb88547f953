package io.vitaltwin.alerts.core;

/**
 * What a decision depends on besides the patient's own alerts.
 *
 * @param patient pseudonym
 * @param rota who is on duty
 * @param staleUntilMillis what fell due before was not told in time by anybody: of each alert only the newest step is told, from this time on
 */
public record Surroundings(String patient, Rota rota, long staleUntilMillis) {

    /** Nobody was away. */
    public static final long NEVER_STALE = Long.MIN_VALUE;

    /** Without the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Surroundings[" + staleUntilMillis + "]";
    }
}
