package io.vitaltwin.standalone.replay;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.KafkaCalls;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a replay begins in each input and where it ends. What patients measure and say is read from the start of the warm-up on; plans, consents and
 * orders hold until they are replaced, so they are read from their beginning.
 */
final class ReplayInputs {

    private final Topics topics;
    private final Topics own;
    private final Instant start;
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Instant firstReading;
    private final boolean isCut;

    ReplayInputs(Admin admin, Topics topics, Topics own, ReplayRequest request) {
        this.topics = topics;
        this.own = own;
        this.start = request.start();
        List<Topic<?>> moving = List.of(topics.readings(), topics.reports());
        List<Topic<?>> standing = List.of(topics.patients(), topics.consents(), topics.deviceSharings(), topics.erasureOrders());
        Map<TopicPartition, ListOffsetsResultInfo> atStart = offsets(admin, moving, OffsetSpec.forTimestamp(start.toEpochMilli()));
        Map<TopicPartition, Long> latest = positions(offsets(admin, moving, OffsetSpec.latest()), Map.of());
        starts.putAll(positions(atStart, latest));
        Map<TopicPartition, Long> standingLatest = positions(offsets(admin, standing, OffsetSpec.latest()), Map.of());
        Map<TopicPartition, Long> earliest = positions(offsets(admin, standing, OffsetSpec.earliest()), Map.of());
        starts.putAll(earliest);
        ends.putAll(positions(offsets(admin, moving, OffsetSpec.forTimestamp(request.to().toEpochMilli())), latest));
        ends.putAll(positions(offsets(admin, standing, OffsetSpec.forTimestamp(request.to().toEpochMilli())), standingLatest));
        Map<TopicPartition, Long> kept = positions(offsets(admin, List.of(topics.readings()), OffsetSpec.earliest()), Map.of());
        firstReading = atStart.entrySet().stream().filter(one -> one.getKey().topic().equals(topics.readings().name()) && one.getValue().offset() >= 0)
                .map(one -> Instant.ofEpochMilli(one.getValue().timestamp())).min(Instant::compareTo).filter(request.to()::isAfter).orElse(request.to());
        isCut = kept.entrySet().stream().anyMatch(one -> one.getValue() > 0 && starts.get(one.getKey()) <= one.getValue());
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, List<Topic<?>> of, OffsetSpec where) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        of.forEach(topic -> ReplayRun.partitions(topic.name(), topic.partitions()).forEach(partition -> asked.put(partition, where)));
        return KafkaCalls.await(admin.listOffsets(asked).all());
    }

    /** @param otherwise where there is no record so late */
    private static Map<TopicPartition, Long> positions(Map<TopicPartition, ListOffsetsResultInfo> found, Map<TopicPartition, Long> otherwise) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        found.forEach((partition, info) -> positions.put(partition, info.offset() >= 0 ? info.offset() : otherwise.getOrDefault(partition, 0L)));
        return positions;
    }

    /** What the group is set to before it begins: its own clock from the first tick. */
    Map<TopicPartition, OffsetAndMetadata> starts() {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        starts.forEach((partition, offset) -> all.put(partition, ReplayRun.at(offset)));
        ReplayRun.partitions(own.ticks().name(), own.partitions()).forEach(partition -> all.put(partition, ReplayRun.at(0)));
        return all;
    }

    /** Append time of the first reading since the start of the warm-up; the end of the range when there is none. */
    Instant firstReading() {
        return firstReading;
    }

    /** That readings before the range are gone; empty when they are not. */
    Optional<String> firstKept() {
        return isCut ? Optional.of("topic " + topics.readings().name() + " has no readings left from before " + firstReading + ", so the state is made from there on and not from "
                + start + ": what rests on older readings may differ") : Optional.empty();
    }

    /** Records of the range and its warm-up, as offsets count them. */
    long length() {
        return taken(ends);
    }

    /** How many of them lie before these offsets. Consents are not counted: not every replay takes them with the rest. */
    long taken(Map<TopicPartition, Long> until) {
        return starts.entrySet().stream().filter(one -> !one.getKey().topic().equals(topics.consents().name())).mapToLong(one -> Math.max(0,
                Math.min(ends.get(one.getKey()), until.getOrDefault(one.getKey(), one.getValue())) - one.getValue())).sum();
    }
}
