package io.vitaltwin.standalone.erase;

import io.vitaltwin.standalone.KafkaCalls;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics whose log is cleaned at once instead of some day: a segment ends after a millisecond, and what was removed or replaced is not kept for
 * late readers. Closing gives each topic its own settings back.
 */
final class HastyTopics implements AutoCloseable {

    private static final Map<String, String> HASTY = Map.of(
            TopicConfig.SEGMENT_MS_CONFIG, "1",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0",
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, "0",
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "0");

    private final Admin admin;
    private final Map<ConfigResource, Collection<AlterConfigOp>> before;

    private HastyTopics(Admin admin, Map<ConfigResource, Collection<AlterConfigOp>> before) {
        this.admin = admin;
        this.before = before;
    }

    static HastyTopics of(Admin admin, Collection<String> topics) {
        List<ConfigResource> resources = topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
        Map<ConfigResource, Collection<AlterConfigOp>> before = new HashMap<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        KafkaCalls.await(admin.describeConfigs(resources).all()).forEach((resource, config) -> HASTY.forEach((setting, value) -> {
            before.computeIfAbsent(resource, key -> new ArrayList<>()).add(asNow(config.get(setting)));
            changes.computeIfAbsent(resource, key -> new ArrayList<>()).add(
                    new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET));
        }));
        HastyTopics hasty = new HastyTopics(admin, before);
        if (!changes.isEmpty()) {
            KafkaCalls.await(admin.incrementalAlterConfigs(changes).all());
        }
        return hasty;
    }

    /** What a topic did not say itself, it shall not say afterwards. */
    private static AlterConfigOp asNow(ConfigEntry entry) {
        return entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
                ? new AlterConfigOp(new ConfigEntry(entry.name(), entry.value()), AlterConfigOp.OpType.SET)
                : new AlterConfigOp(new ConfigEntry(entry.name(), null), AlterConfigOp.OpType.DELETE);
    }

    @Override
    public void close() {
        if (!before.isEmpty()) {
            KafkaCalls.await(admin.incrementalAlterConfigs(before).all());
        }
    }
}
