package io.vitaltwin.testbench.bench.cohort;

import io.vitaltwin.testbench.cohort.Delivery;
import io.vitaltwin.testbench.cohort.Equipment;
import io.vitaltwin.testbench.cohort.PatientStory;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Lives everybody's days and lets the core watch. Each patient stands alone, so the result is the same for any number of threads.
 *
 * @param individual each care plan has limits of its own where {@link OwnLimits} says so; else all have those of the rule set
 */
record CohortRun(long seed, int patients, int days, Instant start, RuleSet rules, boolean individual) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** @param done told after each patient, from any thread @return in the order of the patients */
    List<PatientResult> run(int threads, IntConsumer done) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<PatientResult>> futures = new ArrayList<>();
            for (int i = 0; i < patients; i++) {
                int patient = i;
                futures.add(workers.submit(() -> {
                    PatientResult result = watch(patient);
                    done.accept(patient);
                    return result;
                }));
            }
            List<PatientResult> results = new ArrayList<>();
            for (Future<PatientResult> future : futures) {
                results.add(get(future));
            }
            return List.copyOf(results);
        }
    }

    private static PatientResult get(Future<PatientResult> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a patient could not be watched to the end", e.getCause());
        }
    }

    PatientResult watch(int patient) {
        PatientStory story = new PatientStory(seed, patient, start, days);
        Tally tally = new Tally();
        RuleSet own = individual ? OwnLimits.of(story, rules) : rules;
        Monitor monitor = new Monitor(CarePlans.of(story.person(), story.equipment(), own), tally);
        while (story.hasNextDay()) {
            for (Delivery delivery : story.nextDay()) {
                switch (delivery) {
                    case Delivery.Batch batch -> {
                        batch.readings().forEach(tally::send);
                        monitor.take(batch.readings());
                    }
                    case Delivery.Symptom symptom -> monitor.symptom(symptom.words(), symptom.effectiveMillis(), symptom.arrivalMillis());
                }
            }
        }
        monitor.advanceTo(start.toEpochMilli() + days * Equipment.DAY_MILLIS);
        return new PatientResult(story.person(), story.equipment(), story.truth(), tally.log.finish(), tally.readings, tally.suspect,
                tally.rejected, tally.hash);
    }

    private static final class Tally implements Monitor.Listener {

        private final AlertLog log = new AlertLog();
        private long readings;
        private long suspect;
        private long rejected;
        private long hash = FNV_OFFSET;

        void send(Measurement sent) {
            mix(sent.vital().ordinal());
            mix(sent.deviceId().hashCode());
            mix(sent.effectiveMillis());
            mix(sent.appendMillis());
            mix(sent.value().milli());
            mix(sent.context().ordinal());
        }

        private void mix(long part) {
            hash = (hash ^ part) * FNV_PRIME;
            hash ^= hash >>> 29;
        }

        @Override
        public void judged(Measurement measurement, Judgement judgement) {
            readings++;
            suspect += judgement.verdict() == Verdict.SUSPECT ? 1 : 0;
            rejected += judgement.verdict() == Verdict.REJECT ? 1 : 0;
        }

        @Override
        public void alert(AlertChange change) {
            log.take(change);
        }
    }
}
