package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.schemas.Notification;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who was told of each alert by which channel, as the log of planned deliveries and results says; an alert is forgotten by those who were told that it is
 * over. What is read twice changes nothing. Not safe for several threads.
 */
public final class Told {

    /** @param recipient as in the planned delivery */
    public record Way(String recipient, String channel) {
    }

    private final Map<String, Set<Way>> byAlert = new HashMap<>();

    /** Takes a record of the log, in the order of its partition. */
    public void read(Notification record) {
        if (record.getChannel().isEmpty()) {
            return;
        }
        Way way = new Way(record.getRecipient(), record.getChannel());
        boolean change = Happening.ofChange(record.getStep()).isPresent();
        switch (record.getStatus()) {
            case PLANNED -> {
                if (!change) {
                    byAlert.computeIfAbsent(record.getAlertId(), id -> new LinkedHashSet<>()).add(way);
                } else if (record.getStep().equals(Happening.RESOLVED.name())) {
                    remove(record.getAlertId(), way);
                }
            }
            case FAILED, CANCELLED -> {
                if (!change) {
                    remove(record.getAlertId(), way);
                }
            }
            case SENT, DELIVERED, RETRYING -> {
                // The plan has told of it.
            }
        }
    }

    private void remove(String alertId, Way way) {
        byAlert.computeIfPresent(alertId, (id, ways) -> {
            ways.remove(way);
            return ways.isEmpty() ? null : ways;
        });
    }

    /** In the order in which they were told. */
    public List<Way> of(String alertId) {
        return List.copyOf(byAlert.getOrDefault(alertId, Set.of()));
    }

    /** Alerts that somebody was told of and that are not over for all of them. */
    public int size() {
        return byAlert.size();
    }
}
