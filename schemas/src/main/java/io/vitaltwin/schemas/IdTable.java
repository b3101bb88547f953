package io.vitaltwin.schemas;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What belongs to a schema id, found without boxing: small ids (the bundled ones, a registry of one's own) by array, the large
 * ids of shared registries by binary search. Entries are few, are made once and are never dropped. Reads take no lock.
 */
final class IdTable<V> {

    private static final int SMALL = 256;

    private record Entries(@Nullable Object[] small, int[] largeIds, Object[] large) {}

    private volatile Entries entries = new Entries(new Object[SMALL], new int[0], new Object[0]);

    @Nullable V get(int id) {
        Entries now = entries;
        if (id >= 0 && id < SMALL) {
            return cast(now.small[id]);
        }
        int place = Arrays.binarySearch(now.largeIds, id);
        return place < 0 ? null : cast(now.large[place]);
    }

    /** What is there, else what {@code make} gives; made once, even when several threads ask. A failure leaves nothing behind. */
    V get(int id, IntFunction<V> make) {
        V known = get(id);
        return known == null ? make(id, make) : known;
    }

    private synchronized V make(int id, IntFunction<V> make) {
        V known = get(id);
        if (known != null) {
            return known;
        }
        V made = make.apply(id);
        entries = id >= 0 && id < SMALL ? withSmall(id, made) : withLarge(id, made);
        return made;
    }

    private Entries withSmall(int id, V value) {
        @Nullable Object[] small = entries.small.clone();
        small[id] = value;
        return new Entries(small, entries.largeIds, entries.large);
    }

    private Entries withLarge(int id, V value) {
        int place = -Arrays.binarySearch(entries.largeIds, id) - 1;
        int size = entries.largeIds.length;
        int[] ids = Arrays.copyOf(entries.largeIds, size + 1);
        Object[] values = Arrays.copyOf(entries.large, size + 1);
        System.arraycopy(entries.largeIds, place, ids, place + 1, size - place);
        System.arraycopy(entries.large, place, values, place + 1, size - place);
        ids[place] = id;
        values[place] = value;
        return new Entries(entries.small, ids, values);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V cast(@Nullable Object value) {
        return (V) value;
    }
}
