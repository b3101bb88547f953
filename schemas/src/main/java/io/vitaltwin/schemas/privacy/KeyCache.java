package io.vitaltwin.schemas.privacy;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys that were used lately. All are dropped as soon as the vault's count of destroyed keys has moved, which is looked at once in a while, so
 * that a key that another process destroyed is used no longer than that.
 */
final class KeyCache {

    /** Keys of some 200 bytes each. Project default, no source. */
    static final int MOST = 100_000;
    /** Well below the five seconds within which a withdrawal must take effect (CR 8.3, 5). */
    static final long LOOK_NANOS = 500_000_000;

    private final LongSupplier destroyed;
    private final LongSupplier nanos;
    private final Map<Alias, PatientKey> keys = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Alias, PatientKey> eldest) {
            return size() > MOST;
        }
    };
    private long lookedNanos;
    private long seenDestroyed;

    /**
     * @param destroyed how many keys were ever destroyed
     * @param nanos a clock such as {@link System#nanoTime}
     */
    KeyCache(LongSupplier destroyed, LongSupplier nanos) {
        this.destroyed = destroyed;
        this.nanos = nanos;
        this.lookedNanos = nanos.getAsLong();
        this.seenDestroyed = destroyed.getAsLong();
    }

    synchronized @Nullable PatientKey get(Alias alias) {
        forgetDestroyed();
        return keys.get(alias);
    }

    synchronized void put(PatientKey key) {
        forgetDestroyed();
        keys.put(key.alias(), key);
    }

    synchronized void clear() {
        keys.clear();
    }

    private void forgetDestroyed() {
        long now = nanos.getAsLong();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            long count = destroyed.getAsLong();
            if (count != seenDestroyed) {
                seenDestroyed = count;
                keys.clear();
            }
        }
    }
}
