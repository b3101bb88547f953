package io.vitaltwin.standalone;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

import java.util.concurrent.ExecutionException;

/** Waits for answers of the admin client, and throws what Kafka said instead of what wraps it. */
public final class KafkaCalls {

    private KafkaCalls() {
    }

    /**
     * The answer. Waits as long as the client's own time limit.
     *
     * @throws KafkaException what the broker or the client answered
     */
    public static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }
}
