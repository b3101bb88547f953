package io.vitaltwin.testbench.broker;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Clients;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A log of alerts, of what nurses did with them and of ticks, all with the times of a story; and what a workflow wrote about it. */
final class WorkflowLog {

    static final Instant START = Instant.parse("2026-03-02T07:30:00Z");
    private static final Duration TICK_EVERY = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENTS = 40;
    private static final int PER_PATIENT = 120;
    private static final int QUIET = 4;

    private final Topics topics;
    private final SchemaIds ids;

    WorkflowLog(Topics topics, SchemaIds ids) {
        this.topics = topics;
        this.ids = ids;
    }

    /** Writes the whole log. @return how many records it has */
    int write(String bootstrapServers, Duration length, long seed) throws ExecutionException, InterruptedException {
        List<ProducerRecord<String, byte[]>> records = records(length, new Random(seed));
        send(bootstrapServers, records);
        return records.size();
    }

    private static void send(String bootstrapServers, List<ProducerRecord<String, byte[]>> records) throws ExecutionException, InterruptedException {
        try (Producer<String, byte[]> producer = Clients.writer(bootstrapServers)) {
            List<Future<?>> sent = new ArrayList<>(records.size());
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private List<ProducerRecord<String, byte[]>> records(Duration length, Random random) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            story("patient-" + patient, length, random, records);
            if (patient % 5 == 0) {
                burst("patient-" + patient, random, records);
            }
        }
        for (int patient = 0; patient < QUIET; patient++) {
            quiet("quiet-" + patient, random, records);
        }
        for (Instant at = START; !at.isAfter(START.plus(length)); at = at.plus(TICK_EVERY)) {
            records.addAll(ticks(at));
        }
        records.sort(Comparator.comparing(ProducerRecord::timestamp));
        return records;
    }

    private List<ProducerRecord<String, byte[]>> ticks(Instant at) {
        return IntStream.range(0, topics.partitions()).mapToObj(partition -> new ProducerRecord<String, byte[]>(topics.ticks().name(), partition,
                at.toEpochMilli(), null, bytes(topics.ticks(), new Tick(partition, at)))).toList();
    }

    /** The next tick of each partition. */
    void tick(String bootstrapServers, Instant at) throws ExecutionException, InterruptedException {
        send(bootstrapServers, ticks(at));
    }

    /** No two records of a patient at the same moment: the order among topics is then that of their times. */
    private void story(String patient, Duration length, Random random, List<ProducerRecord<String, byte[]>> records) {
        Set<Long> moments = new HashSet<>();
        for (int i = 0; i < PER_PATIENT; i++) {
            Instant at = START.plusMillis(1 + random.nextLong(length.toMillis() - 3_600_000));
            if (moments.add(at.toEpochMilli())) {
                String id = patient + "/" + random.nextInt(40);
                records.add(random.nextInt(3) > 0 ? alert(patient, id, at, random) : action(patient, id, "act-" + patient + "-" + i, at, random));
            }
        }
    }

    /** More alerts within a quarter of an hour than anybody wants to hear of one by one. */
    private void burst(String patient, Random random, List<ProducerRecord<String, byte[]>> records) {
        for (int i = 0; i < 15; i++) {
            records.add(alert(patient, patient + "/burst-" + i, AlertEventType.RAISED, START.plusSeconds(20_000L + 60L * i), random));
        }
    }

    /** Somebody knows, and nothing more is ever said: the reminders of all hours hang on a timer alone. */
    private void quiet(String patient, Random random, List<ProducerRecord<String, byte[]>> records) {
        String id = patient + "/0";
        records.add(alert(patient, id, AlertEventType.RAISED, Priority.HIGH, START.plusSeconds(60)));
        records.add(action(patient, id, "act-" + patient, ActionKind.ACKNOWLEDGE, START.plusSeconds(120), random));
    }

    private ProducerRecord<String, byte[]> alert(String patient, String id, Instant at, Random random) {
        AlertEventType type = random.nextBoolean() ? AlertEventType.RAISED : AlertEventType.values()[random.nextInt(AlertEventType.values().length)];
        return alert(patient, id, type, at, random);
    }

    private ProducerRecord<String, byte[]> alert(String patient, String id, AlertEventType type, Instant at, Random random) {
        return alert(patient, id, type, Priority.values()[random.nextInt(4)], at);
    }

    private ProducerRecord<String, byte[]> alert(String patient, String id, AlertEventType type, Priority priority, Instant at) {
        String rule = "RULE_" + Math.floorMod(id.hashCode(), 9);
        AlertEvent event = AlertEvent.newBuilder().setAlertId(id).setPatientId(patient).setRule(rule).setFamily(rule).setEvent(type)
                .setPriority(priority).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(at).setEffectiveTime(at).setAppendTime(at)
                .setText("as it was").setRuleSetVersion("1").setEvidence(List.of()).build();
        return new ProducerRecord<>(topics.alerts().name(), null, at.toEpochMilli(), patient, bytes(topics.alerts(), event));
    }

    private ProducerRecord<String, byte[]> action(String patient, String id, String actionId, Instant at, Random random) {
        return action(patient, id, actionId, ActionKind.values()[random.nextInt(ActionKind.values().length)], at, random);
    }

    private ProducerRecord<String, byte[]> action(String patient, String id, String actionId, ActionKind kind, Instant at, Random random) {
        AlertAction action = AlertAction.newBuilder().setActionId(actionId).setAlertId(id).setPatientId(patient)
                .setKind(kind).setActor("nurse").setTime(at).setText("because")
                .setAssignee("other").setUntil(at.plusSeconds(random.nextInt(5_000))).setOutcome(AlertOutcome.TRUE).build();
        return new ProducerRecord<>(topics.alertActions().name(), null, at.toEpochMilli(), patient, bytes(topics.alertActions(), action));
    }

    private <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T value) {
        try (AvroSerde<T> serde = new AvroSerde<>(topic, ids)) {
            return serde.serialize(topic.name(), value);
        }
    }

    /**
     * What was committed to a topic, by patient in the order of the log; {@code null} in words for a tombstone.
     *
     * @throws IllegalStateException if the end is not reached in time
     */
    <T extends SpecificRecord> Map<String, List<String>> committed(String bootstrapServers, Topic<T> topic) {
        Map<String, List<String>> said = new TreeMap<>();
        List<TopicPartition> partitions = IntStream.range(0, topics.partitions()).mapToObj(number -> new TopicPartition(topic.name(), number)).toList();
        try (Consumer<byte[], byte[]> consumer = Clients.reader(bootstrapServers); AvroSerde<T> serde = new AvroSerde<>(topic, ids)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(topic.name() + " cannot be read to its end");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String patient = new String(record.key(), StandardCharsets.UTF_8);
                    said.computeIfAbsent(patient, none -> new ArrayList<>()).add(String.valueOf(serde.deserialize(topic.name(), record.value())));
                }
            }
        }
        return said;
    }
}
