package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.consent.Decision;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.consent.ViolationReason;
import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.quality.DeviceClock;
import io.vitaltwin.twin.core.quality.Thinning;
import io.vitaltwin.twin.core.state.DeviceState;
import io.vitaltwin.twin.core.state.Ordering;
import io.vitaltwin.twin.core.state.StreamState;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Decides for each reading of a batch whether it may come in, and when: in the order in which the device sent it, under the consent of that
 * moment. Every reading ends here as refused, or goes on to be judged.
 */
final class Admission {

    /** What this application processes readings for, and as whom. */
    static final String PURPOSE = "TREAT";
    static final String ACTOR = "vitaltwin";

    /** Project defaults, no source: far more than any patient has. */
    private static final int MOST_DEVICES = 64;
    private static final int LONGEST_ID = 256;
    private static final Pattern VITAL_ID = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,63}");

    private final Records records;
    private final Outbox outbox;
    private final Sightings sightings;
    private final AvroSerde<ReadingBatch> serde;
    private final String readingsTopic;

    Admission(Records records, Outbox outbox, Sightings sightings, AvroSerde<ReadingBatch> serde, String readingsTopic) {
        this.records = records;
        this.outbox = outbox;
        this.sightings = sightings;
        this.serde = serde;
        this.readingsTopic = readingsTopic;
    }

    /**
     * A batch with its place in the log.
     *
     * @param indexes places that its readings had when it came, in the order of their times
     * @param waited what waited was stored in the order of times, and without what was refused at once
     */
    private record Arrived(ReadingBatch batch, int[] indexes, boolean waited, int partition, long offset, long appendMillis,
            Supplier<byte[]> bytes) {

        /** The reading that comes as the i-th in the order of times. */
        Reading reading(int i) {
            return batch.getReadings().get(waited ? i : indexes[i]);
        }

        /** When a reading was taken, as far as the device's clock tells; the last in the order of times is the newest. */
        DeviceClock.Time time(DeviceState device, Reading reading) {
            long newest = reading(indexes.length - 1).getEffectiveTime().toEpochMilli();
            return device.clock().at(reading.getEffectiveTime().toEpochMilli(), appendMillis, newest);
        }
    }

    void onBatch(Visit visit, ReadingBatch batch, byte[] bytes, RecordMetadata metadata) {
        visit.twin.changed();
        if (isUnusableDevice(visit, batch.getDeviceId())) {
            visit.twin.counts().dead += batch.getReadings().size();
            outbox.deadLetter(visit.patient, bytes, DeadReason.of("DEVICE_INVALID",
                    "the device id is empty or too long, or the patient has too many devices: register the device"), metadata, visit.nowMillis);
            return;
        }
        int[] indexes = Ordering.byTime(batch.getReadings().size(), i -> batch.getReadings().get(i).getEffectiveTime().toEpochMilli());
        DeviceState device = visit.twin.device(batch.getDeviceId());
        Arrived arrived = new Arrived(batch, indexes, false, metadata.partition(), metadata.offset(), visit.nowMillis, () -> bytes);
        switch (Ordering.place(device, batch.getSequence(), isNewer(visit, device, arrived))) {
            case NOW -> {
                admit(visit, arrived, told(device, batch), reading -> false);
                followers(visit, device);
            }
            case RETRANSMITTED -> admit(visit, arrived, 0, reading -> visit.twin.isBeforeMemory(batch.getDeviceId(), reading.getVital(),
                    arrived.time(device, reading).millis()));
            case COPY_OF_WAITING -> admit(visit, arrived, 0, reading -> true);
            case WAIT -> hold(visit, device, arrived);
        }
    }

    /** What the device tells of itself. @return what follows for the readings of the batch */
    private static long told(DeviceState device, ReadingBatch batch) {
        Float battery = batch.getBatteryPercent();
        if (battery != null) {
            device.batteryPercent(battery);
        }
        Long count = batch.getMemoryCount();
        return count != null && device.counted(count, batch.getReadings().size()) ? Reason.SELECTIVE_REPORT.bit() : 0;
    }

    /** Where the readings of a device are forgotten, or its clock is wrong, nothing tells how new a batch is: its count goes on. */
    private static boolean isNewer(Visit visit, DeviceState device, Arrived arrived) {
        if (arrived.indexes().length == 0) {
            return false;
        }
        DeviceClock.Time time = arrived.time(device, arrived.reading(0));
        return !time.isWrong() && visit.twin.isNewer(device, time.millis()) && isRemembered(visit, device);
    }

    private static boolean isRemembered(Visit visit, DeviceState device) {
        for (StreamState stream : visit.twin.streams()) {
            if (stream.deviceId().equals(device.id())) {
                return true;
            }
        }
        return false;
    }

    /** A sender who invents device ids must not fill the state of a patient. */
    private static boolean isUnusableDevice(Visit visit, String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return true;
        }
        if (visit.twin.devices().size() < MOST_DEVICES || visit.plan.devices().containsKey(id)) {
            return false;
        }
        return visit.twin.devices().stream().noneMatch(device -> device.id().equals(id));
    }

    /** What a violation may name: an id is kept, anything else is free text and is not. */
    private static String nameable(String vital) {
        return VITAL_ID.matcher(vital).matches() ? vital : "(not an id)";
    }

    /** Refuses at once what consent does not cover: only the rest is kept to wait. */
    private void hold(Visit visit, DeviceState device, Arrived arrived) {
        keepPermitted(visit, device, arrived);
        device.hold(arrived.batch().getSequence(), visit.nowMillis + Ordering.GRACE_MILLIS);
        if (device.held().size() > Ordering.MOST_WAITING) {
            giveUpWaiting(visit, device, Long.MAX_VALUE);
        }
    }

    private void keepPermitted(Visit visit, DeviceState device, Arrived arrived) {
        ReadingBatch kept = ReadingBatch.newBuilder(arrived.batch()).build();
        List<Reading> readings = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        Refusals refusals = new Refusals(visit, device.id());
        for (int i = 0; i < arrived.indexes().length; i++) {
            Reading reading = arrived.reading(i);
            if (!refusals.refuses(reading.getVital(), arrived.time(device, reading).millis())) {
                readings.add(reading);
                indexes.add(arrived.indexes()[i]);
            }
        }
        refusals.store();
        kept.setReadings(readings);
        records.hold(visit.patient, device.id(), kept.getSequence(), new Records.Waiting(arrived.offset(), arrived.appendMillis(),
                indexes.stream().mapToInt(Integer::intValue).toArray(), serde.serialize(readingsTopic, kept)));
    }

    /** So that nothing is kept that may no longer be used. */
    private void askAgain(Visit visit) {
        for (DeviceState device : visit.twin.devices()) {
            for (DeviceState.Held held : device.held()) {
                keepPermitted(visit, device, waiting(visit, device, held.sequence()));
            }
        }
    }

    /** Takes a waiting batch out of its store. */
    private Arrived waiting(Visit visit, DeviceState device, long sequence) {
        Records.Waiting waiting = records.letGo(visit.patient, device.id(), sequence);
        ReadingBatch batch = serde.deserialize(readingsTopic, waiting.bytes());
        if (batch == null) {
            throw new IllegalStateException("a waiting batch cannot be read again");
        }
        return new Arrived(batch, waiting.indexes(), true, outbox.partition(), waiting.offset(), waiting.appendMillis(), waiting::bytes);
    }

    /** Takes the waiting batches that now follow without a gap. */
    private void followers(Visit visit, DeviceState device) {
        while (!device.held().isEmpty() && device.held().get(0).sequence() <= device.nextSequence()) {
            takeFirst(visit, device);
        }
    }

    /** What is missing is given up: takes the waiting batches whose time has come, in order, with those that follow. */
    void giveUpWaiting(Visit visit, DeviceState device, long dueMillis) {
        while (device.held().stream().anyMatch(held -> held.untilMillis() <= dueMillis)) {
            device.skipTo(device.held().get(0).sequence());
            takeFirst(visit, device);
        }
        followers(visit, device);
    }

    private void takeFirst(Visit visit, DeviceState device) {
        long sequence = device.held().get(0).sequence();
        device.letGo(sequence);
        device.nextSequence(Math.max(device.nextSequence(), sequence + 1));
        Arrived arrived = waiting(visit, device, sequence);
        admit(visit, arrived, told(device, arrived.batch()), reading -> false);
    }

    /**
     * @param batchReasons what is known of the whole batch
     * @param isCopy whether a reading that consent covers is known to be a copy
     */
    private void admit(Visit visit, Arrived arrived, long batchReasons, Predicate<Reading> isCopy) {
        DeviceState device = visit.twin.device(arrived.batch().getDeviceId());
        Refusals refusals = new Refusals(visit, device.id());
        Sets sets = new Sets(visit);
        int count = arrived.indexes().length;
        for (int i = 0; i < count; i++) {
            Reading reading = arrived.reading(i);
            DeviceClock.Time time = arrived.time(device, reading);
            if (refusals.refuses(reading.getVital(), time.millis())) {
                continue;
            }
            if (isCopy.test(reading)) {
                visit.twin.counts().duplicate++;
                continue;
            }
            if (!time.isWrong() && isTooSoon(visit, device, reading.getVital(), time.millis())) {
                refusals.refuse(reading.getVital(), ViolationReason.HYPERCOLLECTION);
                continue;
            }
            if (!time.isWrong()) {
                sets.begin(time.millis());
            }
            Device registered = visit.plan.device(device.id(), time.millis());
            sightings.measured(visit, device, registered, time);
            outbox.next(new Step.Permitted(visit, registered, reading,
                    new Coordinates(arrived.partition(), arrived.offset(), arrived.indexes()[i]), arrived.appendMillis(),
                    arrived.reading(count - 1).getEffectiveTime().toEpochMilli(), batchReasons, arrived.bytes()));
            release(visit, device, refusals, sets);
        }
        sets.end();
        refusals.store();
    }

    /**
     * Once a wrong clock is known, what waited for it goes on, if consent covers it at its true time. It was counted when it came, as applied and
     * REJECT; what is refused now is counted as refused instead.
     */
    private void release(Visit visit, DeviceState device, Refusals refusals, Sets sets) {
        for (Measurement measurement : device.clock().release(visit.nowMillis)) {
            long effective = measurement.effectiveMillis();
            String vital = measurement.vital().id();
            boolean tooSoon = isTooSoon(visit, device, vital, effective);
            if (tooSoon) {
                refusals.refuse(vital, ViolationReason.HYPERCOLLECTION);
            }
            if (tooSoon || refusals.refuses(vital, effective)) {
                visit.twin.counts().applied--;
                visit.twin.counts().reject--;
                continue;
            }
            sets.begin(effective);
            Device registered = visit.plan.device(device.id(), effective);
            sightings.measured(visit, device, registered, new DeviceClock.Time(effective, device.clock().reasons()));
            outbox.next(new Step.Released(visit, registered, measurement, device.clock().reasons()));
        }
    }

    /** E1.2: kept more often than the plan registers. */
    private static boolean isTooSoon(Visit visit, DeviceState device, String id, long effectiveMillis) {
        if (visit.plan.leastIntervalMillis().isEmpty()) {
            return false;
        }
        for (StreamState stream : visit.twin.streams()) {
            Long least = visit.plan.leastIntervalMillis().get(stream.vital());
            if (least != null && stream.vital().id().equals(id) && stream.deviceId().equals(device.id())) {
                return Thinning.isTooSoon(stream.memory(), effectiveMillis, least);
            }
        }
        return false;
    }

    /** Readings of one effective time are one set; a set ends where the next begins, and with the batch. */
    private final class Sets {

        private final Visit visit;
        private long openMillis = Long.MIN_VALUE;

        Sets(Visit visit) {
            this.visit = visit;
        }

        void begin(long millis) {
            if (millis != openMillis) {
                end();
            }
            openMillis = millis;
        }

        void end() {
            if (openMillis != Long.MIN_VALUE) {
                outbox.next(new Step.SetEnded(visit, openMillis));
            }
        }
    }

    /** The refusals of one batch: the tally is only read when there is one. */
    private final class Refusals {

        private final Visit visit;
        private final String deviceId;
        private @Nullable ViolationTally tally;

        Refusals(Visit visit, String deviceId) {
            this.visit = visit;
            this.deviceId = deviceId;
        }

        boolean refuses(String vital, long effectiveMillis) {
            ViolationReason reason = refusal(visit, vital, effectiveMillis);
            if (reason != null) {
                refuse(vital, reason);
            }
            return reason != null;
        }

        void refuse(String vital, ViolationReason reason) {
            ViolationTally open = tally == null ? records.tally(visit.patient) : tally;
            tally = open;
            visit.twin.counts().refused++;
            outbox.violations(visit, open.add(AlertId.ofDevice(visit.patient, deviceId), nameable(vital), reason, PURPOSE, ACTOR,
                    Stage.COLLECT, visit.consentVersion, visit.nowMillis));
        }

        void store() {
            if (tally != null) {
                records.storeTally(visit, tally);
            }
        }
    }

    /** Why the reading may not come in; null when it may. What nobody registered is refused whatever the consent. */
    private @Nullable ViolationReason refusal(Visit visit, String vital, long effectiveMillis) {
        boolean registered = visit.plan.collected().contains(vital);
        if (!registered && records.isKnown(visit)) {
            return ViolationReason.HYPERCOLLECTION;
        }
        Decision decision = visit.consents.decide(vital, PURPOSE, ACTOR, Stage.COLLECT, effectiveMillis, visit.nowMillis);
        if (decision.isPermitted()) {
            decision = visit.consents.decide(vital, PURPOSE, ACTOR, Stage.USE, effectiveMillis, visit.nowMillis);
        }
        if (!decision.consentVersion().isEmpty()) {
            visit.consentVersion = decision.consentVersion();
        }
        return switch (decision) {
            case Decision.Denied denied -> denied.reason();
            case Decision.Permitted permitted -> registered ? null : ViolationReason.HYPERCOLLECTION;
        };
    }

    /** Consent or plan changed, or time changed what consent says: asks again for what waits, and tells the next steps what may still be used. */
    void covered(Visit visit, boolean planChanged) {
        askAgain(visit);
        CoveredVitals.tell(visit, planChanged, outbox);
    }
}
