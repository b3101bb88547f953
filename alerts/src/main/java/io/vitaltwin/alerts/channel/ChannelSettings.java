package io.vitaltwin.alerts.channel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/**
 * Settings of one channel, and which of them were asked for. A secret {@code NAME} never stands in the settings themselves: {@code NAME.file} names a file
 * that holds it, or {@code NAME.env} an environment variable. Used by one thread.
 */
public final class ChannelSettings {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_SECRET = 16_384;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String channel;
    private final Map<String, String> values;
    private final UnaryOperator<@Nullable String> environment;
    private final Set<String> asked = new HashSet<>();

    /** @param environment value of an environment variable by its name; null: it is not set */
    public ChannelSettings(String channel, Map<String, String> values, UnaryOperator<@Nullable String> environment) {
        this.channel = channel;
        this.values = new TreeMap<>(values);
        this.environment = environment;
    }

    /** What stands there. @return empty: it is not set, or blank */
    public Optional<String> text(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** @throws ChannelSettingException if it is missing */
    public String required(String key) {
        return text(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    /** What stands there, on one line: it becomes part of a protocol's own lines. @throws ChannelSettingException if it holds a control character */
    public Optional<String> line(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && CONTROL.matcher(text.get()).find()) {
            throw wrong(key, "must be one line without control characters");
        }
        return text;
    }

    /** A whole number. @throws ChannelSettingException if it is none, or outside the bounds, both included */
    public int number(String key, int otherwise, int least, int most) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        String rule = "must be a whole number from " + least + " to " + most + ", found " + text.get();
        try {
            int number = Integer.parseInt(text.get());
            if (number < least || number > most) {
                throw wrong(key, rule);
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(key, rule);
        }
    }

    /** true or false. @throws ChannelSettingException if it is neither */
    public boolean flag(String key, boolean otherwise) {
        return switch (text(key).orElse(Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, "must be true or false, found " + values.get(key));
        };
    }

    /** The setting {@code timeout}: how long one sending may take in all, such as {@code 500ms}, {@code 10s} or {@code 2m}; 10 seconds where it is not set. */
    public Duration timeout() {
        Optional<String> text = text("timeout");
        if (text.isEmpty()) {
            return DEFAULT_TIMEOUT;
        }
        Matcher matcher = SPAN.matcher(text.get());
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration span = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                default -> Duration.ofMinutes(count);
            };
            if (span.isPositive() && span.compareTo(LONGEST) <= 0) {
                return span;
            }
        }
        throw wrong("timeout", "must be a span such as 500ms, 10s or 2m, longer than zero and at most 5m, found " + text.get());
    }

    /** An https URL; http only to this machine, or where the setting {@code plain-http} allows it. @throws ChannelSettingException if it is another */
    public URI url(String key) {
        return url(key, required(key));
    }

    /** As {@link #url(String)}, with a URL for when it is not set. */
    public URI url(String key, URI otherwise) {
        Optional<String> text = text(key);
        return text.isPresent() ? url(key, text.get()) : otherwise;
    }

    /** A URL that gives access to who knows it. @throws ChannelSettingException as {@link #url(String)} and {@link #secret}; without the URL */
    public URI secretUrl(String key) {
        return url(key, secret(key).reveal());
    }

    private URI url(String key, String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(key, "is no URL");
        }
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw wrong(key, "must be a URL with a host, without user and fragment");
        }
        boolean plainAllowed = flag("plain-http", false) || THIS_MACHINE.contains(host);
        if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && plainAllowed)) {
            throw wrong(key, "must begin with https; http is for this machine, or with plain-http = true");
        }
        return url;
    }

    /** As {@link #url(String)}, for text that was made of a setting. @throws ChannelSettingException if it is another */
    public void checkUrl(String key, String text) {
        url(key, text);
    }

    /** @throws ChannelSettingException if HTTP has no place for such a header; without the value */
    public void checkHeader(String key, String name, Secret value) {
        try {
            HttpRequest.newBuilder().header(name, value.reveal());
        } catch (IllegalArgumentException e) {
            throw wrong(key, "cannot be a header of a request");
        }
    }

    /** A setting that stands among secrets and is none itself. @throws ChannelSettingException if it is missing */
    public Secret plain(String key) {
        return new Secret(required(key));
    }

    /** Settings below a prefix, by what follows it. */
    public SortedMap<String, String> below(String prefix) {
        SortedMap<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                asked.add(key);
                found.put(key.substring(prefix.length()), value.strip());
            }
        });
        return found;
    }

    /** @throws ChannelSettingException if it is not set, set twice, or cannot be read */
    public Secret secret(String key) {
        return optionalSecret(key).orElseThrow(() -> wrong(key, "is missing: name a file in " + key + ".file or an environment variable in " + key + ".env"));
    }

    /** @return empty: it is not set; @throws ChannelSettingException if it is set twice or cannot be read */
    public Optional<Secret> optionalSecret(String key) {
        Optional<String> file = text(key + ".file");
        Optional<String> variable = text(key + ".env");
        if (values.containsKey(key)) {
            throw wrong(key, "is a secret: put it in a file and name that in " + key + ".file, or in an environment variable and name that in " + key + ".env");
        }
        if (file.isPresent() && variable.isPresent()) {
            throw wrong(key, "is given twice: leave out " + key + ".file or " + key + ".env");
        }
        return file.isPresent() ? Optional.of(fromFile(key + ".file", file.get())) : variable.map(name -> fromVariable(key + ".env", name));
    }

    private Secret fromFile(String key, String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LARGEST_SECRET) {
                throw wrong(key, "the file " + file + " is larger than " + LARGEST_SECRET + " bytes");
            }
            return checked(key, "the file " + file, Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            throw wrong(key, "the file " + file + " cannot be read as UTF-8 (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Secret fromVariable(String key, String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw wrong(key, "the environment variable " + name + " is not set");
        }
        return checked(key, "the environment variable " + name, value);
    }

    private Secret checked(String key, String where, String text) {
        if (text.isBlank()) {
            throw wrong(key, where + " is empty");
        }
        return new Secret(text.strip());
    }

    /**
     * Whom TLS trusts: the setting {@code trust.file}, a file of PEM certificates; where it is not set, whom the Java platform trusts.
     *
     * @throws ChannelSettingException if the file holds no certificate
     */
    public SSLContext trust() {
        Optional<String> file = text("trust.file");
        try {
            return file.isPresent() ? Trust.in(Path.of(file.get())) : Trust.ofThePlatform();
        } catch (IOException | InvalidPathException e) {
            throw wrong("trust.file", "the file " + file.orElseThrow() + " cannot be read as PEM certificates (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** For a factory that finds a setting wrong. @param rule what it must be, and the value found unless that is a secret */
    public ChannelSettingException wrong(String key, String rule) {
        return new ChannelSettingException(channel, key, rule);
    }

    /** @throws ChannelSettingException if there is a setting that nobody asked for */
    void refuseTheRest() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw wrong(key, "is unknown; known are " + String.join(", ", new TreeSet<>(asked)));
            }
        }
    }
}
