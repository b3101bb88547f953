package io.vitaltwin.alerts.channel;

import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many messages at the same time, each with an id of its own. */
public final class Together {

    private static final int MESSAGES = 40;

    private Together() {
    }

    /** Ids of the messages that {@link #send} sends. */
    public static List<String> ids() {
        return IntStream.range(0, MESSAGES).mapToObj(number -> "together." + number).toList();
    }

    /** What came of each, in the order of {@link #ids}. */
    public static List<Delivery> send(Channel channel, Address to) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Delivery>> sending = new ArrayList<>();
            for (String id : ids()) {
                Message message = Samples.named(id);
                sending.add(threads.submit(() -> channel.send(message, to)));
            }
            List<Delivery> deliveries = new ArrayList<>();
            for (Future<Delivery> one : sending) {
                deliveries.add(one.get());
            }
            return deliveries;
        }
    }
}
