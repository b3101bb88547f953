package io.vitaltwin.testbench.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a finished demo came to. The names are those of its JSON.
 *
 * @param readings readings sent, copies included
 * @param turnedAway readings that were not sent, because their patient was erased meanwhile; left out of the JSON while it is 0
 * @param patients patients registered
 * @param readySeconds from the start of the program until the first reading could be sent
 */
record Summary(
        long readings,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long turnedAway,
        FateCounts fates,
        Alerts alerts,
        Violations violations,
        Quality quality,
        int patients,
        Latency latencyMillis,
        double readySeconds,
        String version) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Readings by fate. */
    record FateCounts(long APPLIED, long DUPLICATE, long LATE, long REFUSED, long DEAD) {
        long sum() {
            return APPLIED + DUPLICATE + LATE + REFUSED + DEAD;
        }
    }

    /** @param raised episodes; {@code byRule} the rule that each began with, so that its counts sum to {@code raised} */
    record Alerts(long raised, Map<String, Long> byRule) {
        Alerts {
            byRule = new TreeMap<>(byRule);
        }
    }

    /** @param readings readings that the records speak of */
    record Violations(long records, long readings) {
    }

    /** Judged readings by verdict, as first given. */
    record Quality(long ACCEPT, long SUSPECT, long REJECT) {
    }

    /** From producing a reading until its alert event could be read; null when nothing was measured. */
    record Latency(@Nullable Double p50, @Nullable Double p99) {
    }

    /** Sums that should be equal and are not, each in a sentence. What was erased cannot be counted, so then there is nothing to compare. */
    List<String> problems() {
        if (turnedAway > 0) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (fates.sum() != readings) {
            problems.add("the fates sum to " + fates.sum() + ", but " + readings + " readings were sent");
        }
        if (fates.REFUSED() != violations.readings()) {
            problems.add(fates.REFUSED() + " readings were refused, but the violations speak of " + violations.readings());
        }
        long raisedByRule = alerts.byRule().values().stream().mapToLong(Long::longValue).sum();
        if (raisedByRule != alerts.raised()) {
            problems.add(alerts.raised() + " alerts were raised, but by rule they are " + raisedByRule);
        }
        return problems;
    }

    /** One line. */
    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary cannot be written as JSON", e);
        }
    }
}
