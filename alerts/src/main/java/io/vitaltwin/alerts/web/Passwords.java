package io.vitaltwin.alerts.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: {@code pbkdf2-sha256$ITERATIONS$SALT$HASH}, salt and hash in hexadecimal.
 *
 * @see "OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 iterations"
 */
final class Passwords {

    static final int ITERATIONS = 600_000;
    /** Project default, no source. */
    static final int SHORTEST = 12;
    private static final int LONGEST = 1_024;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final String SCHEME = "pbkdf2-sha256";
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of nobody: somebody who does not exist takes as long as somebody who does. */
    private static final String NOBODY = SCHEME + "$" + ITERATIONS + "$" + "00".repeat(SALT_BYTES) + "$" + "00".repeat(HASH_BITS / 8);

    private Passwords() {
    }

    /** 256 random bits in letters and digits. */
    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A first password that people can type. */
    static String typable() {
        byte[] bytes = new byte[10];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).replaceAll("(.{4})(?=.)", "$1-");
    }

    static boolean isLongEnough(String password) {
        return password.length() >= SHORTEST && password.length() <= LONGEST;
    }

    static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return SCHEME + "$" + ITERATIONS + "$" + HexFormat.of().formatHex(salt) + "$" + HexFormat.of().formatHex(derive(password, salt, ITERATIONS));
    }

    /** @throws IllegalArgumentException if that is no hash as {@link #hash} makes it, or one of fewer iterations */
    static void check(String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("\\d{6,9}") || Integer.parseInt(parts[1]) < ITERATIONS
                || !parts[2].matches("[0-9a-f]{32,}") || !parts[3].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a password hash must be " + SCHEME + "$ITERATIONS$SALT$HASH with at least " + ITERATIONS + " iterations");
        }
    }

    static boolean isRight(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        byte[] found = derive(password.length() > LONGEST ? "" : password, HexFormat.of().parseHex(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(found, HexFormat.of().parseHex(parts[3]));
    }

    /** Takes the time that a right user would take. */
    static void waste(String password) {
        if (isRight(password, NOBODY)) {
            throw new IllegalStateException("a hash of zeros cannot be found");
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2 with HMAC-SHA-256", e);
        }
    }

    /** For tokens of 256 random bits, which nobody can guess however fast the hash is. */
    static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
