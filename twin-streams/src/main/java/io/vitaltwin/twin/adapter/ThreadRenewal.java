package io.vitaltwin.twin.adapter;

import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Replaces the stream threads after an erasure. A store that closes writes out what it holds in memory, deletions included, and begins a new
 * list of its files; nothing else that Kafka Streams offers does that to a running application. Alerts stand still for a moment.
 */
public final class ThreadRenewal implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ThreadRenewal.class);
    /** Several erasures at once are one renewal. Project default, no source. */
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Supplier<KafkaStreams> streams;
    private final int threads;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("vitaltwin-renewal").daemon().factory());

    /** @param threads that the application runs */
    public ThreadRenewal(Supplier<KafkaStreams> streams, int threads) {
        this.streams = streams;
        this.threads = threads;
    }

    /** Asks for it, and returns at once. */
    public void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                worker.schedule(this::renew, GATHER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.atDebug().log("the application closes, which writes its stores out anyway");
            }
        }
    }

    private void renew() {
        asked.set(false);
        try {
            for (int i = 0; i < threads; i++) {
                if (streams.get().addStreamThread().isEmpty() || streams.get().removeStreamThread(STOP_TIMEOUT).isEmpty()) {
                    LOGGER.atWarn().addKeyValue("state", streams.get().state()).log("stream thread not replaced after an erasure: restart the twin");
                }
            }
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("stream thread not replaced after an erasure: restart the twin");
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
