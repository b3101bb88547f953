package io.vitaltwin.schemas.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has the stores forget what was deleted, by replacing the stream threads: a store that closes writes out what it holds in memory, deletions
 * included; opened again it rewrites its files without what was deleted; opened once more it begins a new list of its files, for the old one
 * repeats their first and last keys. Nothing else that Kafka Streams offers does that to a running application. Alerts stand still meanwhile.
 */
public final class ThreadRenewal implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ThreadRenewal.class);
    /** Several erasures at once are one renewal. Project default, no source. */
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RUN_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration REWRITE_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Files older than this are rewritten when that is wanted: the least that RocksDB takes. */
    public static final int REWRITE_AGE_SECONDS = 1;

    /** The RocksDB settings of one application. */
    @FunctionalInterface
    public interface Stores {

        /** Whether a store that is opened from now on rewrites its files older than {@link #REWRITE_AGE_SECONDS}. */
        void rewriteOnOpen(boolean rewrite);
    }

    private static final Duration AGE = Duration.ofSeconds(REWRITE_AGE_SECONDS + 1L);
    /** Kafka Streams' own gauges of RocksDB (KIP-607). */
    private static final Set<String> REWRITING = Set.of("compaction-pending", "num-running-compactions");

    private final Supplier<KafkaStreams> streams;
    private final int threads;
    private final Stores stores;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("vitaltwin-renewal").daemon().factory());

    /**
     * @param threads that the application runs
     * @param stores of this application and no other: each is renewed in its own time
     */
    public ThreadRenewal(Supplier<KafkaStreams> streams, int threads, Stores stores) {
        this.stores = stores;
        this.streams = streams;
        this.threads = threads;
    }

    /** Asks for it, and returns at once. */
    public void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                worker.schedule(this::renew, GATHER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.atDebug().log("the application closes: its stores are rewritten after the next order");
            }
        }
    }

    private void renew() {
        asked.set(false);
        try {
            replaceThreads();
            pause(AGE);
            stores.rewriteOnOpen(true);
            replaceThreads();
            await(REWRITE_TIMEOUT, () -> !isRewriting());
            stores.rewriteOnOpen(false);
            replaceThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application closes
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("stores not rewritten after an erasure: give the order again");
        } finally {
            stores.rewriteOnOpen(false);
        }
    }

    private void replaceThreads() throws InterruptedException {
        for (int i = 0; i < threads; i++) {
            if (streams.get().addStreamThread().isEmpty() || streams.get().removeStreamThread(STOP_TIMEOUT).isEmpty()) {
                throw new IllegalStateException("the application does not run");
            }
        }
        await(RUN_TIMEOUT, () -> streams.get().state() == KafkaStreams.State.RUNNING);
        pause(LOOK);
    }

    private boolean isRewriting() {
        return streams.get().metrics().entrySet().stream().filter(metric -> REWRITING.contains(metric.getKey().name()))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Number number && number.doubleValue() > 0);
    }

    private static void await(Duration atMost, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            pause(LOOK);
        }
    }

    private static void pause(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
