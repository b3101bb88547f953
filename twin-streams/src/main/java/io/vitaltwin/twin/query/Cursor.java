package io.vitaltwin.twin.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Where the next page begins, sealed: it may name a patient who was withheld. */
final class Cursor {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param secret 32 bytes, the same in all instances */
    Cursor(byte[] secret) {
        this.key = new SecretKeySpec(secret, "AES");
    }

    String seal(String patient) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(patient.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    /** @throws Problem 422 if it was not made here */
    String open(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, NONCE_BYTES, Math.max(0, bytes.length - NONCE_BYTES)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Problem.wrong("after", "after must be what the page before gave as next");
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
