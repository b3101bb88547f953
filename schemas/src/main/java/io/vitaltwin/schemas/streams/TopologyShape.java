package io.vitaltwin.schemas.streams;

import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name for the shape of a topology, so that whoever upgrades can tell whether the running instances have the same one. An instance carries it in its client id,
 * which the coordinator of the group shows to anybody who may describe the group: nothing has to be stored or asked of the instance.
 */
public final class TopologyShape {

    private static final int CHARACTERS = 12;
    private static final String MARK = "-topology.";
    private static final Pattern MARKED = Pattern.compile(Pattern.quote(MARK) + "([0-9a-f]{" + CHARACTERS + "})-");
    private static final Pattern LIST = Pattern.compile("\\[([^]]*)]");

    private TopologyShape() {
    }

    /** Twelve hexadecimal digits: the same for the same sources, processors, stores and sinks, in whatever order Kafka Streams names them. */
    public static String of(Topology topology) {
        String shape = topology.describe().toString().lines().map(TopologyShape::sorted).collect(Collectors.joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String sorted(String line) {
        return LIST.matcher(line).replaceAll(list -> Matcher.quoteReplacement("[" + names(list) + "]"));
    }

    private static String names(MatchResult list) {
        return Arrays.stream(list.group(1).split(", ")).sorted().collect(Collectors.joining(", "));
    }

    /** Lets the clients of an application carry its shape, unless somebody chose another client id. */
    public static Properties mark(Properties properties, Topology topology) {
        properties.putIfAbsent(StreamsConfig.CLIENT_ID_CONFIG,
                properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG) + MARK + of(topology) + "-" + UUID.randomUUID());
        return properties;
    }

    /** The shape that a client id carries; empty where it carries none. */
    public static Optional<String> inClientId(String clientId) {
        Matcher matcher = MARKED.matcher(clientId);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
