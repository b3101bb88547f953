package io.vitaltwin.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters of what the workflow did. Tags are closed sets of words: never a patient, a person or a value. Safe for several threads. */
public final class AlertsMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    public AlertsMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param refusal code; empty for what was not refused */
    public void event(String type, String refusal) {
        counter("vitaltwin.alert.workflow", "type", type, "refusal", refusal).increment();
    }

    /** @param unrouted nobody says who is to be told */
    public void planned(String step, boolean unrouted) {
        counter("vitaltwin.alert.planned", "step", step, "unrouted", Boolean.toString(unrouted)).increment();
    }

    public void dead(String reason) {
        counter("vitaltwin.alert.dead", "reason", reason, "stage", "workflow").increment();
    }

    private Counter counter(String name, String tag1, String value1, String tag2, String value2) {
        return counters.computeIfAbsent(name + '|' + value1 + '|' + value2, key -> Counter.builder(name).tag(tag1, value1).tag(tag2, value2).register(registry));
    }
}
