package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.ArrivalRecords;
import io.vitaltwin.twin.topology.Keeping;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds what a twin wrote to Kafka against what stands in its input topics: the same log, played without a broker, must give the same outputs, each once
 * and in the same order of its topic; and the checker judges them.
 */
final class KafkaCheck {

    private final Topics topics;
    private final SchemaIds ids;
    private final Path folder;
    /** By patient, as they were taken. */
    private final Map<String, List<Entry>> entries = new HashMap<>();
    /** By patient, as they were written without a broker. */
    private final Map<String, List<Told>> replayed = new HashMap<>();
    /** By patient and type, as they were written to Kafka. */
    private final Map<String, Map<Class<?>, List<Told>>> written = new HashMap<>();

    /** @param folder for the state of the replay */
    KafkaCheck(Topics topics, SchemaIds ids, Path folder) {
        this.topics = topics;
        this.ids = ids;
        this.folder = folder;
    }

    /** What is wrong, by patient; nothing of whom all is well. @param tally counts what was looked at */
    Map<String, List<String>> problems(List<ProofStory> stories, WrittenLog inputs, WrittenLog outputs, Tally tally) {
        for (int partition = 0; partition < topics.partitions(); partition++) {
            replay(inputs, partition);
            for (Topic<? extends SpecificRecord> topic : DrivenTopology.checked(topics)) {
                readOutputs(topic, outputs.of(topic.name(), partition));
            }
        }
        Map<String, List<String>> problems = new TreeMap<>();
        Set<String> others = new TreeSet<>(written.keySet());
        others.addAll(replayed.keySet());
        for (ProofStory story : stories) {
            others.remove(story.patient());
            judge(story, tally, problems);
        }
        for (String other : others) {
            compared(other, problems);
        }
        return problems;
    }

    private void replay(WrittenLog inputs, int partition) {
        ArrivalRecords records = new ArrivalRecords(topics, ids);
        long taken = Long.MIN_VALUE;
        try (DrivenTopology driven = new DrivenTopology(topics, ids, Keeping.IN_MEMORY, folder.resolve("replay-" + partition), Map.of(), this::tell)) {
            for (ConsumerRecord<byte[], byte[]> record : inputs.merged(partition)) {
                taken = Math.max(taken, record.timestamp());
                String patient = key(record);
                long now = taken;
                records.arrival(record.topic(), patient, Instant.ofEpochMilli(record.timestamp()), record.value())
                        .ifPresent(arrival -> entries.computeIfAbsent(patient, none -> new ArrayList<>()).add(new Entry(now, arrival)));
                driven.pipe(record.topic(), record.key() == null ? null : patient, record.value(), record.timestamp());
            }
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private void tell(String patient, long timeMillis, SpecificRecord value) {
        replayed.computeIfAbsent(patient, none -> new ArrayList<>())
                .add(new Told(entries.getOrDefault(patient, List.of()).size(), timeMillis, withoutPlace(value)));
    }

    private <T extends SpecificRecord> void readOutputs(Topic<T> topic, List<ConsumerRecord<byte[], byte[]>> records) {
        AvroSerde<T> serde = new AvroSerde<>(topic, ids);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            T value = serde.deserialize(topic.name(), record.value());
            if (value != null) {
                written.computeIfAbsent(key(record), none -> new LinkedHashMap<>()).computeIfAbsent(value.getClass(), none -> new ArrayList<>())
                        .add(new Told(0, record.timestamp(), withoutPlace(value)));
            }
        }
    }

    /** Without a broker there is one partition, and offsets are counted anew. */
    private static SpecificRecord withoutPlace(SpecificRecord value) {
        if (value instanceof AlertEvent alert) {
            alert.getEvidence().forEach(evidence -> evidence.setPartition(0));
        }
        return Proof.withoutOffsets(value);
    }

    private void judge(ProofStory story, Tally tally, Map<String, List<String>> problems) {
        List<Entry> found = entries.getOrDefault(story.patient(), List.of());
        List<Arrival> arrivals = found.stream().map(Entry::arrival).toList();
        if (!arrivals.equals(story.entries().stream().map(Entry::arrival).toList())) {
            add(problems, story.patient(), "the input topics do not hold the story");
            return;
        }
        List<Told> told = compared(story.patient(), problems);
        ProofStory taken = story.with(found);
        tally.add(taken, told);
        ConsentCheck.problems(taken, told).forEach(problem -> add(problems, story.patient(), problem));
    }

    /** What Kafka holds, in the order in which it was written without a broker: topics have no order among each other. */
    private List<Told> compared(String patient, Map<String, List<String>> problems) {
        Map<Class<?>, List<Told>> of = written.getOrDefault(patient, Map.of());
        Map<Class<?>, Integer> next = new HashMap<>();
        List<Told> told = new ArrayList<>();
        for (Told expected : replayed.getOrDefault(patient, List.of())) {
            Class<?> type = expected.value().getClass();
            List<Told> all = of.getOrDefault(type, List.of());
            int place = next.merge(type, 1, Integer::sum) - 1;
            if (place < all.size()) {
                Told one = new Told(expected.place(), all.get(place).timeMillis(), all.get(place).value());
                told.add(one);
                if (!one.equals(expected)) {
                    add(problems, patient, type.getSimpleName() + ' ' + place + " at " + Instant.ofEpochMilli(expected.timeMillis())
                            + " is another one in Kafka: " + differences(expected, one));
                }
            }
        }
        Set<Class<?>> types = new HashSet<>(of.keySet());
        types.addAll(next.keySet());
        types.forEach(type -> {
            int all = of.getOrDefault(type, List.of()).size();
            int expected = next.getOrDefault(type, 0);
            if (all != expected) {
                add(problems, patient, all + " of " + type.getSimpleName() + " in Kafka, " + expected + " without a broker");
            }
        });
        return told;
    }

    /** Names of what differs. */
    private static List<String> differences(Told expected, Told one) {
        List<String> names = new ArrayList<>(expected.timeMillis() == one.timeMillis() ? List.of() : List.of("time"));
        for (Schema.Field field : expected.value().getSchema().getFields()) {
            if (!Objects.equals(expected.value().get(field.pos()), one.value().get(field.pos()))) {
                names.add(field.name());
            }
        }
        return names;
    }

    private static void add(Map<String, List<String>> problems, String patient, String problem) {
        problems.computeIfAbsent(patient, none -> new ArrayList<>()).add(problem);
    }
}
