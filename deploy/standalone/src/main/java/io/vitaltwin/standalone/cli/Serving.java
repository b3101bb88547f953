package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.web.Accounts;
import io.vitaltwin.alerts.web.ServerSettings;
import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console beside the workflow, where it is wanted. Closing twice is closing once. */
final class Serving implements AutoCloseable {

    private final @Nullable ConsolePart part;

    private Serving(@Nullable ConsolePart part) {
        this.part = part;
    }

    static Serving none() {
        return new Serving(null);
    }

    /** Says where it is, and a first password once. @throws CliException if it cannot start */
    static Serving start(ClusterOptions cluster, AlertsConfig config, ServerSettings settings) {
        if (config.privacy().isPresent() && !cluster.privacy().isOn()) {
            throw CliException.wrongCall("--console needs --encryption on and --keys on the command line, not in the file of settings only");
        }
        try {
            ConsolePart part = ConsolePart.start(cluster, settings, List.of(TwinConfig.DEFAULT_APPLICATION_ID, config.applicationId()));
            say(cluster, part, settings);
            return new Serving(part);
        } catch (KafkaException | DisclosureFailed | IllegalStateException | Accounts.AccountsProblem e) {
            throw CliException.failed("the console cannot start: " + e.getMessage(), e);
        }
    }

    private static void say(ClusterOptions cluster, ConsolePart part, ServerSettings settings) {
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("console", part.uri().toString());
            part.firstPassword().ifPresent(password -> line.put("firstPassword", password));
            cluster.printJson(line);
        } else {
            cluster.out().println("console at " + part.uri());
            part.firstPassword().ifPresent(password -> cluster.out().println("accounts in " + settings.accounts() + ": user admin, password (shown once): " + password));
        }
        cluster.out().flush();
    }

    /** What stopped it; empty while nothing did. */
    Optional<Throwable> failure() {
        return part == null ? Optional.empty() : part.failure();
    }

    @Override
    public synchronized void close() {
        if (part != null) {
            part.close();
        }
    }
}
