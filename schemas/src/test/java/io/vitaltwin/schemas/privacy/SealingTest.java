package io.vitaltwin.schemas.privacy;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Sealing.Opened;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which records are sealed, under whose key, and what is read of them later. */
class SealingTest {

    private static final String TOPIC = "vt.readings.v1";
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 83};

    @TempDir
    private Path folder;
    private KeyVault vault;
    private Sealing sealing;
    private Pseudonyms pseudonyms;
    private byte[] ann;

    @BeforeEach
    void open() {
        vault = FileKeyVault.open(folder, null);
        sealing = new Sealing(vault);
        pseudonyms = new Pseudonyms(vault);
        ann = bytes(pseudonyms.aliasOf("case-771"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldSealUnderThePatientOfTheKey() {
        byte[] sealed = sealing.seal(TOPIC, ann, VALUE);
        assertThat(sealed).isNotEqualTo(VALUE);
        assertThat(value(sealing.open(TOPIC, sealed))).isEqualTo(VALUE);
        assertThat(sealing.seal(TOPIC, ann, VALUE)).as("the same value twice").isNotEqualTo(sealed);
    }

    @Test
    void shouldSealUnderThePatientOfTheValueWhereTheKeyNamesNone() {
        byte[] value = bytes("seen: " + new String(ann, StandardCharsets.UTF_8));
        byte[] sealed = sealing.seal(TOPIC, bytes("hash of a serial number"), value);
        assertThat(sealed).isNotEqualTo(value);
        assertThat(value(sealing.open(TOPIC, sealed))).isEqualTo(value);
    }

    @Test
    void shouldLeaveAloneWhatSaysNothingOfAnybody() {
        byte[] tick = new AvroSerde<>(Topics.defaults().ticks(), new BundledSchemaIds()).serialize("any", new Tick(0, Instant.EPOCH));
        assertThat(sealing.seal(TOPIC, null, tick)).isSameAs(tick);
        assertThat(sealing.seal(TOPIC, ann, null)).isNull();
        assertThat(sealing.seal(TOPIC, ann, new byte[0])).isEmpty();
        assertThat(value(sealing.open(TOPIC, tick))).isSameAs(tick);
        assertThat(value(sealing.open(TOPIC, null))).isNull();
    }

    @Test
    void shouldForgetThePatientWhenTheKeyIsDestroyed() {
        byte[] sealed = sealing.seal(TOPIC, ann, VALUE);
        vault.destroy("case-771");
        assertThat(sealing.open(TOPIC, sealed)).isEqualTo(new Opened.Erased());
        byte[] late = sealing.seal(TOPIC, ann, VALUE);
        assertThat(late).isNotEqualTo(VALUE);
        assertThat(sealing.open(TOPIC, late)).isEqualTo(new Opened.Erased());
        assertThatThrownBy(() -> pseudonyms.aliasOf("case-771")).isInstanceOf(PatientErased.class);
        assertThat(pseudonyms.patientOf(new String(ann, StandardCharsets.UTF_8))).isEqualTo(new String(ann, StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayThatAnotherVaultSealedIt() {
        byte[] sealed = sealing.seal(TOPIC, ann, VALUE);
        Sealing other = new Sealing(FileKeyVault.open(folder.resolve("other"), null));
        assertThat(other.open(TOPIC, sealed)).isInstanceOf(Opened.Unreadable.class);
    }

    @Test
    void shouldSayThatAValueWasMoved() {
        byte[] sealed = sealing.seal(TOPIC, ann, VALUE);
        assertThat(sealing.open("vt.alerts.v1", sealed)).isInstanceOf(Opened.Unreadable.class);
        assertThat(vault.byAlias(Envelope.keyOf(sealed))).isInstanceOf(KeyVault.Found.Key.class);
    }

    /** Law: what goes out comes in, whoever and whatever it is. */
    @Test
    void shouldOpenEverythingThatWasSealed() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            byte[] value = new byte[random.nextInt(300)];
            random.nextBytes(value);
            byte[] key = bytes(pseudonyms.aliasOf("case-" + random.nextInt(20)));
            assertThat(value(sealing.open(TOPIC, sealing.seal(TOPIC, key, value)))).isEqualTo(value);
        }
    }

    @Test
    void shouldHideAndShowThePatientOfARecord() {
        ConsentRecord consent = ConsentRecord.newBuilder().setPatientId("case-771").setConsentId("c").setVersionId("1")
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(Instant.EPOCH).build();
        pseudonyms.hide(consent);
        assertThat(consent.getPatientId()).isEqualTo(new String(ann, StandardCharsets.UTF_8));
        pseudonyms.hide(consent);
        assertThat(consent.getPatientId()).as("an alias stays").isEqualTo(new String(ann, StandardCharsets.UTF_8));
        pseudonyms.show(consent);
        assertThat(consent.getPatientId()).isEqualTo("case-771");
        Tick tick = new Tick(0, Instant.EPOCH);
        pseudonyms.hide(tick);
        assertThat(tick).isEqualTo(new Tick(0, Instant.EPOCH));
    }

    @Test
    void shouldMakeNoAliasForEverybodyElse() {
        assertThat(pseudonyms.aliasOf("*")).isEqualTo("*");
        assertThat(pseudonyms.knownAliasOf("*")).contains("*");
        assertThat(vault.find("*")).isEmpty();
    }

    private static byte[] value(Opened opened) {
        return ((Opened.Value) opened).bytes();
    }
}
