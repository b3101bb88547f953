package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the log holds about one patient's consent.
 *
 * @param versions oldest first
 */
record ConsentLog(List<Version> versions) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    /** A record, and when the broker took it. */
    record Version(Instant append, ConsentRecord consent) {
    }

    ConsentLog {
        versions = List.copyOf(versions);
    }

    /** @throws CliException if the topic cannot be read to its end, or holds a record of this patient that cannot be decoded */
    static ConsentLog read(ClusterOptions cluster, String patient) {
        Topic<ConsentRecord> topic = cluster.topics().consents();
        List<Version> versions = new ArrayList<>();
        try (TopicReader reader = new TopicReader(cluster, topic);
                AvroSerde<ConsentRecord> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
            reader.fromBeginningOf(cluster.privacy().onTopics(patient));
            Map<TopicPartition, Long> ends = reader.endOffsets();
            long deadline = System.nanoTime() + AT_MOST.toNanos();
            while (!reader.hasReached(ends)) {
                if (System.nanoTime() - deadline > 0) {
                    throw CliException.failed("topic " + topic.name() + " cannot be read to its end within " + AT_MOST.toSeconds() + " s");
                }
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    if (patient.equals(record.key())) {
                        decode(record, serde).ifPresent(consent -> {
                            cluster.privacy().show(consent);
                            versions.add(new Version(Instant.ofEpochMilli(record.timestamp()), consent));
                        });
                    }
                }
            }
        }
        return new ConsentLog(versions);
    }

    /** Empty for a tombstone: it takes back nothing that was said. */
    private static Optional<ConsentRecord> decode(ConsumerRecord<String, byte[]> record, AvroSerde<ConsentRecord> serde) {
        try {
            return Optional.ofNullable(serde.deserialize(record.topic(), record.value()));
        } catch (SchemaProblem e) {
            throw CliException.failed(record.topic() + ", partition " + record.partition() + ", offset " + record.offset()
                    + " cannot be decoded: " + e.getMessage() + "; only 'consent withdraw' with --consent-id does without reading it", e);
        }
    }

    ConsentTimeline timeline() {
        ConsentTimeline timeline = ConsentTimeline.empty();
        for (Version version : versions) {
            timeline = timeline.apply(ConsentRecords.version(version.consent(), version.append().toEpochMilli()));
        }
        return timeline;
    }

    /** The newest version of one consent. */
    Optional<ConsentRecord> newest(String consentId) {
        return versions.reversed().stream().map(Version::consent)
                .filter(consent -> consent.getEmergency() == null && consent.getConsentId().equals(consentId)).findFirst();
    }

    /** Ids of the consents whose newest version is active and permits something. */
    List<String> permitting() {
        return versions.stream().map(version -> version.consent().getConsentId()).distinct().filter(id -> newest(id)
                .filter(consent -> consent.getStatus() == ConsentStatus.ACTIVE
                        && consent.getProvisions().stream().anyMatch(rule -> rule.getType() == ProvisionType.PERMIT))
                .isPresent()).toList();
    }

    Optional<Instant> newestAppend() {
        return versions.stream().map(Version::append).max(Instant::compareTo);
    }
}
