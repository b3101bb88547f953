package io.vitaltwin.standalone.cli;

import io.javalin.util.JavalinBindException;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.query.Instance;
import io.vitaltwin.twin.query.QueryService;
import io.vitaltwin.twin.query.QuerySettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** Whether a twin answers questions, where, and whom. */
final class QueryOptions {

    private static final int LARGEST_PORT = 65_535;

    @Option(names = "--query-port", paramLabel = "N", description = "Answer questions about live twins over HTTP at this port. Off when left out.")
    private @Nullable Integer port;

    @Option(names = "--query-host", paramLabel = "ADDRESS", defaultValue = QuerySettings.DEFAULT_HOST,
            description = "Address that is listened on. Default: ${DEFAULT-VALUE}, this machine only.")
    private String host = QuerySettings.DEFAULT_HOST;

    @Option(names = "--query-server", paramLabel = "HOST:PORT", description = "How other instances reach this one. Default: address and port above.")
    private @Nullable String self;

    @Option(names = "--query-tokens", paramLabel = "FILE", defaultValue = "${env:VITALTWIN_QUERY_TOKENS_FILE}",
            description = "YAML file of those who may ask: 'tokens:' with entries {token, actor, role, purpose}, and 'peer:' for several instances.")
    private @Nullable Path tokens;

    /**
     * @param fromFile setting {@code twin.query.tokens-file}; the option wins
     * @return empty: no questions are answered
     * @throws CliException naming the option that cannot be used
     */
    Optional<QuerySettings> settings(Optional<Path> fromFile) {
        if (port == null) {
            return Optional.empty();
        }
        if (port < 1 || port > LARGEST_PORT) {
            throw CliException.wrongCall("--query-port must be 1 to " + LARGEST_PORT + ", found " + port);
        }
        Path file = Optional.ofNullable(tokens).or(() -> fromFile).orElseThrow(() -> CliException.wrongCall(
                "--query-port needs --query-tokens FILE (or VITALTWIN_QUERY_TOKENS_FILE, or twin.query.tokens-file in --config): without a token nobody gets an answer"));
        if (self == null && (host.equals("0.0.0.0") || host.equals("::"))) {
            throw CliException.wrongCall("--query-host " + host + " is no address that others can reach: say --query-server HOST:" + port + " too");
        }
        try {
            return Optional.of(new QuerySettings(host, port, self == null ? new Instance(host, port) : Instance.of(self), file));
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall("--query-server: " + e.getMessage(), e);
        }
    }

    /** @throws CliException if the port is taken or the tokens file cannot be used */
    static QueryService start(TwinApp app, TwinConfig config, SchemaIds ids, QuerySettings settings) {
        try {
            return QueryService.start(app, config, ids, settings);
        } catch (JavalinBindException e) {
            throw CliException.failed("the query API cannot listen at " + settings.host() + ":" + settings.port() + "; choose another --query-port", e);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }
}
