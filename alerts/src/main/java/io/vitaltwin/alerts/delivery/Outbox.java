package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.alerts.core.Urgency;
import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one channel still has to send, as its own log of planned deliveries and results says. Whatever is read twice changes nothing, so it can be
 * read again from any offset at or before {@link #firstPending}. Not safe for several threads.
 */
public final class Outbox {

    /** Alerts of one digest. Project default, no source. */
    private static final int MOST_TOGETHER = 100;
    /** Most urgent first, then the one that fell due first; the key decides the rest. */
    private static final Comparator<Pending> ORDER = Comparator.<Pending, Priority>comparing(Pending::priority, Urgency::mostUrgentFirst)
            .thenComparing(pending -> pending.planned().getTime()).thenComparing(pending -> pending.key().toString());

    /** One delivery: results of it carry the same three. */
    public record Key(String notificationId, String channel, String recipient) {

        static Key of(Notification record) {
            return new Key(record.getNotificationId(), record.getChannel(), record.getRecipient());
        }
    }

    /**
     * A delivery that is not over.
     *
     * @param patient as people know the patient
     * @param offset of the plan
     * @param newest offset of the newest record about it
     * @param attempts made so far
     * @param notBeforeMillis when the next attempt is due
     */
    public record Pending(Key key, Notification planned, String patient, int partition, long offset, long newest, int attempts, long notBeforeMillis) {

        boolean isDigest() {
            return planned.getStep().equals(Step.DIGEST.name());
        }

        /** Whether it tells that an alert changed, and calls nobody. */
        public boolean isChange() {
            return Happening.ofChange(planned.getStep()).isPresent();
        }

        Priority priority() {
            Priority priority = planned.getPriority();
            return priority == null ? Priority.INFO : priority;
        }
    }

    private final String channel;
    private final Duration collect;
    private final Map<Key, Pending> all = new LinkedHashMap<>();
    /** For each partition: the offset behind the last record that was read. */
    private final Map<Integer, Long> behind = new HashMap<>();

    /** @param collect how long alerts of a digest wait for others; zero: each goes alone */
    public Outbox(String channel, Duration collect) {
        this.channel = channel;
        this.collect = collect;
    }

    /**
     * Takes a record of the log, in the order of its partition; those of other channels are passed over. A result may be taken when it is
     * written and once more when it is read back, however much was written meanwhile.
     *
     * @param patient as people know the patient
     */
    public void read(int partition, long offset, String patient, Notification record) {
        behind.merge(partition, offset + 1, Math::max);
        if (!record.getChannel().equals(channel)) {
            return;
        }
        Key key = Key.of(record);
        switch (record.getStatus()) {
            case PLANNED -> all.putIfAbsent(key, new Pending(key, record, patient, partition, offset, offset, 0, firstMillis(record)));
            case RETRYING -> all.computeIfPresent(key, (same, before) -> offset <= before.newest() ? before : retry(before, offset, record));
            case SENT, DELIVERED, FAILED, CANCELLED -> all.remove(key);
        }
    }

    private long firstMillis(Notification planned) {
        return planned.getTime().toEpochMilli() + (planned.getStep().equals(Step.DIGEST.name()) ? collect.toMillis() : 0);
    }

    private static Pending retry(Pending before, long offset, Notification record) {
        Instant next = record.getNext();
        return new Pending(before.key(), before.planned(), before.patient(), before.partition(), before.offset(), offset, record.getAttempt(),
                next == null ? record.getTime().toEpochMilli() : next.toEpochMilli());
    }

    /** The delivery to make now. */
    public Optional<Pending> due(long nowMillis) {
        return all.values().stream().filter(one -> one.notBeforeMillis() <= nowMillis).min(ORDER);
    }

    /**
     * What goes out in one message with this delivery: of a digest all that waits for its recipient, most urgent first, whether or not it waited as long as
     * this; else it alone. What failed before keeps its own time.
     */
    public List<Pending> together(Pending pending, long nowMillis) {
        if (collect.isZero() || !pending.isDigest()) {
            return List.of(pending);
        }
        return all.values().stream().filter(other -> other.isDigest() && other.key().recipient().equals(pending.key().recipient())
                && (other.attempts() == 0 || other.notBeforeMillis() <= nowMillis)).sorted(ORDER).limit(MOST_TOGETHER).toList();
    }

    /**
     * Whether a newer step of the same alert waits for the same recipient: then one message is enough. What changed is not said by a later call, so only another
     * change takes its place.
     */
    public boolean isSuperseded(Pending pending) {
        return all.values().stream().filter(other -> other.isChange() || !pending.isChange()).anyMatch(other -> other.key().recipient().equals(pending.key().recipient())
                && other.planned().getAlertId().equals(pending.planned().getAlertId()) && dueMillis(other) > dueMillis(pending));
    }

    private static long dueMillis(Pending one) {
        Instant due = one.planned().getDue();
        return due == null ? one.planned().getTime().toEpochMilli() : due.toEpochMilli();
    }

    /** Takes a delivery out of which nothing can be written down any more: its patient was erased. */
    public void drop(Pending pending) {
        all.remove(pending.key());
    }

    /** When the next delivery is due; empty: none is waiting. */
    public OptionalLong nextDue() {
        return all.values().stream().mapToLong(Pending::notBeforeMillis).min();
    }

    /** Deliveries that are not over. */
    public int size() {
        return all.size();
    }

    /** Where reading must begin again after a restart: the first plan that is not over, else behind what was read; empty: nothing was read. */
    public OptionalLong firstPending(int partition) {
        OptionalLong first = all.values().stream().filter(one -> one.partition() == partition).mapToLong(Pending::offset).min();
        Long next = behind.get(partition);
        return first.isPresent() || next == null ? first : OptionalLong.of(next);
    }

    /** Another reader has this partition now. */
    public void forget(int partition) {
        behind.remove(partition);
        all.values().removeIf(one -> one.partition() == partition);
    }
}
