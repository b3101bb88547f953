package io.vitaltwin.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings of one embedded broker.
 *
 * @param folder data folder of its own; made when missing. Everything that must outlive a restart is in it
 * @param port client port on 127.0.0.1; 0: the one that this folder had before, or else a free one
 * @param kafka further broker settings by Kafka's own names; one that the broker owns is refused
 */
public record BrokerSettings(Path folder, int port, Map<String, String> kafka) {

    private static final Set<String> OWNED = Set.of("process.roles", "node.id", "listeners", "advertised.listeners", "log.dir", "log.dirs",
            "controller.quorum.voters", "controller.listener.names", "inter.broker.listener.name", "listener.security.protocol.map");

    public BrokerSettings {
        kafka = Map.copyOf(kafka);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, found " + port);
        }
        for (String key : kafka.keySet()) {
            if (OWNED.contains(key)) {
                throw new IllegalArgumentException("setting " + key + " belongs to the embedded broker and cannot be set");
            }
        }
    }

    /** The port that the folder had before, or else a free one. */
    public static BrokerSettings in(Path folder) {
        return new BrokerSettings(folder, 0, Map.of());
    }

    public BrokerSettings onPort(int newPort) {
        return new BrokerSettings(folder, newPort, kafka);
    }

    public BrokerSettings with(String key, String value) {
        Map<String, String> more = new TreeMap<>(kafka);
        more.put(key, value);
        return new BrokerSettings(folder, port, more);
    }

    /** Where Kafka keeps its logs. */
    Path logFolder() {
        return folder.resolve("kafka");
    }

    /** What Kafka is started with. */
    Map<String, Object> toKafka(BrokerPorts ports) {
        Map<String, Object> all = new TreeMap<>(kafka);
        smallDefaults().forEach(all::putIfAbsent);
        all.put("process.roles", "broker,controller");
        all.put("node.id", NODE_ID);
        all.put("listeners", "CLIENT://" + HOST + ":" + ports.broker() + ",CONTROLLER://" + HOST + ":" + ports.controller());
        all.put("advertised.listeners", "CLIENT://" + HOST + ":" + ports.broker());
        all.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "CLIENT");
        all.put("controller.listener.names", CONTROLLER);
        all.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller());
        all.put("log.dir", logFolder().toString());
        return all;
    }

    /** Loopback only: the embedded broker has no access control. */
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";
    static final int NODE_ID = 1;

    /** One broker, little memory, no waiting for brokers that will never come. */
    private static Map<String, String> smallDefaults() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.partitions", "1"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A killed broker that comes back is let in when its former life is over: sooner than Kafka's nine seconds.
                Map.entry("broker.session.timeout.ms", "6000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                // The transaction of a killed writer holds up readers of committed records until it is ended.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                // Demo and scenarios write the time of the story, which may be far from the broker's clock.
                Map.entry("log.message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE)),
                Map.entry("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE)),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("log.segment.delete.delay.ms", "1000"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.cleaner.io.buffer.size", "131072"),
                Map.entry("offsets.topic.segment.bytes", "8388608"),
                Map.entry("transaction.state.log.segment.bytes", "8388608"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("share.coordinator.threads", "1"),
                // Nobody reads this broker's JMX beans.
                Map.entry("metric.reporters", ""));
    }
}
