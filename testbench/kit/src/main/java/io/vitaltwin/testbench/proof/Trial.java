package io.vitaltwin.testbench.proof;

import io.vitaltwin.twin.topology.Keeping;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Patients who share one topology.
 *
 * @param restarts at which times the second play is started anew, in milliseconds as records are taken; not by count, so that they stay where they are
 *     when records are left out
 * @param keeping where the second play keeps its state; the first keeps it in memory
 */
record Trial(List<ProofStory> stories, List<Long> restarts, Keeping keeping) {

    static final int RESTARTS = 2;

    Trial {
        stories = List.copyOf(stories);
        restarts = List.copyOf(restarts);
    }

    /** Restarted at random times of the two hours. */
    static Trial of(long firstSeed, int seeds, Keeping keeping) {
        SplittableRandom random = new SplittableRandom(firstSeed);
        return new Trial(LongStream.range(firstSeed, firstSeed + seeds).mapToObj(StoryMaker::make).toList(),
                LongStream.generate(() -> StoryMaker.START.toEpochMilli() + random.nextLong(StoryMaker.LENGTH.toMillis())).limit(RESTARTS).sorted().boxed().toList(),
                keeping);
    }

    /** The same with other patients, or fewer. */
    Trial with(List<ProofStory> others) {
        return new Trial(others, restarts, keeping);
    }

    /** The same with the state of both plays in memory, which is faster. */
    Trial inMemory() {
        return new Trial(stories, restarts, Keeping.IN_MEMORY);
    }

    /**
     * Something is wrong with what was written about somebody.
     *
     * @param patient one of them; or somebody who does not exist
     * @param problems at least one
     */
    record Failure(Trial trial, String patient, List<String> problems) {

        Failure {
            problems = List.copyOf(problems);
        }

        /** The story of the patient; the first, if the patient does not exist. */
        ProofStory story() {
            return trial.stories().stream().filter(story -> story.patient().equals(patient)).findFirst().orElseGet(trial.stories()::getFirst);
        }

        /** The others; after shrinking, those without whom all would be well. */
        List<ProofStory> company() {
            ProofStory story = story();
            return trial.stories().stream().filter(other -> other != story).toList();
        }
    }
}
