package io.vitaltwin.standalone.replay;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.replay.ShadowApp;
import io.vitaltwin.twin.topology.Shadow;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.streams.KafkaStreams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** One call of a replay: begins it, or goes on where it was, until every input has been taken up to the end of the range. */
public final class ReplayRun {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Admin admin;
    private final ReplayStore store;
    private final ReplayRequest request;
    private final TwinConfig twin;
    private final SchemaIds ids;
    private final InstantSource clock;
    private final ReplayProgress progress;

    /** @param twin settings of the twin that is replayed; its topics have as many partitions as the cluster's */
    public ReplayRun(Admin admin, ReplayStore store, ReplayRequest request, TwinConfig twin, SchemaIds ids, InstantSource clock, ReplayProgress progress) {
        this.admin = admin;
        this.store = store;
        this.request = request;
        this.twin = twin;
        this.ids = ids;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Returns when the replay is finished, which it may have been before.
     *
     * @throws ReplayFailed if there is another replay of this name, or it dies
     */
    public ReplayResult run() {
        Optional<ReplayRecord> known = store.find(request.name());
        known.ifPresent(this::requireSame);
        if (known.isPresent() && known.get().state() == ReplayRecord.State.FINISHED) {
            return new ReplayResult(known.get(), true, 0, Duration.ZERO, Duration.ZERO);
        }
        boolean goesOn = known.isPresent() && known.get().state() == ReplayRecord.State.RUNNING;
        Instant now = clock.instant();
        ReplayRecord record = (goesOn ? known.get() : prepare()).startedAgain(now);
        if (goesOn) {
            progress.said("replay " + record.name() + " goes on where it was");
        }
        store.write(record);
        return finish(record, now);
    }

    private void requireSame(ReplayRecord known) {
        List<String> differences = known.differences(request.parameters());
        if (!differences.isEmpty()) {
            throw new ReplayFailed("there is a replay " + known.name() + " already, of something else: " + String.join("; ", differences)
                    + ". Choose another name, or remove it with './vitaltwin replay rm " + known.name() + "'");
        }
    }

    /** What an earlier call began and did not come to the end of goes first. */
    private ReplayRecord prepare() {
        if (request.to().isAfter(clock.instant())) {
            throw new ReplayFailed("--to " + request.to() + " is still to come: a replay is of the past");
        }
        store.remove(request.name());
        store.create(request.name(), twin.topics().partitions());
        ReplayInputs inputs = new ReplayInputs(admin, twin.topics(), own(), request);
        inputs.firstKept().ifPresent(progress::said);
        long ticks = ReplayClock.length(request);
        ReplayRecord record = new ReplayRecord(request.name(), ReplayRecord.State.PREPARING, request.parameters(), request.start().toString(),
                inputs.firstReading().toString(), ticks, twin.topics().partitions(), List.of(), "", 0, store.carePlans(request.to(), wanted()));
        store.write(record);
        ReplayClock.write(twin, ids, own().ticks(), request);
        KafkaCalls.await(admin.alterConsumerGroupOffsets(application(), inputs.starts()).all());
        return record;
    }

    private Topics own() {
        return twin.topics().shadow(request.name());
    }

    private String application() {
        return ReplayStore.applicationId(twin.topics(), request.name());
    }

    private ReplayResult finish(ReplayRecord record, Instant now) {
        ReplayInputs inputs = new ReplayInputs(admin, twin.topics(), own(), request);
        Map<TopicPartition, Long> begun = committed();
        long all = inputs.length();
        long before = inputs.taken(begun);
        Instant first = clock.instant();
        if (!isTaken(begun, record)) {
            first = work(record, now, inputs, before, all);
        }
        Duration took = Duration.between(first, clock.instant());
        store.removeWorkings(request.name());
        ReplayRecord finished = record.finishedAt(clock.instant(), store.count(partitions(own().alerts().name(), record.partitions())));
        store.write(finished);
        Duration log = Duration.between(Instant.parse(record.firstReading()), request.to());
        Duration share = all == 0 ? Duration.ZERO : Duration.ofMillis((long) (log.toMillis() * ((all - before) / (double) all)));
        return new ReplayResult(finished, false, all - before, took, share);
    }

    /** @return when it began to take records */
    private Instant work(ReplayRecord record, Instant now, ReplayInputs inputs, long before, long all) {
        Instant first = clock.instant();
        ShadowApp app = app(now);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread stop = new Thread(() -> {
            stopped.set(true);
            app.close();
        }, "stop-replay");
        Runtime.getRuntime().addShutdownHook(stop);
        boolean done = false;
        try {
            app.start();
            for (Map<TopicPartition, Long> taken = committed(); !isTaken(taken, record); taken = committed()) {
                if (stopped.get()) {
                    throw new ReplayFailed("stopped; the same command goes on");
                }
                requireAlive(app);
                app.followConsents();
                long soFar = inputs.taken(taken);
                first = soFar == before ? clock.instant() : first;
                progress.moved(soFar, all);
                LockSupport.parkNanos(LOOK.toNanos());
            }
            done = true;
        } finally {
            if (done) {
                app.closeAndCleanUp();
            } else {
                app.close();
            }
        }
        Runtime.getRuntime().removeShutdownHook(stop);
        progress.moved(all, all);
        return first;
    }

    private ShadowApp app(Instant now) {
        Shadow shadow = new Shadow(request.name(), own(), request.from(), request.to(), wanted(), request.viewer(), Optional.empty(), now);
        return request.consents() == ReplayRequest.Consents.NOW ? ShadowApp.now(twin, application(), ids, shadow)
                : ShadowApp.audit(twin, application(), ids, shadow);
    }

    private Predicate<String> wanted() {
        Set<String> chosen = request.patients();
        return chosen.isEmpty() ? patient -> true : chosen::contains;
    }

    private static void requireAlive(ShadowApp app) {
        boolean over = app.state() == KafkaStreams.State.ERROR || app.state() == KafkaStreams.State.NOT_RUNNING;
        if (app.failure().isPresent() || over) {
            Throwable cause = app.failure().orElseGet(() -> new IllegalStateException("Kafka Streams gave up"));
            throw new ReplayFailed("the replay died: " + cause.getClass().getSimpleName() + "; --debug shows where; the same command goes on", cause);
        }
    }

    /**
     * Its clock ends after everything else: a task takes the record with the earliest time of all its inputs, so the last tick is only taken when there is
     * nothing before it any more.
     */
    private boolean isTaken(Map<TopicPartition, Long> committed, ReplayRecord record) {
        return partitions(own().ticks().name(), record.partitions()).stream().allMatch(one -> committed.getOrDefault(one, 0L) >= record.ticks());
    }

    private Map<TopicPartition, Long> committed() {
        try {
            Map<TopicPartition, Long> committed = new java.util.HashMap<>();
            KafkaCalls.await(admin.listConsumerGroupOffsets(application()).partitionsToOffsetAndMetadata()).forEach((one, until) -> {
                if (until != null) {
                    committed.put(one, until.offset());
                }
            });
            return committed;
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
    }

    static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }
}
