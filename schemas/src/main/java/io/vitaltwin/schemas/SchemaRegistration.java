package io.vitaltwin.schemas;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts every released version of every topic's schema into a registry, with the subject's compatibility level. A deliberate act of
 * whoever runs the cluster; nothing else here ever registers. Doing it again changes nothing.
 */
public final class SchemaRegistration implements AutoCloseable {

    private final RegistryClient client;

    /** @param url of the API; may carry {@code user:password@} */
    public SchemaRegistration(URI url) {
        this(url, RegistrySchemaIds.DEFAULT_TIMEOUT);
    }

    public SchemaRegistration(URI url, Duration timeout) {
        this.client = new RegistryClient(url, timeout);
    }

    /**
     * One subject in the registry.
     *
     * @param id of the newest version, as this registry numbers it; 0: not registered
     * @param changed whether something was missing; after {@link #apply} it has been added
     */
    public record Result(String subject, int id, Compatibility compatibility, boolean changed) {}

    /**
     * What {@link #apply} would find; changes nothing.
     *
     * @throws SchemaProblem with REGISTRY_UNREACHABLE or REGISTRY_REFUSED
     */
    public List<Result> plan(Topics topics) {
        return topics.avro().stream().map(this::plan).toList();
    }

    /**
     * Registers what is missing, oldest version first, and sets the levels.
     *
     * @throws SchemaProblem with REGISTRY_UNREACHABLE or REGISTRY_REFUSED; subjects before that one are done
     */
    public List<Result> apply(Topics topics) {
        List<Result> results = new ArrayList<>();
        topics.avro().forEach(topic -> results.add(apply(topic)));
        return List.copyOf(results);
    }

    private Result plan(Topic<?> topic) {
        String subject = topic.subject();
        boolean missing = BundledSchemas.of(subject).stream().anyMatch(release -> client.lookup(subject, release.text()).isEmpty());
        int id = client.lookup(subject, BundledSchemas.of(subject).getLast().text()).map(RegistryClient.Held::id).orElse(0);
        return new Result(subject, id, topic.compatibility(), missing || !hasLevel(topic));
    }

    private Result apply(Topic<?> topic) {
        String subject = topic.subject();
        boolean changed = false;
        int id = 0;
        for (BundledSchemas.Release release : BundledSchemas.of(subject)) {
            changed |= client.lookup(subject, release.text()).isEmpty();
            id = client.register(subject, release.text());
            // Some registries keep no level for a subject that they do not know, so the first version goes before it.
            if (!hasLevel(topic)) {
                client.setCompatibility(subject, topic.compatibility());
                changed = true;
            }
        }
        return new Result(subject, id, topic.compatibility(), changed);
    }

    private boolean hasLevel(Topic<?> topic) {
        return client.compatibility(topic.subject()).filter(topic.compatibility().name()::equals).isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}
