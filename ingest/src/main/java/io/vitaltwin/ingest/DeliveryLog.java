package io.vitaltwin.ingest;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what was sent and what became of it. Sends are counted by one thread, answers by Kafka's own. */
final class DeliveryLog {

    private final String what;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable Failure first;

    private record Failure(String which, Throwable cause) {}

    /** @param what plural noun for messages, such as batches */
    DeliveryLog(String what) {
        this.what = what;
    }

    void sent() {
        sent.incrementAndGet();
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    /** @param which place for messages, such as {@code sequence 7} */
    synchronized void failed(String which, Throwable cause) {
        failed.incrementAndGet();
        if (first == null) {
            first = new Failure(which, cause);
        }
    }

    long sentCount() {
        return sent.get();
    }

    long acknowledgedCount() {
        return acknowledged.get();
    }

    /** @throws DeliveryFailed if anything failed so far */
    void check() {
        Failure failure = first;
        if (failure != null) {
            throw new DeliveryFailed(failed.get() + " of " + sent.get() + " " + what + " were not acknowledged, the first at "
                    + failure.which() + " (" + failure.cause().getClass().getSimpleName() + "): send again from there", failure.cause());
        }
    }
}
