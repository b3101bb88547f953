package io.vitaltwin.testbench.verify;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.testbench.kafka.Folders;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Goes through the partitions one after another: reads the alert events, then the inputs of the patients that have any, from the beginning, and
 * derives the events again. Memory grows with the alert events of one partition, not with the log.
 */
final class Verification {

    /** What time alone brings about is told a little later than its own time says; what is younger than this may be under way. */
    private static final long UNDER_WAY_MILLIS = 5_000;

    private final ClusterOptions cluster;
    private final Topics topics;
    private final SchemaIds ids;
    private final Optional<Path> ruleSet;
    private final Optional<Instant> since;

    /** @param since append time from which on alert events are looked at; empty: all */
    Verification(ClusterOptions cluster, Optional<Path> ruleSet, Optional<Instant> since) {
        this.cluster = cluster;
        this.topics = cluster.topics();
        this.ids = cluster.schemaIds();
        this.ruleSet = ruleSet;
        this.since = since;
    }

    /** @throws CliException if the broker does not answer or a topic is missing */
    Verdict run() {
        cluster.requireBroker();
        int partitions;
        try (Consumer<String, byte[]> consumer = consumer()) {
            List<PartitionInfo> found = consumer.partitionsFor(topics.alerts().name());
            if (found == null || found.isEmpty()) {
                throw CliException.failed("topic " + topics.alerts().name() + " does not exist at " + cluster.bootstrapServer()
                        + "; './vitaltwin topics apply' makes it, --prefix chooses another");
            }
            partitions = found.size();
        }
        Verdict whole = new Verdict(0, 0, 0, List.of());
        for (int partition = 0; partition < partitions; partition++) {
            whole = whole.plus(verify(partition));
        }
        return whole;
    }

    private Verdict verify(int partition) {
        List<AlertEvent> told = alerts(partition);
        if (told.isEmpty()) {
            return new Verdict(0, 0, 0, List.of());
        }
        Set<String> patients = told.stream().map(AlertEvent::getPatientId).collect(Collectors.toSet());
        EvidenceCheck evidence = new EvidenceCheck(topics, ids, told);
        long last = told.stream().mapToLong(event -> event.getAppendTime().toEpochMilli()).max().orElseThrow();
        Predicate<AlertEvent> inRange = event -> isWanted(event) && event.getAppendTime().toEpochMilli() < last - UNDER_WAY_MILLIS;
        List<String> inputs = List.of(topics.readings().name(), topics.patients().name(), topics.consents().name(), topics.reports().name(),
                topics.deviceSharings().name());
        try (Log log = new Log(this::consumer, inputs, partition)) {
            List<AlertEvent> derived = derive(log, patients, evidence, partition, last);
            Map<String, Long> beginnings = log.beginnings();
            return Comparison.of(told, derived.stream().filter(this::isWanted).toList(), evidence, inRange,
                    event -> EvidenceCheck.isThere(event, beginnings));
        }
    }

    private List<AlertEvent> derive(Log log, Set<String> patients, EvidenceCheck evidence, int partition, long lastMillis) {
        List<AlertEvent> derived = new ArrayList<>();
        Optional<LogRecord> first = log.next();
        if (first.isEmpty()) {
            return derived;
        }
        Path folder = temporary();
        try (Rederivation again = new Rederivation(topics, ids, ruleSet, folder, partition, first.get().appendMillis())) {
            long end = lastMillis;
            for (Optional<LogRecord> next = first; next.isPresent() && next.get().appendMillis() <= lastMillis; next = log.next()) {
                LogRecord record = next.get();
                if (patients.contains(record.key())) {
                    evidence.take(record);
                    derived.addAll(again.take(record));
                    end = Math.max(end, record.appendMillis());
                }
            }
            derived.addAll(again.end(end));
            return derived;
        } finally {
            remove(folder);
        }
    }

    private List<AlertEvent> alerts(int partition) {
        AvroSerde<AlertEvent> serde = new AvroSerde<>(topics.alerts(), ids);
        List<AlertEvent> events = new ArrayList<>();
        try (Log log = new Log(this::consumer, List.of(topics.alerts().name()), partition)) {
            for (Optional<LogRecord> next = log.next(); next.isPresent(); next = log.next()) {
                AlertEvent event = serde.deserialize(topics.alerts().name(), next.get().value());
                if (event != null && isWanted(event)) {
                    events.add(event);
                }
            }
        }
        return events;
    }

    private boolean isWanted(AlertEvent event) {
        return since.isEmpty() || !event.getAppendTime().isBefore(since.get());
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(cluster.readerProperties(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("vitaltwin-verify");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    private static void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("temporary folder " + folder + " cannot be removed", e);
        }
    }
}
