package io.vitaltwin.standalone.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.adapter.Deliveries;
import io.vitaltwin.alerts.adapter.DeliverySettings;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.NotifyInput;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The delivery of notifications beside the workflow, where channels are set up. Closing twice is closing once. */
final class Delivering implements AutoCloseable {

    private final @Nullable Deliveries deliveries;
    private final @Nullable NotificationGate gate;
    private boolean closed;

    private Delivering(@Nullable Deliveries deliveries, @Nullable NotificationGate gate) {
        this.deliveries = deliveries;
        this.gate = gate;
    }

    /** @throws CliException if the file cannot be read or understood, or a channel cannot be made */
    static NotifyInput read(Path file) {
        try {
            return NotifyInput.read(file, Channels.installed());
        } catch (InputException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    /** Nobody is told. */
    static Delivering none() {
        return new Delivering(null, null);
    }

    /** @throws CliException if keys are in the file of settings only: consents are read with those of the command line */
    static Delivering start(ClusterOptions cluster, AlertsConfig config, NotifyInput input) {
        if (config.privacy().isPresent() && !cluster.privacy().isOn()) {
            throw CliException.wrongCall("--notify needs --encryption on and --keys on the command line, not in the file of settings only");
        }
        var gate = new NotificationGate(viewer -> Gates.open(cluster, Egress.NOTIFICATION, viewer, patient -> true));
        var deliveries = new Deliveries(config, cluster.schemaIds(), DeliverySettings.of(input.contacts(), input.composer()), input.channels(), gate,
                InstantSource.system(), new DeliveryMetrics(new SimpleMeterRegistry()));
        deliveries.start();
        return new Delivering(deliveries, gate);
    }

    /** What stopped it; empty while nothing did. */
    Optional<Throwable> failure() {
        return deliveries == null ? Optional.empty() : deliveries.failure();
    }

    @Override
    public synchronized void close() {
        if (!closed && deliveries != null && gate != null) {
            deliveries.close();
            gate.close();
        }
        closed = true;
    }
}
