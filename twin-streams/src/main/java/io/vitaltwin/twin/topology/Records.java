package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ViolationTally;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.core.state.TwinState;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The stored records of the patients of one task. Plans and timelines seldom change and are kept decoded, the most recently used first; a
 * task owns its partition alone, so what is kept is what is stored.
 */
final class Records {

    /** Decoded plans and timelines that one task keeps: some 2 kB each. Project default, no source. */
    private static final int KEPT = 30_000;

    /** Some seconds of work at most. Project default, no source. */
    private static final int TIMERS_AT_ONCE = 20_000;

    private final KeyValueStore<String, byte[]> plans;
    private final KeyValueStore<String, byte[]> consents;
    private final KeyValueStore<String, byte[]> refusals;
    private final KeyValueStore<String, byte[]> twins;
    private final KeyValueStore<String, byte[]> held;
    private final KeyValueStore<Bytes, byte[]> timers;
    private final List<KeyValueStore<String, byte[]>> byPatient;
    private final AvroSerde<PatientContext> planSerde;
    private final RuleSet rules;
    private final Plan nobody;
    private final Optional<Function<String, ConsentTimeline>> known;
    private final Map<String, Plan> knownPlans = recentlyUsed();
    private final Map<String, ConsentTimeline> knownTimelines = recentlyUsed();
    private final ByteBuffer scratch = TwinState.scratch();
    /** No timer is set for an earlier time: what was taken out before it leaves marks in the store that a search would have to pass. */
    private long noTimerBefore;

    /** @param known consents of each patient; empty: those in the store */
    Records(ProcessorContext<?, ?> context, AvroSerde<PatientContext> planSerde, RuleSet rules, Optional<Function<String, ConsentTimeline>> known) {
        this.known = known;
        this.plans = context.getStateStore(TwinStores.PLANS);
        this.consents = context.getStateStore(TwinStores.CONSENTS);
        this.refusals = context.getStateStore(TwinStores.REFUSALS);
        this.twins = context.getStateStore(TwinStores.TWINS);
        this.held = context.getStateStore(TwinStores.HELD);
        this.timers = context.getStateStore(TwinStores.TIMERS);
        this.byPatient = TwinStores.BY_PATIENT.stream().<KeyValueStore<String, byte[]>>map(context::getStateStore).toList();
        this.planSerde = planSerde;
        this.rules = rules;
        this.nobody = FromAvro.nobody(rules);
    }

    Visit open(String patient, long nowMillis) {
        byte[] twin = twins.get(patient);
        Visit visit = new Visit(patient, twin == null ? new TwinState() : TwinState.decode(twin), plan(patient), timeline(patient), nowMillis);
        visit.consentVersion = visit.consents.newestLabel();
        return visit;
    }

    /** Stores the twin. @return its size in bytes */
    int store(Visit visit) {
        byte[] bytes = visit.twin.encode(scratch);
        twins.put(visit.patient, bytes);
        return bytes.length;
    }

    private Plan plan(String patient) {
        Plan plan = knownPlans.get(patient);
        if (plan == null) {
            byte[] stored = plans.get(patient);
            PatientContext context = stored == null ? null : planSerde.deserialize(TwinStores.PLANS, stored);
            plan = context == null ? nobody : FromAvro.plan(context, rules);
            knownPlans.put(patient, plan);
        }
        return plan;
    }

    /** Whether this patient has a care plan. */
    boolean isKnown(Visit visit) {
        return visit.plan != nobody;
    }

    void storePlan(Visit visit, @Nullable PatientContext context, byte[] bytes) {
        if (context == null) {
            plans.delete(visit.patient);
            visit.plan = nobody;
        } else {
            plans.put(visit.patient, bytes);
            visit.plan = FromAvro.plan(context, rules);
        }
        knownPlans.put(visit.patient, visit.plan);
    }

    private ConsentTimeline timeline(String patient) {
        if (known.isPresent()) {
            return known.get().apply(patient);
        }
        ConsentTimeline timeline = knownTimelines.get(patient);
        if (timeline == null) {
            byte[] stored = consents.get(patient);
            timeline = stored == null ? ConsentTimeline.empty() : ConsentTimeline.decode(stored);
            knownTimelines.put(patient, timeline);
        }
        return timeline;
    }

    void storeTimeline(Visit visit, ConsentTimeline timeline) {
        visit.consents = timeline;
        visit.consentVersion = timeline.newestLabel();
        consents.put(visit.patient, timeline.encode());
        knownTimelines.put(visit.patient, timeline);
    }

    ViolationTally tally(String patient) {
        byte[] stored = refusals.get(patient);
        return stored == null ? new ViolationTally() : ViolationTally.decode(stored);
    }

    void storeTally(Visit visit, ViolationTally tally) {
        if (tally.isEmpty()) {
            refusals.delete(visit.patient);
            visit.twin.refusalsDue(0);
        } else {
            refusals.put(visit.patient, tally.encode());
            visit.twin.refusalsDue(tally.nextDue());
        }
    }

    /**
     * A batch that waits, with its place in the log.
     *
     * @param indexes places that its readings had in the batch as it came; those that were refused are gone
     */
    record Waiting(long offset, long appendMillis, int[] indexes, byte[] bytes) {
    }

    void hold(String patient, String device, long sequence, Waiting waiting) {
        int[] indexes = waiting.indexes();
        ByteBuffer value = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES * (1 + indexes.length) + waiting.bytes().length);
        value.putLong(waiting.offset()).putLong(waiting.appendMillis()).putInt(indexes.length);
        for (int index : indexes) {
            value.putInt(index);
        }
        held.put(heldKey(patient, device, sequence), value.put(waiting.bytes()).array());
    }

    /** Takes a waiting batch out of its store. */
    Waiting letGo(String patient, String device, long sequence) {
        byte[] value = held.delete(heldKey(patient, device, sequence));
        if (value == null) {
            throw new IllegalStateException("a batch that should be waiting is not stored");
        }
        return waiting(value);
    }

    /** A waiting batch as it is stored. */
    static Waiting waiting(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long offset = in.getLong();
        long append = in.getLong();
        int[] indexes = new int[in.getInt()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = in.getInt();
        }
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new Waiting(offset, append, indexes, bytes);
    }

    /**
     * Takes everything that is stored of the patient out of every store. What is not there is not taken out: the mark of a deletion names the
     * patient, too, and would be in the files of the store until they are merged.
     */
    void forget(String patient) {
        knownPlans.remove(patient);
        knownTimelines.remove(patient);
        for (KeyValueStore<String, byte[]> store : byPatient) {
            List<String> more = new ArrayList<>();
            if (store.get(patient) != null) {
                more.add(patient);
            }
            try (KeyValueIterator<String, byte[]> found = store.range(patient + '\0', patient + '\1')) {
                found.forEachRemaining(one -> more.add(one.key));
            }
            more.forEach(store::delete);
        }
        forgetTimers(patient);
    }

    /** Timers are ordered by time: all are looked through. An erasure is rare. */
    private void forgetTimers(String patient) {
        List<Bytes> set = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                ByteBuffer name = ByteBuffer.wrap(key.get());
                name.getLong();
                if (StandardCharsets.UTF_8.decode(name).toString().equals(patient)) {
                    set.add(key);
                }
            }
        }
        set.forEach(timers::delete);
    }

    private static String heldKey(String patient, String device, long sequence) {
        return patient + '\0' + device + '\0' + sequence;
    }

    /** Sets the patient's timer, if it is to come earlier than the one that is set. A timer that comes too early is set again then. */
    void setTimer(Visit visit, long dueMillis) {
        long set = visit.twin.timerMillis();
        if (dueMillis != Long.MAX_VALUE && (set == 0 || dueMillis < set)) {
            timers.put(timerKey(dueMillis, visit.patient), new byte[0]);
            noTimerBefore = Math.min(noTimerBefore, dueMillis);
            visit.twin.timer(dueMillis);
        }
    }

    /**
     * Takes timers that are due out of their store, so many at once that a transaction stays short; the rest come the next time, and
     * decide the same then.
     *
     * @return patients and times, earliest first
     */
    List<KeyValue<Long, String>> dueTimers(long untilMillis) {
        List<KeyValue<Long, String>> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = timers.range(timerKey(noTimerBefore, ""), timerKey(untilMillis + 1, ""))) {
            while (found.hasNext() && due.size() < TIMERS_AT_ONCE) {
                ByteBuffer key = ByteBuffer.wrap(found.next().key.get());
                long time = key.getLong();
                due.add(KeyValue.pair(time, StandardCharsets.UTF_8.decode(key).toString()));
            }
        }
        due.forEach(timer -> timers.delete(timerKey(timer.key, timer.value)));
        noTimerBefore = due.size() < TIMERS_AT_ONCE ? Math.max(noTimerBefore, untilMillis + 1) : due.getLast().key;
        return due;
    }

    private static Bytes timerKey(long dueMillis, String patient) {
        byte[] name = patient.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length).putLong(dueMillis).put(name).array());
    }

    private static <V> Map<String, V> recentlyUsed() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEPT;
            }
        };
    }
}
