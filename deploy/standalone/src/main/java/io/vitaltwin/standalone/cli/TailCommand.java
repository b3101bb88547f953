package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Decoded records of an output topic, as they come. */
@Command(name = "tail", mixinStandardHelpOptions = true,
        description = "Prints the records of a topic, decoded, as they are committed. Ends with Ctrl-C, --max or --timeout.")
final class TailCommand implements Callable<Integer> {

    /** What can be tailed. */
    enum Stream { alerts, violations, quality, twins, notifications }

    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "STREAM", description = "${COMPLETION-CANDIDATES}")
    private Stream stream = Stream.alerts;

    @Option(names = "--from-beginning", description = "Also what was there before.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "End after this many records.")
    private @Nullable Long max;

    @Option(names = "--timeout", paramLabel = "SPAN", description = "End after this long without a new record, such as 10s.")
    private @Nullable Duration timeout;

    private long printed;
    private boolean sawBadRecord;

    @Override
    public Integer call() {
        if (max != null && max < 1) {
            throw CliException.wrongCall("--max must be at least 1, found " + max);
        }
        Topics topics = cluster.topics();
        switch (stream) {
            case alerts -> tail(topics.alerts());
            case violations -> tail(topics.violations());
            case quality -> tail(topics.qualityFlags());
            case twins -> tail(topics.twins());
            case notifications -> tail(topics.notifications());
        }
        return sawBadRecord ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private <T extends SpecificRecord> void tail(Topic<T> topic) {
        try (TopicReader reader = new TopicReader(cluster, topic);
                AvroSerde<T> serde = new AvroSerde<>(topic, cluster.schemaIds())) {
            if (fromBeginning) {
                reader.fromBeginning();
            } else {
                reader.fromEnd();
            }
            long lastRecord = System.nanoTime();
            while (!isOver(lastRecord)) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    if (max == null || printed < max) {
                        print(record, serde);
                    }
                }
                cluster.out().flush();
            }
        }
    }

    /** A closed pipe ends it as well: nobody reads what we print. */
    private boolean isOver(long lastRecord) {
        boolean enough = max != null && printed >= max;
        boolean silent = timeout != null && System.nanoTime() - lastRecord > timeout.toNanos();
        return enough || silent || cluster.out().checkError();
    }

    private <T extends SpecificRecord> void print(ConsumerRecord<String, byte[]> record, AvroSerde<T> serde) {
        T value;
        try {
            value = serde.deserialize(record.topic(), record.value());
        } catch (SchemaProblem e) {
            sawBadRecord = true;
            cluster.err().println("vitaltwin: " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset()
                    + " cannot be decoded: " + e.getMessage());
            return;
        }
        printed++;
        if (value != null) {
            cluster.privacy().show(value);
        }
        Instant append = Instant.ofEpochMilli(record.timestamp());
        if (cluster.json()) {
            cluster.printJson(json(record, append, value));
        } else {
            cluster.out().println(Lines.of(record.key(), append, value));
        }
    }

    private static ObjectNode json(ConsumerRecord<String, byte[]> record, Instant append, @Nullable SpecificRecord value) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", record.topic());
        line.put("partition", record.partition());
        line.put("offset", record.offset());
        line.put("key", record.key());
        line.put("append", append.toString());
        line.set("value", value == null ? null : RecordText.json(value));
        return line;
    }
}
