package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The nights of one patient: what {@link NightSignal} remembers of those that are over, and the sum of the one that is not. By day some 40 bytes, by night some
 * 60 more, and 35 while the nights stand out: first and last readings are kept as evidence.
 */
final class NightMemory implements Part {

    static final PartType<NightMemory> TYPE = new PartType<>(PartKind.NIGHTS, NightMemory.class, NightMemory::new, NightMemory::decode);

    private final NightSignal signal;
    private int greens;
    private boolean open;
    private long day;
    private long sumMilli;
    private int count;
    private final List<Kept> ends;
    /** The first reading of the first night that stands out; empty while none does. */
    private final List<Kept> run;

    NightMemory() {
        this(new NightSignal(), new ArrayList<>(2), new ArrayList<>(1));
    }

    private NightMemory(NightSignal signal, List<Kept> ends, List<Kept> run) {
        this.signal = signal;
        this.ends = ends;
        this.run = run;
    }

    NightSignal signal() {
        return signal;
    }

    /** Lets the signal take the open night. */
    NightSignal.Level night(NightSignal.Limits limits) {
        NightSignal.Level level = signal.night(day, sumMilli / count / 1000.0, limits);
        greens = level == NightSignal.Level.GREEN ? greens + 1 : 0;
        if (signal.runLength() <= 1) {
            run.clear();
        }
        if (signal.runLength() == 1) {
            run.add(ends.getFirst());
        }
        return level;
    }

    /** The readings that tonight's level rests on: the first of the nights that stand out, or of tonight, and the last of tonight. */
    List<Kept> span() {
        Kept first = run.isEmpty() ? ends.getFirst() : run.getFirst();
        return first.millis() == ends.getLast().millis() ? List.of(first) : List.of(first, ends.getLast());
    }

    /** How many nights in a row have been green. */
    int greens() {
        return greens;
    }

    boolean isOpen() {
        return open;
    }

    /** Epoch day on which the open night ends. */
    long day() {
        return day;
    }

    /** Whether this night can still be filled: it is the open one, or later than all before. */
    boolean takes(long epochDay) {
        return open ? epochDay >= day : signal.nights() == 0 || epochDay > signal.newestDay();
    }

    void add(long epochDay, long milli, Kept reading) {
        if (!open) {
            open = true;
            day = epochDay;
        }
        sumMilli += milli;
        count++;
        if (ends.isEmpty()) {
            ends.add(reading);
        } else if (reading.millis() < ends.getFirst().millis()) {
            ends.add(0, reading);
        } else {
            ends.add(reading);
        }
        while (ends.size() > 2) {
            Kept middle = ends.get(1);
            Kept last = ends.get(2);
            ends.remove(middle.millis() > last.millis() ? 2 : 1);
        }
    }

    int count() {
        return count;
    }

    /** Mean of the open night, in thousandths. */
    long meanMilli() {
        return sumMilli / count;
    }

    /** Ends the open night. */
    void close() {
        open = false;
        sumMilli = 0;
        count = 0;
        ends.clear();
    }

    @Override
    public boolean isEmpty() {
        return !open && signal.nights() == 0;
    }

    @Override
    public void encode(ByteBuffer out) {
        signal.encode(out);
        Packed.put(out, greens);
        Kept.encode(out, run);
        Packed.put(out, count);
        if (open) {
            Packed.putSigned(out, day);
            Packed.put(out, sumMilli);
            Kept.encode(out, ends);
        }
    }

    private static NightMemory decode(ByteBuffer in) {
        NightSignal signal = NightSignal.decode(in);
        int greens = Packed.getInt(in);
        List<Kept> run = Kept.decode(in);
        int count = Packed.getInt(in);
        boolean open = count > 0;
        long day = open ? Packed.getSigned(in) : 0;
        long sum = open ? Packed.get(in) : 0;
        NightMemory memory = new NightMemory(signal, open ? Kept.decode(in) : new ArrayList<>(2), run);
        memory.greens = greens;
        memory.open = open;
        memory.day = day;
        memory.sumMilli = sum;
        memory.count = count;
        return memory;
    }
}
