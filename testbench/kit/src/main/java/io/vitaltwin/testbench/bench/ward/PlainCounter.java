package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a system without any of the twin's care would do: each reading at a limit or beyond alarms at once. Shares nothing with the rules but
 * where the limits stand. To be fair it alarms once when a value goes beyond and is silent until it has been back.
 */
final class PlainCounter {

    private PlainCounter() {
    }

    /** A moment at which something alarmed. */
    record Alarm(Limit limit, long millis) {
    }

    /** @param beyond readings beyond each limit; each would alarm in a system that does not even wait for the value to come back */
    record Outcome(List<Alarm> alarms, Map<Limit, Integer> beyond) {
    }

    static Outcome count(WardPatient patient, RuleSet rules) {
        List<Alarm> alarms = new ArrayList<>();
        Map<Limit, Integer> beyond = new EnumMap<>(Limit.class);
        Map<Limit, Set<Vital>> open = new EnumMap<>(Limit.class);
        for (WardReading reading : patient.readings()) {
            for (Limit limit : Limit.values()) {
                if (limit.watches(reading.vital()) && reading.value().kind() == Value.Kind.MEASURED) {
                    Set<Vital> now = open.computeIfAbsent(limit, none -> EnumSet.noneOf(Vital.class));
                    boolean was = !now.isEmpty();
                    if (limit.isBeyond(rules, reading.vital(), Units.canonicalMilli(reading.value(), reading.vital()))) {
                        beyond.merge(limit, 1, Integer::sum);
                        now.add(reading.vital());
                    } else {
                        now.remove(reading.vital());
                    }
                    if (!was && !now.isEmpty()) {
                        alarms.add(new Alarm(limit, reading.effectiveMillis()));
                    }
                }
            }
        }
        return new Outcome(alarms, beyond);
    }

    /** What the next look shows. */
    enum Support { YES, NO, UNKNOWN }

    /**
     * Whether the condition still holds at the newest reading after the alarm and within the time; UNKNOWN without a reading. That it holds
     * says that the alarm was no artefact of one reading, not that somebody had to act.
     */
    static Support support(WardPatient patient, RuleSet rules, Alarm alarm, long withinMillis) {
        Support support = Support.UNKNOWN;
        for (WardReading reading : patient.readings()) {
            long after = reading.effectiveMillis() - alarm.millis();
            if (after > 0 && after <= withinMillis && alarm.limit().watches(reading.vital()) && reading.value().kind() == Value.Kind.MEASURED) {
                boolean holds = alarm.limit().isBeyond(rules, reading.vital(), Units.canonicalMilli(reading.value(), reading.vital()));
                support = holds ? Support.YES : Support.NO;
            }
        }
        return support;
    }
}
