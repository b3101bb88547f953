package io.vitaltwin.standalone.replay;

import io.vitaltwin.standalone.Version;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.disclosure.Viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is to be replayed.
 *
 * @param name of the replay; its topics are called by it
 * @param from append time, included
 * @param to append time, excluded
 * @param warmUp how long before {@code from} the state begins to be made
 * @param patients as topics name them; empty: all
 * @param rules rule set file; empty: the one that comes with the program
 * @param viewer for whom and for what
 */
public record ReplayRequest(String name, Instant from, Instant to, Duration warmUp, SortedSet<String> patients, Optional<Path> rules,
        Consents consents, Viewer viewer) {

    /** Which consents are asked. */
    public enum Consents {
        /** Those known today: a replay is new processing. */
        NOW,
        /** Those that were known when each record came, to show what was lawful then. */
        AUDIT
    }

    /** What stands for the real alerts in a comparison. */
    public static final String LIVE = "live";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int DIGEST_LENGTH = 16;

    /** @throws IllegalArgumentException naming what cannot be */
    public ReplayRequest {
        checkName(name);
        patients = new TreeSet<>(patients);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("--from must be before --to, found " + from + " and " + to);
        }
    }

    /** @throws IllegalArgumentException if no replay can be called so */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches() || name.equals(LIVE)) {
            throw new IllegalArgumentException("the name of a replay is 1 to 40 letters a-z, digits and hyphens, and not '" + LIVE + "'");
        }
    }

    Instant start() {
        return from.minus(warmUp);
    }

    /** What two runs under the same name must have in common, by the names of the options. Nobody is named. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("--from", from.toString());
        parameters.put("--to", to.toString());
        parameters.put("--warm-up", warmUp.toString());
        parameters.put("--patient", patientsDigest(name, patients));
        parameters.put("--rules", rulesDigest());
        parameters.put("--consent", consents.name().toLowerCase(Locale.ROOT));
        parameters.put("--purpose", viewer.purpose());
        parameters.put("--actor", viewer.actor());
        parameters.put("--role", viewer.role());
        parameters.put("program", Version.current());
        return parameters;
    }

    /** Tells sets of patients apart without naming anybody. */
    static String patientsDigest(String name, SortedSet<String> patients) {
        return patients.isEmpty() ? "all" : patients.size() + " chosen, digest " + digest((name + '\n' + String.join("\n", patients)).getBytes(StandardCharsets.UTF_8));
    }

    private String rulesDigest() {
        return rules.map(file -> "version " + RuleSetFile.read(file).version() + ", digest " + digest(bytes(file)))
                .orElseGet(() -> "bundled version " + RuleSetFile.bundled().version());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the rule set " + file + " cannot be read", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
