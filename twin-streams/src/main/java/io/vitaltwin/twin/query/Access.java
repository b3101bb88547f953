package io.vitaltwin.twin.query;

import io.vitaltwin.twin.core.disclosure.Viewer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask: bearer tokens, and what each stands for. Only hashes are kept. The file is YAML:
 * <pre>
 *   peer: TEXT                      # known to the instances of one application and nobody else; needed where there are several
 *   tokens:
 *     - {token: TEXT, actor: anna, role: nurse, purpose: TREAT}
 *     - {sha256: 64 hex digits, actor: lab, purpose: HRESCH}
 * </pre>
 */
public final class Access {

    /** Shorter ones could be guessed. Project default, no source. */
    private static final int SHORTEST = 16;
    private static final String BEARER = "Bearer ";
    private static final Set<String> KEYS = Set.of("token", "sha256", "actor", "role", "purpose");

    private record Entry(byte[] hash, Viewer viewer) {
    }

    private final List<Entry> entries;
    private final @Nullable String peer;

    private Access(List<Entry> entries, @Nullable String peer) {
        this.entries = List.copyOf(entries);
        this.peer = peer;
    }

    /** @throws IllegalArgumentException naming the file and what is wrong in it, never a token */
    public static Access read(Path file) {
        try {
            return of(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("tokens file " + file + " cannot be read: name a file that exists and is readable", e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("tokens file " + file + " is not YAML");     // its message would quote the line, and so a token
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tokens file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Access of(@Nullable Object root) {
        if (!(root instanceof Map<?, ?> map) || !(map.get("tokens") instanceof List<?> tokens) || tokens.isEmpty()) {
            throw new IllegalArgumentException("it needs a list 'tokens' with one entry at least");
        }
        map.keySet().stream().filter(key -> !Set.of("tokens", "peer").contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("unknown key " + key + "; known are tokens and peer");
        });
        List<Entry> entries = new ArrayList<>();
        for (Object one : tokens) {
            if (!(one instanceof Map<?, ?> entry) || !KEYS.containsAll(entry.keySet())) {
                throw new IllegalArgumentException("entry " + (entries.size() + 1) + " of tokens must have token or sha256, actor, purpose and perhaps role");
            }
            entries.add(entry(entry, entries.size() + 1));
        }
        Object peer = map.get("peer");
        if (peer != null && peer.toString().length() < SHORTEST) {
            throw new IllegalArgumentException("peer must have " + SHORTEST + " characters at least");
        }
        return new Access(entries, peer == null ? null : peer.toString());
    }

    private static Entry entry(Map<?, ?> entry, int number) {
        String token = text(entry, "token");
        String hash = text(entry, "sha256");
        if (token.isEmpty() == hash.isEmpty()) {
            throw new IllegalArgumentException("entry " + number + " of tokens must have either token or sha256");
        }
        if (hash.isEmpty() && token.length() < SHORTEST) {
            throw new IllegalArgumentException("the token of entry " + number + " must have " + SHORTEST + " characters at least");
        }
        if (token.isEmpty() && !hash.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("sha256 of entry " + number + " must be 64 hexadecimal digits");
        }
        try {
            return new Entry(token.isEmpty() ? HexFormat.of().parseHex(hash) : hash(token), new Viewer(text(entry, "purpose"), text(entry, "actor"), text(entry, "role")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("entry " + number + " of tokens: " + e.getMessage(), e);
        }
    }

    private static String text(Map<?, ?> entry, String key) {
        Object value = entry.get(key);
        return value == null ? "" : value.toString();
    }

    /** @param authorization the header; null: there was none @throws Problem 401 if it names nobody */
    Viewer viewer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Problem.notSignedIn();
        }
        byte[] given = hash(authorization.substring(BEARER.length()).strip());
        Viewer found = null;
        for (Entry entry : entries) {
            found = MessageDigest.isEqual(entry.hash, given) ? entry.viewer : found;
        }
        return Optional.ofNullable(found).orElseThrow(Problem::notSignedIn);
    }

    /** What the instances of the application tell each other by; empty: there is only one. */
    Optional<String> peer() {
        return Optional.ofNullable(peer);
    }

    boolean isPeer(@Nullable String given) {
        return peer != null && given != null && MessageDigest.isEqual(hash(peer), hash(given));
    }

    /** 32 bytes for this use, the same in all instances that have this file. */
    byte[] secret(String use) {
        StringBuilder all = new StringBuilder(use).append('\n').append(peer == null ? "" : peer);
        entries.forEach(entry -> all.append('\n').append(HexFormat.of().formatHex(entry.hash)));
        return hash(all.toString());
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
