package io.vitaltwin.schemas.streams;

import io.vitaltwin.schemas.privacy.PrivacySettings;
import io.vitaltwin.schemas.privacy.SealedConsumer;
import io.vitaltwin.schemas.privacy.SealedProducer;
import io.vitaltwin.schemas.privacy.Sealing;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of a Kafka Streams application that seals what it writes and opens what it reads: topics and changelogs alike, with the key of
 * each record at hand, and without the topology knowing. Kafka Streams makes it by its name.
 */
public final class SealedClients implements KafkaClientSupplier, Configurable {

    private static final String KEYS = "vitaltwin.privacy.keys";
    private static final String MASTER_KEY_FILE = "vitaltwin.privacy.master-key-file";

    private @Nullable Sealing sealing;

    /** What Kafka Streams must be told. */
    public static Map<String, String> settings(PrivacySettings privacy) {
        Map<String, String> settings = new HashMap<>();
        settings.put(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, SealedClients.class.getName());
        settings.put(KEYS, privacy.keys().toString());
        privacy.masterKeyFile().ifPresent(file -> settings.put(MASTER_KEY_FILE, file.toString()));
        return settings;
    }

    /** @throws io.vitaltwin.schemas.privacy.VaultProblem when the vault cannot be opened */
    @Override
    public void configure(Map<String, ?> settings) {
        Object keys = settings.get(KEYS);
        if (keys == null) {
            throw new ConfigException(KEYS + " is missing: name the folder of the vault");
        }
        Optional<Path> masterKeyFile = Optional.ofNullable(settings.get(MASTER_KEY_FILE)).map(file -> Path.of(file.toString()));
        sealing = new Sealing(new PrivacySettings(Path.of(keys.toString()), masterKeyFile).open());
    }

    private Sealing sealing() {
        if (sealing == null) {
            throw new IllegalStateException("clients were asked for before they were configured");
        }
        return sealing;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return SealedProducer.ofBytes(config, sealing());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return SealedConsumer.ofBytes(config, sealing(), SealedConsumer.Reading.TOPIC);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return SealedConsumer.ofBytes(config, sealing(), SealedConsumer.Reading.CHANGELOG);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return SealedConsumer.ofBytes(config, sealing(), SealedConsumer.Reading.CHANGELOG);
    }
}
