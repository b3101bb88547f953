package io.vitaltwin.twin.query;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.query.TwinQueries.Here;
import io.vitaltwin.twin.topology.StoredTwins.Stored;
import io.vitaltwin.twin.topology.StoredTwins.Told;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A twin as it changes, as server-sent events: at most one a second. The id of an event names the state that it shows, so whoever comes back with the id of the last
 * one gets the newest state at once if it is another, and nothing if it is the same. States between are not made up for: a twin is a state, not a log.
 */
final class EventStreams implements AutoCloseable {

    private static final int MOST = 1_000;
    private static final long EVERY_MILLIS = 1_000;
    private static final int LOOKS_A_HEARTBEAT = 10;
    private static final int ID_BYTES = 12;

    private final TwinQueries queries;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(TwinQueries queries) {
        this.queries = queries;
    }

    /** @param lastEventId of the last event that the client has; null: none @throws Problem 403 before anything is sent */
    void follow(Context context, Viewer viewer, Here here, @Nullable String lastEventId) {
        String id = id(here.stored());
        Optional<Told> first = id.equals(lastEventId) ? Optional.empty() : Optional.of(queries.tell(here));
        first.ifPresent(told -> queries.requireShown(viewer, here.patient(), told));
        begin(context, client -> {
            first.ifPresent(told -> send(client, here, told, id));
            follow(client, viewer, here, id);
        });
    }

    private void follow(SseClient client, Viewer viewer, Here begun, String begunId) {
        String sent = begunId;
        for (int looks = 1; !client.terminated() && !isClosedWithin(EVERY_MILLIS); looks++) {
            try {
                Optional<Here> now = queries.again(begun);
                if (now.isEmpty()) {
                    end(client, "moved");
                    return;
                }
                String id = id(now.get().stored());
                if (!id.equals(sent)) {
                    Told told = queries.tell(now.get());
                    queries.requireShown(viewer, begun.patient(), told);
                    send(client, now.get(), told, id);
                    sent = id;
                } else if (looks % LOOKS_A_HEARTBEAT == 0) {
                    client.sendComment("still here");
                }
            } catch (Problem e) {
                end(client, switch (e.status()) {
                    case 403 -> "withheld";
                    case 404 -> "gone";
                    default -> "moved";
                });
                return;
            }
        }
        client.close();
    }

    /** The last event: the client may come back, to this or another instance, and is told why if not. */
    private static void end(SseClient client, String event) {
        client.sendEvent(event, "{}");
        client.close();
    }

    private void send(SseClient client, Here here, Told told, String id) {
        client.sendEvent("twin", TwinJson.twin(here.patient(), told, queries.self(), here.role()).toString(), id);
    }

    /** Hands on what another instance tells, event by event. */
    void relay(Context context, InputStream from) {
        begin(context, client -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                relay(client, lines);
            } catch (IOException e) {
                end(client, "moved");
            }
            client.close();
        });
    }

    private void relay(SseClient client, BufferedReader lines) throws IOException {
        String event = "";
        String data = "";
        String id = null;
        for (String line = lines.readLine(); line != null && !client.terminated() && closed.getCount() > 0; line = lines.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                client.sendEvent(event, data, id);
                event = "";
                id = null;
            } else if (line.startsWith(":")) {
                client.sendComment(line.substring(1).strip());
            } else if (line.startsWith("event:")) {
                event = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring("id:".length()).strip();
            }
        }
    }

    private void begin(Context context, java.util.function.Consumer<SseClient> work) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw Problem.later("too many streams are open here");
        }
        new SseHandler(client -> {
            client.keepAlive();
            Thread.ofVirtual().name("query-stream").start(() -> {
                try {
                    work.accept(client);
                } finally {
                    open.decrementAndGet();
                }
            });
        }).handle(context);
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Same state, same id, in every instance. */
    static String id(Stored stored) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(stored.twin());
            if (stored.plan() != null) {
                digest.update(stored.plan());
            }
            if (stored.consents() != null) {
                digest.update(stored.consents());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
