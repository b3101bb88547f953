package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.OpenAlert;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One patient's twin. */
@Command(name = "twin", mixinStandardHelpOptions = true, description = "The live twin of one patient.", subcommands = TwinCommand.Show.class)
final class TwinCommand {

    @Command(name = "show", mixinStandardHelpOptions = true,
            description = "The newest published snapshot. The topic is compacted: of older ones only those that are still kept can be shown.")
    static final class Show implements Callable<Integer> {

        private static final Duration POLL = Duration.ofMillis(200);
        private static final Duration AT_MOST = Duration.ofSeconds(30);

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
        private String patient = "";

        @Option(names = "--at", paramLabel = "TIME", description = "As it was then (append time), such as 2026-03-02T08:00:00Z.")
        private @Nullable Instant at;

        @Override
        public Integer call() {
            Topic<TwinSnapshot> topic = cluster.topics().twins();
            Optional<TwinSnapshot> found = newest(topic);
            if (found.isEmpty()) {
                throw CliException.failed("no snapshot of this patient " + (at == null ? "" : "at or before " + at + " ") + "is kept in "
                        + topic.name() + "; check the pseudonym and that the twin runs (./vitaltwin status)");
            }
            cluster.privacy().show(found.get());
            if (cluster.json()) {
                cluster.printJson(RecordText.json(found.get()));
            } else {
                print(found.get());
            }
            return ExitCodes.DONE;
        }

        private Optional<TwinSnapshot> newest(Topic<TwinSnapshot> topic) {
            try (TopicReader reader = new TopicReader(cluster, topic);
                    AvroSerde<TwinSnapshot> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
                reader.fromBeginningOf(partitionOf(cluster.privacy().onTopics(patient), reader.partitionCount()));
                Map<TopicPartition, Long> ends = reader.endOffsets();
                Optional<TwinSnapshot> newest = Optional.empty();
                long deadline = System.nanoTime() + AT_MOST.toNanos();
                while (!reader.hasReached(ends)) {
                    if (System.nanoTime() - deadline > 0) {
                        throw CliException.failed("topic " + topic.name() + " cannot be read to its end within " + AT_MOST.toSeconds() + " s");
                    }
                    for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                        if (patient.equals(record.key()) && (at == null || record.timestamp() <= at.toEpochMilli())) {
                            newest = Optional.ofNullable(serde.deserialize(topic.name(), record.value()));
                        }
                    }
                }
                return newest;
            }
        }

        /** Where Kafka's own partitioner puts this key. */
        private static int partitionOf(String key, int partitions) {
            return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
        }

        private void print(TwinSnapshot twin) {
            PrintWriter out = cluster.out();
            out.println("twin of " + twin.getPatientId() + " as of " + twin.getAppendTime());
            for (TwinVital vital : twin.getVitals()) {
                out.printf("  %-22s %10s %-8s %s  %s %s %s%n", vital.getVital(), vital.getValue() == null ? "--" : vital.getValue(),
                        vital.getUnit(), vital.getEffectiveTime(), vital.getVerdict(), vital.getGrade(), vital.getReasons());
            }
            if (twin.getNews2() != null) {
                out.println("  NEWS2 " + (twin.getNews2().getComplete() ? twin.getNews2().getKnownSum()
                        : twin.getNews2().getKnownSum() + " to " + twin.getNews2().getMaxPossible() + ", missing " + twin.getNews2().getMissing()));
            }
            for (OpenAlert alert : twin.getOpenAlerts()) {
                out.println("  open since " + alert.getEpisodeStart() + ": " + alert.getPriority() + " " + alert.getRule());
            }
            out.println("  readings " + RecordText.json(twin.getFates()) + ", consent version "
                    + (twin.getConsentVersion().isEmpty() ? "none" : twin.getConsentVersion()));
        }
    }
}
