package io.vitaltwin.alerts.console;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * How the system runs: counts only, of no patient.
 *
 * @param fates readings by fate, as the newest snapshots of all twins have them
 * @param dlq dead letters that are kept
 */
public record OpsView(
        List<Lag> lag, Map<String, Long> fates, long dlq, List<Refused> violations, List<Quality> quality, Notifications notifications) {

    public record Lag(String group, String topic, long lag) {
    }

    public record Refused(String reason, String stage, long count) {
    }

    /**
     * @param kind of device; {@code all}: as first given to all readings
     * @param accept null: flags do not tell
     */
    public record Quality(String kind, @Nullable Long accept, long suspect, long reject) {
    }

    public record Notifications(long sent, long failed, long pending, List<Channel> byChannel) {
    }

    /** @param state of its circuit breaker: CLOSED, OPEN or HALF_OPEN; null: the topic does not tell */
    public record Channel(String channel, @Nullable String state, long sent, long failed) {
    }
}
