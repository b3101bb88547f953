package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.core.Caseload;
import io.vitaltwin.alerts.topology.CaseloadCodec.Stored;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The stored caseloads of one task, and when each is to be looked at next. */
final class Caseloads {

    static final long NEVER = Long.MAX_VALUE;

    /** Some seconds of work at most. Project default, no source. */
    private static final int AT_ONCE = 10_000;
    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<String, byte[]> caseloads;
    private final KeyValueStore<Bytes, byte[]> timers;

    Caseloads(KeyValueStore<String, byte[]> caseloads, KeyValueStore<Bytes, byte[]> timers) {
        this.caseloads = caseloads;
        this.timers = timers;
    }

    Stored of(String patient) {
        byte[] bytes = caseloads.get(patient);
        return bytes == null ? new Stored(Caseload.empty(), NEVER) : CaseloadCodec.decode(bytes);
    }

    /** Stores what became of a caseload. @param nextMillis when time alone changes something; {@link #NEVER}: not */
    void store(String patient, Stored before, Caseload after, long nextMillis) {
        long timer = after.isEmpty() ? NEVER : nextMillis;
        if (timer != before.timerMillis()) {
            if (before.timerMillis() != NEVER) {
                timers.delete(key(before.timerMillis(), patient));
            }
            if (timer != NEVER) {
                timers.put(key(timer, patient), NOTHING);
            }
        }
        Stored stored = new Stored(after, timer);
        if (after.isEmpty()) {
            caseloads.delete(patient);
        } else if (!stored.equals(before)) {
            caseloads.put(patient, CaseloadCodec.encode(stored));
        }
    }

    /** Patients who are due until a time, the earliest first; some of them, where there are very many. */
    List<String> due(long untilMillis) {
        List<String> patients = new ArrayList<>();
        if (untilMillis < 0) {
            return patients;
        }
        try (KeyValueIterator<Bytes, byte[]> range = timers.range(key(0, ""), key(untilMillis + 1, ""))) {
            while (range.hasNext() && patients.size() < AT_ONCE) {
                byte[] key = range.next().key.get();
                patients.add(new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8));
            }
        }
        return patients;
    }

    /** All patients of whom something stands or is remembered. */
    List<String> patients() {
        List<String> patients = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = caseloads.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                patients.add(one.key);
            }
        }
        return patients;
    }

    private static Bytes key(long dueMillis, String patient) {
        byte[] text = patient.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length).putLong(Math.max(0, dueMillis)).put(text).array());
    }
}
