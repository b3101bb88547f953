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
            if (!before.caseload().isEmpty()) { // the mark of a deletion names the patient, too, until files are merged
                caseloads.delete(patient);
            }
        } else if (!stored.equals(before)) {
            caseloads.put(patient, CaseloadCodec.encode(stored));
        }
    }

    /**
     * Patients who are due until a time, the earliest first; some of them, where there are very many. A timer without a caseload goes: the caseload of
     * somebody who was erased is not restored, since its key is gone, and the timer, which holds nothing to seal, is.
     */
    List<String> due(long untilMillis) {
        List<String> patients = new ArrayList<>();
        List<Bytes> orphans = new ArrayList<>();
        if (untilMillis < 0) {
            return patients;
        }
        try (KeyValueIterator<Bytes, byte[]> range = timers.range(key(0, ""), key(untilMillis + 1, ""))) {
            while (range.hasNext() && patients.size() < AT_ONCE) {
                Bytes key = range.next().key;
                String patient = patient(key);
                if (caseloads.get(patient) == null) {
                    orphans.add(key);
                } else {
                    patients.add(patient);
                }
            }
        }
        orphans.forEach(timers::delete);
        return patients;
    }

    /** Takes out whatever timer names the patient. Timers are ordered by time: all are looked through. An erasure is rare. */
    void forgetTimers(String patient) {
        List<Bytes> set = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = timers.all()) {
            all.forEachRemaining(one -> {
                if (patient(one.key).equals(patient)) {
                    set.add(one.key);
                }
            });
        }
        set.forEach(timers::delete);
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

    private static String patient(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
    }

    private static Bytes key(long dueMillis, String patient) {
        byte[] text = patient.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length).putLong(Math.max(0, dueMillis)).put(text).array());
    }
}
