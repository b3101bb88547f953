package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.EmbeddedStack;
import io.vitaltwin.standalone.StackSettings;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.kafka.GroupProgress;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.query.Histories;
import io.vitaltwin.twin.query.QueryService;
import io.vitaltwin.twin.query.QuerySettings;
import io.vitaltwin.twin.query.TwinSource;
import io.vitaltwin.twin.topology.StoredTwins;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Runs the twin over the same readings with and without questions, then at half its rate, with a broker of its own in this JVM. */
final class QueryBench {

    static final double PER_SECOND = 1_000;
    /** Enough for percentiles, and little beside the load. */
    private static final double FEW_PER_SECOND = 100;
    private static final String TOKEN = "token-of-the-benchmark";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Seconds and stream threads' CPU seconds over the same readings. */
    record Run(String questions, double seconds, double cpuSeconds, long asked, long unanswered) {
    }

    /** @param records of all patients that one pass reads a second */
    record History(long recordsOfPartition, double firstMillis, double nextMillis, double recordsPerSecond, long points) {
    }

    record Outcome(long readings, List<Run> runs, double halfRate, Asker.Latency store, Asker.Latency http, History history) {

        /** How much longer with these questions than without; the mean of the runs without. */
        double cost(String questions, ToDoubleFunction<Run> what) {
            double without = runs.stream().filter(run -> run.questions().equals("none")).mapToDouble(what).average().orElse(Double.NaN);
            return runs.stream().filter(run -> run.questions().equals(questions)).mapToDouble(what).average().orElse(Double.NaN) / without - 1;
        }
    }

    private final EmbeddedStack stack;
    private final Admin admin;
    private final Path folder;
    private final Cohort cohort;
    private final long records;
    private final Consumer<String> progress;
    private final HttpClient client = HttpClient.newHttpClient();
    private int runs;

    private QueryBench(EmbeddedStack stack, Admin admin, Path folder, Cohort cohort, long records, Consumer<String> progress) {
        this.stack = stack;
        this.admin = admin;
        this.folder = folder;
        this.cohort = cohort;
        this.records = records;
        this.progress = progress;
    }

    static Outcome measure(Path folder, Cohort cohort, long records, Duration atHalf, Consumer<String> progress) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("tokens.yaml"), "tokens: [{token: " + TOKEN + ", actor: bench, purpose: TREAT}]\n");
        try (EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder).withVirtualTime().withoutRegistry()); Admin admin = stack.admin()) {
            return new QueryBench(stack, admin, folder, cohort, records, progress).measure(atHalf);
        }
    }

    private Outcome measure(Duration atHalf) throws IOException, InterruptedException {
        try (var producer = Clients.writer(stack.bootstrapServers())) {
            Loader loader = new Loader(producer, stack.topics(), stack.schemaIds(), cohort);
            loader.register();
            loader.send(records);
            progress.accept("wrote " + records + " batches of " + cohort.patients() + " patients");
            run("warm-up");
            List<Run> measured = new ArrayList<>();
            for (String questions : List.of("none", "store", "http", "none")) {
                Run run = run(questions);
                progress.accept("questions " + questions + ": " + Math.round(run.seconds() * 10) / 10.0 + " s");
                measured.add(run);
            }
            double rate = records * cohort.batch() / measured.getFirst().seconds() / 2;
            try (Served served = serve()) {
                await(served);
                Asker.Latency store = underHalfLoad(loader, served, rate, atHalf, 0, served::askStore);
                progress.accept("store at half load: p99 " + store.p99() + " ms");
                Asker.Latency http = underHalfLoad(loader, served, rate, atHalf, 1, served::askHttp);
                progress.accept("HTTP at half load: p99 " + http.p99() + " ms");
                return new Outcome(records * cohort.batch(), measured, rate, store, http, history(served));
            }
        }
    }

    private Run run(String questions) throws IOException, InterruptedException {
        try (Served served = serve()) {
            List<Asker> askers = new ArrayList<>();
            Program program = Program.twin(served.app);
            Program asked = new Program() {
                @Override
                public void start() {
                    program.start();
                    if (questions.equals("store")) {
                        askers.add(Asker.start(served::askStore, PER_SECOND, cohort.patients(), 1));
                    } else if (questions.equals("http")) {
                        askers.add(Asker.start(served::askHttp, PER_SECOND, cohort.patients(), 1));
                    }
                }

                @Override
                public org.apache.kafka.streams.KafkaStreams.State state() {
                    return program.state();
                }

                @Override
                public java.util.Optional<Throwable> failure() {
                    return program.failure();
                }

                @Override
                public void close() {
                    program.close();
                }
            };
            Measurement.Taken taken = Measurement.run(asked, served.config.applicationId(), admin, ends());
            Asker.Latency latency = askers.isEmpty() ? new Asker.Latency(0, 0, 0, 0, 0, 0) : askers.getFirst().stop();
            return new Run(questions, taken.time().toNanos() / 1e9, taken.cpu().toNanos() / 1e9, latency.asked(), latency.unanswered());
        }
    }

    private Asker.Latency underHalfLoad(Loader loader, Served served, double readingsPerSecond, Duration length, int part, Asker.Question question) {
        long perMillis = Math.max(1, Math.round(readingsPerSecond / cohort.batch() / 1_000 * 10));
        long rounds = length.toMillis() / 10;
        long next = records + part * rounds * perMillis;
        long begin = System.nanoTime();
        Asker asker = Asker.start(question, FEW_PER_SECOND, cohort.patients(), 2 + part);
        for (long round = 0; round < rounds; round++) {
            for (long i = 0; i < perMillis; i++) {
                loader.sendOne(next++);
            }
            LockSupport.parkNanos(begin + (round + 1) * 10_000_000 - System.nanoTime());
        }
        Asker.Latency latency = asker.stop();
        loader.flush();
        served.app.failure().ifPresent(cause -> {
            throw new IllegalStateException("the twin died: " + cause.getMessage(), cause);
        });
        return latency;
    }

    private void await(Served served) throws InterruptedException {
        served.app.start();
        new GroupProgress(admin, served.config.applicationId()).awaitCommitted(ends(), LIMIT, () -> served.app.failure().ifPresent(cause -> {
            throw new IllegalStateException("the twin died: " + cause.getMessage(), cause);
        }));
    }

    /** The whole span of one patient, who was never asked about, and then again. Everything is permitted: the gate is measured with the answers. */
    private History history(Served served) {
        String patient = Cohort.patientId(0);
        Instant to = cohort.arrivalOf(records);
        Histories.Gate open = new Histories.Gate() {
            @Override
            public <T> List<T> pass(List<Item<T>> items) {
                return items.stream().map(Item::content).toList();
            }
        };
        long begin = System.nanoTime();
        Trend trend = trend(served, patient, to, open);
        long first = System.nanoTime();
        trend(served, patient, to, open);
        long next = System.nanoTime();
        int partition = partitionOf(patient);
        long inPartition = served.source.place(patient).map(place -> place.partition()).filter(place -> place == partition).map(place ->
                lengthOf(place)).orElse(0L);
        return new History(inPartition, (first - begin) / 1e6, (next - first) / 1e6, inPartition / ((first - begin) / 1e9), trend.points());
    }

    private record Trend(long points) {
    }

    private Trend trend(Served served, String patient, Instant to, Histories.Gate open) {
        var trend = served.service.histories().trend(patient, List.of(), cohort.start().minusSeconds(3_600), to, 500, open);
        return new Trend(trend.vitals().stream().mapToLong(course -> course.points().size()).sum());
    }

    private int partitionOf(String patient) {
        return org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(patient.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                % stack.topics().partitions();
    }

    private long lengthOf(int partition) {
        try {
            return GroupProgress.ends(admin, List.of(new TopicPartition(stack.topics().readings().name(), partition))).values().iterator().next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < stack.topics().partitions(); i++) {
            partitions.add(new TopicPartition(stack.topics().readings().name(), i));
        }
        return GroupProgress.ends(admin, partitions);
    }

    private Served serve() throws IOException {
        QuerySettings settings = QuerySettings.on(freePort(), folder.resolve("tokens.yaml"));
        String id = "bench-query-" + runs++;
        TwinConfig config = settings.over(TwinConfig.of(stack.bootstrapServers(), stack.topics(), folder.resolve(id)).withApplicationId(id).withTickInterval(Duration.ZERO));
        TwinApp app = new TwinApp(config, stack.schemaIds());
        return new Served(config, app, QueryService.start(app, config, stack.schemaIds(), settings), app.source(settings.self()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A twin that answers. */
    private final class Served implements AutoCloseable {

        private final TwinConfig config;
        private final TwinApp app;
        private final QueryService service;
        private final TwinSource source;
        private final StoredTwins stores;

        Served(TwinConfig config, TwinApp app, QueryService service, TwinSource source) {
            this.config = config;
            this.app = app;
            this.service = service;
            this.source = source;
            this.stores = new StoredTwins(stack.topics(), stack.schemaIds(), RuleSetFile.bundled());
        }

        /** Without HTTP and gate: finds, reads and decodes. */
        boolean askStore(int number) {
            String patient = Cohort.patientId(number);
            return source.place(patient).map(place -> source.active(patient, place.partition()) instanceof TwinSource.Found.Twin twin
                    && stores.tell(patient, place.partition(), twin.stored(), source.streamMillis(place.partition())).nowMillis() > 0).orElse(false);
        }

        boolean askHttp(int number) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/v1/twins/" + Cohort.patientId(number)))
                    .header("Authorization", "Bearer " + TOKEN).build();
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            service.close();
            app.close();
        }
    }
}
