package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Settings of {@code run twin}: defaults, then the file, then the command line. */
final class TwinSettings {

    private static final String KAFKA = "kafka.";
    private static final String TOKENS = "twin.query.tokens-file";

    private final Path file;
    private final Map<String, String> left = new HashMap<>();

    private TwinSettings(Path file) {
        this.file = file;
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.wrongCall("cannot read --config " + file + "; give a properties file in UTF-8", e);
        }
        properties.forEach((key, value) -> left.put((String) key, ((String) value).strip()));
    }

    /** @throws CliException if the file cannot be read, has an unknown key or a value that cannot be */
    static TwinConfig of(
            ClusterOptions cluster, @Nullable Path file, @Nullable Path stateDir, @Nullable Integer threads, @Nullable Path rules) {
        Map<String, String> kafka = new HashMap<>();
        cluster.clientProperties().forEach((key, value) -> kafka.put(key, String.valueOf(value)));
        kafka.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        TwinConfig defaults = TwinConfig.of(cluster.bootstrapServer(), cluster.topics(), Path.of("state", "twin"));
        if (threads != null && threads < 1) {
            throw CliException.wrongCall("--threads must be at least 1, found " + threads);
        }
        try {
            TwinConfig fromFile = (file == null ? defaults : new TwinSettings(file).over(defaults)).withKafka(kafka);
            TwinConfig config = new TwinConfig(fromFile.applicationId(), fromFile.bootstrapServers(), fromFile.topics(),
                    stateDir == null ? fromFile.stateDir() : stateDir, threads == null ? fromFile.threads() : threads,
                    fromFile.tickInterval(), rules == null ? fromFile.ruleSet() : Optional.of(rules), fromFile.snapshotInterval(), fromFile.kafka());
            return cluster.privacySettings().map(config::withPrivacy).orElse(config);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall((file == null ? "--command-config" : file + " or --command-config") + ": " + e.getMessage(), e);
        }
    }

    /** Setting {@code twin.query.tokens-file}. @throws CliException if the file cannot be read */
    static Optional<Path> tokens(@Nullable Path file) {
        return file == null ? Optional.empty() : new TwinSettings(file).take(TOKENS).map(Path::of);
    }

    private TwinConfig over(TwinConfig defaults) {
        TwinConfig config = new TwinConfig(
                take("twin.application-id").orElse(defaults.applicationId()),
                defaults.bootstrapServers(),
                defaults.topics(),
                take("twin.state-dir").map(Path::of).orElse(defaults.stateDir()),
                take("twin.threads").map(value -> positive("twin.threads", value)).orElse(defaults.threads()),
                take("twin.tick-interval").map(value -> span("twin.tick-interval", value)).orElse(defaults.tickInterval()),
                take("twin.rule-set").map(Path::of),
                take("twin.snapshot-interval").map(value -> span("twin.snapshot-interval", value)).orElse(defaults.snapshotInterval()),
                kafka());
        Optional<PrivacySettings> privacy = PrivacyOptions.settings(take("privacy.encryption").orElse("off"), take("privacy.keys").map(Path::of),
                take("privacy.master-key-file").map(Path::of), file + ": privacy.encryption", "privacy.keys");
        left.remove(TOKENS);
        left.keySet().stream().sorted().findFirst().ifPresent(key -> {
            throw CliException.wrongCall(file + ": unknown key " + key + "; known are twin.application-id, twin.state-dir, twin.threads, "
                    + "twin.tick-interval, twin.snapshot-interval, twin.rule-set, twin.query.tokens-file, privacy.encryption, privacy.keys, privacy.master-key-file and kafka.NAME");
        });
        return privacy.map(config::withPrivacy).orElse(config);
    }

    private Map<String, String> kafka() {
        Map<String, String> kafka = new HashMap<>();
        left.forEach((key, value) -> {
            if (key.startsWith(KAFKA)) {
                kafka.put(key.substring(KAFKA.length()), value);
            }
        });
        left.keySet().removeIf(key -> key.startsWith(KAFKA));
        return kafka;
    }

    private Optional<String> take(String key) {
        return Optional.ofNullable(left.remove(key)).filter(value -> !value.isEmpty());
    }

    private int positive(String key, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw CliException.wrongCall(file + ": " + key + " must be a whole number, found " + value, e);
        }
        throw CliException.wrongCall(file + ": " + key + " must be at least 1, found " + value);
    }

    private Duration span(String key, String value) {
        try {
            Duration span = Duration.parse(value);
            if (!span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            throw CliException.wrongCall(file + ": " + key + " must be a span such as PT1S, found " + value, e);
        }
        throw CliException.wrongCall(file + ": " + key + " must not be negative, found " + value);
    }
}
