package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.TwinSnapshot;
import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Plays a number of seeds, some hundred patients at a time: once undisturbed, which the checker judges, and once with restarts at random places, which
 * must write the same.
 */
final class Proof {

    static final int GROUP = 250;
    private static final int RESTARTS = 2;

    private final Fault fault;

    Proof(Fault fault) {
        this.fault = fault;
    }

    /** A story with something wrong. @param problems at least one */
    record Failure(ProofStory story, List<String> problems) {
    }

    /** What the seeds held, so that nobody takes an empty run for a proof; and the failure with the lowest seed. */
    record Result(Tally tally, Optional<Failure> failure) {
    }

    /**
     * @param progress told of each group that is done, with the number of its seeds
     * @throws IllegalStateException if the topology itself breaks
     */
    Result run(long firstSeed, int seeds, int threads, IntConsumer progress) throws InterruptedException {
        Tally tally = new Tally();
        List<Failure> failures = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Result>> groups = new ArrayList<>();
            for (long from = firstSeed; from < firstSeed + seeds; from += GROUP) {
                long first = from;
                int size = (int) Math.min(GROUP, firstSeed + seeds - from);
                groups.add(workers.submit(() -> group(first, size)));
            }
            for (Future<Result> group : groups) {
                Result result = group.get();
                tally.add(result.tally());
                result.failure().ifPresent(failures::add);
                progress.accept((int) result.tally().stories());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a story could not be played: " + e.getCause(), e);
        }
        return new Result(tally, failures.stream().findFirst());
    }

    private Result group(long firstSeed, int seeds) {
        List<ProofStory> stories = LongStream.range(firstSeed, firstSeed + seeds).mapToObj(StoryMaker::make).toList();
        Tally tally = new Tally();
        Map<String, List<String>> problems = problems(stories, tally);
        return new Result(tally, stories.stream().filter(story -> problems.containsKey(story.patient())).findFirst()
                .map(story -> new Failure(story, problems.get(story.patient()))));
    }

    /** What is wrong, by patient; nothing of whom all is well. A topology that breaks is wrong for whoever breaks it alone, else for the first. */
    private Map<String, List<String>> problems(List<ProofStory> stories, Tally tally) {
        try {
            return judged(stories, tally);
        } catch (RuntimeException e) { // whatever a processor or the driver throws means the same
            String problem = "the topology broke: " + rootOf(e);
            if (stories.size() == 1) {
                return Map.of(stories.getFirst().patient(), List.of(problem));
            }
            return stories.stream().map(story -> problems(List.of(story), new Tally())).filter(alone -> !alone.isEmpty()).findFirst()
                    .orElse(Map.of(stories.getFirst().patient(), List.of(problem)));
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : rootOf(cause);
    }

    private Map<String, List<String>> judged(List<ProofStory> stories, Tally tally) {
        Map<String, List<Told>> undisturbed = StoryPlayer.play(stories, Collections.emptySortedSet(), fault);
        Map<String, List<Told>> restarted = StoryPlayer.play(stories, restarts(stories), fault);
        Map<String, List<String>> problems = new TreeMap<>();
        for (ProofStory story : stories) {
            List<Told> told = undisturbed.getOrDefault(story.patient(), List.of());
            tally.add(story, told);
            List<String> found = new ArrayList<>(ConsentCheck.problems(story, told));
            firstDifference(told, restarted.getOrDefault(story.patient(), List.of())).ifPresent(found::add);
            if (!found.isEmpty()) {
                problems.put(story.patient(), found);
            }
        }
        return problems;
    }

    private static SortedSet<Integer> restarts(List<ProofStory> stories) {
        int records = stories.stream().mapToInt(story -> story.entries().size()).sum();
        SplittableRandom random = new SplittableRandom(stories.getFirst().seed());
        SortedSet<Integer> places = new TreeSet<>();
        for (int i = 0; i < RESTARTS && records > 1; i++) {
            places.add(1 + random.nextInt(records - 1));
        }
        return places;
    }

    private static Optional<String> firstDifference(List<Told> undisturbed, List<Told> restarted) {
        for (int i = 0; i < Math.max(undisturbed.size(), restarted.size()); i++) {
            if (i >= undisturbed.size() || i >= restarted.size() || !same(undisturbed.get(i), restarted.get(i))) {
                return Optional.of("after a restart output " + i + " of " + undisturbed.size() + " is another one, or one of " + restarted.size());
            }
        }
        return Optional.empty();
    }

    private static boolean same(Told one, Told other) {
        return one.place() == other.place() && one.timeMillis() == other.timeMillis() && withoutOffsets(one.value()).equals(withoutOffsets(other.value()));
    }

    /** The test driver counts offsets anew after a restart, and how many bytes they take in a state. */
    private static SpecificRecord withoutOffsets(SpecificRecord value) {
        if (value instanceof AlertEvent alert) {
            alert.getEvidence().forEach(evidence -> evidence.setOffset(0));
        } else if (value instanceof TwinSnapshot twin) {
            twin.setStateBytes(0);
        }
        return value;
    }

    /** The same failure with as few records as can be: records are left out, in halves and then one by one, while something is still wrong. */
    Failure shrunk(Failure failure) {
        Predicate<ProofStory> fails = story -> !story.entries().isEmpty() && !problems(List.of(story), new Tally()).isEmpty();
        if (!fails.test(failure.story())) {
            return failure;     // wrong only among others
        }
        ProofStory smallest = failure.story();
        for (int size = smallest.entries().size() / 2; size > 0; size = size == 1 ? 0 : size / 2) {
            for (int from = 0; from < smallest.entries().size();) {
                List<ProofStory.Entry> rest = new ArrayList<>(smallest.entries());
                rest.subList(from, Math.min(from + size, rest.size())).clear();
                ProofStory smaller = smallest.with(rest);
                if (fails.test(smaller)) {
                    smallest = smaller;
                } else {
                    from += size;
                }
            }
        }
        return new Failure(smallest, problems(List.of(smallest), new Tally()).get(smallest.patient()));
    }
}
