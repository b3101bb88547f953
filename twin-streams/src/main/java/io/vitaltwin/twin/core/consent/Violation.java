package io.vitaltwin.twin.core.consent;

/**
 * Readings refused alike: never a measured value.
 *
 * @param device hash of the device id
 * @param consentVersion {@code <consentId>/<versionId>}; empty when no consent is known
 * @param firstMillis append time of the first refused reading
 * @param lastMillis append time of the last one
 * @param count readings, at least 1
 */
public record Violation(
        String device, String vital, ViolationReason reason, String purpose, String actor, Stage stage, String consentVersion,
        long firstMillis, long lastMillis, long count) {

    /** The same kind, once, at another time. */
    Violation at(long appendMillis) {
        return over(appendMillis, appendMillis, 1);
    }

    /** Both together: two of one kind. */
    public Violation and(Violation other) {
        return over(Math.min(firstMillis, other.firstMillis), Math.max(lastMillis, other.lastMillis), count + other.count);
    }

    Violation over(long first, long last, long readings) {
        return new Violation(device, vital, reason, purpose, actor, stage, consentVersion, first, last, readings);
    }
}
