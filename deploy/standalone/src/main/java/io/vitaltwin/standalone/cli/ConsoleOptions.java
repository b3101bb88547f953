package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.web.OidcSettings;
import io.vitaltwin.alerts.web.ServerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether and how the console is served: defaults, then the file of {@code --config}, then the command line. */
final class ConsoleOptions {

    /** What the keys of the console begin with; the other settings leave them alone. */
    static final String PREFIX = "alerts.console.";
    static final Path DEFAULT_ACCOUNTS = Path.of("state", "console-accounts.yaml");
    private static final Set<String> KEYS = Set.of("enabled", "port", "host", "accounts", "allowed-hosts", "trust-forwarded-proto", "oidc.issuer",
            "oidc.client-id", "oidc.client-secret-file", "oidc.redirect", "oidc.role-claim", "oidc.roles", "oidc.teams-claim", "oidc.patient-claim");

    @Option(names = "--console", description = "Also serve the console: worklist, patients and API.")
    private boolean console;

    @Option(names = "--console-port", paramLabel = "N", description = "Port of the console, 0 for a free one. Default: 8085.")
    private @Nullable Integer port;

    @Option(names = "--console-host", paramLabel = "ADDRESS",
            description = "Where the console listens. Default: 127.0.0.1. Anywhere else belongs behind a proxy that speaks HTTPS.")
    private @Nullable String host;

    /** Empty: no console is wanted. @throws CliException naming the key or option that cannot be */
    Optional<ServerSettings> settings(@Nullable Path file) {
        Map<String, String> keys = file == null ? Map.of() : read(file);
        new TreeSet<>(keys.keySet()).stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw CliException.wrongCall(file + ": unknown key " + PREFIX + key + "; known are " + String.join(", ", new TreeSet<>(KEYS)));
        });
        if (!console && !truth(keys, "enabled")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ServerSettings(Optional.ofNullable(host).or(() -> text(keys, "host")).orElse(ServerSettings.DEFAULT_HOST),
                    Optional.ofNullable(port).or(() -> text(keys, "port").map(ConsoleOptions::port)).orElse(ServerSettings.DEFAULT_PORT),
                    words(keys, "allowed-hosts"), truth(keys, "trust-forwarded-proto"),
                    text(keys, "accounts").map(Path::of).orElse(DEFAULT_ACCOUNTS), text(keys, "oidc.issuer").map(issuer -> oidc(issuer, keys))));
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall((file == null ? "the command line" : file + " or the command line") + ": " + e.getMessage(), e);
        }
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(PREFIX + "port must be 0 to 65535, found " + text);
        }
        return Integer.parseInt(text);
    }

    private static Optional<String> text(Map<String, String> keys, String key) {
        return Optional.ofNullable(keys.get(key)).filter(value -> !value.isBlank());
    }

    private static Set<String> words(Map<String, String> keys, String key) {
        return text(keys, key).stream().flatMap(value -> Arrays.stream(value.split(","))).map(word -> word.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static boolean truth(Map<String, String> keys, String key) {
        return switch (keys.getOrDefault(key, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw CliException.wrongCall(PREFIX + key + " must be true or false");
        };
    }

    private static OidcSettings oidc(String issuer, Map<String, String> keys) {
        return new OidcSettings(URI.create(issuer), text(keys, "oidc.client-id").orElse(""),
                text(keys, "oidc.client-secret-file").map(file -> secret(Path.of(file))).orElse(""),
                URI.create(text(keys, "oidc.redirect").orElseThrow(() -> new IllegalArgumentException(PREFIX + "oidc.redirect is missing"))),
                text(keys, "oidc.role-claim").orElse("groups"), roles(text(keys, "oidc.roles").orElse("")),
                text(keys, "oidc.teams-claim").orElse("teams"), text(keys, "oidc.patient-claim").orElse("patient"));
    }

    /** {@code ward-nurses=NURSE, it=OPS} */
    private static Map<String, String> roles(String text) {
        Map<String, String> roles = new HashMap<>();
        for (String pair : text.split(",")) {
            String[] parts = pair.strip().split("=", -1);
            if (parts.length != 2 || Arrays.stream(Role.values()).noneMatch(role -> role.name().equals(parts[1]))) {
                throw new IllegalArgumentException(PREFIX + "oidc.roles must be pairs such as ward-nurses=NURSE with commas between; roles are "
                        + Arrays.toString(Role.values()));
            }
            roles.put(parts[0], parts[1]);
        }
        return roles;
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CliException.wrongCall(PREFIX + "oidc.client-secret-file " + file + " cannot be read", e);
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.wrongCall("cannot read --config " + file + "; give a properties file in UTF-8", e);
        }
        Map<String, String> keys = new HashMap<>();
        properties.forEach((key, value) -> {
            if (((String) key).startsWith(PREFIX)) {
                keys.put(((String) key).substring(PREFIX.length()), ((String) value).strip());
            }
        });
        return keys;
    }
}
