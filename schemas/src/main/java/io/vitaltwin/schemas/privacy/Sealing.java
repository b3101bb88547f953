package io.vitaltwin.schemas.privacy;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;

import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the values of records under the key of the patient that they are about, and opens them. Safe for use by several threads.
 *
 * <p>A record is about the first alias that stands in its key, or else in its value. What names no alias, such as a tick, stays as it is;
 * so do tombstones and empty values, which say nothing.
 */
public final class Sealing {

    /** What a value turned out to be. */
    public sealed interface Opened {

        /** The value as it was before it was sealed, or as it came when it never was; null for a tombstone. */
        record Value(byte @Nullable [] bytes) implements Opened {
        }

        /** Its key was destroyed: the record is as if it had never been. */
        record Erased() implements Opened {
        }

        /** No key of this vault opens it, or somebody changed it. */
        record Unreadable(String reason) implements Opened {
        }
    }

    private static final int KEY_BYTES = 32;
    private static final Opened ERASED = new Opened.Erased();

    private final KeyVault vault;
    private final SecureRandom random = new SecureRandom();

    public Sealing(KeyVault vault) {
        this.vault = vault;
    }

    /**
     * The value as it may be written. One about a patient whose key was destroyed meanwhile is sealed under a key that nobody keeps: a writer
     * that has not heard of the erasure yet writes nothing that can be read.
     *
     * @throws VaultProblem when the vault cannot be read: nothing is written in the clear for that
     */
    public byte @Nullable [] seal(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return value;
        }
        Alias alias = (key == null ? java.util.Optional.<Alias>empty() : Alias.in(key)).or(() -> Alias.in(value)).orElse(null);
        if (alias == null) {
            return value;
        }
        return switch (vault.byAlias(alias)) {
            case KeyVault.Found.Key found -> Envelope.seal(topic, alias, found.key().secret(), value);
            case KeyVault.Found.Erased erased -> Envelope.seal(topic, alias, oneTime(), value);
            case KeyVault.Found.Unknown unknown -> value; // a patient who merely looks like an alias: nothing was promised
        };
    }

    private SecretKeySpec oneTime() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    /** @throws VaultProblem when the vault cannot be read */
    public Opened open(String topic, byte @Nullable [] value) {
        if (value == null || !Envelope.isEnvelope(value)) {
            return new Opened.Value(value);
        }
        return switch (vault.byAlias(Envelope.keyOf(value))) {
            case KeyVault.Found.Key found -> opened(Envelope.open(topic, found.key().secret(), value));
            case KeyVault.Found.Erased erased -> ERASED;
            case KeyVault.Found.Unknown unknown -> new Opened.Unreadable("sealed under a key that this vault does not have");
        };
    }

    private static Opened opened(byte @Nullable [] bytes) {
        return bytes == null ? new Opened.Unreadable("sealed for another topic or patient, or changed since") : new Opened.Value(bytes);
    }
}
