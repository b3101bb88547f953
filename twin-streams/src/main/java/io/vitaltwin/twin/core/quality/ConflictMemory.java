package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * DQ-20: two sources of one vital that disagree by more than their uncertainty in four of five comparisons over five minutes. Each reading is
 * compared with the newest of every other source. The source of the lower grade is doubted, of equal grades both, until five minutes say otherwise.
 *
 * <p>Empty for patients with one source of each vital. Two sources take some 55 bytes.
 *
 * @see "clinical-reference.md section 5.2"
 */
final class ConflictMemory implements Part {

    static final PartType<ConflictMemory> TYPE =
            new PartType<>(PartKind.CONFLICT, ConflictMemory.class, ConflictMemory::new, ConflictMemory::decode);

    static final long OVERLAP_MILLIS = 5 * 60_000;
    private static final long SIGMAS_SQUARED = 9;
    private static final int TENTHS_APART = 8;

    /** Fewer comparisons show nothing. Project default, no source. */
    private static final int LEAST_COMPARISONS = 3;

    /** A source that was silent for longer is forgotten. Project default, no source. */
    private static final long FORGET_MILLIS = 24 * 3_600_000L;

    /** What two sensors measure in the same way at the same time. Skin differs from place to place, weights and cuffs are spot measurements. */
    private static final Set<Vital> COMPARED = EnumSet.of(Vital.HEART_RATE, Vital.SPO2, Vital.RESPIRATORY_RATE, Vital.GLUCOSE_INTERSTITIAL,
            Vital.BODY_TEMPERATURE);

    private static final Grade[] GRADES = Grade.values();

    private final List<Source> sources = new ArrayList<>(2);
    private final List<Pair> pairs = new ArrayList<>(1);

    /** The newest reading of one vital of one device. */
    private static final class Source {
        private final Vital vital;
        private final int device;
        private Grade grade = Grade.UNKNOWN;
        private long sigmaMilli;
        private long intervalMillis;
        private long millis = QualityMemory.NEVER;
        private long milli;

        private Source(Vital vital, int device) {
            this.vital = vital;
            this.device = device;
        }
    }

    /** Two sources of one vital; the one with the smaller number is the first. */
    private static final class Pair {
        private final Vital vital;
        private final int first;
        private final int second;
        private long startMillis;
        private long lastMillis = QualityMemory.NEVER;
        private int compared;
        private int apart;
        /** When the conflict that was found began. */
        private long sinceMillis;
        private boolean conflict;
        private boolean toldFirst;
        private boolean toldSecond;

        private Pair(Vital vital, int first, int second) {
            this.vital = vital;
            this.first = first;
            this.second = second;
        }

        private void compare(long at, boolean isApart) {
            if (at - lastMillis > OVERLAP_MILLIS) {
                conflict = false;
                begin(at);
            }
            lastMillis = Math.max(lastMillis, at);
            compared++;
            apart += isApart ? 1 : 0;
            if (at - startMillis < OVERLAP_MILLIS || compared < LEAST_COMPARISONS) {
                return;
            }
            boolean found = apart * 10 >= compared * TENTHS_APART;
            if (found && !conflict) {
                sinceMillis = startMillis;
                toldFirst = false;
                toldSecond = false;
            }
            conflict = found;
            begin(at);
        }

        private void begin(long at) {
            startMillis = at;
            compared = 0;
            apart = 0;
        }

        /** Takes note that this device's readings have been told of. @return whether it is the first time */
        private boolean tell(int device) {
            boolean before = device == first ? toldFirst : toldSecond;
            toldFirst |= device == first;
            toldSecond |= device == second;
            return !before;
        }
    }

    /**
     * Takes a reading in time order that no other check doubts.
     *
     * @param sigma in the canonical unit; NaN is not compared
     */
    static Found take(PatientQuality shared, Measurement m, Device device, long milli, double sigma, long intervalMillis) {
        if (!COMPARED.contains(m.vital()) || !Double.isFinite(sigma) || !shared.hasSeveralSources(m.vital())) {
            return Found.NOTHING;
        }
        return shared.parts().get(TYPE).take(m, device, milli, Math.round(sigma * 1_000), intervalMillis);
    }

    private Found take(Measurement m, Device device, long milli, long sigmaMilli, long intervalMillis) {
        long at = m.effectiveMillis();
        forget(at - FORGET_MILLIS);
        Source own = of(m.vital(), EffortMemory.hash(device));
        own.grade = device.grade();
        own.sigmaMilli = sigmaMilli;
        own.intervalMillis = intervalMillis;
        own.millis = at;
        own.milli = milli;
        long reasons = 0;
        List<Revision> revisions = new ArrayList<>(0);
        for (Source other : List.copyOf(sources)) {
            if (other == own || other.vital != own.vital || !isBeside(own, other)) {
                continue;
            }
            Pair pair = pair(own, other);
            pair.compare(at, isApart(own, other));
            boolean doubted = pair.conflict && own.grade.ordinal() >= other.grade.ordinal();
            if (doubted) {
                reasons = Reason.CROSS_SENSOR_CONFLICT.bit();
                if (pair.tell(own.device) && pair.sinceMillis < at) {
                    revisions.add(new Revision(pair.sinceMillis, at - 1, Verdict.SUSPECT, reasons));
                }
            }
        }
        return reasons == 0 ? Found.NOTHING : new Found(reasons, revisions);
    }

    /** Whether both measured at about the same time: within two intervals of the slower, at most the span that is judged. */
    private static boolean isBeside(Source own, Source other) {
        long allowed = Math.min(OVERLAP_MILLIS, 2 * Math.max(own.intervalMillis, other.intervalMillis));
        return Math.abs(own.millis - other.millis) <= allowed;
    }

    private static boolean isApart(Source own, Source other) {
        long difference = own.milli - other.milli;
        return difference * difference > SIGMAS_SQUARED * (own.sigmaMilli * own.sigmaMilli + other.sigmaMilli * other.sigmaMilli);
    }

    private Source of(Vital vital, int device) {
        for (Source source : sources) {
            if (source.vital == vital && source.device == device) {
                return source;
            }
        }
        Source source = new Source(vital, device);
        sources.add(source);
        return source;
    }

    private Pair pair(Source one, Source other) {
        int first = Math.min(one.device, other.device);
        int second = Math.max(one.device, other.device);
        for (Pair pair : pairs) {
            if (pair.vital == one.vital && pair.first == first && pair.second == second) {
                return pair;
            }
        }
        Pair pair = new Pair(one.vital, first, second);
        pairs.add(pair);
        return pair;
    }

    private void forget(long beforeMillis) {
        sources.removeIf(source -> source.millis < beforeMillis);
        pairs.removeIf(pair -> pair.lastMillis < beforeMillis);
    }

    /** Forgets what was measured of vitals that may no longer be used. */
    void keep(Set<Vital> covered) {
        sources.removeIf(source -> !covered.contains(source.vital));
        pairs.removeIf(pair -> !covered.contains(pair.vital));
    }

    @Override
    public boolean isEmpty() {
        return sources.isEmpty() && pairs.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, sources.size());
        for (Source source : sources) {
            out.put((byte) source.vital.ordinal()).put((byte) source.grade.ordinal());
            Packed.put(out, source.device);
            Packed.put(out, source.sigmaMilli);
            Packed.put(out, source.intervalMillis);
            Packed.putSigned(out, source.millis);
            Packed.putSigned(out, source.milli);
        }
        Packed.put(out, pairs.size());
        for (Pair pair : pairs) {
            out.put((byte) pair.vital.ordinal());
            out.put((byte) ((pair.conflict ? 1 : 0) | (pair.toldFirst ? 2 : 0) | (pair.toldSecond ? 4 : 0)));
            Packed.put(out, pair.first);
            Packed.put(out, pair.second);
            Packed.putSigned(out, pair.lastMillis);
            Packed.putSigned(out, pair.lastMillis - pair.startMillis);
            Packed.putSigned(out, pair.lastMillis - pair.sinceMillis);
            Packed.put(out, pair.compared);
            Packed.put(out, pair.apart);
        }
    }

    static ConflictMemory decode(ByteBuffer in) {
        ConflictMemory memory = new ConflictMemory();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            Vital vital = Vital.ofOrdinal(in.get());
            Grade grade = GRADES[in.get()];
            Source source = new Source(vital, Packed.getInt(in));
            source.grade = grade;
            source.sigmaMilli = Packed.get(in);
            source.intervalMillis = Packed.get(in);
            source.millis = Packed.getSigned(in);
            source.milli = Packed.getSigned(in);
            memory.sources.add(source);
        }
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            memory.pairs.add(decodePair(in));
        }
        return memory;
    }

    private static Pair decodePair(ByteBuffer in) {
        Vital vital = Vital.ofOrdinal(in.get());
        int flags = in.get();
        int first = Packed.getInt(in);
        Pair pair = new Pair(vital, first, Packed.getInt(in));
        pair.lastMillis = Packed.getSigned(in);
        pair.startMillis = pair.lastMillis - Packed.getSigned(in);
        pair.sinceMillis = pair.lastMillis - Packed.getSigned(in);
        pair.compared = Packed.getInt(in);
        pair.apart = Packed.getInt(in);
        pair.conflict = (flags & 1) != 0;
        pair.toldFirst = (flags & 2) != 0;
        pair.toldSecond = (flags & 4) != 0;
        return pair;
    }
}
