package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What was used, in the order in which it was. A working object, not for use by several threads. It counts what it is given: the caller leaves out
 * duplicates and what was refused.
 *
 * <p>Stored form: the number of groups; for each the device, a bit for each vital, the first append time as a difference to the one before, the span, the
 * count. Readings that came together take some 6 bytes.
 */
public final class Uses {

    private final List<Use> all = new ArrayList<>(0);

    /** Takes one reading. */
    public void add(int device, Vital vital, long appendMillis) {
        for (int i = all.size() - 1; i >= 0 && all.get(i).lastMillis() == appendMillis; i--) {
            Use one = all.get(i);
            if (one.device() == device && one.vital() == vital) {
                all.set(i, new Use(device, vital, one.firstMillis(), appendMillis, one.count() + 1));
                return;
            }
        }
        all.add(new Use(device, vital, appendMillis, appendMillis, 1));
    }

    public void addAll(Uses more) {
        all.addAll(more.all);
    }

    /** Oldest first. Not to be changed by the caller. */
    public List<Use> all() {
        return all;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public int size() {
        return all.size();
    }

    public void clear() {
        all.clear();
    }

    /** Takes out what is asked for. @return what was taken out */
    public List<Use> take(Predicate<Use> wanted) {
        List<Use> taken = all.stream().filter(wanted).toList();
        all.removeIf(wanted);
        return taken;
    }

    /** The same with all that begins within one span of this length told together. @param spanMillis such as a minute; spans begin at its multiples */
    public Uses summed(long spanMillis) {
        record Place(int device, Vital vital, long span) {
        }
        Map<Place, Use> sums = new LinkedHashMap<>();
        for (Use use : all) {
            sums.merge(new Place(use.device(), use.vital(), Math.floorDiv(use.firstMillis(), spanMillis)), use, Use::and);
        }
        Uses summed = new Uses();
        summed.all.addAll(sums.values());
        return summed;
    }

    /** @param baseMillis a time that the first one is near to */
    public void encode(ByteBuffer out, long baseMillis) {
        Packed.put(out, groups());
        long before = baseMillis;
        for (int from = 0; from < all.size(); ) {
            int until = endOfGroup(from);
            Use first = all.get(from);
            long vitals = 0;
            for (Use use : all.subList(from, until)) {
                vitals |= 1L << use.vital().ordinal();
            }
            Packed.put(out, first.device());
            Packed.put(out, vitals);
            Packed.putSigned(out, first.firstMillis() - before);
            Packed.put(out, first.lastMillis() - first.firstMillis());
            Packed.put(out, first.count());
            before = first.firstMillis();
            from = until;
        }
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it. */
    public static Uses decode(ByteBuffer in, long baseMillis) {
        Uses uses = new Uses();
        long before = baseMillis;
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            int device = Packed.getInt(in);
            long vitals = Packed.get(in);
            long first = before + Packed.getSigned(in);
            long last = first + Packed.get(in);
            long count = Packed.get(in);
            for (long bits = vitals; bits != 0; bits &= bits - 1) {
                uses.all.add(new Use(device, Vital.ofOrdinal(Long.numberOfTrailingZeros(bits)), first, last, count));
            }
            before = first;
        }
        return uses;
    }

    private int groups() {
        int groups = 0;
        for (int from = 0; from < all.size(); from = endOfGroup(from)) {
            groups++;
        }
        return groups;
    }

    /** A vital stands in a group once. */
    private int endOfGroup(int from) {
        long vitals = 0;
        int at = from;
        while (at < all.size() && all.get(at).isBeside(all.get(from)) && (vitals & 1L << all.get(at).vital().ordinal()) == 0) {
            vitals |= 1L << all.get(at).vital().ordinal();
            at++;
        }
        return at;
    }
}
