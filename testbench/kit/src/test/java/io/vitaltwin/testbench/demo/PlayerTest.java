package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.PatientErased;
import io.vitaltwin.testbench.sim.SimPatient;
import io.vitaltwin.testbench.sim.Stories;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlayerTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final Topics topics = Topics.defaults();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(cluster(), true, null, new StringSerializer(), new ByteArraySerializer());
    private final Player player = new Player(producer, topics, new BundledSchemaIds(), new LatencyProbe(topics.partitions()));

    private Cluster cluster() {
        var node = new Node(1, "unused", 1);
        List<PartitionInfo> partitions = new ArrayList<>();
        topics.all().forEach(topic -> {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new PartitionInfo(topic.name(), i, node, new Node[] {node}, new Node[] {node}));
            }
        });
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }

    private List<ProducerRecord<String, byte[]>> on(String topic) {
        return producer.history().stream().filter(entry -> entry.topic().equals(topic)).toList();
    }

    private static Schedule schedule() {
        return new Schedule(List.of(Stories.gatewayFails(), Stories.saturationFalls()), START, 3);
    }

    private long counted() {
        var serde = new AvroSerde<>(topics.readings(), new BundledSchemaIds());
        long count = 0;
        for (ProducerRecord<String, byte[]> entry : on(topics.readings().name())) {
            try {
                ReadingBatch batch = serde.deserialize(entry.topic(), entry.value());
                count += batch == null ? 0 : batch.getReadings().size();
            } catch (SchemaProblem garbage) {
                count++;
            }
        }
        return count;
    }

    @Test
    void shouldCountEveryReadingThatItSends() {
        // When
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofHours(1)));
        // Then
        assertThat(player.readings()).isGreaterThan(700).isEqualTo(counted());
    }

    @Test
    void shouldSendOneRecordThatNobodyCanRead() {
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofHours(1)));
        var serde = new AvroSerde<>(topics.readings(), new BundledSchemaIds());
        assertThat(on(topics.readings().name())).filteredOn(entry -> {
            try {
                serde.deserialize(entry.topic(), entry.value());
                return false;
            } catch (SchemaProblem e) {
                return e.kind() == SchemaProblem.Kind.UNKNOWN_ID;
            }
        }).hasSize(1);
    }

    @Test
    void shouldStampEachRecordWithItsTimeOfArrivalInOrder() {
        // When
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofHours(1)));
        // Then
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).isSortedAccordingTo(Comparator.naturalOrder())
                .allMatch(time -> time > START.toEpochMilli() && time <= START.plus(Duration.ofHours(1)).toEpochMilli());
    }

    @Test
    void shouldTickOnEveryPartitionWithTheTimeOfTheStory() {
        // When
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofMinutes(1)));
        // Then
        var serde = new AvroSerde<>(topics.ticks(), new BundledSchemaIds());
        List<Tick> ticks = on(topics.ticks().name()).stream().map(entry -> serde.deserialize(entry.topic(), entry.value())).toList();
        assertThat(ticks).hasSize(2 * topics.partitions());
        assertThat(ticks).extracting(Tick::getTime).containsOnly(START.plusSeconds(30), START.plusSeconds(60));
        assertThat(ticks).extracting(Tick::getPartition).containsOnly(0, 1, 2, 3);
    }

    @Test
    void shouldWriteTheSameRecordsHoweverOftenItIsCalled() {
        // Given
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofMinutes(30)));
        List<ProducerRecord<String, byte[]>> atOnce = List.copyOf(producer.history());
        producer.clear();
        // When
        Schedule schedule = schedule();
        var ticks = new TickTimes(START, 300);
        for (int second = 7; second < 1800; second += 13) {
            player.play(schedule, ticks, START.plusSeconds(second));
        }
        player.play(schedule, ticks, START.plus(Duration.ofMinutes(30)));
        // Then
        assertThat(producer.history()).usingRecursiveComparison().isEqualTo(atOnce);
    }

    @Test
    void shouldRegisterPatientsOnTheirTopics() {
        List<SimPatient> patients = Stories.all();
        patients.forEach(patient -> player.sendAll(patient.registration(START)));
        assertThat(on(topics.patients().name())).hasSameSizeAs(patients);
        assertThat(on(topics.consents().name())).hasSameSizeAs(patients);
        assertThat(player.readings()).isZero();
    }

    @Test
    void shouldTickOnAfterTheEnd() {
        player.tickOn(START, Duration.ofMinutes(3));
        assertThat(on(topics.ticks().name())).hasSize(180 * topics.partitions());
    }

    @Test
    void shouldSayThatTheBrokerRefusesARecord() {
        // Given
        var refusing = new MockProducer<>(cluster(), false, null, new StringSerializer(), new ByteArraySerializer());
        var failing = new Player(refusing, topics, new BundledSchemaIds(), new LatencyProbe(topics.partitions()));
        failing.sendAll(Stories.all().getFirst().registration(START));
        refusing.errorNext(new IllegalStateException("disk full"));
        refusing.completeNext();
        // Then
        assertThatThrownBy(failing::flush).isInstanceOf(IllegalStateException.class).hasMessageContaining("does not take")
                .hasRootCauseMessage("disk full");
    }

    @Test
    void shouldTurnAnErasedPatientAwayAndGoOnWithTheOthers() {
        // Given
        var door = new MockProducer<>(cluster(), true, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<String, byte[]> entry, Callback callback) {
                if ("sim-oximeter".equals(entry.key())) {
                    throw new PatientErased();
                }
                return super.send(entry, callback);
            }
        };
        var playing = new Player(door, topics, new BundledSchemaIds(), new LatencyProbe(topics.partitions()));
        // When
        playing.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofHours(1)));
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofHours(1)));
        // Then
        List<ProducerRecord<String, byte[]>> others = producer.history().stream().filter(entry -> !"sim-oximeter".equals(entry.key())).toList();
        assertThat(door.history()).usingRecursiveComparison().isEqualTo(others);
        assertThat(playing.turnedAway()).isPositive();
        assertThat(playing.readings() + playing.turnedAway()).isEqualTo(player.readings());
    }

    @Test
    void shouldKeepTheReadingsOfAPatientTogether() {
        player.play(schedule(), new TickTimes(START, 300), START.plus(Duration.ofMinutes(5)));
        Stream.of("sim-oximeter", "sim-gateway").forEach(id ->
                assertThat(on(topics.readings().name())).anyMatch(entry -> entry.key().equals(id)));
        assertThat(on(topics.readings().name())).extracting(ProducerRecord::partition).containsOnlyNulls();
    }
}
