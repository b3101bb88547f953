package io.vitaltwin.twin.core;

/**
 * One reading as it came, already known to be readable: the vital is known and the unit is one of the vital's.
 *
 * @param effectiveMillis when the patient was measured, by the device's clock
 * @param appendMillis when the broker took the record: the only "now" there is
 * @param context as sent; UNKNOWN when left out
 * @param signalQuality 0 to 1, or NaN when the device reports none
 * @param flags what the device said about this value: {@link #MOTION}, {@link #OFF_BODY}
 */
public record Measurement(
        Vital vital,
        String deviceId,
        long effectiveMillis,
        long appendMillis,
        Value value,
        Context context,
        float signalQuality,
        int flags,
        Coordinates at) {

    /** Motion or low perfusion: DQ-18. */
    public static final int MOTION = 1;

    /** No contact with the body, or on its charger: DQ-19. */
    public static final int OFF_BODY = 2;

    /** A reading of which the device said at most that something moved. */
    public Measurement(
            Vital vital, String deviceId, long effectiveMillis, long appendMillis, Value value, Context context, float signalQuality,
            boolean motion, Coordinates at) {
        this(vital, deviceId, effectiveMillis, appendMillis, value, context, signalQuality, motion ? MOTION : 0, at);
    }

    public boolean motion() {
        return (flags & MOTION) != 0;
    }

    public boolean offBody() {
        return (flags & OFF_BODY) != 0;
    }

    /** The same reading with other times. */
    public Measurement timed(long effective, long append) {
        return new Measurement(vital, deviceId, effective, append, value, context, signalQuality, flags, at);
    }
}
