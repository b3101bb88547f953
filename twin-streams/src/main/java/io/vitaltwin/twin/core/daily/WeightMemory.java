package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.quality.Units;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The weights of one patient, whatever the scale: one for each of the last 14 days, and what tells two people on one scale apart. Amounts are thousandths
 * of a kilogram. The readings of the last 8 days are kept as evidence, of the 6 before only their weight: after two weeks some 190 bytes, 20 of
 * them for {@link SharedScale}.
 */
public final class WeightMemory implements Part {

    public static final PartType<WeightMemory> TYPE =
            new PartType<>(PartKind.WEIGHT, WeightMemory.class, WeightMemory::new, WeightMemory::decode);

    /** Two weights of one person shortly after each other do not differ by more. Project default, no source. */
    public static final long AGREE_MILLI = 1_000;

    private static final int MORNING = 1;
    private static final int SURE = 2;
    private static final int READINGS_DAYS = 7;
    private static final int MEDIAN_DAYS = 14;

    /**
     * The weight of one day.
     *
     * @param milli thousandths of a kilogram
     * @param morning taken within the hours of the protocol
     * @param sure no jump from the day before, or a jump that a second weight confirmed
     */
    public record Day(long epochDay, Kept reading, long milli, boolean morning, boolean sure) {

        private Day sure(boolean now) {
            return new Day(epochDay, reading, milli, morning, now);
        }
    }

    /** Oldest first. */
    private final List<Day> days = new ArrayList<>(8);
    /** Days before those: epoch day and weight, oldest first. */
    private final List<long[]> older = new ArrayList<>(6);
    private final SharedScale shared;
    private long referenceMilli;
    private long waitingUntilMillis;

    WeightMemory() {
        this(new SharedScale());
    }

    private WeightMemory(SharedScale shared) {
        this.shared = shared;
    }

    /** What weights of any verdict tell about who stands on the scale. */
    public SharedScale shared() {
        return shared;
    }

    public Optional<Day> newest() {
        return days.isEmpty() ? Optional.empty() : Optional.of(days.getLast());
    }

    /** The lightest sure day of these days before; empty when there is none. */
    public Optional<Day> lightest(long epochDay, int daysBefore) {
        Day lightest = null;
        for (Day day : days) {
            boolean within = day.epochDay < epochDay && day.epochDay >= epochDay - daysBefore;
            if (within && day.sure && (lightest == null || day.milli < lightest.milli)) {
                lightest = day;
            }
        }
        return Optional.ofNullable(lightest);
    }

    /**
     * Takes an accepted weight. The weight of a day is the first that was taken in the hours of the protocol, else the first of the day. One that
     * jumped is confirmed by the next that agrees with it, and on the same day replaced by one that does not.
     *
     * @param jumpMilli a change of more than this a day must be confirmed
     */
    public void take(long epochDay, Kept reading, boolean morning, long jumpMilli) {
        long milli = milli(reading);
        newest().filter(day -> !day.sure && day.reading.millis() < reading.millis() && Math.abs(milli - day.milli) <= AGREE_MILLI)
                .ifPresent(day -> days.set(days.size() - 1, day.sure(true)));
        int place = days.size();
        while (place > 0 && days.get(place - 1).epochDay > epochDay) {
            place--;
        }
        boolean known = place > 0 && days.get(place - 1).epochDay == epochDay;
        if (known && !isBetter(days.get(place - 1), reading, milli, morning)) {
            return;
        }
        Day day = new Day(epochDay, reading, milli, morning, isSure(known ? place - 1 : place, epochDay, reading, milli, jumpMilli));
        if (known) {
            days.set(place - 1, day);
        } else {
            days.add(place, day);
        }
        forgetOld();
    }

    private static boolean isBetter(Day known, Kept reading, long milli, boolean morning) {
        if (known.morning != morning) {
            return morning;
        }
        boolean refuted = !known.sure && known.reading.millis() < reading.millis() && Math.abs(milli - known.milli) > AGREE_MILLI;
        return refuted || reading.millis() < known.reading.millis();
    }

    private boolean isSure(int place, long epochDay, Kept reading, long milli, long jumpMilli) {
        for (int i = place - 1; i >= 0; i--) {
            Day before = days.get(i);
            if (before.sure) {
                return Math.abs(milli - before.milli) <= jumpMilli * (epochDay - before.epochDay) || shared.isConfirmed(reading.millis(), milli);
            }
        }
        return true;
    }

    private void forgetOld() {
        long newest = days.getLast().epochDay;
        while (days.getFirst().epochDay < newest - READINGS_DAYS) {
            Day day = days.removeFirst();
            if (day.sure) {
                older.add(new long[] {day.epochDay, day.milli});
            }
        }
        older.removeIf(day -> day[0] <= newest - MEDIAN_DAYS);
    }

    /** Median of the sure daily weights that were taken before this moment and not more than 14 days before; -1 without any. */
    public long medianMilli(long millis) {
        long today = Math.floorDiv(millis, 86_400_000L);
        long[] sorted = LongStream.concat(
                older.stream().filter(day -> day[0] > today - MEDIAN_DAYS && day[0] <= today).mapToLong(day -> day[1]),
                days.stream().filter(day -> day.sure && day.reading.millis() < millis && day.epochDay > today - MEDIAN_DAYS).mapToLong(Day::milli))
                .sorted().toArray();
        int count = sorted.length;
        return count == 0 ? -1 : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    /** The weight that the open alert is measured against; 0: none is open. */
    public long referenceMilli() {
        return referenceMilli;
    }

    public void reference(long milli) {
        referenceMilli = milli;
    }

    /** Until when a weight that was taken before the morning waits for one of the morning; 0: none does. */
    public long waitingUntilMillis() {
        return waitingUntilMillis;
    }

    public void waitUntil(long millis) {
        waitingUntilMillis = millis;
    }

    private static long milli(Kept reading) {
        return Units.canonicalMilli(reading.point().value(), Vital.BODY_WEIGHT);
    }

    @Override
    public boolean isEmpty() {
        return days.isEmpty() && shared.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Kept.encode(out, days.stream().map(Day::reading).toList());
        long before = 0;
        for (Day day : days) {
            Packed.putSigned(out, (day.epochDay - before) * 4 + (day.morning ? MORNING : 0) + (day.sure ? SURE : 0));
            before = day.epochDay;
        }
        Packed.put(out, older.size());
        long weight = 0;
        for (long[] day : older) {
            Packed.putSigned(out, before - day[0]);
            Packed.putSigned(out, day[1] - weight);
            before = day[0];
            weight = day[1];
        }
        Packed.putSigned(out, referenceMilli);
        Packed.putSigned(out, waitingUntilMillis / 1_000);
        shared.encode(out);
    }

    private static WeightMemory decode(ByteBuffer in) {
        List<Kept> readings = Kept.decode(in);
        List<Day> days = new ArrayList<>(8);
        long before = 0;
        for (Kept reading : readings) {
            long word = Packed.getSigned(in);
            before += word >> 2;
            days.add(new Day(before, reading, milli(reading), (word & MORNING) != 0, (word & SURE) != 0));
        }
        List<long[]> older = new ArrayList<>(6);
        long weight = 0;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            before -= Packed.getSigned(in);
            weight += Packed.getSigned(in);
            older.add(new long[] {before, weight});
        }
        long reference = Packed.getSigned(in);
        long waiting = Packed.getSigned(in) * 1_000;
        WeightMemory memory = new WeightMemory(SharedScale.decode(in));
        memory.days.addAll(days);
        memory.older.addAll(older);
        memory.referenceMilli = reference;
        memory.waitingUntilMillis = waiting;
        return memory;
    }
}
