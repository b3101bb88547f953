package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.state.StreamState;

/**
 * Where a silence seems to begin: told from when the patient's other continuous streams were last heard. A device or system comes first; nothing
 * here says anything about the person, and silence by consent is no silence at all (CR 3.12.11).
 *
 * @see "CLINICAL.md section 8.4 E8"
 */
enum SilenceCause {

    /** The device itself is still heard: one of its sensors has stopped, or what it sends may not be used. */
    SENSOR(Tag.SILENT_DEVICE, "Other readings of the same device still arrive, so its sensor may have stopped or lost contact."),
    /** Only this device is quiet. */
    DEVICE(Tag.SILENT_DEVICE, "Other devices of the patient are still heard, so this device, its power or its link may have stopped."),
    /** Everything fell silent within one interval. */
    GATEWAY(Tag.SILENT_GATEWAY, "All devices of the patient fell silent together, so what they share, such as a gateway, phone or network, may have stopped."),
    /** No other device to compare with, or others that fell silent at another time. */
    UNKNOWN(Tag.SILENT_UNKNOWN, "The device, its link or its power may have stopped.");

    static final int TAGS = Tag.SILENT_DEVICE.bit() | Tag.SILENT_GATEWAY.bit() | Tag.SILENT_UNKNOWN.bit();

    /** Two readings may be missing before a stream is called quiet: its last reading is then more than this many intervals old. */
    private static final int QUIET_INTERVALS = 3;

    private final Tag tag;
    private final String words;

    SilenceCause(Tag tag, String words) {
        this.tag = tag;
        this.words = words;
    }

    Tag tag() {
        return tag;
    }

    /** A whole sentence. */
    String words() {
        return words;
    }

    /** @param nowMillis when the stream counts as silent */
    static SilenceCause of(Turn turn, StreamState silent, long nowMillis) {
        long interval = SilenceRules.expectedMillis(turn, silent);
        if (isHeard(silent, interval, nowMillis)) {
            return SENSOR;                 // it speaks, but nothing of it may be used
        }
        boolean others = false;
        boolean together = true;
        boolean otherDeviceHeard = false;
        for (StreamState other : turn.twin().streams()) {
            long expected = SilenceRules.expectedMillis(turn, other);
            if (other == silent || expected == 0 || !VitalLimits.isContinuous(expected) || other.heardMillis() == 0) {
                continue;
            }
            boolean heard = isHeard(other, expected, nowMillis);
            if (other.deviceId().equals(silent.deviceId())) {
                if (heard) {
                    return SENSOR;
                }
                continue;
            }
            long apart = silent.heardMillis() - other.heardMillis();
            if (other.isSilent() && apart > Math.max(expected, interval)) {
                continue;                  // it was gone before: it tells nothing about now
            }
            others = true;
            otherDeviceHeard |= heard;
            together &= Math.abs(apart) <= Math.max(expected, interval);
        }
        if (otherDeviceHeard) {
            return DEVICE;
        }
        return others && together ? GATEWAY : UNKNOWN;
    }

    private static boolean isHeard(StreamState stream, long intervalMillis, long nowMillis) {
        return nowMillis - stream.heardMillis() < QUIET_INTERVALS * intervalMillis;
    }
}
