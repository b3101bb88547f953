package io.vitaltwin.standalone;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.TopicDifference.Kind;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares the topics of a cluster with the catalogue, and makes what is missing. Nothing is ever deleted, and the number of
 * partitions of a topic that exists is never changed.
 */
public final class TopicAdmin {

    /** Which clock stamps the records of the input topics. */
    public enum Clock {
        /** The broker's, as the catalogue says. */
        BROKER,
        /**
         * The writer's, for a story that is told at its own pace. Its times may be years from now, so nothing is removed by age either.
         */
        WRITER
    }

    private static final String FOR_EVER = "-1";
    private static final Duration VISIBLE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(30);

    private final Admin admin;
    private final Topics topics;
    private final Clock clock;
    private final Optional<Short> replication;

    public TopicAdmin(Admin admin, Topics topics, Clock clock) {
        this(admin, topics, clock, Optional.empty());
    }

    /** @param replication copies of each new topic; empty: as many as the cluster makes by default */
    public TopicAdmin(Admin admin, Topics topics, Clock clock, Optional<Short> replication) {
        this.admin = admin;
        this.topics = topics;
        this.clock = clock;
        this.replication = replication;
    }

    /** The catalogue. */
    public Topics topics() {
        return topics;
    }

    /** What is missing or different, in the order of the catalogue; empty when the cluster is as it should be. */
    public List<TopicDifference> plan() {
        Map<String, TopicDescription> found = describe(topics.all());
        Map<String, Config> configs = configs(found.keySet());
        List<TopicDifference> differences = new ArrayList<>();
        for (Topic<?> topic : topics.all()) {
            TopicDescription description = found.get(topic.name());
            if (description == null) {
                differences.add(new TopicDifference(topic.name(), Kind.MISSING, "", topic.partitions() + " partitions", ""));
                continue;
            }
            int partitions = description.partitions().size();
            if (partitions != topic.partitions()) {
                differences.add(new TopicDifference(topic.name(), Kind.PARTITIONS, "partitions",
                        String.valueOf(topic.partitions()), String.valueOf(partitions)));
            }
            compare(topic, configs.get(topic.name())).forEach(differences::add);
        }
        return differences;
    }

    /**
     * Creates what is missing and sets what differs, except numbers of partitions, and waits until the cluster shows it.
     *
     * @return what was done
     * @throws TimeoutException if the cluster still shows something else after a while
     */
    public List<TopicDifference> apply() {
        Set<TopicDifference> done = new LinkedHashSet<>();
        long end = System.nanoTime() + VISIBLE.toNanos();
        List<TopicDifference> todo = applicable();
        while (!todo.isEmpty()) {
            create(todo.stream().filter(difference -> difference.kind() == Kind.MISSING).map(this::topicOf).toList());
            set(todo.stream().filter(difference -> difference.kind() == Kind.SETTING).toList());
            done.addAll(todo);
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("the cluster took the changes to its topics but does not show them after " + VISIBLE.toSeconds() + " s");
            }
            // The controller has answered; the broker that answers the next question may not have heard yet.
            LockSupport.parkNanos(LOOK.toNanos());
            todo = applicable();
        }
        awaitLeaders();
        return List.copyOf(done);
    }

    /** A partition that is shown may not be served yet: an idempotent producer whose first batch is refused would retry for minutes. */
    private void awaitLeaders() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        describe(topics.all()).forEach((name, description) -> description.partitions()
                .forEach(partition -> ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        KafkaCalls.await(admin.listOffsets(ends).all());
    }

    private List<TopicDifference> applicable() {
        return plan().stream().filter(TopicDifference::canBeApplied).toList();
    }

    /**
     * Number of partitions of each topic that the topology reads and that exists. They must all be equal, or a patient's readings and
     * consents would meet in different tasks.
     */
    public Map<String, Integer> inputPartitions() {
        Map<String, Integer> partitions = new TreeMap<>();
        describe(topics.topologyInputs()).forEach((name, description) -> partitions.put(name, description.partitions().size()));
        return partitions;
    }

    private List<TopicDifference> compare(Topic<?> topic, Config config) {
        List<TopicDifference> differences = new ArrayList<>();
        settings(topic).forEach((setting, wanted) -> {
            String found = config.get(setting).value();
            if (!wanted.equals(found)) {
                differences.add(new TopicDifference(topic.name(), Kind.SETTING, setting, wanted, found));
            }
        });
        return differences;
    }

    private Map<String, String> settings(Topic<?> topic) {
        Map<String, String> settings = new TreeMap<>();
        boolean brokerStamps = topic.timestampType() == Topic.TimestampType.LOG_APPEND && clock == Clock.BROKER;
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, brokerStamps ? "LogAppendTime" : "CreateTime");
        if (topic.cleanup() == Topic.Cleanup.COMPACT) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            topic.retention().ifPresent(kept -> settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, String.valueOf(kept.toMillis())));
        } else {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            String kept = topic.retention().map(Duration::toMillis).map(String::valueOf).orElse(FOR_EVER);
            settings.put(TopicConfig.RETENTION_MS_CONFIG, clock == Clock.WRITER ? FOR_EVER : kept);
        }
        return settings;
    }

    private Topic<?> topicOf(TopicDifference difference) {
        return topics.all().stream().filter(topic -> topic.name().equals(difference.topic())).findFirst().orElseThrow();
    }

    private void create(List<Topic<?>> missing) {
        List<NewTopic> wanted = missing.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), replication).configs(settings(topic)))
                .toList();
        admin.createTopics(wanted).values().forEach((name, done) -> {
            try {
                KafkaCalls.await(done);
            } catch (TopicExistsException e) {
                // Somebody made it since we looked: the aim is reached, and the next plan tells whether it is as it should be.
                return;
            }
        });
    }

    private void set(List<TopicDifference> differences) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicDifference difference : differences) {
            changes.computeIfAbsent(resource(difference.topic()), key -> new ArrayList<>())
                    .add(new AlterConfigOp(new ConfigEntry(difference.setting(), difference.wanted()), AlterConfigOp.OpType.SET));
        }
        if (!changes.isEmpty()) {
            KafkaCalls.await(admin.incrementalAlterConfigs(changes).all());
        }
    }

    private Map<String, TopicDescription> describe(List<Topic<?>> wanted) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(wanted.stream().map(Topic::name).toList()).topicNameValues().forEach((name, description) -> {
            try {
                found.put(name, KafkaCalls.await(description));
            } catch (UnknownTopicOrPartitionException e) {
                // absent from the result: that is how missing is told
                return;
            }
        });
        return found;
    }

    private Map<String, Config> configs(Collection<String> names) {
        Map<String, Config> configs = new HashMap<>();
        KafkaCalls.await(admin.describeConfigs(names.stream().map(TopicAdmin::resource).toList()).all())
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
