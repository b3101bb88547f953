package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Steps a day of one patient, for the last 28 days. The two newest days are kept for each device, since readings of yesterday still come and two
 * wearables must not be added up: the day is that of the device that was worn longest. Older days are one number. A day in which nothing was
 * worn long enough is not valid and counts as unknown, not as zero.
 *
 * <p>Some 3 bytes for an older day, 12 for each device of the two newest: about 110 bytes after four weeks.
 */
final class ActivityMemory implements Part {

    static final PartType<ActivityMemory> TYPE =
            new PartType<>(PartKind.ACTIVITY, ActivityMemory.class, ActivityMemory::new, ActivityMemory::decode);

    private static final int DAYS = 28;

    /** Earlier than any day, and far enough from the end of a long that differences do not overflow. */
    private static final long NO_DAY = Long.MIN_VALUE / 4;

    /** What one device counted on one day. */
    private static final class Source {
        private final int device;
        private long steps;
        private long wornSeconds;
        private long lastMillis;

        Source(int device) {
            this.device = device;
        }
    }

    /** By epoch day: the devices of the two newest days. */
    private final TreeMap<Long, List<Source>> open = new TreeMap<>();
    /** By epoch day: steps of the valid days before those. */
    private final TreeMap<Long, Long> closed = new TreeMap<>();
    private long wornLimitSeconds;

    /** Epoch day of the newest reading; before any day as long as there is none. */
    long newestDay() {
        return open.isEmpty() ? NO_DAY : open.lastKey();
    }

    /**
     * Takes an accepted count.
     *
     * @param day on which the count ends
     * @param device any number that tells the patient's devices apart
     * @param intervalMillis the time that the count stands for: not more than one interval, and less when the device sends more often
     * @param wornLimit seconds of wear that make a day valid
     */
    void add(long day, int device, long millis, long steps, long intervalMillis, long wornLimit) {
        wornLimitSeconds = wornLimit;
        if (day < newestDay() - 1) {
            return;
        }
        List<Source> sources = open.computeIfAbsent(day, key -> new ArrayList<>(1));
        Source source = sources.stream().filter(one -> one.device == device).findFirst().orElse(null);
        if (source == null) {
            source = new Source(device);
            sources.add(source);
        }
        long since = source.lastMillis == 0 ? intervalMillis : Math.abs(millis - source.lastMillis);
        source.wornSeconds += Math.min(since, intervalMillis) / 1_000;
        source.steps += steps;
        source.lastMillis = Math.max(source.lastMillis, millis);
        while (open.firstKey() < newestDay() - 1) {
            long oldest = open.firstKey();
            valid(oldest).ifPresent(count -> closed.put(oldest, count));
            open.remove(oldest);
        }
        closed.headMap(newestDay() - DAYS, true).clear();
    }

    /** Steps of a day; empty when the day is not valid. */
    OptionalLong valid(long day) {
        Long known = closed.get(day);
        if (known != null) {
            return OptionalLong.of(known);
        }
        return open.getOrDefault(day, List.of()).stream()
                .filter(source -> source.wornSeconds >= wornLimitSeconds)
                .max(Comparator.<Source>comparingLong(source -> source.wornSeconds).thenComparingLong(source -> source.steps)
                        .thenComparingInt(source -> source.device))
                .map(source -> OptionalLong.of(source.steps)).orElse(OptionalLong.empty());
    }

    /**
     * Twice the median steps of the valid days of a span: twice, so that it is a whole number.
     *
     * @param lastDay newest day of the span, included
     * @return empty when there are too few valid days: DQ-28, the figure is insufficient
     */
    OptionalLong twiceMedian(long lastDay, int days, int leastValid) {
        List<Long> valid = new ArrayList<>(days);
        for (long day = lastDay - days + 1; day <= lastDay; day++) {
            valid(day).ifPresent(valid::add);
        }
        if (valid.isEmpty() || valid.size() < leastValid) {
            return OptionalLong.empty();
        }
        valid.sort(null);
        return OptionalLong.of(valid.get((valid.size() - 1) / 2) + valid.get(valid.size() / 2));
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, wornLimitSeconds / 60);
        long newest = open.isEmpty() ? 0 : newestDay();
        Packed.putSigned(out, newest);
        Packed.put(out, open.size());
        for (Map.Entry<Long, List<Source>> day : open.entrySet()) {
            Packed.put(out, newest - day.getKey());
            Packed.put(out, day.getValue().size());
            for (Source source : day.getValue()) {
                out.putShort((short) source.device);
                Packed.put(out, source.steps);
                Packed.put(out, source.wornSeconds);
                Packed.put(out, source.lastMillis);
            }
        }
        Packed.put(out, closed.size());
        for (Map.Entry<Long, Long> day : closed.entrySet()) {
            Packed.put(out, newest - day.getKey());
            Packed.put(out, day.getValue());
        }
    }

    private static ActivityMemory decode(ByteBuffer in) {
        ActivityMemory memory = new ActivityMemory();
        memory.wornLimitSeconds = Packed.get(in) * 60;
        long newest = Packed.getSigned(in);
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            long day = newest - Packed.get(in);
            List<Source> sources = new ArrayList<>(1);
            for (int more = Packed.getInt(in); more > 0; more--) {
                Source source = new Source(in.getShort() & 0xFFFF);
                source.steps = Packed.get(in);
                source.wornSeconds = Packed.get(in);
                source.lastMillis = Packed.get(in);
                sources.add(source);
            }
            memory.open.put(day, sources);
        }
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            long day = newest - Packed.get(in);
            memory.closed.put(day, Packed.get(in));
        }
        return memory;
    }
}
