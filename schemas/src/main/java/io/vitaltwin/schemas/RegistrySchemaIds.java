package io.vitaltwin.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids of a registry with the Confluent REST API. Looks up and never registers: that is a deliberate act, see
 * {@link SchemaRegistration}. What was found is kept for ever. What failed is kept for a short while, so that a stream of bad
 * records, or a registry that is down, costs one request in a while and not one a record.
 */
public final class RegistrySchemaIds implements SchemaIds, AutoCloseable {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    static final Duration FAILURE_KEPT = Duration.ofSeconds(10);
    private static final int FAILURES_KEPT = 1000;

    private final RegistryClient client;
    private final InstantSource clock;
    private final IdTable<Schema> schemas = new IdTable<>();
    private final Map<Integer, Instant> unknown = new LinkedHashMap<>();
    private @Nullable Instant unavailableUntil;

    /** @param url of the API, such as {@code http://localhost:8081}; may carry {@code user:password@} */
    public RegistrySchemaIds(URI url) {
        this(url, DEFAULT_TIMEOUT, InstantSource.system());
    }

    /**
     * @param timeout for connecting, and again for each answer
     * @param clock decides only how long a failure is remembered
     */
    public RegistrySchemaIds(URI url, Duration timeout, InstantSource clock) {
        this.client = new RegistryClient(url, timeout);
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws SchemaProblem also with {@link Kind#REGISTRY_UNREACHABLE} or {@link Kind#REGISTRY_REFUSED}
     */
    @Override
    public int idOf(String subject, Schema schema) {
        String text = BundledSchemas.find(subject, schema).map(BundledSchemas.Release::text).orElseGet(() -> SchemaText.published(schema));
        return client.lookup(subject, text)
                .or(() -> lookupByMeaning(subject, schema))
                .orElseThrow(() -> new SchemaProblem(Kind.NOT_REGISTERED, "schema registry " + client.shown() + " does not hold this schema of "
                        + schema.getFullName() + " under subject " + subject + ": run 'vitaltwin topics apply' with its URL"))
                .id();
    }

    /** Registries compare texts; one that was given our schema with other spaces or docs holds it all the same. */
    private Optional<RegistryClient.Held> lookupByMeaning(String subject, Schema schema) {
        String essence = SchemaText.essence(schema);
        return client.versions(subject).reversed().stream()
                .map(version -> client.version(subject, version))
                .flatMap(Optional::stream)
                .filter(answer -> sameMeaning(answer, essence))
                .map(RegistryClient::held)
                .findFirst();
    }

    private static boolean sameMeaning(JsonNode answer, String essence) {
        try {
            return SchemaText.essence(new Schema.Parser().parse(answer.path("schema").asText())).equals(essence);
        } catch (SchemaParseException e) {
            // a version of another kind (JSON schema, Protobuf) under the same subject is not this schema
            return false;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws SchemaProblem also with {@link Kind#REGISTRY_UNREACHABLE} or {@link Kind#REGISTRY_REFUSED}
     */
    @Override
    public Schema schemaOf(int id) {
        return schemas.get(id, this::fetch);
    }

    private synchronized Schema fetch(int id) {
        Instant now = clock.instant();
        if (unavailableUntil != null && now.isBefore(unavailableUntil)) {
            throw new SchemaProblem(Kind.REGISTRY_UNREACHABLE, "schema registry " + client.shown() + " gave no answer a moment ago");
        }
        Instant asked = unknown.get(id);
        if (asked != null && now.isBefore(asked.plus(FAILURE_KEPT))) {
            throw unknownId(id);
        }
        try {
            return client.schema(id).map(text -> parse(id, text)).orElseThrow(() -> unknownId(id));
        } catch (SchemaProblem problem) {
            remember(problem, id, now);
            throw problem;
        }
    }

    private void remember(SchemaProblem problem, int id, Instant now) {
        if (problem.kind() != Kind.UNKNOWN_ID) {
            unavailableUntil = now.plus(FAILURE_KEPT);
            return;
        }
        unknown.remove(id);
        unknown.put(id, now);
        if (unknown.size() > FAILURES_KEPT) {
            unknown.remove(unknown.keySet().iterator().next());
        }
    }

    private Schema parse(int id, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            throw new SchemaProblem(Kind.UNKNOWN_ID, "id " + id + " of schema registry " + client.shown() + " is no Avro schema", e);
        }
    }

    private SchemaProblem unknownId(int id) {
        return new SchemaProblem(Kind.UNKNOWN_ID, "schema registry " + client.shown() + " has no schema with id " + id);
    }

    @Override
    public void close() {
        client.close();
    }
}
