package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.scenario.Engine.EngineProblem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Reads what an application commits, until it has taken all its inputs. */
final class KafkaOutputs implements AutoCloseable {

    /** For so long an application may take nothing before it counts as stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Admin admin;
    private final List<TopicPartition> inputs;
    private final Outputs outputs;
    private final Consumer<byte[], byte[]> consumer;

    /** @param read what the application reads */
    KafkaOutputs(String bootstrapServers, Admin admin, List<Topic<?>> read, Topics topics, SchemaIds ids) {
        this.admin = admin;
        this.inputs = read.stream().map(Topic::name).map(name -> new TopicPartition(name, 0)).toList();
        this.outputs = new Outputs(topics, ids);
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Everything that the application wrote for all that stands in its input topics now. What it took is committed together with what
     * it wrote, so with the last input taken the last output can be read.
     *
     * @param failure what ended the application, if anything
     * @throws EngineProblem when the application ends or does not go on
     */
    Observed awaitAll(String application, Supplier<Optional<Throwable>> failure) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(inputs);
        long all = ends.values().stream().mapToLong(Long::longValue).sum();
        List<TopicPartition> read = outputs.topics().stream().map(name -> new TopicPartition(name, 0)).toList();
        consumer.assign(read);
        consumer.seekToBeginning(read);
        long taken = 0;
        long lastStep = System.nanoTime();
        while (taken < all) {
            failure.get().ifPresent(cause -> {
                throw new EngineProblem("the application ended: " + rootOf(cause), cause);
            });
            poll();
            long now = taken(application);
            if (now > taken) {
                taken = now;
                lastStep = System.nanoTime();
            } else if (System.nanoTime() - lastStep > PATIENCE.toNanos()) {
                throw new EngineProblem("the application took " + taken + " of " + all + " records and then none for "
                        + PATIENCE.toSeconds() + " s");
            }
        }
        Map<TopicPartition, Long> written = consumer.endOffsets(read);
        while (written.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return outputs.observed();
    }

    private void poll() {
        consumer.poll(POLL).forEach(record -> {
            if (record.value() != null) {
                outputs.add(record.topic(), record.value());
            }
        });
    }

    private long taken(String application) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
            return inputs.stream().map(committed::get).filter(offset -> offset != null).mapToLong(OffsetAndMetadata::offset).sum();
        } catch (ExecutionException e) {
            throw new EngineProblem("the application's progress cannot be read: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineProblem("interrupted", e);
        }
    }

    private static String rootOf(Throwable problem) {
        return problem.getCause() == null ? problem.toString() : rootOf(problem.getCause());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
