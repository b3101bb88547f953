package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Pulse against steps, by device: what {@link EffortChecks} remembers. Empty while nobody moves and only one device counts steps; some 25 bytes while
 * the patient walks.
 */
final class EffortMemory implements Part {

    static final PartType<EffortMemory> TYPE = new PartType<>(PartKind.EFFORT, EffortMemory.class, EffortMemory::new, EffortMemory::decode);

    private static final int SLEEP = 1 << 6;
    private static final int DAYS = 1 << 7;
    private static final int HASH = 0xFFFFF;

    private final List<Source> sources = new ArrayList<>(1);

    /** Steps of one day. */
    static final class Day {
        long day;
        long milli;
        /** One bit for each hour with a reading. */
        int hours;
    }

    /** One device. */
    static final class Source {
        private final int device;
        /** Newest count of steps, as a rate per minute in thousandths. */
        long cadenceMillis;
        long cadenceMilli;
        /** DQ-17: the pulse follows the steps. */
        final Span lock = new Span();
        /** 5.4 (a): brisk steps with a resting pulse. */
        final Span calm = new Span();
        /** 5.4 (b): steps like clockwork. */
        final Span steady = new Span();
        long steadyCount;
        /** In hundredths of a step per minute. */
        long steadySum;
        long steadySquares;
        /** 5.4 (d): thousandths of steps in this sleep, and since when. */
        long sleepMilli;
        long sleepMillis;
        /** 5.4 (e). */
        @Nullable Day today;
        @Nullable Day before;

        private Source(int device) {
            this.device = device;
        }

        private boolean isIdle() {
            return cadenceMilli < EffortChecks.BRISK_MILLI && !lock.goesOn() && !calm.goesOn() && !steady.goesOn() && sleepMilli == 0
                    && today == null && before == null;
        }
    }

    static int hash(Device device) {
        return device.id().hashCode() * 0x9E3779B9 >>> 8 & HASH;
    }

    /** Not to be changed by the caller. */
    List<Source> sources() {
        return sources;
    }

    /** What is remembered of this device, begun if it was not. */
    Source of(Device device) {
        int hash = hash(device);
        for (Source source : sources) {
            if (source.device == hash) {
                return source;
            }
        }
        Source source = new Source(hash);
        sources.add(source);
        return source;
    }

    /** The newest cadence that is not older than this, of the device itself if it counts; -1 when there is none. */
    long cadenceMilli(Device device, long sinceMillis) {
        int own = hash(device);
        Source best = null;
        for (Source source : sources) {
            boolean current = source.cadenceMilli > 0 && source.cadenceMillis >= sinceMillis;
            if (current && (best == null || best.device != own && (source.device == own || source.cadenceMillis > best.cadenceMillis))) {
                best = source;
            }
        }
        return best == null ? -1 : best.cadenceMilli;
    }

    /** Forgets devices that do nothing. */
    void tidy() {
        sources.removeIf(Source::isIdle);
    }

    @Override
    public boolean isEmpty() {
        return sources.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, sources.size());
        for (Source source : sources) {
            encode(out, source);
        }
    }

    private static void encode(ByteBuffer out, Source source) {
        Day today = source.today;
        Packed.put(out, source.device);
        out.put((byte) (source.lock.flags() | source.calm.flags() << 2 | source.steady.flags() << 4 | (source.sleepMilli > 0 ? SLEEP : 0)
                | (today == null ? 0 : DAYS)));
        Packed.putSigned(out, source.cadenceMillis);
        Packed.put(out, source.cadenceMilli);
        source.lock.encode(out, source.cadenceMillis);
        source.calm.encode(out, source.cadenceMillis);
        source.steady.encode(out, source.cadenceMillis);
        if (source.steady.goesOn()) {
            Packed.put(out, source.steadyCount);
            Packed.put(out, source.steadySum);
            Packed.put(out, source.steadySquares);
        }
        if (source.sleepMilli > 0) {
            Packed.put(out, source.sleepMilli);
            Packed.putSigned(out, source.cadenceMillis - source.sleepMillis);
        }
        if (today != null) {
            encode(out, today);
            Day before = source.before;
            out.put((byte) (before == null ? 0 : 1));
            if (before != null) {
                encode(out, before);
            }
        }
    }

    private static void encode(ByteBuffer out, Day day) {
        Packed.putSigned(out, day.day);
        Packed.put(out, day.milli);
        Packed.put(out, day.hours);
    }

    static EffortMemory decode(ByteBuffer in) {
        EffortMemory memory = new EffortMemory();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            memory.sources.add(decodeSource(in));
        }
        return memory;
    }

    private static Source decodeSource(ByteBuffer in) {
        Source source = new Source(Packed.getInt(in));
        int flags = in.get();
        source.cadenceMillis = Packed.getSigned(in);
        source.cadenceMilli = Packed.get(in);
        source.lock.decode(in, flags, source.cadenceMillis);
        source.calm.decode(in, flags >> 2, source.cadenceMillis);
        source.steady.decode(in, flags >> 4, source.cadenceMillis);
        if (source.steady.goesOn()) {
            source.steadyCount = Packed.get(in);
            source.steadySum = Packed.get(in);
            source.steadySquares = Packed.get(in);
        }
        if ((flags & SLEEP) != 0) {
            source.sleepMilli = Packed.get(in);
            source.sleepMillis = source.cadenceMillis - Packed.getSigned(in);
        }
        if ((flags & DAYS) != 0) {
            source.today = decodeDay(in);
            source.before = in.get() == 0 ? null : decodeDay(in);
        }
        return source;
    }

    private static Day decodeDay(ByteBuffer in) {
        Day day = new Day();
        day.day = Packed.getSigned(in);
        day.milli = Packed.get(in);
        day.hours = Packed.getInt(in);
        return day;
    }
}
