package io.vitaltwin.twin.core;

/**
 * One reading as it came, already known to be readable: the vital is known and the unit is one of the vital's.
 *
 * @param effectiveMillis when the patient was measured, by the device's clock
 * @param appendMillis when the broker took the record: the only "now" there is
 * @param context as sent; UNKNOWN when left out
 * @param signalQuality 0 to 1, or NaN when the device reports none
 * @param motion the device flagged motion, low perfusion or loss of contact
 */
public record Measurement(
        Vital vital,
        String deviceId,
        long effectiveMillis,
        long appendMillis,
        Value value,
        Context context,
        float signalQuality,
        boolean motion,
        Coordinates at) {

    /** The same reading with other times. */
    public Measurement timed(long effective, long append) {
        return new Measurement(vital, deviceId, effective, append, value, context, signalQuality, motion, at);
    }
}
