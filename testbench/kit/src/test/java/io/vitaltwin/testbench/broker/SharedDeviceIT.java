package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.BrokerSettings;
import io.vitaltwin.standalone.EmbeddedBroker;
import io.vitaltwin.standalone.TopicAdmin;
import io.vitaltwin.testbench.kafka.Clients;
import io.vitaltwin.testbench.verify.VerifyCommand;
import io.vitaltwin.twin.TwinApp;
import io.vitaltwin.twin.TwinConfig;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Patients of several partitions share a device: their notices go through four topics of a real broker, and a replay of one partition gives them again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedDeviceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> PATIENTS = List.of("patient-1", "patient-2", "patient-3");

    private final Topics topics = new Topics("shared.", Topics.DEFAULT_PARTITIONS);
    private final SchemaIds ids = new BundledSchemaIds();

    @TempDir
    private Path folder;

    @Test
    void shouldMeetAcrossPartitionsAndVerify() throws ExecutionException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
                Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            // Given
            new TopicAdmin(admin, topics, TopicAdmin.Clock.BROKER).apply();
            TwinConfig config = TwinConfig.of(broker.bootstrapServers(), topics, folder.resolve("state")).withApplicationId("shared-twin")
                    .withTickInterval(Duration.ofMillis(200));
            try (TwinApp app = new TwinApp(config, ids); Producer<String, byte[]> producer = Clients.writer(broker.bootstrapServers())) {
                app.start();
                // When
                Set<Integer> partitions = new HashSet<>();
                for (String patient : PATIENTS) {
                    partitions.add(write(producer, topics.patients(), patient, plan(patient)));
                    write(producer, topics.consents(), patient, consent(patient));
                    write(producer, topics.readings(), patient, batch());
                }
                // Then
                assertThat(partitions).hasSizeGreaterThan(1);
                await().atMost(LIMIT).until(() -> {
                    assertThat(app.failure()).isEmpty();
                    return alerts(broker).size() == PATIENTS.size();
                });
            }
            assertThat(alerts(broker)).containsOnlyKeys(PATIENTS).allSatisfy((patient, told) ->
                    assertThat(told).singleElement().satisfies(said -> assertThat(said).contains("DEVICE_SHARED").contains("RAISED")));
            StringWriter out = new StringWriter();
            int exit = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out)).execute("alerts", "--from-beginning", "--output", "json",
                    "--bootstrap-server", broker.bootstrapServers(), "--prefix", topics.prefix());
            assertThat(exit).as(out::toString).isZero();
            assertThat(out.toString()).contains("\"events\":3", "\"matched\":3");
        }
    }

    private Map<String, List<String>> alerts(EmbeddedBroker broker) {
        return CommittedAlerts.read(broker.bootstrapServers(), topics, ids);
    }

    private static PatientContext plan(String patient) {
        RegisteredDevice device = RegisteredDevice.newBuilder().setDeviceId("watch").setKind("watch").setGrade(DeviceGrade.MEDICAL_HOME)
                .setVitals(List.of("heart_rate")).setSerial("W-0042").build();
        return PatientContext.newBuilder().setPatientId(patient).setNews2(false).setDevices(List.of(device)).build();
    }

    private static ConsentRecord consent(String patient) {
        return ConsentRecord.newBuilder().setPatientId(patient).setConsentId("consent").setVersionId("1").setStatus(ConsentStatus.ACTIVE)
                .setEffectiveTime(Instant.now().minusSeconds(60))
                .setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build())).build();
    }

    private static ReadingBatch batch() {
        Instant now = Instant.now();
        Reading reading = Reading.newBuilder().setVital("heart_rate").setEffectiveTime(now.minusMillis(500)).setValue(70.0).setUnit("/min").build();
        return ReadingBatch.newBuilder().setBatchId("b").setDeviceId("watch").setSentAt(now).setSequence(-1).setReadings(List.of(reading)).build();
    }

    /** @return the partition that it went to */
    private <T extends SpecificRecord> int write(Producer<String, byte[]> producer, Topic<T> topic, String patient, T value)
            throws ExecutionException, InterruptedException {
        byte[] bytes = new AvroSerde<>(topic, ids).serialize(topic.name(), value);
        return producer.send(new ProducerRecord<>(topic.name(), patient, bytes)).get().partition();
    }
}
