package io.vitaltwin.standalone;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.TwinConfig;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What an embedded stack consists of.
 *
 * @param clock who stamps the input records
 * @param registryPort port of the schema registry on 127.0.0.1, 0 for a free one; empty: no registry
 * @param twin changes the settings of the twin application, which are made for the stack's broker, topics and folder; empty: no twin
 * @param alerts the same of the workflow of alerts; empty: none
 */
public record StackSettings(
        BrokerSettings broker,
        Topics topics,
        TopicAdmin.Clock clock,
        OptionalInt registryPort,
        Optional<UnaryOperator<TwinConfig>> twin,
        Optional<UnaryOperator<AlertsConfig>> alerts) {

    /** A broker with the topics of the catalogue and a registry, on free ports; no twin yet. Everything is kept in the folder. */
    public static StackSettings in(Path folder) {
        return new StackSettings(BrokerSettings.in(folder.resolve("broker")), Topics.defaults(), TopicAdmin.Clock.BROKER,
                OptionalInt.of(0), Optional.empty(), Optional.empty());
    }

    public StackSettings withBroker(BrokerSettings other) {
        return new StackSettings(other, topics, clock, registryPort, twin, alerts);
    }

    public StackSettings withTopics(Topics other) {
        return new StackSettings(broker, other, clock, registryPort, twin, alerts);
    }

    /** Input records carry the times that their writer gives, and nothing is removed by age. */
    public StackSettings withVirtualTime() {
        return new StackSettings(broker, topics, TopicAdmin.Clock.WRITER, registryPort, twin, alerts);
    }

    public StackSettings withRegistryPort(int port) {
        return new StackSettings(broker, topics, clock, OptionalInt.of(port), twin, alerts);
    }

    public StackSettings withoutRegistry() {
        return new StackSettings(broker, topics, clock, OptionalInt.empty(), twin, alerts);
    }

    /** With a twin application as {@link TwinConfig#of} makes it. */
    public StackSettings withTwin() {
        return withTwin(UnaryOperator.identity());
    }

    public StackSettings withTwin(UnaryOperator<TwinConfig> changes) {
        return new StackSettings(broker, topics, clock, registryPort, Optional.of(changes), alerts);
    }

    /** With the workflow of alerts as {@link AlertsConfig#of} makes it. */
    public StackSettings withAlerts() {
        return withAlerts(UnaryOperator.identity());
    }

    public StackSettings withAlerts(UnaryOperator<AlertsConfig> changes) {
        return new StackSettings(broker, topics, clock, registryPort, twin, Optional.of(changes));
    }
}
