package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.privacy.Alias;
import io.vitaltwin.schemas.privacy.KeyVault;
import io.vitaltwin.standalone.KafkaCalls;
import io.vitaltwin.standalone.replay.ReplayStore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Erases one patient: learns what there is to look for, tells who was shown something, has the twin and the workflow of alerts forget, destroys the key,
 * has the brokers clean their logs, and looks for everything everywhere.
 */
public final class Erasing {

    /** Rounds that need an answer of the twin or the log cleaner are this far apart. */
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Duration REWRITE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ErasureContext context;
    private final ErasureRequest request;
    private final InstantSource clock;
    private final Application twin;
    private final Application workflow;
    private final String erasureId = UUID.randomUUID().toString();
    private final long deadline;

    public Erasing(ErasureContext context, ErasureRequest request, InstantSource clock) {
        this.context = context;
        this.request = request;
        this.clock = clock;
        this.twin = new Application(context.admin(), request.twin());
        this.workflow = new Application(context.admin(), request.workflow());
        this.deadline = System.nanoTime() + request.atMost().toNanos();
    }

    /**
     * Does all of it. Not to be undone once the order is given.
     *
     * @throws ErasureFailed when nothing is known of the patient, a replay is not finished, or an application does not act in time
     * @throws io.vitaltwin.schemas.privacy.VaultProblem when the patient was erased before, or the vault cannot be used
     */
    public ErasureReport run() {
        requireNoUnfinishedReplay();
        Instant requested = clock.instant();
        boolean again = isErasedAlias();
        String name = again ? request.patient() : context.privacy().onTopics(request.patient());
        Traces traces = again ? new Traces(request.patient()) : learn();
        ByteSearch search = traces.search(name);
        try (ErasureRecords records = new ErasureRecords(context, name, erasureId)) {
            traces.recipients().forEach(recipient -> records.tell(recipient, clock.instant()));
            boolean destroyed = forget(records, search, traces, name, again);
            records.takeBackOrder();
            ErasureReport report = clean(records, search, name, destroyed, traces, requested);
            records.proof(report, request.actor(), request.ground());
            return report;
        }
    }

    /** What a replay raised is searched like any topic. One that is not finished keeps state as well, perhaps on another machine, and may write more. */
    private void requireNoUnfinishedReplay() {
        List<String> names = topicNames().stream().flatMap(topic -> ReplayStore.unfinished(context.topics(), topic).stream()).distinct().sorted().toList();
        if (!names.isEmpty()) {
            throw new ErasureFailed("not finished and keeping something of patients: replay " + String.join(", ", names)
                    + "; give the command of each again, or remove it with './vitaltwin replay rm NAME', then run this command again");
        }
    }

    private Set<String> topicNames() {
        return KafkaCalls.await(context.admin().listTopics().names());
    }

    private boolean isErasedAlias() {
        return context.privacy().vault().flatMap(vault -> Alias.of(request.patient()).map(vault::byAlias))
                .filter(KeyVault.Found.Erased.class::isInstance).isPresent();
    }

    private Traces learn() {
        step("reads what is known of the patient");
        try (Consumer<String, byte[]> consumer = context.privacy().consumer(context.reader())) {
            Traces traces = new TraceReader(consumer, context.topics(), ReplayStore.alerts(context.topics(), topicNames()), context.ids(), context.privacy()).read(context.privacy().toPeople(request.patient()));
            if (traces.isEmpty()) {
                throw new ErasureFailed("no plan, consent or reading of this patient is on the cluster; check the pseudonym, --prefix and --keys");
            }
            return traces;
        }
    }

    /**
     * The order is given twice: what was on its way to an application when it forgot is forgotten then. The key goes in between, so that nothing more is on
     * its way from devices that go on measuring.
     *
     * @return whether the key is destroyed
     */
    private boolean forget(ErasureRecords records, ByteSearch search, Traces traces, String name, boolean again) {
        step("has the twin and the workflow forget the patient");
        records.removeNewest();
        orderAndAwait(records);
        awaitTaken(twin, records.forgetDevices(traces.serialHashes()));
        boolean destroyed = again || destroyKey(name);
        boolean clean = false;
        while (!clean) {
            orderAndAwait(records);
            clean = isStateCleanSoon(search) || !timeIsLeft();
        }
        return destroyed;
    }

    /** Stores are rewritten after each order, which takes a while. */
    private boolean isStateCleanSoon(ByteSearch search) {
        long patience = System.nanoTime() + REWRITE.toNanos();
        while (!isStateClean(search)) {
            if (!timeIsLeft() || System.nanoTime() - patience > 0) {
                return false;
            }
            LockSupport.parkNanos(ROUND.toNanos());
        }
        return true;
    }

    /** The workflow comes last: it reads what the twin says of the order. */
    private void orderAndAwait(ErasureRecords records) {
        records.order(clock.instant());
        awaitTaken(twin, records.partitionsOf(context.topics().topologyInputs()));
        if (workflow.wasEverThere()) {
            awaitTaken(workflow, records.partitionsOf(context.topics().workflowInputs()));
        }
    }

    /** Until the application has taken for good what stands in these partitions now. */
    private void awaitTaken(Application application, Collection<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> reader = new KafkaConsumer<>(context.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            if (!await(() -> application.hasTaken(ends, reader))) {
                throw new ErasureFailed("the application " + application.id() + " has not taken the order after " + request.atMost().toSeconds()
                        + " s; start it ('./vitaltwin status' shows how far it is), then run this command again");
            }
        }
    }

    private boolean isStateClean(ByteSearch search) {
        return files(search, file -> file.toString().contains("rocksdb")).stream().allMatch(place -> place.findings() + place.anonymous() == 0);
    }

    private boolean destroyKey(String name) {
        context.privacy().vault().ifPresent(vault -> {
            step("destroys the key");
            vault.destroy(context.privacy().toPeople(name));
        });
        return context.privacy().isOn();
    }

    private ErasureReport clean(
            ErasureRecords records, ByteSearch search, String name, boolean destroyed, Traces traces, Instant requested) {
        try (LogCleaning logs = new LogCleaning(context, List.of(twin, workflow), search)) {
            step("has the brokers clean what is compacted");
            await(ROUND, logs::compactOnce);
            if (request.deleteLogRecords() && !destroyed) {
                step("deletes the records of the logs that name the patient");
                deleteLogRecords(logs, records);
            }
            step("looks for the patient everywhere");
            List<LogCleaning.Searched> topics = logs.searchAll();
            List<Place> places = new ArrayList<>(topics.stream().map(one -> one.result().place()).toList());
            places.addAll(filesOnceClean(search, topics));
            return new ErasureReport(erasureId, destroyed ? Optional.of(name) : Optional.empty(), destroyed, requested, clock.instant(),
                    places.stream().map(one -> new ErasureReport.Found(one.name(), one.items(), one.bytes(), one.findings(), one.anonymous())).toList(),
                    topics.stream().filter(one -> one.result().place().findings() > 0).map(LogCleaning.Searched::remains).toList(),
                    places.stream().mapToLong(Place::anonymous).sum(), traces.shared(), List.copyOf(traces.recipients()));
        }
    }

    private void deleteLogRecords(LogCleaning logs, ErasureRecords records) {
        Map<TopicPartition, Long> ends = logs.endOfNaming();
        awaitRead(twin, ends, records.partitionsOf(context.topics().topologyInputs()));
        if (workflow.wasEverThere()) {
            awaitRead(workflow, ends, records.partitionsOf(context.topics().workflowInputs()));
        }
        logs.deleteBefore(ends);
    }

    private void awaitRead(Application application, Map<TopicPartition, Long> ends, List<TopicPartition> inputs) {
        Map<TopicPartition, Long> read = new HashMap<>(ends);
        read.keySet().retainAll(inputs);
        try (Consumer<byte[], byte[]> reader = new KafkaConsumer<>(context.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!await(() -> application.hasTaken(read, reader))) {
                throw new ErasureFailed("the application " + application.id()
                        + " has not read the records that are to be deleted; start it, then run this command again");
            }
        }
    }

    /** Brokers remove files some time after their records; what topics still hold will not go away by waiting. */
    private List<Place> filesOnceClean(ByteSearch search, List<LogCleaning.Searched> topics) {
        List<String> naming = topics.stream().filter(one -> one.result().place().findings() > 0).map(one -> one.topic().name()).toList();
        Predicate<Place> mayGo = place -> place.findings() > 0 && naming.stream().noneMatch(topic -> place.name().contains("/" + topic + "-"));
        List<Place> places = files(search, file -> true);
        while (places.stream().anyMatch(mayGo) && timeIsLeft()) {
            LockSupport.parkNanos(ROUND.toNanos());
            places = files(search, file -> true);
        }
        return places;
    }

    private List<Place> files(ByteSearch search, Predicate<Path> wanted) {
        List<Place> places = new ArrayList<>();
        for (Path folder : request.folders()) {
            try {
                places.addAll(new FileSearch(search).search(folder, wanted));
            } catch (IOException e) {
                throw new UncheckedIOException("a file below " + folder + " cannot be read, so nothing is proven: run this as a user who may read it", e);
            }
        }
        return places;
    }

    private boolean timeIsLeft() {
        return System.nanoTime() - deadline < 0;
    }

    private boolean await(BooleanSupplier done) {
        return await(LOOK, done);
    }

    private boolean await(Duration pause, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (!timeIsLeft()) {
                return false;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        return true;
    }

    private void step(String what) {
        context.progress().accept(what);
    }
}
