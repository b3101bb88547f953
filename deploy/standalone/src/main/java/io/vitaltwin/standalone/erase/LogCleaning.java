package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.privacy.Sealing;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.replay.ReplayStore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cleans and searches the topics of the catalogue and those that the applications keep for themselves. While it is open, the compacted ones are
 * {@link HastyTopics}.
 */
final class LogCleaning implements AutoCloseable {

    private final Admin admin;
    private final String consents;
    private final TopicSearch search;
    private final Nudges nudges;
    private final List<OneTopic> topics;
    private final HastyTopics hasty;

    /** A topic that was searched, in all its partitions. */
    record Searched(OneTopic topic, TopicSearch.Result result) {

        ErasureReport.Remains remains() {
            Optional<Instant> until = topic.compacted() ? Optional.empty()
                    : topic.retention().map(kept -> Instant.ofEpochMilli(result.newestMillis()).plus(kept));
            return new ErasureReport.Remains(topic.name(), result.place().findings(), until);
        }
    }

    LogCleaning(ErasureContext context, List<Application> applications, ByteSearch search) {
        this.admin = context.admin();
        this.consents = context.topics().consents().name();
        this.topics = topics(context, applications);
        this.search = new TopicSearch(context.reader(), context.privacy().vault().map(Sealing::new), search);
        this.nudges = new Nudges(context.client());
        this.hasty = HastyTopics.of(admin, topics.stream().filter(OneTopic::compacted).map(OneTopic::name).toList());
    }

    private List<OneTopic> topics(ErasureContext context, List<Application> applications) {
        Set<String> names = KafkaCalls.await(admin.listTopics().names());
        Set<String> catalogue = context.topics().all().stream().map(Topic::name).collect(Collectors.toSet());
        ReplayStore.alerts(context.topics(), names).forEach(topic -> catalogue.add(topic.name()));
        List<ConfigResource> found = names.stream()
                .filter(name -> name.startsWith(context.topics().prefix()) || applications.stream().anyMatch(one -> one.owns(name))).sorted()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
        List<OneTopic> all = new ArrayList<>();
        Map<ConfigResource, org.apache.kafka.clients.admin.Config> configs = KafkaCalls.await(admin.describeConfigs(found).all());
        for (ConfigResource resource : found) {
            String policy = configs.get(resource).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            long kept = Long.parseLong(configs.get(resource).get(TopicConfig.RETENTION_MS_CONFIG).value());
            all.add(new OneTopic(resource.name(), policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                    kept < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(kept)), catalogue.contains(resource.name())));
        }
        return all;
    }

    /** Lets the logs of the compacted topics go on. @return whether nothing of the patient is in them any more, the alias neither */
    boolean compactOnce() {
        List<TopicPartition> left = new ArrayList<>();
        topics.stream().filter(OneTopic::compacted).forEach(topic -> search.search(topic.name(), topic.catalogue()).left()
                .forEach(number -> left.add(new TopicPartition(topic.name(), number))));
        nudges.give(left);
        return left.isEmpty();
    }

    /**
     * Where the records end, now, of each partition that names the patient; segments end there, too. Consents are not among them: without those of others,
     * whoever shows their data would have to refuse it.
     */
    Map<TopicPartition, Long> endOfNaming() {
        List<TopicPartition> naming = new ArrayList<>();
        for (OneTopic topic : topics) {
            if (!topic.compacted() && !topic.name().equals(consents)) {
                search.search(topic.name(), topic.catalogue()).naming()
                        .forEach(number -> naming.add(new TopicPartition(topic.name(), number)));
            }
        }
        HastyTopics briefly = HastyTopics.of(admin, naming.stream().map(TopicPartition::topic).distinct().toList());
        try {
            nudges.give(naming);
            Map<TopicPartition, Long> ends = new HashMap<>();
            KafkaCalls.await(admin.listOffsets(naming.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()))).all())
                    .forEach((one, info) -> ends.put(one, info.offset()));
            nudges.give(naming);
            return ends;
        } finally {
            briefly.close();
        }
    }

    /** Deletes what lies before these offsets, whoever it is about. */
    void deleteBefore(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        ends.forEach((one, end) -> deletions.put(one, RecordsToDelete.beforeOffset(end)));
        KafkaCalls.await(admin.deleteRecords(deletions).all());
    }

    /** Every topic, all partitions. */
    List<Searched> searchAll() {
        return topics.stream().map(topic -> new Searched(topic, search.search(topic.name(), topic.catalogue()))).toList();
    }

    @Override
    public void close() {
        try {
            hasty.close();
        } finally {
            nudges.close();
            search.close();
        }
    }
}
