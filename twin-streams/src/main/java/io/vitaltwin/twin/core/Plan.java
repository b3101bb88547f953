package io.vitaltwin.twin.core;

import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The care plan of one patient: who, with which devices, what is collected and what is different for this patient.
 *
 * @param facts what the quality checks ask about a person
 * @param collected ids of the vitals that the plan needs, known to the twin or not; nothing else may be collected
 * @param cadenceMillis expected time between two readings where the plan sets one
 * @param spo2Scale 1 or 2
 * @param oxygen active prescription: true on oxygen, false on air; empty when none is known
 * @param zone for what depends on the hour of the patient's day
 * @param attributes facts about the patient that a rule may name and that have no field of their own
 * @param leastIntervalMillis where the plan registers how often a vital may be kept: the least time between two readings of one device
 * @param rules the rule set with this patient's own numbers
 */
public record Plan(
        PatientFacts facts,
        Set<String> conditions,
        int spo2Scale,
        Optional<Boolean> oxygen,
        Set<String> collected,
        Map<Vital, Long> cadenceMillis,
        Map<String, Device> devices,
        boolean news2,
        List<Baseline> baselines,
        ZoneId zone,
        Map<String, String> attributes,
        Map<Vital, Long> leastIntervalMillis,
        RuleSet rules) {

    /** A plan that keeps every reading, however often they come. */
    public Plan(PatientFacts facts, Set<String> conditions, int spo2Scale, Optional<Boolean> oxygen, Set<String> collected,
            Map<Vital, Long> cadenceMillis, Map<String, Device> devices, boolean news2, List<Baseline> baselines, ZoneId zone,
            Map<String, String> attributes, RuleSet rules) {
        this(facts, conditions, spo2Scale, oxygen, collected, cadenceMillis, devices, news2, baselines, zone, attributes, Map.of(), rules);
    }

    /** A baseline known before the twin learned one, in thousandths of the canonical unit. */
    public record Baseline(Vital vital, Context context, long medianMilli, long madMilli, int days) {
    }

    public Plan {
        conditions = Set.copyOf(conditions);
        collected = Set.copyOf(collected);
        cadenceMillis = cadenceMillis.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(cadenceMillis));
        devices = Map.copyOf(devices);
        baselines = List.copyOf(baselines);
        attributes = Map.copyOf(attributes);
        leastIntervalMillis = leastIntervalMillis.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(leastIntervalMillis));
    }

    /** Whether the plan needs this vital. */
    public boolean collects(Vital vital) {
        return collected.contains(vital.id());
    }

    /**
     * From when on what is usual for the patient is learned anew, because of a new medicine or a pregnancy: attribute {@code baselineFrom}, an
     * ISO time; Long.MIN_VALUE when there is none.
     */
    public long usualFromMillis() {
        String text = attributes.getOrDefault("baselineFrom", "");
        try {
            return text.isEmpty() ? Long.MIN_VALUE : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return Long.MIN_VALUE; // the command line refuses it; a plan that came another way must not stop the stream
        }
    }

    /** The device as registered at this time; an unknown one, or one outside its period, has grade UNKNOWN. */
    public Device device(String id, long atMillis) {
        Device device = devices.get(id);
        return device != null && device.fromMillis() <= atMillis && atMillis < device.untilMillis() ? device : Device.unregistered(id);
    }

    /** Expected time between two readings that are kept: the plan's, else the device's, else {@code otherwise}. */
    public long intervalMillis(Vital vital, Device device, long otherwise) {
        long sent = sentMillis(vital, device, otherwise);
        return leastIntervalMillis.isEmpty() ? sent : Math.max(sent, leastIntervalMillis.getOrDefault(vital, 0L));
    }

    private long sentMillis(Vital vital, Device device, long otherwise) {
        Long own = cadenceMillis.get(vital);
        if (own != null && own > 0) {
            return own;
        }
        return device.intervalMillis() > 0 ? device.intervalMillis() : otherwise;
    }

    public Optional<Baseline> baseline(Vital vital, Context context) {
        for (Baseline baseline : baselines) {
            if (baseline.vital() == vital && baseline.context() == context) {
                return Optional.of(baseline);
            }
        }
        return Optional.empty();
    }
}
