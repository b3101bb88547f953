package io.vitaltwin.alerts.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has changed, without saying how: who follows makes the view anew. Of each patient and each alert the newest change is kept and older ones are
 * dropped, as in a compacted topic, so a follower that was away for long still misses nothing until more than {@code kept} are there. Safe for several threads.
 */
public final class Changes {

    /** Some 150 bytes each. Project default, no source. */
    static final int KEPT = 100_000;

    /**
     * One change.
     *
     * @param alertId empty: the patient's row
     */
    public record Change(long sequence, String patient, String alertId) {
    }

    /**
     * What a follower has missed.
     *
     * @param complete false: some is not kept any more
     * @param next where to go on
     */
    public record Missed(boolean complete, long next, List<Change> changes) {
    }

    private record Subject(String patient, String alertId) {
    }

    private final int kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final LinkedHashMap<Subject, Change> newest = new LinkedHashMap<>();
    private long sequence;
    /** The newest change that is not kept any more without a newer one of its subject. */
    private long floor;

    public Changes() {
        this(KEPT);
    }

    Changes(int kept) {
        this.kept = kept;
    }

    void row(String patient) {
        add(new Subject(patient, ""));
    }

    void alert(String patient, String alertId) {
        add(new Subject(patient, alertId));
    }

    private void add(Subject subject) {
        lock.lock();
        try {
            newest.putLast(subject, new Change(++sequence, subject.patient(), subject.alertId()));
            if (newest.size() > kept) {
                floor = newest.pollFirstEntry().getValue().sequence();
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public long position() {
        lock.lock();
        try {
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came after a position, oldest first; waits for it when there is nothing. Empty when the time is over.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public Missed after(long position, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (sequence == position && left > 0) {
                left = more.awaitNanos(left);
            }
            if (position > sequence || position < floor) {
                return new Missed(false, sequence, List.of());
            }
            List<Change> found = new ArrayList<>();
            for (Map.Entry<Subject, Change> entry : newest.reversed().entrySet()) {
                if (entry.getValue().sequence() <= position) {
                    break;
                }
                found.add(entry.getValue());
            }
            return new Missed(true, sequence, List.copyOf(found.reversed()));
        } finally {
            lock.unlock();
        }
    }
}
