package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * DQ-19: which devices are off the body. A device is off when it says so (off-body, charging), or when its skin temperature falls as it does on
 * a table while no pulse comes from it and nobody takes a step. Contact is:
 *
 * <ul>
 *   <li>after it said so: a later reading without such a word, of what it said it of, or of anything that needs contact;
 *   <li>after a fall: a pulse, or a skin temperature near that before the fall.
 * </ul>
 *
 * Empty for patients whose devices send neither. A device that is off takes some 12 bytes, one with skin temperature some 15.
 *
 * @see "CLINICAL.md section 5.2"
 */
final class WearMemory implements Part {

    static final PartType<WearMemory> TYPE = new PartType<>(PartKind.WEAR, WearMemory.class, WearMemory::new, WearMemory::decode);

    static final long FALL_MILLI = 3_000;
    static final long FALL_MILLIS = 15 * 60_000;

    /** How near to the temperature before the fall counts as worn again. Project default, no source. */
    static final long CONTACT_MILLI = 1_000;

    private static final int SAID = 1;
    private static final int FELL = 2;
    private static final int HAS_PULSE = 4;

    private final List<Worn> devices = new ArrayList<>(1);

    /** One device. */
    private static final class Worn {
        private final int device;
        private int off;
        /** When it was last said to be off, or had fallen; nothing older is asked. */
        private long sinceMillis;
        /** SAID: of which vitals, one bit each. */
        private long vitals;
        /** FELL: the skin temperature before. */
        private long levelMilli;
        private long pulseMillis = QualityMemory.NEVER;
        private Peaks warmth = new Peaks();

        private Worn(int device) {
            this.device = device;
        }
    }

    /** Takes any reading. @return OFF_BODY when it was taken without contact */
    static Found take(PatientQuality shared, Measurement m, Device device, long milli) {
        WearMemory memory = shared.parts().find(TYPE).orElse(null);
        boolean warmth = m.vital() == Vital.SKIN_TEMPERATURE;
        if (!m.offBody() && !warmth && (memory == null || memory.isEmpty())) {
            return Found.NOTHING;
        }
        Found found = shared.parts().get(TYPE).take(m, device, milli, shared.contextAt(m.effectiveMillis()) == Context.REST);
        shared.parts().get(TYPE).devices.removeIf(worn -> worn.off == 0 && worn.warmth.isEmpty());
        return found;
    }

    private Found take(Measurement m, Device device, long milli, boolean still) {
        Worn worn = of(device);
        long at = m.effectiveMillis();
        if (m.offBody()) {
            worn.vitals = (worn.off == SAID ? worn.vitals : 0) | 1L << m.vital().ordinal();
            worn.off = SAID;
            worn.sinceMillis = Math.max(worn.sinceMillis, at);
            worn.warmth.clear();
            return Found.of(Reason.OFF_BODY.bit());
        }
        if (m.vital() == Vital.HEART_RATE) {
            worn.pulseMillis = Math.max(worn.pulseMillis, at);
        }
        if (worn.off == 0) {
            return m.vital() == Vital.SKIN_TEMPERATURE ? fall(worn, at, milli, still) : Found.NOTHING;
        }
        if (at < worn.sinceMillis) {
            return Found.NOTHING;
        }
        if (at > worn.sinceMillis && isContact(worn, m.vital(), milli)) {
            worn.off = 0;
            worn.warmth.clear();
            return Found.NOTHING;
        }
        return Found.of(Reason.OFF_BODY.bit());
    }

    private static boolean isContact(Worn worn, Vital vital, long milli) {
        if (worn.off == FELL) {
            return vital == Vital.HEART_RATE || vital == Vital.SKIN_TEMPERATURE && milli >= worn.levelMilli - CONTACT_MILLI;
        }
        boolean needsContact = vital != Vital.STEPS && vital != Vital.SKIN_TEMPERATURE;
        return needsContact || (worn.vitals & 1L << vital.ordinal()) != 0;
    }

    private static Found fall(Worn worn, long at, long milli, boolean still) {
        worn.warmth.add(at, milli, FALL_MILLIS);
        long peak = worn.warmth.highestMillis();
        if (!still || worn.pulseMillis > peak || worn.warmth.highestMilli() - milli <= FALL_MILLI) {
            return Found.NOTHING;
        }
        worn.off = FELL;
        worn.sinceMillis = at;
        worn.levelMilli = worn.warmth.highestMilli();
        worn.warmth.clear();
        List<Revision> back = at - 1 > peak ? List.of(new Revision(peak + 1, at - 1, Verdict.REJECT, Reason.OFF_BODY.bit())) : List.of();
        return new Found(Reason.OFF_BODY.bit(), back);
    }

    private Worn of(Device device) {
        int hash = EffortMemory.hash(device);
        for (Worn worn : devices) {
            if (worn.device == hash) {
                return worn;
            }
        }
        Worn worn = new Worn(hash);
        devices.add(worn);
        return worn;
    }

    @Override
    public boolean isEmpty() {
        return devices.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, devices.size());
        for (Worn worn : devices) {
            boolean pulse = worn.pulseMillis != QualityMemory.NEVER;
            Packed.put(out, worn.device);
            out.put((byte) (worn.off | (pulse ? HAS_PULSE : 0)));
            Packed.putSigned(out, worn.sinceMillis);
            Packed.put(out, worn.vitals);
            Packed.putSigned(out, worn.levelMilli);
            if (pulse) {
                Packed.putSigned(out, worn.pulseMillis);
            }
            worn.warmth.encode(out);
        }
    }

    static WearMemory decode(ByteBuffer in) {
        WearMemory memory = new WearMemory();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            Worn worn = new Worn(Packed.getInt(in));
            int head = in.get();
            worn.off = head & (SAID | FELL);
            worn.sinceMillis = Packed.getSigned(in);
            worn.vitals = Packed.get(in);
            worn.levelMilli = Packed.getSigned(in);
            worn.pulseMillis = (head & HAS_PULSE) == 0 ? QualityMemory.NEVER : Packed.getSigned(in);
            worn.warmth = Peaks.decode(in);
            memory.devices.add(worn);
        }
        return memory;
    }
}
