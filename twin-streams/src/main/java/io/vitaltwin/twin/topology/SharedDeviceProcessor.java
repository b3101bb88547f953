package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.DeviceSharing;
import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.twin.core.quality.SharedDevice;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * DQ-22: meets the patients of one device. Key: hash of its serial number; a sighting without a value forgets the device. Tells each patient whose readings
 * are in doubt.
 */
final class SharedDeviceProcessor implements Processor<String, Incoming, String, Object> {

    static final String NAME = "shared-devices";
    static final String SHARINGS = "write-device-sharings";
    static final String DEAD_LETTERS = "write-dead-sightings";

    /** How often old devices are looked for: a decision never rests on one that is still there. Project default, no source. */
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
    private static final int LONGEST_ID = 256;

    private KeyValueStore<String, byte[]> devices;
    private ProcessorContext<String, Object> context;

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        devices = context.getStateStore(TwinStores.DEVICES);
        context.schedule(PURGE_INTERVAL, PunctuationType.STREAM_TIME, this::purge);
    }

    @Override
    public void process(Record<String, Incoming> record) {
        switch (record.value()) {
            case Incoming.Unreadable unreadable -> refuse(record, unreadable.bytes(), DeadReason.of(unreadable.reason(), unreadable.message()));
            case Incoming.Sighted sighted when isUsable(record, sighted.sighting()) -> take(record, sighted.sighting());
            case Incoming.Sighted sighted -> refuse(record, sighted.bytes(), DeadReason.of("SCHEMA_INVALID",
                    "the sighting has no key, ids that are empty or too long, or a time to come: leave this topic to the twin"));
            default -> throw new IllegalStateException("a record that is no sighting");
        }
    }

    private static boolean isUsable(Record<String, Incoming> record, @Nullable DeviceSighting sighting) {
        if (record.key() == null || record.key().isEmpty() || sighting == null) {
            return record.key() != null && !record.key().isEmpty();
        }
        long at = sighting.getEffectiveTime().toEpochMilli();
        return isId(sighting.getPatientId()) && isId(sighting.getDeviceId()) && at >= 0
                && at <= record.timestamp() + SharedDevice.LONGEST_AHEAD_MILLIS;
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    private void take(Record<String, Incoming> record, @Nullable DeviceSighting sighting) {
        if (sighting == null) {
            devices.delete(record.key());
            return;
        }
        byte[] known = devices.get(record.key());
        SharedDevice device = known == null ? new SharedDevice() : SharedDevice.decode(known);
        List<SharedDevice.Sharing> sharings = device.take(FromAvro.sighting(sighting, record.timestamp()));
        devices.put(record.key(), device.encode());
        for (SharedDevice.Sharing sharing : sharings) {
            Object told = new DeviceSharing(sharing.patient(), sharing.deviceId(), Instant.ofEpochMilli(sharing.fromMillis()),
                    Instant.ofEpochMilli(sharing.untilMillis()));
            context.forward(new Record<>(sharing.patient(), told, record.timestamp()), SHARINGS);
        }
    }

    private void refuse(Record<String, Incoming> record, byte[] bytes, DeadReason reason) {
        RecordMetadata from = context.recordMetadata().orElseThrow(() -> new IllegalStateException("a record from no topic"));
        context.forward(new Record<>("", (Object) bytes, record.timestamp(), Outbox.headers(reason, from.topic(), from.partition(), from.offset())),
                DEAD_LETTERS);
    }

    private void purge(long streamMillis) {
        List<String> over = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = devices.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                if (SharedDevice.decode(one.value).isOver(streamMillis)) {
                    over.add(one.key);
                }
            }
        }
        over.forEach(devices::delete);
    }
}
