package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.DeviceSharing;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.quality.DeviceClock;
import io.vitaltwin.twin.core.quality.SharedDevice;
import io.vitaltwin.twin.core.rules.SharedDeviceRule;
import io.vitaltwin.twin.core.state.DeviceState;

/**
 * DQ-22 at the gate: tells which device measured the patient, where the care plan knows its serial number, and takes what that led to. Two patients meet by
 * way of two topics, because they may be of two partitions.
 */
final class Sightings {

    private final Outbox outbox;

    Sightings(Outbox outbox) {
        this.outbox = outbox;
    }

    /** A reading comes in. Told once an hour of effective time; of a time that is known to be wrong nothing is told. */
    void measured(Visit visit, DeviceState state, Device device, DeviceClock.Time time) {
        if (!device.serialHash().isEmpty() && !time.isWrong() && state.sighted(time.millis())) {
            outbox.sighting(visit, device, time.millis(), device.untilMillis());
        }
    }

    /** Another care plan: a registration that ends earlier than was told is the record that the device was handed on. */
    void registered(Visit visit, Plan before) {
        for (DeviceState state : visit.twin.devices()) {
            Device was = before.devices().get(state.id());
            if (state.sightedMillis() == 0 || was == null || was.serialHash().isEmpty()) {
                continue;
            }
            Device is = visit.plan.devices().get(state.id());
            long until = is != null && is.serialHash().equals(was.serialHash()) ? is.untilMillis() : visit.nowMillis;
            if (until < was.untilMillis()) {
                outbox.sighting(visit, was, state.sightedMillis(), until);
            }
        }
    }

    /**
     * Somebody else was measured by a device of this patient, or was not after all. Whose readings may not be used has none in doubt.
     *
     * @return false when the record cannot be meant: its times are no times of a doubt
     */
    static boolean shared(Visit visit, DeviceSharing sharing) {
        long from = sharing.getFromTime().toEpochMilli();
        long until = sharing.getUntilTime().toEpochMilli();
        if (from < 0 || until < from - 1 || until > visit.nowMillis + SharedDevice.LONGEST_AHEAD_MILLIS) {
            return false;
        }
        String id = sharing.getDeviceId();
        if (visit.twin.isMonitored() && visit.twin.devices().stream().anyMatch(device -> device.id().equals(id))) {
            SharedDeviceRule.onTold(visit.twin, id, from, until, visit.nowMillis);
        }
        return true;
    }
}
