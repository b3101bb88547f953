package io.vitaltwin.alerts.adapter;

import io.vitaltwin.alerts.topology.LiveFrom;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.Answers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.util.Map;
import java.util.concurrent.ExecutionException;

/** How far the log of ticks has come: what is older was written while this application was not there to deal with it. */
public final class LogEnd implements LiveFrom {

    private final Map<String, Object> clientSettings;
    private final Topics topics;
    private final String bootstrapServers;

    /** @param clientSettings of an admin client */
    public LogEnd(Map<String, Object> clientSettings, Topics topics, String bootstrapServers) {
        this.clientSettings = Map.copyOf(clientSettings);
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
    }

    /** @throws KafkaException if the cluster does not say: a task that does not know how late it is would wake people for what is long over */
    @Override
    public long millis(int partition) {
        TopicPartition ticks = new TopicPartition(topics.ticks().name(), partition);
        try (Admin admin = Admin.create(clientSettings)) {
            long newest = Answers.await(admin.listOffsets(Map.of(ticks, OffsetSpec.maxTimestamp())).partitionResult(ticks), bootstrapServers).timestamp();
            return newest < 0 ? Long.MIN_VALUE : newest;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot find the newest tick of partition " + partition, e);
        }
    }
}
