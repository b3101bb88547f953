package io.vitaltwin.twin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.quality.Judgement.Handling;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Counters of what the topology did. Tags are closed sets of words: never a patient, a device or a value. Safe for several threads. */
public final class TwinMetrics {

    private static final int HANDLINGS = Handling.values().length;

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    /** Counters of judged readings, asked for each reading; made when first asked. */
    private final AtomicReferenceArray<@Nullable Counter> judged = new AtomicReferenceArray<>(Verdict.values().length * HANDLINGS);

    /** Stream time of each partition that was ever worked on here. */
    private final Map<Integer, AtomicLong> streamTimes = new ConcurrentHashMap<>();

    public TwinMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void judged(Verdict verdict, Handling handling) {
        int place = verdict.ordinal() * HANDLINGS + handling.ordinal();
        Counter counter = judged.get(place);
        if (counter == null) {
            counter = counter("vitaltwin.readings.judged", "verdict", verdict.name(), "handling", handling.name());
            judged.set(place, counter);
        }
        counter.increment();
    }

    public void dead(String reason) {
        counter("vitaltwin.readings.dead", "reason", reason, "stage", "twin").increment();
    }

    public void violation(String reason, long readings) {
        counter("vitaltwin.readings.refused", "reason", reason, "stage", "collect").increment(readings);
    }

    /** @param rule id of a custom rule @param problem why it could not be computed */
    public void customRuleFailed(String rule, String problem) {
        counter("vitaltwin.rule.failures", "rule", rule, "problem", problem).increment();
    }

    public void alert(String rule, String event) {
        counter("vitaltwin.alert.events", "rule", rule, "event", event).increment();
    }

    /** Where a task puts its stream time, and others read it: milliseconds, 0 before the first record. It stays as it was when the task goes elsewhere. */
    public AtomicLong streamTime(int partition) {
        return streamTimes.computeIfAbsent(partition, number -> new AtomicLong());
    }

    private Counter counter(String name, String tag1, String value1, String tag2, String value2) {
        return counters.computeIfAbsent(name + '|' + value1 + '|' + value2, key -> Counter.builder(name).tag(tag1, value1).tag(tag2, value2).register(registry));
    }
}
