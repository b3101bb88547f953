package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Settings of {@code run alerts}: defaults, then the file, then the command line. */
final class AlertsSettings {

    private static final String KAFKA = "kafka.";

    private AlertsSettings() {
    }

    /** @throws CliException if the file cannot be read, has an unknown key or a value that cannot be */
    static AlertsConfig of(ClusterOptions cluster, @Nullable Path file, @Nullable Path stateDir, @Nullable Integer threads) {
        Map<String, String> kafka = new HashMap<>();
        Map<String, String> left = file == null ? new HashMap<>() : read(file);
        left.forEach((key, value) -> {
            if (key.startsWith(KAFKA)) {
                kafka.put(key.substring(KAFKA.length()), value);
            }
        });
        left.keySet().removeIf(key -> key.startsWith(KAFKA) || key.startsWith(ConsoleOptions.PREFIX));
        cluster.clientProperties().forEach((key, value) -> kafka.put(key, String.valueOf(value)));
        kafka.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        Optional<String> id = Optional.ofNullable(left.remove("alerts.application-id"));
        Optional<Path> folder = Optional.ofNullable(stateDir).or(() -> Optional.ofNullable(left.remove("alerts.state-dir")).map(Path::of));
        Optional<String> wanted = Optional.ofNullable(left.remove("alerts.threads"));
        boolean catchUp = catchUp(left.remove("alerts.catch-up"));
        left.remove("alerts.state-dir");
        Optional<PrivacySettings> inFile = PrivacyOptions.settings(Optional.ofNullable(left.remove("privacy.encryption")).orElse("off"),
                Optional.ofNullable(left.remove("privacy.keys")).map(Path::of), Optional.ofNullable(left.remove("privacy.master-key-file")).map(Path::of),
                file + ": privacy.encryption", "privacy.keys");
        left.keySet().stream().sorted().findFirst().ifPresent(key -> {
            throw CliException.wrongCall(file + ": unknown key " + key + "; known are alerts.application-id, alerts.state-dir, alerts.threads, "
                    + "alerts.catch-up, alerts.console.NAME, privacy.encryption, privacy.keys, privacy.master-key-file and kafka.NAME");
        });
        try {
            AlertsConfig config = new AlertsConfig(id.orElse(AlertsConfig.DEFAULT_APPLICATION_ID), cluster.bootstrapServer(), cluster.topics(),
                    folder.orElse(Path.of("state", "alerts")), threads == null ? wanted.map(AlertsSettings::whole).orElse(1) : threads, catchUp, kafka);
            return cluster.privacySettings().or(() -> inFile).map(config::withPrivacy).orElse(config);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall((file == null ? "the command line or --command-config" : file + " or the command line") + ": " + e.getMessage(), e);
        }
    }

    private static boolean catchUp(@Nullable String value) {
        return switch (value) {
            case null -> true;
            case "true" -> true;
            case "false" -> false;
            default -> throw CliException.wrongCall("alerts.catch-up must be true or false, found " + value);
        };
    }

    private static int whole(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("alerts.threads must be a whole number, found " + value, e);
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.wrongCall("cannot read --config " + file + "; give a properties file in UTF-8", e);
        }
        Map<String, String> entries = new HashMap<>();
        properties.forEach((key, value) -> entries.put((String) key, ((String) value).strip()));
        return entries;
    }
}
