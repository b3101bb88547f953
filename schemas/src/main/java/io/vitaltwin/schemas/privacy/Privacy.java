package io.vitaltwin.schemas.privacy;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/**
 * What every front door and every way out asks: clients that seal and open, and the names of patients on topics. While encryption is off the
 * clients are Kafka's own, names stay as they are, and no byte differs.
 */
public final class Privacy {

    private static final Privacy OFF = new Privacy(null);

    private final @Nullable KeyVault vault;

    private Privacy(@Nullable KeyVault vault) {
        this.vault = vault;
    }

    public static Privacy off() {
        return OFF;
    }

    public static Privacy on(KeyVault vault) {
        return new Privacy(vault);
    }

    public boolean isOn() {
        return vault != null;
    }

    /** Empty while encryption is off. */
    public Optional<KeyVault> vault() {
        return Optional.ofNullable(vault);
    }

    /** A producer of records whose keys are patients as people know them. */
    public Producer<String, byte[]> producer(Map<String, Object> settings) {
        return vault == null ? new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())
                : SealedProducer.ofPatients(settings, new Sealing(vault), new Pseudonyms(vault));
    }

    /** A consumer whose keys are patients as people know them; records of patients who were erased are left out. */
    public Consumer<String, byte[]> consumer(Map<String, Object> settings) {
        return vault == null ? new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())
                : SealedConsumer.ofPatients(settings, new Sealing(vault), new Pseudonyms(vault));
    }

    /** How the patient is called on topics; the same while encryption is off. @throws PatientErased when the patient was erased */
    public String onTopics(String patient) {
        return vault == null ? patient : new Pseudonyms(vault).knownAliasOf(patient).orElse(patient);
    }

    /** How people know the patient; the text itself when it is no alias of somebody who is known. */
    public String toPeople(String onTopics) {
        return vault == null ? onTopics : new Pseudonyms(vault).patientOf(onTopics);
    }

    /** Puts the name that stands on topics into a record before it is written. @throws PatientErased when the patient was erased */
    public void hide(SpecificRecord record) {
        if (vault != null) {
            new Pseudonyms(vault).hide(record);
        }
    }

    /** Puts the name that people know into a record that was read. */
    public void show(SpecificRecord record) {
        if (vault != null) {
            new Pseudonyms(vault).show(record);
        }
    }
}
