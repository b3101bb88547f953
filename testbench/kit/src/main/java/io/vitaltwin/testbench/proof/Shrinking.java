package io.vitaltwin.testbench.proof;

import io.vitaltwin.testbench.proof.Trial.Failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a failure as small as can be: first the company that it needs, if any, then the records of each story. */
final class Shrinking {

    private final Function<Trial, Map<String, List<String>>> problems;
    private final String patient;

    private Shrinking(Function<Trial, Map<String, List<String>>> problems, String patient) {
        this.problems = problems;
        this.patient = patient;
    }

    /** @param problems what is wrong with a trial, by patient; nothing of whom all is well */
    static Failure shrunk(Failure failure, Function<Trial, Map<String, List<String>>> problems) {
        Shrinking shrinking = new Shrinking(problems, failure.patient());
        Trial smallest = shrinking.withFewRestarts(shrinking.withFewRecords(shrinking.withFewPatients(shrinking.withoutDisk(failure))));
        List<String> left = problems.apply(smallest).get(failure.patient());
        return left == null ? failure : new Failure(smallest, failure.patient(), left);
    }

    private Failure withoutDisk(Failure failure) {
        Trial inMemory = failure.trial().inMemory();
        return fails(inMemory) ? new Failure(inMemory, failure.patient(), failure.problems()) : failure;
    }

    /** The story itself, first, and whoever is needed beside it. */
    private Trial withFewPatients(Failure failure) {
        List<ProofStory> company = smallest(failure.company(), rest -> fails(failure.trial().with(beside(failure.story(), rest))));
        return failure.trial().with(beside(failure.story(), company));
    }

    private static List<ProofStory> beside(ProofStory story, List<ProofStory> company) {
        List<ProofStory> all = new ArrayList<>(company);
        all.addFirst(story);
        return all;
    }

    private Trial withFewRecords(Trial trial) {
        Trial smaller = trial;
        for (int i = 0; i < trial.stories().size(); i++) {
            Trial before = smaller;
            int place = i;
            smaller = replaced(before, place, smallest(before.stories().get(place).entries(), rest -> fails(replaced(before, place, rest))));
        }
        return smaller;
    }

    private static Trial replaced(Trial trial, int place, List<ProofStory.Entry> entries) {
        List<ProofStory> stories = new ArrayList<>(trial.stories());
        stories.set(place, stories.get(place).with(entries));
        return trial.with(stories);
    }

    private Trial withFewRestarts(Trial trial) {
        return new Trial(trial.stories(), smallest(trial.restarts(), rest -> fails(new Trial(trial.stories(), rest, trial.keeping()))), trial.keeping());
    }

    private boolean fails(Trial trial) {
        return problems.apply(trial).containsKey(patient);
    }

    /** Leaves out all, then halves, then quarters, at last single ones, while it still fails. */
    private static <T> List<T> smallest(List<T> all, Predicate<List<T>> fails) {
        List<T> smallest = all;
        for (int size = all.size(); size > 0; size = size == 1 ? 0 : size / 2) {
            for (int from = 0; from < smallest.size();) {
                List<T> rest = new ArrayList<>(smallest);
                rest.subList(from, Math.min(from + size, rest.size())).clear();
                if (fails.test(rest)) {
                    smallest = rest;
                } else {
                    from += size;
                }
            }
        }
        return smallest;
    }
}
