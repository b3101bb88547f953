package io.vitaltwin.alerts.web;

import io.javalin.http.Context;
import io.vitaltwin.alerts.console.Changes.Change;
import io.vitaltwin.alerts.console.Changes.Missed;
import io.vitaltwin.alerts.console.Console;
import io.vitaltwin.alerts.console.OpsView;
import io.vitaltwin.alerts.console.PatientRow;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.web.Sessions.Session;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells changes as they happen, each row as this viewer may see it at that moment. A follower that comes back with the id of the last event misses nothing; if
 * too much has happened, or the server is another, it is told to begin anew ({@code reset}). Ends with the session.
 */
final class StreamRoute {

    private static final Logger LOGGER = LoggerFactory.getLogger(StreamRoute.class);
    /** Project defaults, no source. */
    static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration OPS_EVERY = Duration.ofSeconds(5);
    private static final int AT_MOST = 1_000;
    private static final int CHUNK = 200;

    private final Guard guard;
    private final Sessions sessions;
    private final Console console;
    private final Supplier<OpsView> ops;
    private final Duration beat;
    private final Runnable requireReady;
    private final Set<Thread> followers = ConcurrentHashMap.newKeySet();

    StreamRoute(Guard guard, Sessions sessions, Console console, Supplier<OpsView> ops, Duration beat, Runnable requireReady) {
        this.guard = guard;
        this.sessions = sessions;
        this.console = console;
        this.ops = ops;
        this.beat = beat;
        this.requireReady = requireReady;
    }

    /** Ends all streams. */
    void close() {
        followers.forEach(Thread::interrupt);
    }

    void follow(Context request) throws IOException {
        Session session = guard.session(request);
        requireReady.run();
        if (followers.size() >= AT_MOST) {
            throw Problem.unavailable("too many streams are open");
        }
        Optional<String> after = Optional.ofNullable(request.header("Last-Event-ID")).or(() -> Optional.ofNullable(request.queryParam("after")));
        request.disableCompression().contentType("text/event-stream; charset=utf-8");
        request.header("X-Accel-Buffering", "no");
        followers.add(Thread.currentThread());
        try {
            new Following(session, request.res()).run(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("a stream has ended");
        } finally {
            followers.remove(Thread.currentThread());
        }
    }

    /** One stream. */
    private final class Following {

        private final Session session;
        private final Visitor visitor;
        private final HttpServletResponse response;
        private final OutputStream out;
        private long position;
        private long nextBeat = System.nanoTime();
        private long nextOps = System.nanoTime();

        /** The servlet's own stream: Javalin's holds small pieces back. */
        Following(Session session, HttpServletResponse response) throws IOException {
            this.session = session;
            this.visitor = session.visitor();
            this.response = response;
            this.out = response.getOutputStream();
        }

        void run(Optional<String> after) throws IOException, InterruptedException {
            position = console.ward().changes().position();
            if (after.isPresent()) {
                Optional<Long> from = console.sequence(after.get());
                if (from.isPresent()) {
                    position = from.get();
                } else {
                    event("reset", "", Map.of());
                }
            }
            while (!Thread.currentThread().isInterrupted()) {
                if (!pulse()) {
                    return;
                }
                if (visitor.role().seesOps()) {
                    Thread.sleep(Duration.ofNanos(Math.max(1, Math.min(nextBeat, nextOps) - System.nanoTime())));
                } else {
                    tell(console.ward().changes().after(position, Duration.ofNanos(Math.max(1, nextBeat - System.nanoTime()))));
                }
            }
        }

        /** @return false: the session is over */
        private boolean pulse() throws IOException {
            if (!sessions.holds(session)) {
                return false;
            }
            if (System.nanoTime() - nextBeat >= 0) {
                nextBeat = System.nanoTime() + beat.toNanos();
                out.write(": beat\n".getBytes(StandardCharsets.UTF_8));
                event("beat", "", Map.of("now", console.ward().now()));
            }
            if (visitor.role().seesOps() && System.nanoTime() - nextOps >= 0) {
                nextOps = System.nanoTime() + OPS_EVERY.toNanos();
                event("ops", "", ops.get());
            }
            return true;
        }

        private void tell(Missed missed) throws IOException {
            if (!missed.complete()) {
                position = missed.next();
                event("reset", console.position(position), Map.of());
                return;
            }
            for (int from = 0; from < missed.changes().size(); from += CHUNK) {
                chunk(missed.changes().subList(from, Math.min(missed.changes().size(), from + CHUNK)));
            }
            position = missed.next();
        }

        private void chunk(List<Change> changes) throws IOException {
            List<String> patients = changes.stream().map(Change::patient).distinct().toList();
            Map<String, PatientRow> rows;
            try {
                rows = console.rows(visitor, ViewGate.Way.STREAM, patients);
            } catch (ViewGate.Unavailable e) {
                // Nothing may be shown: the stream ends, and whoever comes back is told again.
                throw new IOException("the gate does not answer", e);
            }
            for (Change change : changes) {
                String id = console.position(change.sequence());
                PatientRow row = rows.get(change.patient());
                if (row == null) {
                    if (session.shown().remove(change.patient())) {
                        event("gone", id, Map.of("patientId", change.patient()));
                    }
                } else if (change.alertId().isEmpty()) {
                    session.shown().add(change.patient());
                    event("row", id, row);
                } else if (row.state() != PatientRow.State.WITHHELD) {
                    event("alert", id, new AlertPlace(change.patient(), change.alertId()));
                }
            }
        }

        private void event(String name, String id, Object data) throws IOException {
            String text = "event: " + name + "\n" + (id.isEmpty() ? "" : "id: " + id + "\n") + "data: " + Json.text(data) + "\n\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        }
    }

    /** Whose alert changed, and which. */
    private record AlertPlace(String patientId, String alertId) {
    }
}
