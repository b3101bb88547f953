package io.vitaltwin.schemas.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key over all keys of a vault: 32 random bytes, in its file as 64 hexadecimal digits. It is never used itself: one key that wraps
 * patients' keys (AES key wrap, RFC 3394) and one that hides their names (HMAC-SHA256) are derived from it.
 */
final class MasterKey {

    static final int BYTES = 32;
    /** Bytes of a wrapped key of 32 bytes: RFC 3394 adds 8. */
    static final int WRAPPED = BYTES + 8;

    private static final String HMAC = "HmacSHA256";
    private static final String WRAP = "AESWrap";

    private final SecretKey wrapping;
    private final SecretKey hiding;

    private MasterKey(byte[] secret) {
        SecretKey master = new SecretKeySpec(secret, HMAC);
        this.wrapping = new SecretKeySpec(hmac(master, "vitaltwin wraps keys"), "AES");
        this.hiding = new SecretKeySpec(hmac(master, "vitaltwin hides names"), HMAC);
    }

    /** Reads the key, or makes it when the file is not there and may be made. */
    static MasterKey of(Path file, boolean mayBeMade) {
        try {
            if (!Files.exists(file)) {
                if (!mayBeMade) {
                    throw new VaultProblem("there is no master key " + file + "; without it no record of this vault can be read: give "
                            + "privacy.master-key-file, or put the file back from its backup");
                }
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                PrivateFiles.create(file, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
            }
            PrivateFiles.requirePrivate(file);
            return new MasterKey(parse(file, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new VaultProblem("the master key " + file + " cannot be read (" + e.getClass().getSimpleName() + "); check who may read it", e);
        }
    }

    private static byte[] parse(Path file, byte[] text) {
        try {
            byte[] secret = HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII).strip());
            if (secret.length == BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            throw notAKey(file); // what it says may quote the file
        }
        throw notAKey(file);
    }

    private static VaultProblem notAKey(Path file) {
        return new VaultProblem(file + " is not a master key: it must be " + 2 * BYTES + " hexadecimal digits, as 'openssl rand -hex 32' makes them");
    }

    /** The same text gives the same bytes, and nobody without this key can tell which text it was. */
    byte[] hidden(String text) {
        return hmac(hiding, text);
    }

    byte[] wrap(SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance(WRAP);
            cipher.init(Cipher.WRAP_MODE, wrapping);
            return cipher.wrap(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot be wrapped: " + e.getClass().getSimpleName(), e);
        }
    }

    /** @throws GeneralSecurityException when another master wrapped it, or somebody changed it */
    SecretKey unwrap(byte[] wrapped) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(WRAP);
        cipher.init(Cipher.UNWRAP_MODE, wrapping);
        return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }

    private static byte[] hmac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }
}
