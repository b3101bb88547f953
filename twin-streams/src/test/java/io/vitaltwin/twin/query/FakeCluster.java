package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.adapter.disclosure.ConsentSource;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.DisclosureLog;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.query.TwinSource.Found;
import io.vitaltwin.twin.query.TwinSource.Place;
import io.vitaltwin.twin.query.TwinSource.Row;
import io.vitaltwin.twin.query.TwinSource.Scan;
import io.vitaltwin.twin.topology.ConsentRecords;
import io.vitaltwin.twin.topology.StoredTwins.Stored;
import org.apache.kafka.common.KafkaException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two instances on free ports with real servers and real gates, but stores, consents and logs in memory. Patients a... are of the first, all others of the second. */
final class FakeCluster implements AutoCloseable {

    final Map<String, Stored> twins = new ConcurrentHashMap<>();
    final Set<String> denied = ConcurrentHashMap.newKeySet();
    final List<Disclosure> disclosures = new CopyOnWriteArrayList<>();
    final List<ConsentViolation> violations = new CopyOnWriteArrayList<>();
    volatile boolean consentsFail;
    /** Partitions of which the active store cannot be asked. */
    final Set<Integer> restoring = ConcurrentHashMap.newKeySet();
    /** Whether the other instance follows each partition. */
    volatile boolean standbys;
    volatile boolean starting;

    private final List<Instance> instances = List.of(new Instance("127.0.0.1", freePort()), new Instance("127.0.0.1", freePort()));
    private final List<QueryServer> servers = new ArrayList<>();
    private final List<GateDesk> desks = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    /** Instance number to how often it was asked for an active store. */
    final Map<Integer, Integer> asked = new ConcurrentHashMap<>();

    FakeCluster(Path tokens) {
        for (int number = 0; number < 2; number++) {
            GateDesk desk = new GateDesk(viewer -> new DisclosureGate(Egress.QUERY_API, viewer, consents(viewer), log(), () -> Twins.T0.plusSeconds(60)));
            desks.add(desk);
            QuerySettings settings = new QuerySettings("127.0.0.1", instances.get(number).port(), instances.get(number), tokens);
            Histories histories = new Histories(() -> {
                throw new KafkaException("no broker");
            }, Twins.TOPICS, Twins.IDS, Privacy.off(), patient -> {
                throw new IllegalStateException("nobody asks");
            }, 1);
            QueryServer server = new QueryServer(settings, Access.read(tokens), new TwinQueries(new Source(number), Twins.STORES, desk, Privacy.off()), histories);
            server.start();
            servers.add(server);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop(int number) {
        servers.get(number).close();
    }

    QueryServer server(int number) {
        return servers.get(number);
    }

    Instance instance(int number) {
        return instances.get(number);
    }

    HttpResponse<String> get(int number, String path, String... headers) {
        return send(number, path, HttpResponse.BodyHandlers.ofString(), headers);
    }

    <T> HttpResponse<T> send(int number, String path, HttpResponse.BodyHandler<T> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + instances.get(number) + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ConsentSource consents(Viewer viewer) {
        return new ConsentSource() {
            @Override
            public void catchUp() {
                if (consentsFail) {
                    throw new DisclosureFailed("no broker");
                }
            }

            @Override
            public ConsentTimeline of(String patient) {
                ConsentRecord permit = ConsentRecord.newBuilder().setPatientId(patient).setConsentId("c").setVersionId("1").setStatus(ConsentStatus.ACTIVE)
                        .setEffectiveTime(Twins.T0.minusSeconds(600)).setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT)
                                .setPurposes(List.of("TREAT")).build())).build();
                return denied.contains(patient) ? ConsentTimeline.empty()
                        : ConsentTimeline.empty().apply(viewer.read(ConsentRecords.version(permit, Twins.T0.minusSeconds(600).toEpochMilli())));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private DisclosureLog log() {
        return new DisclosureLog() {
            @Override
            public void write(List<Disclosure> shown, List<ConsentViolation> refused) {
                disclosures.addAll(shown);
                violations.addAll(refused);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Override
    public void close() {
        servers.forEach(QueryServer::close);
        desks.forEach(GateDesk::close);
        client.close();
    }

    private static int partitionOf(String patient) {
        return patient.startsWith("a") ? 0 : 1;
    }

    private final class Source implements TwinSource {

        private final int number;

        Source(int number) {
            this.number = number;
        }

        @Override
        public Instance self() {
            return instances.get(number);
        }

        @Override
        public Optional<Place> place(String patient) {
            int partition = partitionOf(patient);
            return starting ? Optional.empty()
                    : Optional.of(new Place(instances.get(partition), standbys ? Set.of(instances.get(1 - partition)) : Set.of(), partition));
        }

        @Override
        public Found active(String patient, int partition) {
            asked.merge(number, 1, Integer::sum);
            return partition != number || restoring.contains(partition) ? new Found.Unavailable() : found(patient);
        }

        @Override
        public Found standby(String patient, int partition) {
            return partition == number || !standbys ? new Found.Unavailable() : found(patient);
        }

        private Found found(String patient) {
            Stored stored = twins.get(patient);
            return stored == null ? new Found.Nobody() : new Found.Twin(stored);
        }

        @Override
        public Scan scan(String after, int most) {
            Map<String, Stored> mine = new HashMap<>(twins);
            mine.keySet().removeIf(patient -> partitionOf(patient) != number || patient.compareTo(after) <= 0);
            List<Row> rows = new TreeMap<>(mine).entrySet().stream().map(one -> new Row(one.getKey(), number, one.getValue())).toList();
            return restoring.contains(number) ? new Scan(List.of(), Set.of(), true)
                    : new Scan(rows.subList(0, Math.min(most, rows.size())), Set.of(number), rows.size() <= most);
        }

        @Override
        public Set<Instance> instances() {
            return Set.copyOf(instances);
        }

        @Override
        public Set<Integer> partitions() {
            return Set.of(0, 1);
        }

        @Override
        public long streamMillis(int partition) {
            return partition == number ? Twins.T0.plusSeconds(30).toEpochMilli() : 0;
        }
    }
}
