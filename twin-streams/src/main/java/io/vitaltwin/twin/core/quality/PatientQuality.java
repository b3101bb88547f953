package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * What the checks remember of a patient across devices: the steps of the last quarter of an hour (context, DQ-11), the run of equal pulses
 * (DQ-11 of SpO2) and the newest readings of each vital (DQ-13). A working object: decode, judge any number of readings, encode.
 *
 * <p>Stored form: 1 byte head; steps 4-5 bytes of minute, 4 of bits (known, not zero), 1-2 for each minute with steps; pulse 8-12; newest
 * readings 1 + 6, then 6-9 for each vital that has one device, four times that where several devices send the same vital.
 */
public final class PatientQuality {

    /** Minutes of steps that are kept. */
    static final int MINUTES = 16;

    /** Readings of a vital kept for DQ-13 once a second source is known. One is enough while there is only one source. */
    private static final int DEPTH = 4;

    private static final long MINUTE_MILLIS = 60_000;
    private static final int UNKNOWN_STEPS = -1;

    /** CR 0: REST is no step in the last 5 min. */
    private static final int REST_MINUTES = 5;

    /** CR 0: VIGOROUS from 100 steps/min. */
    private static final int VIGOROUS_STEPS = 100;

    /** DQ-13. */
    private static final long NEAR_MILLIS = 2_000;

    /** Flatline of the pulse without steps, DQ-11: what "HR flat" means for SpO2. */
    private static final long FLAT_PULSE_MILLIS = 45 * MINUTE_MILLIS;

    /** A pulse older than its TTL (CR 1.2) says nothing about now. */
    private static final long PULSE_TTL_MILLIS = 15 * MINUTE_MILLIS;

    private final Parts parts;
    private boolean hasSteps;
    private long newestMinute;
    /** Steps per minute, place 0 is the newest minute; the largest where several readings fall into one minute. */
    private final int[] cadences = new int[MINUTES];

    private boolean hasPulse;
    private long pulseMilli;
    private long pulseStart;
    private long pulseEnd;

    private long manySources;
    private int nearCount;
    private long[] nearTimes = new long[8];
    private long[] nearValues = new long[8];
    private byte[] nearVitals = new byte[8];
    private int[] nearSources = new int[8];

    /** Not stored: the readings of one record. */
    private @Nullable PressureSet pressure;

    /** A memory of nothing, of a patient without other memories. */
    public PatientQuality() {
        this(new Parts());
    }

    /** @param parts where checks that few patients need keep what they remember */
    public PatientQuality(Parts parts) {
        this.parts = parts;
        Arrays.fill(cadences, UNKNOWN_STEPS);
    }

    /** Memories of checks that few patients need. They are stored with the twin, not here. */
    public Parts parts() {
        return parts;
    }

    /** The context that follows from the steps: CR 0 and 3.12.9. UNKNOWN without a step count in the last 5 minutes. */
    public Context contextAt(long millis) {
        long minute = Math.floorDiv(millis, MINUTE_MILLIS);
        int now = UNKNOWN_STEPS;
        int most = UNKNOWN_STEPS;
        for (int back = 0; back < REST_MINUTES; back++) {
            int cadence = cadence(minute - back);
            now = now == UNKNOWN_STEPS ? cadence : now;
            most = Math.max(most, cadence);
        }
        if (most == UNKNOWN_STEPS) {
            return Context.UNKNOWN;
        }
        if (now >= VIGOROUS_STEPS) {
            return Context.VIGOROUS;
        }
        return most > 0 ? Context.LIGHT : Context.REST;
    }

    /** Steps per minute in the minute of this moment; -1 when not known. */
    public int cadenceAt(long millis) {
        return cadence(Math.floorDiv(millis, MINUTE_MILLIS));
    }

    /** Whether any count is known for the quarter of an hour that ends now. */
    boolean knowsSteps(long millis) {
        long minute = Math.floorDiv(millis, MINUTE_MILLIS);
        for (int back = 0; back < MINUTES; back++) {
            if (cadence(minute - back) != UNKNOWN_STEPS) {
                return true;
            }
        }
        return false;
    }

    /** In how many minutes of the quarter of an hour that ends now the cadence differs from that of the known minute before. */
    int stepChanges(long millis) {
        long minute = Math.floorDiv(millis, MINUTE_MILLIS);
        int changes = 0;
        int later = UNKNOWN_STEPS;
        for (int back = 0; back < MINUTES; back++) {
            int cadence = cadence(minute - back);
            if (cadence == UNKNOWN_STEPS) {
                continue;
            }
            changes += later != UNKNOWN_STEPS && later != cadence ? 1 : 0;
            later = cadence;
        }
        return changes;
    }

    private int cadence(long minute) {
        long back = newestMinute - minute;
        return !hasSteps || back < 0 || back >= MINUTES ? UNKNOWN_STEPS : cadences[(int) back];
    }

    /** @param perMinute at least 0 */
    void noteSteps(long millis, int perMinute) {
        long minute = Math.floorDiv(millis, MINUTE_MILLIS);
        if (!hasSteps) {
            hasSteps = true;
            newestMinute = minute;
        }
        if (minute > newestMinute) {
            shift(minute - newestMinute);
            newestMinute = minute;
        }
        long back = newestMinute - minute;
        if (back < MINUTES) {
            cadences[(int) back] = Math.max(cadences[(int) back], perMinute);
        }
    }

    private void shift(long minutes) {
        int by = (int) Math.min(minutes, MINUTES);
        System.arraycopy(cadences, 0, cadences, by, MINUTES - by);
        Arrays.fill(cadences, 0, by, UNKNOWN_STEPS);
    }

    void notePulse(long millis, long milli) {
        if (hasPulse && millis < pulseEnd) {
            pulseStart = milli == pulseMilli || millis < pulseStart ? pulseStart : pulseEnd;
            return;
        }
        if (!hasPulse || pulseMilli != milli || millis - pulseEnd > PULSE_TTL_MILLIS) {
            hasPulse = true;
            pulseMilli = milli;
            pulseStart = millis;
        }
        pulseEnd = millis;
    }

    /** Whether the newest pulse was taken in the same minute. */
    boolean isPulseOfMinute(long millis) {
        return hasPulse && Math.floorDiv(pulseEnd, MINUTE_MILLIS) == Math.floorDiv(millis, MINUTE_MILLIS);
    }

    /** The newest pulse of any device that is no REJECT, if it is not older than this; -1 when there is none. */
    long pulseMilli(long millis, long ttlMillis) {
        return hasPulse && Math.abs(millis - pulseEnd) <= ttlMillis ? pulseMilli : -1;
    }

    boolean isPulseFlat(long millis) {
        return hasPulse && pulseEnd - pulseStart >= FLAT_PULSE_MILLIS && millis - pulseEnd <= PULSE_TTL_MILLIS;
    }

    /**
     * DQ-13: another device of the same kind and grade sent this value of this vital for the same moment, give or take 2 s. Devices of
     * different kinds are different sensors, whose agreement is worth something; beats come closer than 2 s.
     */
    boolean hasNear(Vital vital, Device device, long millis, long milli) {
        if (vital == Vital.INTER_BEAT_INTERVAL) {
            return false;
        }
        int source = source(device);
        for (int i = 0; i < nearCount; i++) {
            if (nearVitals[i] == vital.ordinal() && nearValues[i] == milli && Math.abs(nearTimes[i] - millis) <= NEAR_MILLIS
                    && nearSources[i] != source && (nearSources[i] & 0xFF) == (source & 0xFF)) {
                return true;
            }
        }
        return false;
    }

    void noteReading(Vital vital, Device device, long millis, long milli) {
        if (vital == Vital.INTER_BEAT_INTERVAL) {
            return;
        }
        int source = source(device);
        int held = 0;
        int oldest = -1;
        for (int i = 0; i < nearCount; i++) {
            if (nearVitals[i] == vital.ordinal()) {
                held++;
                oldest = oldest < 0 || nearTimes[i] < nearTimes[oldest] ? i : oldest;
                manySources |= nearSources[i] != source ? 1L << vital.ordinal() : 0;
            }
        }
        int depth = (manySources & 1L << vital.ordinal()) == 0 ? 1 : DEPTH;
        int at = held < depth ? append() : oldest;
        if (at == oldest && nearTimes[at] > millis) {
            return;
        }
        nearVitals[at] = (byte) vital.ordinal();
        nearTimes[at] = millis;
        nearValues[at] = milli;
        nearSources[at] = source;
    }

    /** DQ-04: what this device measured at this moment, of this record and, as far as it is remembered, of those before. */
    PressureSet pressure(Device device, long millis, long offset) {
        PressureSet known = pressure;
        if (known != null && known.isOf(device.id(), millis, offset)) {
            return known;
        }
        PressureSet fresh = new PressureSet(device.id(), millis, offset);
        int source = source(device);
        for (int i = 0; i < nearCount; i++) {
            Vital vital = Vital.ofOrdinal(nearVitals[i]);
            if (PressureSet.isPressure(vital) && nearTimes[i] == millis && nearSources[i] == source) {
                fresh.put(vital, nearValues[i]);
            }
        }
        pressure = fresh;
        return fresh;
    }

    /** Whether more than one device has sent this vital of this patient. */
    boolean hasSeveralSources(Vital vital) {
        return (manySources & 1L << vital.ordinal()) != 0;
    }

    /** Forgets what other memories hold of vitals that may no longer be used. */
    public void keep(Set<Vital> covered) {
        parts.keep(covered);
        parts.find(ConflictMemory.TYPE).ifPresent(memory -> memory.keep(covered));
    }

    private int append() {
        if (nearCount == nearTimes.length) {
            int size = nearCount * 2;
            nearTimes = Arrays.copyOf(nearTimes, size);
            nearValues = Arrays.copyOf(nearValues, size);
            nearVitals = Arrays.copyOf(nearVitals, size);
            nearSources = Arrays.copyOf(nearSources, size);
        }
        return nearCount++;
    }

    /** 16 bits of the device, 8 of its kind and grade. */
    private static int source(Device device) {
        int id = mixed(device.id().hashCode()) & 0xFFFF;
        int kind = mixed(device.kind().hashCode() * 31 + device.grade().ordinal()) & 0xFF;
        return id << 8 | kind;
    }

    private static int mixed(int hash) {
        return hash * 0x9E3779B9 >>> 12;
    }

    /** Appends the stored form. */
    public void encode(ByteBuffer out) {
        boolean wholePulse = pulseMilli % 1_000 == 0;
        out.put((byte) ((hasSteps ? 1 : 0) | (hasPulse ? 2 : 0) | (wholePulse ? 4 : 0) | (nearCount > 0 ? 8 : 0)));
        if (hasSteps) {
            encodeSteps(out);
        }
        if (hasPulse) {
            Packed.putSigned(out, wholePulse ? pulseMilli / 1_000 : pulseMilli);
            Packed.putSigned(out, pulseEnd);
            Packed.putSigned(out, pulseEnd - pulseStart);
        }
        if (nearCount > 0) {
            encodeNear(out);
        }
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it. @throws java.nio.BufferUnderflowException if it ends too early */
    public static PatientQuality decode(ByteBuffer in) {
        return decode(in, new Parts());
    }

    /** As above, with the patient's other memories. */
    public static PatientQuality decode(ByteBuffer in, Parts parts) {
        PatientQuality shared = new PatientQuality(parts);
        int head = in.get();
        shared.hasSteps = (head & 1) != 0;
        shared.hasPulse = (head & 2) != 0;
        if (shared.hasSteps) {
            shared.decodeSteps(in);
        }
        if (shared.hasPulse) {
            shared.pulseMilli = Packed.getSigned(in) * ((head & 4) != 0 ? 1_000 : 1);
            shared.pulseEnd = Packed.getSigned(in);
            shared.pulseStart = shared.pulseEnd - Packed.getSigned(in);
        }
        if ((head & 8) != 0) {
            shared.decodeNear(in);
        }
        return shared;
    }

    private void encodeSteps(ByteBuffer out) {
        int known = 0;
        int moving = 0;
        for (int i = 0; i < MINUTES; i++) {
            known |= cadences[i] != UNKNOWN_STEPS ? 1 << i : 0;
            moving |= cadences[i] > 0 ? 1 << i : 0;
        }
        Packed.putSigned(out, newestMinute);
        out.putShort((short) known);
        out.putShort((short) moving);
        for (int i = 0; i < MINUTES; i++) {
            if (cadences[i] > 0) {
                Packed.put(out, cadences[i]);
            }
        }
    }

    private void decodeSteps(ByteBuffer in) {
        newestMinute = Packed.getSigned(in);
        int known = in.getShort();
        int moving = in.getShort();
        for (int i = 0; i < MINUTES; i++) {
            if ((moving & 1 << i) != 0) {
                cadences[i] = (int) Packed.get(in);
            } else if ((known & 1 << i) != 0) {
                cadences[i] = 0;
            }
        }
    }

    private void encodeNear(ByteBuffer out) {
        Packed.put(out, nearCount);
        Packed.put(out, manySources);
        long before = 0;
        for (int i = 0; i < nearCount; i++) {
            out.put(nearVitals[i]);
            Packed.putSigned(out, nearTimes[i] - before);
            before = nearTimes[i];
            boolean whole = nearValues[i] % 1_000 == 0;
            Packed.putSigned(out, whole ? nearValues[i] / 1_000 * 2 + 1 : nearValues[i] * 2);
            out.put((byte) (nearSources[i] >> 16)).put((byte) (nearSources[i] >> 8)).put((byte) nearSources[i]);
        }
    }

    private void decodeNear(ByteBuffer in) {
        int stored = Math.toIntExact(Packed.get(in));
        manySources = Packed.get(in);
        long before = 0;
        for (int i = 0; i < stored; i++) {
            int at = append();
            nearVitals[at] = in.get();
            before += Packed.getSigned(in);
            nearTimes[at] = before;
            long value = Packed.getSigned(in);
            nearValues[at] = (value & 1) == 1 ? (value >> 1) * 1_000 : value >> 1;
            nearSources[at] = (in.get() & 0xFF) << 16 | (in.get() & 0xFF) << 8 | in.get() & 0xFF;
        }
    }
}
