package io.vitaltwin.schemas.streams;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a cluster says. */
public final class Answers {

    private static final long TIMEOUT_SECONDS = 15;

    private Answers() {
    }

    /**
     * @throws ExecutionException if the cluster says no
     * @throws IllegalStateException if it does not answer; the message says what to do
     */
    public static <T> T await(KafkaFuture<T> answer, String bootstrapServers) throws ExecutionException {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer from " + bootstrapServers + ": check --bootstrap-server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
