package io.vitaltwin.schemas.privacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sealed value gives away, to whom it opens, and what closes it for ever. */
class EnvelopeTest {

    private static final String TOPIC = "vt.readings.v1";
    private static final byte[] VALUE = "saturation 83 of case-771".getBytes(StandardCharsets.UTF_8);

    private final Random random = new Random(7);
    private final Alias alias = Alias.random(new SecureRandom());
    private final SecretKey secret = key();

    private SecretKey key() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 1000, 100_000})
    void shouldOpenWhatItSealed(int length) {
        for (int i = 0; i < 20; i++) {
            byte[] value = new byte[length];
            random.nextBytes(value);
            byte[] sealed = Envelope.seal(TOPIC, alias, secret, value);
            assertThat(sealed).hasSize(length + Envelope.OVERHEAD);
            assertThat(Envelope.isEnvelope(sealed)).isTrue();
            assertThat(Envelope.keyOf(sealed)).isEqualTo(alias);
            assertThat(Envelope.open(TOPIC, secret, sealed)).isEqualTo(value);
        }
    }

    @Test
    void shouldBeginAsDocumentedAndNotShowTheValue() {
        byte[] sealed = Envelope.seal(TOPIC, alias, secret, VALUE);
        assertThat(HexFormat.of().formatHex(sealed)).startsWith("01" + "5654" + "01" + alias.digits());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("case-771").doesNotContain("saturation");
    }

    @Test
    void shouldNotOpenUnderAnotherKeyOrOnAnotherTopic() {
        byte[] sealed = Envelope.seal(TOPIC, alias, secret, VALUE);
        assertThat(Envelope.open(TOPIC, key(), sealed)).isNull();
        assertThat(Envelope.open("vt.alerts.v1", secret, sealed)).isNull();
    }

    @Test
    void shouldNotOpenOnceAnyByteWasChanged() {
        byte[] sealed = Envelope.seal(TOPIC, alias, secret, VALUE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(Envelope.open(TOPIC, secret, changed)).as("byte %d", i).isNull();
        }
    }

    @Test
    void shouldNotOpenWhatWasCutOff() {
        byte[] sealed = Envelope.seal(TOPIC, alias, secret, VALUE);
        for (int length = Envelope.OVERHEAD; length < sealed.length; length++) {
            assertThat(Envelope.open(TOPIC, secret, java.util.Arrays.copyOf(sealed, length))).isNull();
        }
        assertThat(Envelope.isEnvelope(java.util.Arrays.copyOf(sealed, Envelope.OVERHEAD - 1))).isFalse();
    }

    @Test
    void shouldUseEachNonceOnce() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] sealed = Envelope.seal(TOPIC, alias, secret, VALUE);
            nonces.add(HexFormat.of().formatHex(sealed, 20, 20 + Envelope.NONCE));
        }
        assertThat(nonces).hasSize(50_000);
    }

    @Test
    void shouldNotTakeTheConfluentFormatForAnEnvelope() {
        byte[] confluent = new byte[200];
        confluent[4] = 7;
        assertThat(Envelope.isEnvelope(confluent)).isFalse();
    }
}
