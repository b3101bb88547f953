package io.vitaltwin.twin.query;

import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Gates for many who ask at once. A gate serves one thread and waits for the broker twice: each has a thread of its own here, and all who wait for it pass together.
 * One gate for each viewer answers for what is small, another for what is large; each keeps the consents of everybody.
 */
final class GateDesk implements AutoCloseable {

    /** What waits behind what: a month of readings shall not hold up a single twin. */
    enum Lane { SINGLE, BULK }

    private static final Logger LOGGER = LoggerFactory.getLogger(GateDesk.class);
    private static final long PATIENCE_SECONDS = 40;

    private record Key(Viewer viewer, Lane lane) {
    }

    private record Request(List<Item<Ticket>> items, CompletableFuture<Set<Integer>> permitted) {
    }

    private record Ticket(CompletableFuture<Set<Integer>> owner, int place) {
    }

    /** The last one of each desk. */
    private static final Request STOP = new Request(List.of(), new CompletableFuture<>());

    private final Function<Viewer, DisclosureGate> open;
    private volatile boolean closed;
    private final Map<Key, Desk> desks = new ConcurrentHashMap<>();

    /** @param open a gate for this viewer; may throw {@link DisclosureFailed} */
    GateDesk(Function<Viewer, DisclosureGate> open) {
        this.open = open;
    }

    /** As {@link DisclosureGate#pass}, from any thread. */
    <T> List<T> pass(Viewer viewer, Lane lane, List<Item<T>> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        if (closed) {
            throw new DisclosureFailed("the gates are closed; so nothing is shown");
        }
        CompletableFuture<Set<Integer>> answer = new CompletableFuture<>();
        List<Item<Ticket>> tickets = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Item<T> item = items.get(i);
            tickets.add(new Item<>(item.patient(), item.appendMillis(), item.offer(), new Ticket(answer, i)));
        }
        desks.computeIfAbsent(new Key(viewer, lane), Desk::new).queue.add(new Request(tickets, answer));
        Set<Integer> permitted = await(answer);
        List<T> passed = new ArrayList<>(permitted.size());
        for (int i = 0; i < items.size(); i++) {
            if (permitted.contains(i)) {
                passed.add(items.get(i).content());
            }
        }
        return passed;
    }

    private static Set<Integer> await(CompletableFuture<Set<Integer>> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DisclosureFailed failed ? failed : new DisclosureFailed("the gate failed; so nothing is shown", e.getCause());
        } catch (TimeoutException e) {
            throw new DisclosureFailed("the gate did not answer in time; so nothing is shown", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DisclosureFailed("interrupted at the gate; so nothing is shown", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        desks.values().forEach(Desk::close);
    }

    /** One gate and its thread. A gate that failed is closed; the next request opens another. */
    private final class Desk {

        private final Viewer viewer;
        private final LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
        private final Thread thread;
        private Optional<DisclosureGate> gate = Optional.empty();

        Desk(Key key) {
            this.viewer = key.viewer;
            this.thread = Thread.ofPlatform().name("query-gate").daemon().start(this::run);
        }

        private void run() {
            List<Request> waiting = new ArrayList<>();
            try {
                while (!waiting.contains(STOP)) {
                    waiting.clear();
                    waiting.add(queue.take());
                    queue.drainTo(waiting);
                    serve(waiting.stream().filter(request -> request != STOP).toList());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                closeGate();
            }
        }

        private void serve(List<Request> waiting) {
            if (waiting.isEmpty()) {
                return;
            }
            try {
                DisclosureGate opened = gate.orElseGet(() -> open.apply(viewer));
                gate = Optional.of(opened);
                List<Item<Ticket>> all = new ArrayList<>();
                waiting.forEach(request -> all.addAll(request.items()));
                Map<CompletableFuture<Set<Integer>>, Set<Integer>> permitted = new ConcurrentHashMap<>();
                opened.pass(all).forEach(ticket -> permitted.computeIfAbsent(ticket.owner(), owner -> new HashSet<>()).add(ticket.place()));
                waiting.forEach(request -> request.permitted().complete(permitted.getOrDefault(request.permitted(), Set.of())));
            } catch (RuntimeException e) {
                LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("the gate of the query API failed: nothing is shown");
                waiting.forEach(request -> request.permitted().completeExceptionally(e));
                closeGate();
            }
        }

        private void closeGate() {
            try {
                gate.ifPresent(DisclosureGate::close);
            } catch (RuntimeException e) {
                LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("the gate of the query API does not close");
            }
            gate = Optional.empty();
        }

        void close() {
            queue.add(STOP);        // an interrupt would cut off the gate's clients while they close
            try {
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
