package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Hindsight;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.consent.Use;
import io.vitaltwin.twin.core.consent.UseHistory;
import io.vitaltwin.twin.core.consent.Uses;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.consent.ViolationReason;
import io.vitaltwin.twin.core.state.TwinState;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What was used of each patient in the last week, without values, so that a consent that becomes known too late can say what it would have forbidden.
 * The minute that is going on is kept in the twin, which is written anyway; the store is written when the minute is over.
 *
 * <p>One entry for each hour of the last day, one for the rest: see {@link UseHistory}. An hour is a version byte and uses ({@link Uses#encode}), one after the other.
 */
final class UseLog {

    /** So many times and vitals at most wait in the twin: a minute of five vitals every five seconds. Project default, no source. */
    private static final int MOST_WAITING = 64;

    private static final byte VERSION = 1;

    private final KeyValueStore<String, byte[]> store;
    private final ByteBuffer scratch = TwinState.scratch();

    UseLog(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(TwinStores.USES);
    }

    /** Before readings come in: writes down the minute that is over. */
    void beforeReadings(Visit visit) {
        Uses waiting = visit.twin.consent().uses();
        if (!waiting.isEmpty() && (waiting.size() >= MOST_WAITING || minute(waiting.all().getFirst().firstMillis()) != minute(visit.nowMillis))) {
            write(visit, waiting);
        }
    }

    private static long minute(long millis) {
        return Math.floorDiv(millis, UseHistory.MINUTE_MILLIS);
    }

    private void write(Visit visit, Uses waiting) {
        long hour = Math.floorDiv(waiting.all().getFirst().firstMillis(), UseHistory.HOUR_MILLIS);
        byte[] stored = store.get(key(visit, hour));
        if (stored == null) {
            begin(visit, hour);
        }
        store.put(key(visit, hour), stored == null ? encode(waiting) : appended(stored, waiting));
        waiting.clear();
    }

    /** What is stored is not read for that: each minute stands for itself. */
    private byte[] appended(byte[] stored, Uses more) {
        scratch.clear().put(stored);
        more.encode(scratch, 0);
        return written();
    }

    private void begin(Visit visit, long hour) {
        UseHistory history = history(visit);
        UseHistory.Turnover turnover = history.begin(hour);
        for (long old : turnover.toSum()) {
            history.sum(decode(stored(store.delete(key(visit, old)))), hour);
        }
        for (long older : turnover.toMinutes()) {
            store.put(key(visit, older), encode(decode(stored(store.get(key(visit, older)))).summed(UseHistory.MINUTE_MILLIS)));
        }
        store(visit, history);
    }

    private static byte[] stored(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalStateException("an hour of use that should be kept is not stored");
        }
        return bytes;
    }

    /**
     * What a version forbids that was used before it was known. Each use is told once.
     *
     * @param before everything that was known before the version
     */
    List<Violation> forbidden(Visit visit, ConsentTimeline before, ConsentVersion version) {
        return Hindsight.of(before, version)
                .map(hindsight -> take(visit, use -> hindsight.forbids(use, Admission.PURPOSE, Admission.ACTOR)))
                .map(uses -> violations(visit, uses, version.label())).orElse(List.of());
    }

    private List<Use> take(Visit visit, Predicate<Use> wanted) {
        UseHistory history = history(visit);
        List<Use> taken = new ArrayList<>(history.older().take(wanted));
        for (long hour : history.hours()) {
            Uses uses = decode(stored(store.get(key(visit, hour))));
            List<Use> found = uses.take(wanted);
            if (!found.isEmpty()) {
                taken.addAll(found);
                store.put(key(visit, hour), encode(uses));
            }
        }
        if (!taken.isEmpty()) {
            store(visit, history);
        }
        taken.addAll(visit.twin.consent().uses().take(wanted));
        return taken;
    }

    private static List<Violation> violations(Visit visit, List<Use> uses, String label) {
        record Kind(int device, String vital) {
        }
        Map<Kind, Violation> violations = new LinkedHashMap<>();
        for (Use use : uses) {
            String device = AlertId.ofDevice(visit.patient, visit.twin.devices().get(use.device()).id());
            violations.merge(new Kind(use.device(), use.vital().id()), new Violation(device, use.vital().id(), ViolationReason.RETROACTIVE,
                    Admission.PURPOSE, Admission.ACTOR, Stage.USE, label, use.firstMillis(), use.lastMillis(), use.count()), Violation::and);
        }
        return List.copyOf(violations.values());
    }

    private UseHistory history(Visit visit) {
        byte[] stored = store.get(visit.patient);
        return stored == null ? new UseHistory() : UseHistory.decode(ByteBuffer.wrap(stored));
    }

    private void store(Visit visit, UseHistory history) {
        scratch.clear();
        history.encode(scratch);
        store.put(visit.patient, written());
    }

    private byte[] encode(Uses uses) {
        scratch.clear().put(VERSION);
        uses.encode(scratch, 0);
        return written();
    }

    private byte[] written() {
        byte[] bytes = new byte[scratch.position()];
        scratch.flip().get(bytes);
        return bytes;
    }

    /** An hour as it is stored. */
    static Uses decode(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("uses have version " + version + ", this program knows " + VERSION);
        }
        Uses uses = new Uses();
        while (in.hasRemaining()) {
            uses.addAll(Uses.decode(in, 0));
        }
        return uses;
    }

    private static String key(Visit visit, long hour) {
        return visit.patient + '\0' + hour;
    }
}
