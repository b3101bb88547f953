package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.testbench.proof.Trial.Failure;
import io.vitaltwin.twin.topology.Keeping;
import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Plays a number of seeds, some hundred patients at a time: once undisturbed, which the checker judges, and once with restarts at random times, which
 * must write the same. State is kept in memory, but for some groups whose second play keeps it on disk as in earnest.
 */
final class Proof {

    static final int GROUP = 250;
    /** The first group of so many keeps its state on disk: RocksDB takes five times as long. */
    private static final int ONE_ON_DISK_IN = 20;

    private final Fault fault;
    private final int atOnce;

    Proof(Fault fault) {
        this(fault, GROUP);
    }

    /** @param atOnce patients who share a topology */
    Proof(Fault fault, int atOnce) {
        this.fault = fault;
        this.atOnce = atOnce;
    }

    /** What the seeds held, so that nobody takes an empty run for a proof; and the failure with the lowest seed. */
    record Result(Tally tally, Optional<Failure> failure) {

        private static final Result NOTHING = new Result(new Tally(), Optional.empty());
    }

    /**
     * After a failure, groups of higher seeds are left out.
     *
     * @param progress told of each group that is done, with the number of its seeds
     */
    Result run(long firstSeed, int seeds, int threads, IntConsumer progress) throws InterruptedException {
        Tally tally = new Tally();
        Optional<Failure> failure = Optional.empty();
        AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Result>> groups = new ArrayList<>();
            for (int from = 0; from < seeds; from += atOnce) {
                long first = firstSeed + from;
                int size = Math.min(atOnce, seeds - from);
                int number = groups.size();
                groups.add(workers.submit(() -> number > firstFailed.get() ? Result.NOTHING : group(number, first, size, firstFailed)));
            }
            for (Future<Result> group : groups) {
                Result result = group.get();
                tally.add(result.tally());
                failure = failure.or(result::failure);
                progress.accept((int) result.tally().stories());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a story could not be played: " + e.getCause(), e);
        }
        return new Result(tally, failure);
    }

    private Result group(int number, long firstSeed, int seeds, AtomicInteger firstFailed) {
        Trial trial = Trial.of(firstSeed, seeds, number % ONE_ON_DISK_IN == 0 ? Keeping.ON_DISK : Keeping.IN_MEMORY);
        Tally tally = new Tally();
        Map<String, List<String>> problems = problems(trial, tally);
        Optional<Failure> failure = Stream.concat(trial.stories().stream().map(ProofStory::patient), problems.keySet().stream())
                .filter(problems::containsKey).findFirst().map(patient -> new Failure(trial, patient, problems.getOrDefault(patient, List.of())));
        if (failure.isPresent()) {
            firstFailed.accumulateAndGet(number, Math::min);
        }
        return new Result(tally, failure);
    }

    /** What is wrong, by patient; nothing of whom all is well. A topology that breaks is wrong for whoever breaks it alone, else for the first. */
    private Map<String, List<String>> problems(Trial trial, Tally tally) {
        try {
            return judged(trial, tally);
        } catch (RuntimeException e) { // whatever a processor or the driver throws means the same
            String first = trial.stories().getFirst().patient();
            Map<String, List<String>> broken = Map.of(first, List.of("the topology broke: " + rootOf(e)));
            return trial.stories().size() == 1 ? broken : trial.stories().stream().map(story -> problems(trial.with(List.of(story)), new Tally()))
                    .filter(alone -> !alone.isEmpty()).findFirst().orElse(broken);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : rootOf(cause);
    }

    private Map<String, List<String>> judged(Trial trial, Tally tally) {
        Map<String, List<Told>> undisturbed = StoryPlayer.play(trial.stories(), List.of(), Keeping.IN_MEMORY, fault);
        Map<String, List<Told>> restarted = StoryPlayer.play(trial.stories(), trial.restarts(), trial.keeping(), fault);
        Map<String, List<String>> problems = new TreeMap<>();
        tally.restarted(trial);
        for (ProofStory story : trial.stories()) {
            List<Told> told = undisturbed.getOrDefault(story.patient(), List.of());
            tally.add(story, told);
            List<String> found = new ArrayList<>(ConsentCheck.problems(story, told));
            firstDifference(told, restarted.getOrDefault(story.patient(), List.of())).ifPresent(found::add);
            if (!found.isEmpty()) {
                problems.put(story.patient(), found);
            }
        }
        Set<String> nobody = new TreeSet<>(undisturbed.keySet());
        trial.stories().forEach(story -> nobody.remove(story.patient()));
        nobody.forEach(patient -> problems.put(patient, List.of("something was written about somebody who does not exist")));
        return problems;
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
    static SpecificRecord withoutOffsets(SpecificRecord value) {
        if (value instanceof AlertEvent alert) {
            alert.getEvidence().forEach(evidence -> evidence.setOffset(0));
        } else if (value instanceof TwinSnapshot twin) {
            twin.setStateBytes(0);
        }
        return value;
    }

    /** The same failure with as few patients, records and restarts as can be. */
    Failure shrunk(Failure failure) {
        return Shrinking.shrunk(failure, trial -> problems(trial, new Tally()));
    }
}
