package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.daily.PersonMemory;
import io.vitaltwin.twin.core.daily.PersonMemory.Vector;
import io.vitaltwin.twin.core.part.Parts;

import java.util.Optional;

/**
 * DQ-21 for wearables: whether a night is that of the person who usually wears the device. A night is judged when its last nightly value comes (RMSSD or
 * breathing rate, sent once a night), with the mean of the pulses that the device marked as SLEEP; that value carries the doubt, and the
 * night does not count for NIGHT_RHR. Pulses that come after it are not in it, and devices that send RMSSD all night long are not judged.
 *
 * @see "CLINICAL.md section 5.2, DQ-21"
 */
final class PersonChecks {

    private static final long DAY_MILLIS = 86_400_000L;

    private PersonChecks() {
    }

    static boolean isSomeoneElse(Parts parts, Vital vital, Device device, long at, long milli, long intervalMillis) {
        PersonMemory memory = parts.find(PersonMemory.TYPE).orElse(null);
        if (memory == null) {
            return false;
        }
        boolean justPaired = device.isRegistered() && at >= device.fromMillis() && at - DAY_MILLIS < device.fromMillis();
        return night(memory, vital, at, milli, intervalMillis)
                .filter(night -> memory.isSomeoneElse(night, at, number(device), justPaired)).isPresent();
    }

    private static Optional<Vector> night(PersonMemory memory, Vital vital, long at, long milli, long intervalMillis) {
        if (VitalLimits.isContinuous(intervalMillis)) {
            return Optional.empty();
        }
        return switch (vital) {
            case HRV_RMSSD -> memory.withRmssd(at, StrictMath.log(milli / 1_000.0));
            case RESPIRATORY_RATE -> memory.withBreaths(at, milli / 1_000.0);
            default -> Optional.empty();
        };
    }

    static void remember(
            Parts parts, Vital vital, Device device, long at, long milli, long intervalMillis, Context context, Verdict verdict, long reasons) {
        boolean odd = Reason.WRONG_PERSON_SUSPECT.in(reasons);
        if (verdict == Verdict.REJECT || verdict == Verdict.SUSPECT && !odd) {
            return;
        }
        boolean nightly = !VitalLimits.isContinuous(intervalMillis);
        if (vital == Vital.HRV_RMSSD && nightly) {
            PersonMemory memory = parts.get(PersonMemory.TYPE);
            night(memory, vital, at, milli, intervalMillis).ifPresent(night -> memory.decide(night, at, number(device), odd));
            memory.rmssd(at, StrictMath.log(milli / 1_000.0));
            return;
        }
        PersonMemory memory = parts.find(PersonMemory.TYPE).orElse(null);
        if (memory == null) {
            return;
        }
        if (vital == Vital.HEART_RATE && context == Context.SLEEP) {
            memory.pulse(at, milli);
        } else if (vital == Vital.RESPIRATORY_RATE && (nightly || context == Context.SLEEP)) {
            night(memory, vital, at, milli, intervalMillis).ifPresent(night -> memory.decide(night, at, number(device), odd));
            memory.breath(at, milli);
        }
    }

    /** 16 bits that tell the devices of one patient apart. */
    private static int number(Device device) {
        return device.id().hashCode() * 0x9E3779B9 >>> 16;
    }
}
