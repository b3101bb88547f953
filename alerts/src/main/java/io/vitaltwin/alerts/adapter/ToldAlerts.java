package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.Told;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Who was told of an alert, at the moment of asking. Not safe for several threads. */
final class ToldAlerts implements AutoCloseable {

    /** Who was told longer ago is not told that the alert is over. Project default, no source. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private final LogFollower log;
    private final LogRecords<Notification> notifications;
    private final Told told = new Told();

    /** @param consumer of committed records, keys as people know the patients; closed here */
    ToldAlerts(Consumer<String, byte[]> consumer, Topic<Notification> topic, SchemaIds ids, InstantSource clock, DeliveryMetrics metrics) {
        this.notifications = new LogRecords<>(topic, ids, metrics);
        this.log = LogFollower.from(consumer, topic.name(), clock.instant().minus(MEMORY));
    }

    /**
     * In the order in which they were told, with all that was committed before the call.
     *
     * @throws TimeoutException if the log cannot be read to its end in time
     * @throws SchemaProblem if the schemas cannot be asked
     */
    List<Told.Way> of(String alertId) {
        log.catchUp(record -> notifications.decode(record).ifPresent(told::read));
        return told.of(alertId);
    }

    @Override
    public void close() {
        log.close();
    }
}
