package io.vitaltwin.schemas.privacy;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A sealed value: {@code 01 'V' 'T'}, version, name of the key (16 bytes), nonce (12 bytes), AES-256-GCM ciphertext with its tag (16 bytes).
 * Values in the Confluent wire format begin with 0, so the two cannot be taken for each other. The topic and the name of the key are
 * authenticated: a value that is moved to another topic or patient does not open.
 *
 * @see "NIST SP 800-38D, section 8.2.2: random nonces of 96 bits; at most 2^32 values under one key"
 */
final class Envelope {

    static final byte VERSION = 1;
    static final int NONCE = 12;
    static final int TAG = 16;

    private static final byte[] MAGIC = {1, 'V', 'T', VERSION};
    private static final int HEADER = MAGIC.length + Alias.BYTES + NONCE;
    /** What sealing adds to a value. */
    static final int OVERHEAD = HEADER + TAG;

    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Envelope::cipher);
    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private Envelope() {
    }

    static boolean isEnvelope(byte[] value) {
        if (value.length < OVERHEAD) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (value[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The key that the value names. @param value an envelope */
    static Alias keyOf(byte[] value) {
        return Alias.of(value, MAGIC.length);
    }

    static byte[] seal(String topic, Alias alias, SecretKey secret, byte[] value) {
        byte[] nonce = new byte[NONCE];
        RANDOM.get().nextBytes(nonce);
        byte[] sealed = new byte[OVERHEAD + value.length];
        ByteBuffer.wrap(sealed).put(MAGIC).put(alias.bytes()).put(nonce);
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            cipher.updateAAD(authenticated(topic, sealed));
            cipher.doFinal(value, 0, value.length, sealed, HEADER);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value cannot be sealed: " + e.getClass().getSimpleName(), e);
        }
    }

    /** What was sealed; null when another key, another topic or another hand made it. */
    static byte @Nullable [] open(String topic, SecretKey secret, byte[] sealed) {
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.DECRYPT_MODE, secret, new GCMParameterSpec(TAG * Byte.SIZE, sealed, HEADER - NONCE, NONCE));
            cipher.updateAAD(authenticated(topic, sealed));
            return cipher.doFinal(sealed, HEADER, sealed.length - HEADER);
        } catch (AEADBadTagException e) {
            return null; // that is how it is told
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value cannot be opened: " + e.getClass().getSimpleName(), e);
        }
    }

    private static byte[] authenticated(String topic, byte[] sealed) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + MAGIC.length + Alias.BYTES).put(name).put(sealed, 0, MAGIC.length + Alias.BYTES).array();
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
