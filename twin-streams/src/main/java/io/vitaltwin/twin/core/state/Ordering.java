package io.vitaltwin.twin.core.state;

import java.util.Comparator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Puts the batches of a device that counts them into the order in which it sent them. A number that is missing is waited for, so a transport
 * that turns batches round changes no alert; a device that does not count is taken as it comes. A gap in time alone is not waited for: the
 * device may have measured nothing.
 */
public final class Ordering {

    /** How long a missing batch is waited for: CLINICAL.md section 9, S24 (grace 5 min). */
    public static final long GRACE_MILLIS = 300_000;
    /** More than this never wait for one device: then what is missing is given up. Project default, no source. */
    public static final int MOST_WAITING = 256;
    /** A device whose first batch has a number from here on has been at work before we listened: nothing is missing. Project default. */
    private static final long JOINED_LATE = 64;

    /** What to do with a batch. */
    public enum Place {
        NOW,
        WAIT,
        /** Taken before, as far as the number tells. */
        RETRANSMITTED,
        /** Its original is still waiting. */
        COPY_OF_WAITING
    }

    private Ordering() {
    }

    /**
     * Decides, and counts the batch unless it is to wait.
     *
     * @param sequence the batch's number; negative: the device does not count
     * @param newer its readings are newer than any that the device sent before: then it has begun to count anew
     */
    public static Place place(DeviceState device, long sequence, boolean newer) {
        if (sequence < 0) {
            return Place.NOW;
        }
        if (device.isHeld(sequence)) {
            return Place.COPY_OF_WAITING;
        }
        if (!device.isStarted() && sequence >= JOINED_LATE || sequence == device.nextSequence()) {
            device.nextSequence(sequence + 1);
            return Place.NOW;
        }
        if (sequence > device.nextSequence()) {
            return Place.WAIT;
        }
        if (newer) {
            device.restart(sequence + 1);
            return Place.NOW;
        }
        if (device.isTaken(sequence)) {
            return Place.RETRANSMITTED;
        }
        device.fill(sequence);
        return Place.NOW;
    }

    /** The places 0 to size - 1 in the order of these times; equal times keep their order. */
    public static int[] byTime(int size, IntToLongFunction millis) {
        boolean sorted = true;
        for (int i = 1; i < size && sorted; i++) {
            sorted = millis.applyAsLong(i - 1) <= millis.applyAsLong(i);
        }
        if (sorted) {
            int[] places = new int[size];
            for (int i = 1; i < size; i++) {
                places[i] = i;
            }
            return places;
        }
        return IntStream.range(0, size).boxed().sorted(Comparator.comparingLong(millis::applyAsLong)).mapToInt(Integer::intValue).toArray();
    }
}
