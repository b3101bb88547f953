package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.Vital;

/**
 * Readings that the twin took in, of one vital of one device, over a span of append time: never a measured value.
 *
 * @param device place of the device among those that the twin has heard, from 0
 * @param firstMillis append time of the first reading
 * @param lastMillis append time of the last one
 * @param count readings, at least 1
 */
public record Use(int device, Vital vital, long firstMillis, long lastMillis, long count) {

    /** Both together. */
    Use and(Use other) {
        return new Use(device, vital, Math.min(firstMillis, other.firstMillis), Math.max(lastMillis, other.lastMillis), count + other.count);
    }

    boolean isOf(Use other) {
        return device == other.device && vital == other.vital;
    }

    /** Whether only the vital differs: such uses are stored together. */
    boolean isBeside(Use other) {
        return device == other.device && firstMillis == other.firstMillis && lastMillis == other.lastMillis && count == other.count;
    }
}
