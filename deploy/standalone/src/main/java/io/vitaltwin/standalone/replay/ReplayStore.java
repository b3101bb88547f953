package io.vitaltwin.standalone.replay;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.KafkaCalls;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The replays of a cluster: their topics, their groups and their records. */
public final class ReplayStore {

    private static final String RECORD = "replay.v1";
    private static final String CHANGELOG = "-changelog";
    private static final Duration POLL = Duration.ofMillis(100);
    /** A killed member is missed after its session; after that somebody else is reading. Project default, no source. */
    private static final Duration GROUP_EMPTY = Duration.ofSeconds(20);
    private static final Duration SERVED = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Admin admin;
    private final Topics topics;
    private final Map<String, Object> writer;
    private final Map<String, Object> reader;

    /**
     * @param writer properties of a producer
     * @param reader properties of a consumer of committed records without a group
     */
    public ReplayStore(Admin admin, Topics topics, Map<String, Object> writer, Map<String, Object> reader) {
        this.admin = admin;
        this.topics = topics;
        this.writer = writer;
        this.reader = reader;
    }

    /** Kafka Streams application, and consumer group, of a replay. */
    static String applicationId(Topics topics, String name) {
        return topics.shadowPrefix() + name;
    }

    /**
     * The replay that a changelog belongs to. One that is finished has none any more; one that is not holds something of patients.
     *
     * @return empty: the topic is no changelog of a replay
     */
    public static Optional<String> unfinished(Topics topics, String topic) {
        String begin = topics.shadowPrefix();
        if (!topic.startsWith(begin) || !topic.endsWith(CHANGELOG) || topic.indexOf('.', begin.length()) >= 0) {
            return Optional.empty();
        }
        String nameAndStore = topic.substring(begin.length(), topic.length() - CHANGELOG.length());
        return Optional.of(nameAndStore.substring(0, Math.max(0, nameAndStore.lastIndexOf('-'))));
    }

    /** The alerts of every replay among these topics, whose keys are patients, in alphabetical order. */
    public static List<Topic<AlertEvent>> alerts(Topics topics, Collection<String> names) {
        String begin = topics.shadowPrefix();
        return names.stream().filter(name -> name.startsWith(begin) && name.indexOf('.', begin.length()) > 0)
                .map(name -> topics.shadow(name.substring(begin.length(), name.indexOf('.', begin.length()))).alerts())
                .distinct().filter(topic -> names.contains(topic.name())).sorted(Comparator.comparing(Topic::name)).toList();
    }

    /** All replays, by name. */
    public List<ReplayRecord> list() {
        Map<String, ReplayRecord> found = new TreeMap<>();
        for (String topic : KafkaCalls.await(admin.listTopics().names())) {
            if (topic.startsWith(topics.shadowPrefix()) && topic.endsWith('.' + RECORD)) {
                read(topic).ifPresent(record -> found.put(record.name(), record));
            }
        }
        return List.copyOf(found.values());
    }

    /** Empty: there is none of this name. */
    public Optional<ReplayRecord> find(String name) {
        String topic = recordTopic(name);
        return KafkaCalls.await(admin.listTopics().names()).contains(topic) ? read(topic) : Optional.empty();
    }

    private String recordTopic(String name) {
        return topics.shadow(name).prefix() + RECORD;
    }

    private Optional<ReplayRecord> read(String topic) {
        AtomicReference<Optional<ReplayRecord>> newest = new AtomicReference<>(Optional.empty());
        readAll(List.of(new TopicPartition(topic, 0)), record -> newest.set(Optional.of(ReplayRecord.of(topic, record.value()))));
        return newest.get();
    }

    /** Committed records in these partitions. */
    long count(Collection<TopicPartition> partitions) {
        AtomicLong count = new AtomicLong();
        readAll(partitions, record -> count.incrementAndGet());
        return count.get();
    }

    void write(ReplayRecord record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(writer, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(recordTopic(record.name()), 0, record.name().getBytes(StandardCharsets.UTF_8), record.toBytes())).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailed("interrupted", e);
        } catch (ExecutionException e) {
            throw new ReplayFailed("the record of replay " + record.name() + " cannot be written: " + e.getCause().getMessage(), e);
        }
    }

    /** Makes the topics of a new replay and waits until they serve. */
    void create(String name, int partitions) {
        Topics own = topics.shadow(name);
        List<NewTopic> wanted = new ArrayList<>();
        wanted.add(topic(recordTopic(name), 1, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        wanted.add(topic(own.ticks().name(), partitions, kept("-1")));  // as old as the log, and needed until the end
        for (Topic<?> output : List.of(own.alerts(), own.violations())) {
            wanted.add(topic(output.name(), partitions, kept(output.retention().map(Duration::toMillis).map(String::valueOf).orElse("-1"))));
        }
        KafkaCalls.await(admin.createTopics(wanted).all());
        awaitServed(wanted);
    }

    /** The controller has answered; the broker that is asked next may not have heard yet. */
    private void awaitServed(List<NewTopic> wanted) {
        List<String> names = wanted.stream().map(NewTopic::name).toList();
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        wanted.forEach(topic -> ReplayRun.partitions(topic.name(), topic.numPartitions()).forEach(partition -> all.put(partition, OffsetSpec.latest())));
        long end = System.nanoTime() + SERVED.toNanos();
        while (true) {
            try {
                KafkaCalls.await(admin.describeTopics(names).allTopicNames());
                KafkaCalls.await(admin.listOffsets(all).all());
                return;
            } catch (RetriableException e) {
                if (System.nanoTime() - end > 0) {
                    throw new ReplayFailed("the cluster took the topics of the replay but does not serve them after " + SERVED.toSeconds() + " s", e);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** How many of these patients have a care plan, by the newest record before a time. @param wanted patients as topics name them */
    long carePlans(Instant before, Predicate<String> wanted) {
        Set<String> planned = new HashSet<>();
        readAll(ReplayRun.partitions(topics.patients().name(), topics.partitions()), record -> {
            String patient = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (record.timestamp() >= before.toEpochMilli() || !wanted.test(patient)) {
                return;
            }
            if (record.value() == null) {
                planned.remove(patient);
            } else {
                planned.add(patient);
            }
        });
        return planned.size();
    }

    private void readAll(Collection<TopicPartition> partitions, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(taker);
            }
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(all);
    }

    private static Map<String, String> kept(String millis) {
        return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE, TopicConfig.RETENTION_MS_CONFIG, millis);
    }

    /** Removes what a replay needed only while it ran: its group and its changelogs. */
    void removeWorkings(String name) {
        removeGroup(applicationId(topics, name));
        removeTopics(names -> workings(name, names));
    }

    /**
     * Removes everything of a replay from the cluster.
     *
     * @return whether there was anything
     * @throws ReplayFailed if it still runs
     */
    public boolean remove(String name) {
        boolean group = removeGroup(applicationId(topics, name));
        List<String> removed = removeTopics(names -> {
            List<String> own = new ArrayList<>(workings(name, names));
            names.stream().filter(topic -> topic.startsWith(topics.shadow(name).prefix())).forEach(own::add);
            return own;
        });
        return group || !removed.isEmpty();
    }

    /**
     * Removes what Kafka Streams keeps of a replay on this machine.
     *
     * @return whether there was anything
     */
    public static boolean removeState(Path stateDir, Topics topics, String name) {
        Path folder = stateDir.resolve(applicationId(topics, name));
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            Utils.delete(folder.toFile());
            return true;
        } catch (IOException e) {
            throw new ReplayFailed("the folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private List<String> workings(String name, Set<String> names) {
        String begin = applicationId(topics, name) + '-';
        return names.stream().filter(topic -> topic.startsWith(begin) && topic.endsWith(CHANGELOG) && isStore(topic.substring(begin.length())))
                .toList();
    }

    /** Another replay may be called as this one, with a hyphen and more: its stores have a longer name. */
    private static boolean isStore(String rest) {
        return rest.indexOf('-') == rest.length() - CHANGELOG.length();
    }

    private List<String> removeTopics(java.util.function.Function<Set<String>, List<String>> chosen) {
        List<String> names = chosen.apply(KafkaCalls.await(admin.listTopics().names()));
        admin.deleteTopics(names).topicNameValues().forEach((name, done) -> {
            try {
                KafkaCalls.await(done);
            } catch (UnknownTopicOrPartitionException e) {
                return; // somebody removed it since it was listed: the aim is reached
            }
        });
        return names;
    }

    private boolean removeGroup(String group) {
        long end = System.nanoTime() + GROUP_EMPTY.toNanos();
        while (true) {
            try {
                KafkaCalls.await(admin.deleteConsumerGroups(List.of(group)).all());
                return true;
            } catch (GroupIdNotFoundException e) {
                return false;
            } catch (GroupNotEmptyException e) {
                if (System.nanoTime() - end > 0) {
                    throw new ReplayFailed("the replay " + group + " runs somewhere: stop it there first", e);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }
}
