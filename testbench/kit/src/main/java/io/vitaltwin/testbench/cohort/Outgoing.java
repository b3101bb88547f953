package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Readings on their way: collects batches, and hands a day over in order of arrival. */
final class Outgoing {

    /** From the device to the broker, as in the scenarios (CR 9). */
    static final long DELAY = 2_000;

    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Measurement> batch = new ArrayList<>();
    private long offset;

    /** Adds a reading to the batch that is being made. @param effective by the device's clock @param millis true time */
    void add(Vital vital, String deviceId, long effective, long millis, Value value, Context context) {
        batch.add(new Measurement(vital, deviceId, effective, millis + DELAY, value, context, Float.NaN, false,
                new Coordinates(0, offset, batch.size())));
    }

    void add(Vital vital, String deviceId, long millis, Value value, Context context) {
        add(vital, deviceId, millis, millis, value, context);
    }

    /** Ends the batch. Nothing happens when it is empty. */
    void send(long millis) {
        if (!batch.isEmpty()) {
            deliveries.add(new Delivery.Batch(millis + DELAY, List.copyOf(batch)));
            batch.clear();
            offset++;
        }
    }

    void say(String words, long millis) {
        deliveries.add(new Delivery.Symptom(millis + DELAY, words, millis));
    }

    /** Everything since the last time, in order of arrival; what arrives at once stays in the order in which it was sent. */
    List<Delivery> take() {
        deliveries.sort(Comparator.comparingLong(Delivery::arrivalMillis));
        List<Delivery> taken = List.copyOf(deliveries);
        deliveries.clear();
        return taken;
    }

    static Value whole(double value, Unit unit) {
        return Value.measured(rounded(value) * 1_000, unit);
    }

    static Value tenths(double value, Unit unit) {
        return Value.measured(rounded(value * 10) * 100, unit);
    }

    private static long rounded(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("a simulated device shows no number");
        }
        return Math.round(value);
    }
}
