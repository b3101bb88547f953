package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.testbench.kafka.Folders;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.ArrivalRecords;
import io.vitaltwin.twin.topology.Keeping;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Plays the stories of many patients through the real topology, all at once and without a broker. Restarted, a new topology goes on with nothing but
 * what the old one had stored.
 */
public final class StoryPlayer implements AutoCloseable {

    /** Time goes on for so long after the last record: batches wait 5 min, refusals are counted up by the minute. */
    static final long REST_MILLIS = 9 * 60_000;
    /** Time moves at least so often. */
    static final Duration TICKS = Duration.ofSeconds(30);

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX, 1);
    private final SchemaIds ids = new BundledSchemaIds();
    private final ArrivalRecords records = new ArrivalRecords(topics, ids);
    private final byte[] tick = records.tick(0, StoryMaker.START);
    private final Path folder;
    private final Fault fault;
    private final Keeping keeping;
    private final long tickMillis;
    private final Map<String, List<Told>> told = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private int lives;
    private DrivenTopology driven;

    private StoryPlayer(Path folder, Fault fault, Keeping keeping, long tickMillis) {
        this.folder = folder;
        this.fault = fault;
        this.keeping = keeping;
        this.tickMillis = tickMillis;
        driven = live(Map.of());
    }

    /**
     * @param restarts at which times the topology is started anew, in milliseconds as records are taken
     * @param keeping where the topology keeps its state
     * @return what was written about each patient, in order
     */
    static Map<String, List<Told>> play(List<ProofStory> stories, Collection<Long> restarts, Keeping keeping, Fault fault) {
        return play(stories, restarts, keeping, fault, TICKS);
    }

    /** Undisturbed, in memory. @param ticks how often time moves when nobody sends */
    public static Map<String, List<Told>> play(List<ProofStory> stories, Duration ticks) {
        return play(stories, List.of(), Keeping.IN_MEMORY, Fault.NONE, ticks);
    }

    private static Map<String, List<Told>> play(List<ProofStory> stories, Collection<Long> restarts, Keeping keeping, Fault fault, Duration ticks) {
        try {
            Path folder = Files.createTempDirectory("vitaltwin-proof");
            try (StoryPlayer player = new StoryPlayer(folder, fault, keeping, ticks.toMillis())) {
                player.play(stories, restarts);
                return player.told;
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the proof's state cannot be made or removed", e);
        }
    }

    private void play(List<ProofStory> stories, Collection<Long> restarts) {
        List<Entry> all = new ArrayList<>();
        stories.forEach(story -> all.addAll(story.entries()));
        all.sort(Comparator.comparingLong(Entry::takenMillis));
        Deque<Long> toCome = new ArrayDeque<>(new TreeSet<>(restarts));
        long now = all.isEmpty() ? 0 : all.getFirst().takenMillis();
        for (Entry entry : all) {
            while (!toCome.isEmpty() && toCome.getFirst() <= entry.takenMillis()) {
                toCome.removeFirst();
                restart();
            }
            now = tickUntil(now, entry.takenMillis());
            places.merge(entry.arrival().patientId(), 1, Integer::sum);
            fault.taken(entry.arrival()).forEach(this::take);
        }
        tickUntil(now, now + REST_MILLIS);
    }

    private void restart() {
        Map<String, Map<Object, Object>> stored = driven.stored();
        fault.restarted(stored);
        driven.close();
        driven = live(stored);
    }

    private DrivenTopology live(Map<String, Map<Object, Object>> stored) {
        return new DrivenTopology(topics, ids, keeping, folder.resolve("life-" + ++lives), stored, this::tell);
    }

    /** A tick only moves time: each timer decides as of its own time, however seldom a tick comes. */
    private long tickUntil(long from, long until) {
        long at = from;
        while (at + tickMillis <= until) {
            at += tickMillis;
            driven.pipe(topics.ticks().name(), null, tick, at);
        }
        return at;
    }

    private void take(Arrival arrival) {
        driven.pipe(records.topic(arrival), arrival.patientId(), records.value(arrival), arrival.at().toEpochMilli());
    }

    private void tell(String patient, long timeMillis, SpecificRecord value) {
        String key = fault.key(patient, value);
        fault.told(new Told(places.getOrDefault(key, 0), timeMillis, value))
                .forEach(one -> told.computeIfAbsent(key, none -> new ArrayList<>()).add(one));
    }

    @Override
    public void close() {
        driven.close();
    }
}
