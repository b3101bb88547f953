package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * DQ-24: a sleeper who lies on a glucose sensor makes it fall and recover quickly. Each low reading of such a fall carries COMPRESSION_POSSIBLE;
 * when the recovery fits, they and the reading that shows it carry COMPRESSION_CONFIRMED. Both only annotate: a low value is a low value.
 *
 * <p>Empty while the patient is not known to sleep. A sensor takes some 15 bytes in sleep.
 *
 * @see "CLINICAL.md section 5.2"
 */
final class Compression implements Part {

    static final PartType<Compression> TYPE = new PartType<>(PartKind.COMPRESSION, Compression.class, Compression::new, Compression::decode);

    private static final long MINUTE = 60_000;
    static final long LOW_MILLI = 70_000;
    static final long FALL_MILLI = 25_000;
    static final long FALL_MILLIS = 15 * MINUTE;
    static final long RECOVERY_MILLI = 20_000;
    static final long RECOVERY_MILLIS = 15 * MINUTE;
    static final long BACK_MILLIS = 60 * MINUTE;
    static final int BACK_PERCENT = 85;

    private static final int FELL = 1;
    private static final int RECOVERED = 2;

    private final List<Sensor> sensors = new ArrayList<>(1);

    /** One sensor. */
    private static final class Sensor {
        private final int device;
        private long newestMillis = QualityMemory.NEVER;
        private Peaks before = new Peaks();
        private boolean fell;
        /** Once it fell: the level before, the first and the last low reading, and the lowest values, as peaks of their negatives. */
        private long levelMilli;
        private long firstLowMillis;
        private long lastLowMillis;
        private boolean recovered;
        private Peaks depths = new Peaks();

        private Sensor(int device) {
            this.device = device;
        }
    }

    /** Takes a glucose that some check may doubt, but not for its unit. One that is older than the newest is left out. */
    static Found take(PatientQuality shared, Measurement m, Device device, long milli, Context context) {
        boolean asleep = context == Context.SLEEP;
        Compression memory = shared.parts().find(TYPE).orElse(null);
        if (!asleep && (memory == null || memory.isEmpty())) {
            return Found.NOTHING;
        }
        memory = shared.parts().get(TYPE);
        Sensor sensor = memory.of(device);
        Found found = m.effectiveMillis() > sensor.newestMillis ? take(sensor, m.effectiveMillis(), milli, asleep) : Found.NOTHING;
        memory.sensors.removeIf(one -> !one.fell && one.before.isEmpty());
        return found;
    }

    private static Found take(Sensor sensor, long at, long milli, boolean asleep) {
        sensor.newestMillis = at;
        if (sensor.fell && at - sensor.firstLowMillis > BACK_MILLIS) {
            sensor.fell = false;
            sensor.before.clear();
        }
        if (sensor.fell) {
            return inTheFall(sensor, at, milli);
        }
        if (!asleep) {
            sensor.before.clear();
            return Found.NOTHING;
        }
        sensor.before.add(at, milli, FALL_MILLIS);
        if (milli >= LOW_MILLI || sensor.before.highestMilli() - milli < FALL_MILLI) {
            return Found.NOTHING;
        }
        sensor.fell = true;
        sensor.recovered = false;
        sensor.levelMilli = sensor.before.highestMilli();
        sensor.firstLowMillis = at;
        sensor.before.clear();
        sensor.depths = new Peaks();
        return inTheFall(sensor, at, milli);
    }

    private static Found inTheFall(Sensor sensor, long at, long milli) {
        sensor.depths.add(at, -milli, RECOVERY_MILLIS);
        sensor.recovered |= milli + sensor.depths.highestMilli() >= RECOVERY_MILLI;
        if (milli < LOW_MILLI) {
            sensor.lastLowMillis = at;
            return Found.of(Reason.COMPRESSION_POSSIBLE.bit());
        }
        if (!sensor.recovered || milli * 100 < sensor.levelMilli * BACK_PERCENT) {
            return Found.NOTHING;
        }
        sensor.fell = false;
        sensor.before.clear();
        long reasons = Reason.COMPRESSION_CONFIRMED.bit();
        return new Found(reasons, List.of(new Revision(sensor.firstLowMillis, sensor.lastLowMillis, Verdict.ACCEPT, reasons)));
    }

    private Sensor of(Device device) {
        int hash = EffortMemory.hash(device);
        for (Sensor sensor : sensors) {
            if (sensor.device == hash) {
                return sensor;
            }
        }
        Sensor sensor = new Sensor(hash);
        sensors.add(sensor);
        return sensor;
    }

    @Override
    public boolean isEmpty() {
        return sensors.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, sensors.size());
        for (Sensor sensor : sensors) {
            Packed.put(out, sensor.device);
            out.put((byte) ((sensor.fell ? FELL : 0) | (sensor.recovered ? RECOVERED : 0)));
            Packed.putSigned(out, sensor.newestMillis);
            if (sensor.fell) {
                Packed.putSigned(out, sensor.levelMilli);
                Packed.putSigned(out, sensor.newestMillis - sensor.firstLowMillis);
                Packed.putSigned(out, sensor.newestMillis - sensor.lastLowMillis);
                sensor.depths.encode(out);
            } else {
                sensor.before.encode(out);
            }
        }
    }

    static Compression decode(ByteBuffer in) {
        Compression memory = new Compression();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            Sensor sensor = new Sensor(Packed.getInt(in));
            int head = in.get();
            sensor.fell = (head & FELL) != 0;
            sensor.recovered = (head & RECOVERED) != 0;
            sensor.newestMillis = Packed.getSigned(in);
            if (sensor.fell) {
                sensor.levelMilli = Packed.getSigned(in);
                sensor.firstLowMillis = sensor.newestMillis - Packed.getSigned(in);
                sensor.lastLowMillis = sensor.newestMillis - Packed.getSigned(in);
                sensor.depths = Peaks.decode(in);
            } else {
                sensor.before = Peaks.decode(in);
            }
            memory.sensors.add(sensor);
        }
        return memory;
    }
}
