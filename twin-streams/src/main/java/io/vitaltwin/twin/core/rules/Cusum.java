package io.vitaltwin.twin.core.rules;

/**
 * One-sided cumulative sum of standardized deviations: what rises above {@code k} adds up, and an alarm stands while the sum is above {@code h}. No rule uses
 * it; reports compare {@link NightSignal} with it.
 *
 * @param k allowance, in standard deviations
 * @param h alarm limit
 * @param sum of what has been taken so far, at least 0
 * @see "CLINICAL.md section 7.2"
 */
public record Cusum(double k, double h, double sum) {

    /** Allowance 0.5, limit 4: the reference's vector. */
    public static Cusum usual() {
        return new Cusum(0.5, 4, 0);
    }

    /** @param z deviation from the person's baseline in its standard deviations */
    public Cusum take(double z) {
        return new Cusum(k, h, Math.max(0, sum + z - k));
    }

    public boolean isAlarm() {
        return sum > h;
    }
}
