package io.vitaltwin.testbench.bench;

import io.vitaltwin.testbench.kafka.GroupProgress;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Times a program from the moment its tasks run until everything it was given is committed. */
final class Measurement {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(30);
    private static final long LOOK_NANOS = 1_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * What a program took from running to committed.
     *
     * @param cpu of its stream threads: hardly disturbed by what else the machine does
     */
    record Taken(Duration time, Duration cpu) {
    }

    private Measurement() {
    }

    /**
     * Starts the program and leaves it running.
     *
     * @param ends where its inputs end; nobody writes to them meanwhile
     */
    static Taken run(Program program, String group, Admin admin, Map<TopicPartition, Long> ends) throws InterruptedException {
        program.start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (program.state() != KafkaStreams.State.RUNNING) {
            requireAlive(program, group);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " does not run after " + START_LIMIT.toSeconds() + " s; it is " + program.state());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long running = System.nanoTime();
        long cpu = cpuNanos(group);
        new GroupProgress(admin, group).awaitCommitted(ends, RUN_LIMIT, () -> requireAlive(program, group));
        return new Taken(Duration.ofNanos(System.nanoTime() - running), Duration.ofNanos(cpuNanos(group) - cpu));
    }

    /** Kafka Streams names its threads after the application. */
    private static long cpuNanos(String group) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(group + "-") && thread.getName().contains("-StreamThread-"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.threadId())).filter(nanos -> nanos > 0).sum();
    }

    private static void requireAlive(Program program, String group) {
        program.failure().ifPresent(cause -> {
            throw new IllegalStateException(group + " died: " + cause.getMessage(), cause);
        });
    }
}
