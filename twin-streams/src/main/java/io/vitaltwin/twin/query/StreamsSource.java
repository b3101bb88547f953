package io.vitaltwin.twin.query;

import io.vitaltwin.twin.TwinMetrics;
import io.vitaltwin.twin.topology.StoredTwins;
import io.vitaltwin.twin.topology.StoredTwins.Stored;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The stores of a running Kafka Streams application. */
public final class StreamsSource implements TwinSource {

    /** Names in the order of RocksDB. */
    static final Comparator<String> BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final KafkaStreams streams;
    private final TwinMetrics metrics;
    private final Instance self;
    private final String readingsTopic;

    /** @param self as the setting {@code application.server} says */
    public StreamsSource(KafkaStreams streams, TwinMetrics metrics, Instance self, String readingsTopic) {
        this.streams = streams;
        this.metrics = metrics;
        this.self = self;
        this.readingsTopic = readingsTopic;
    }

    @Override
    public Instance self() {
        return self;
    }

    @Override
    public Optional<Place> place(String patient) {
        try (StringSerializer serializer = new StringSerializer()) {
            KeyQueryMetadata found = streams.queryMetadataForKey(StoredTwins.TWINS, patient, serializer);
            if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE) || found.partition() < 0) {
                return Optional.empty();
            }
            return Optional.of(new Place(instance(found.activeHost()), found.standbyHosts().stream().map(StreamsSource::instance).collect(Collectors.toSet()),
                    found.partition()));
        } catch (IllegalArgumentException | InvalidStateStoreException e) {
            return Optional.empty();    // nobody has the partition yet
        }
    }

    private static Instance instance(HostInfo host) {
        return new Instance(host.host(), host.port());
    }

    @Override
    public Found active(String patient, int partition) {
        return found(patient, partition, true);
    }

    @Override
    public Found standby(String patient, int partition) {
        return found(patient, partition, false);
    }

    private Found found(String patient, int partition, boolean active) {
        try {
            Optional<byte[]> twin = get(StoredTwins.TWINS, patient, partition, active);
            if (twin.isEmpty()) {
                return new Found.Nobody();
            }
            return new Found.Twin(new Stored(twin.get(), get(StoredTwins.PLANS, patient, partition, active).orElse(null),
                    get(StoredTwins.CONSENTS, patient, partition, active).orElse(null)));
        } catch (NotHere | InvalidStateStoreException e) {
            return new Found.Unavailable();
        }
    }

    /** @throws NotHere if this process has no such store, or may not ask it yet */
    private Optional<byte[]> get(String store, String patient, int partition, boolean active) {
        StateQueryRequest<byte[]> request = StateQueryRequest.inStore(store).withQuery(KeyQuery.<String, byte[]>withKey(patient)).withPartitions(Set.of(partition));
        QueryResult<byte[]> result = streams.query(active ? request.requireActive() : request).getPartitionResults().get(partition);
        if (result == null || result.isFailure()) {
            throw new NotHere();
        }
        return Optional.ofNullable(result.getResult());
    }

    @Override
    public Scan scan(String after, int most) {
        RangeQuery<String, byte[]> range = after.isEmpty() ? RangeQuery.withNoBounds() : RangeQuery.withLowerBound(after + '\0');
        try {
            Map<Integer, QueryResult<KeyValueIterator<String, byte[]>>> results =
                    streams.query(StateQueryRequest.inStore(StoredTwins.TWINS).withQuery(range).requireActive()).getPartitionResults();
            return scan(results, most);
        } catch (NotHere | InvalidStateStoreException e) {
            return new Scan(List.of(), Set.of(), true);
        }
    }

    private Scan scan(Map<Integer, QueryResult<KeyValueIterator<String, byte[]>>> results, int most) {
        List<Row> rows = new ArrayList<>();
        Set<Integer> partitions = new HashSet<>();
        boolean ended = true;
        for (Map.Entry<Integer, QueryResult<KeyValueIterator<String, byte[]>>> result : results.entrySet()) {
            if (result.getValue().isSuccess()) {
                partitions.add(result.getKey());
                try (KeyValueIterator<String, byte[]> found = result.getValue().getResult()) {
                    for (int left = most; left > 0 && found.hasNext(); left--) {
                        rows.add(row(found.next(), result.getKey()));
                    }
                    ended &= !found.hasNext();
                }
            }
        }
        rows.sort(Comparator.comparing(Row::patient, BYTES));
        return new Scan(rows.subList(0, Math.min(most, rows.size())), partitions, ended && rows.size() <= most);
    }

    private Row row(KeyValue<String, byte[]> found, int partition) {
        return new Row(found.key, partition, new Stored(found.value, get(StoredTwins.PLANS, found.key, partition, true).orElse(null),
                get(StoredTwins.CONSENTS, found.key, partition, true).orElse(null)));
    }

    @Override
    public Set<Instance> instances() {
        return clients().stream().map(client -> instance(client.hostInfo())).collect(Collectors.toSet());
    }

    @Override
    public Set<Integer> partitions() {
        return clients().stream().flatMap(client -> client.topicPartitions().stream()).filter(partition -> partition.topic().equals(readingsTopic))
                .map(partition -> partition.partition()).collect(Collectors.toSet());
    }

    private List<StreamsMetadata> clients() {
        try {
            return streams.metadataForAllStreamsClients().stream().filter(client -> client.hostInfo().port() > 0).toList();
        } catch (StreamsNotStartedException | StreamsStoppedException e) {
            return List.of();
        }
    }

    @Override
    public long streamMillis(int partition) {
        return metrics.streamTime(partition).getOpaque();
    }

    /** Control flow of this class only. */
    private static final class NotHere extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotHere() {
            super("the store is not here", null, false, false);
        }
    }
}
