package io.vitaltwin.alerts.channel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends what does not end by itself: code that waits for a connection anew with each byte can be kept waiting for ever by a receiver that sends one now and
 * again. Each sending runs in a thread of its own. Safe for several threads.
 */
public final class Timed implements AutoCloseable {

    private final Duration timeout;
    private final ExecutorService threads;

    /** @param name of the threads; @param timeout of one sending in all */
    public Timed(String name, Duration timeout) {
        this.timeout = timeout;
        this.threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Sends, and waits no longer than the timeout.
     *
     * @param cut cuts the connections of this sending, from any thread; called in any case, at the end
     * @throws IllegalStateException if the sending fails with an exception: that is a bug, not a result
     */
    public Delivery send(Callable<Delivery> sending, Runnable cut) {
        Future<Delivery> result;
        try {
            result = threads.submit(sending);
        } catch (RejectedExecutionException e) {
            return new Delivery.Transient("the channel is closed");
        }
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Delivery.Transient("the receiver did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Transient("interrupted while waiting for the receiver");
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending failed for a reason that is no receiver's", e.getCause());
        } finally {
            cut.run();
        }
    }

    /** Sends nothing any more; what is on its way is left to its timeout. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
