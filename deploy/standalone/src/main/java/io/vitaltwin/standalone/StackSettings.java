package io.vitaltwin.standalone;

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
 */
public record StackSettings(
        BrokerSettings broker,
        Topics topics,
        TopicAdmin.Clock clock,
        OptionalInt registryPort,
        Optional<UnaryOperator<TwinConfig>> twin) {

    /** A broker with the topics of the catalogue and a registry, on free ports; no twin yet. Everything is kept in the folder. */
    public static StackSettings in(Path folder) {
        return new StackSettings(BrokerSettings.in(folder.resolve("broker")), Topics.defaults(), TopicAdmin.Clock.BROKER,
                OptionalInt.of(0), Optional.empty());
    }

    public StackSettings withBroker(BrokerSettings other) {
        return new StackSettings(other, topics, clock, registryPort, twin);
    }

    public StackSettings withTopics(Topics other) {
        return new StackSettings(broker, other, clock, registryPort, twin);
    }

    /** Input records carry the times that their writer gives, and nothing is removed by age. */
    public StackSettings withVirtualTime() {
        return new StackSettings(broker, topics, TopicAdmin.Clock.WRITER, registryPort, twin);
    }

    public StackSettings withRegistryPort(int port) {
        return new StackSettings(broker, topics, clock, OptionalInt.of(port), twin);
    }

    public StackSettings withoutRegistry() {
        return new StackSettings(broker, topics, clock, OptionalInt.empty(), twin);
    }

    /** With a twin application as {@link TwinConfig#of} makes it. */
    public StackSettings withTwin() {
        return withTwin(UnaryOperator.identity());
    }

    public StackSettings withTwin(UnaryOperator<TwinConfig> changes) {
        return new StackSettings(broker, topics, clock, registryPort, Optional.of(changes));
    }
}
