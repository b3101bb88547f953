package io.vitaltwin.testbench.cohort;

/**
 * What a sensor adds to the truth: an offset of this device on this person, a slow wander, and what differs from one measurement to the next.
 * The shares are of variance; the sum has the standard deviation that the reference gives for device, vital and context.
 */
final class SensorError {

    private final Dice dice;
    private final double offset;
    private final double slowShare;
    private final double quickShare;
    private final double wanderMillis;
    private final double smoothMillis;
    private double slow;
    private double smooth;
    private long last = Long.MIN_VALUE;

    /**
     * @param offsetShare of the variance, the same for as long as the device is worn by this person
     * @param slowShare of the variance, wandering within {@code wanderMillis}; the rest differs from measurement to measurement
     */
    SensorError(Dice dice, double offsetShare, double slowShare, double wanderMillis) {
        this(dice, offsetShare, slowShare, wanderMillis, 0);
    }

    /** As above. @param smoothMillis over which the device smooths its wander; 0 when it does not */
    SensorError(Dice dice, double offsetShare, double slowShare, double wanderMillis, double smoothMillis) {
        this.dice = dice;
        this.offset = Math.sqrt(offsetShare) * dice.gauss(0, 1, -2, 2);
        this.slowShare = Math.sqrt(slowShare);
        this.quickShare = Math.sqrt(Math.max(0, 1 - offsetShare - slowShare));
        this.wanderMillis = wanderMillis;
        this.smoothMillis = smoothMillis;
        this.slow = dice.gauss();
    }

    /** What stays the same for as long as the device is worn, in standard deviations of the whole error. */
    double offset() {
        return offset;
    }

    /** @param millis never goes back @param sigma standard deviation of the whole error now */
    double at(long millis, double sigma) {
        if (millis < last) {
            throw new IllegalStateException("a sensor was read at " + millis + " after " + last);
        }
        if (last != Long.MIN_VALUE && slowShare > 0) {
            double kept = StrictMath.exp(-(millis - last) / wanderMillis);
            slow = slow * kept + Math.sqrt(1 - kept * kept) * dice.gauss();
            smooth += (slow - smooth) * (smoothMillis == 0 ? 1 : 1 - StrictMath.exp(-(millis - last) / smoothMillis));
        }
        last = millis;
        return sigma * (offset + slowShare * wander() + quickShare * dice.gauss());
    }

    /** A wander that is smoothed has less variance; this gives it back. */
    private double wander() {
        return smoothMillis == 0 ? slow : smooth * Math.sqrt((wanderMillis + smoothMillis) / wanderMillis);
    }
}
