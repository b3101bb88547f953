package io.vitaltwin.testbench.bench;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks at a fixed rate, whether answers come or not. Latency counts from the time at which a question was due, so a server that stalls is charged for
 * everybody who waits.
 */
final class Asker implements AutoCloseable {

    private static final int THREADS = 16;
    private static final long HIGHEST_MICROS = 120_000_000;

    /** Asks about one patient. @return whether there was an answer */
    @FunctionalInterface
    interface Question {

        boolean ask(int patient);
    }

    private final Histogram micros = new ConcurrentHistogram(1, HIGHEST_MICROS, 3);
    private final LongAdder unanswered = new LongAdder();
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private Asker() {
    }

    /** @param perSecond questions of all threads together @param patients whom they are about, by chance */
    static Asker start(Question question, double perSecond, int patients, long seed) {
        Asker asker = new Asker();
        for (int number = 0; number < THREADS; number++) {
            SplittableRandom random = new SplittableRandom(seed + number);
            long step = (long) (1e9 / perSecond * THREADS);
            long begin = System.nanoTime() + step * number / THREADS;
            asker.threads.add(Thread.ofPlatform().name("asker-" + number).daemon().start(() -> asker.run(question, begin, step, patients, random)));
        }
        return asker;
    }

    private void run(Question question, long begin, long step, int patients, SplittableRandom random) {
        for (long due = begin; !done.get(); due += step) {
            for (long left = due - System.nanoTime(); left > 0 && !done.get(); left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (!question.ask(random.nextInt(patients))) {
                unanswered.increment();
            }
            micros.recordValue(Math.clamp((System.nanoTime() - due) / 1_000, 1, HIGHEST_MICROS));
        }
    }

    /**
     * What it came to, in milliseconds.
     *
     * @param unanswered questions that got none, among those asked
     */
    record Latency(long asked, long unanswered, double p50, double p99, double p999, double most) {
    }

    /** Stops, and waits for the last answers. */
    Latency stop() {
        close();
        return new Latency(micros.getTotalCount(), unanswered.sum(), at(50), at(99), at(99.9), micros.getMaxValue() / 1_000.0);
    }

    private double at(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    @Override
    public void close() {
        done.set(true);
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
