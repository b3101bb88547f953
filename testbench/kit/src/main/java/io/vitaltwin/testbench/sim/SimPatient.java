package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.PatientContext;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * One simulated patient: a care plan and a story that is told again and again.
 *
 * @param period length of the story, after which it begins again
 * @param sentTwice share of the batches that arrive a second time, 0 to 1
 */
public record SimPatient(PatientContext plan, Duration period, double sentTwice, Script script) {

    public SimPatient {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period must be longer than zero, found " + period);
        }
    }

    public String id() {
        return plan.getPatientId();
    }

    /** Care plan and consent, just before the story starts, in the order in which they must be known. */
    public List<Arrival> registration(Instant start) {
        Log log = new Log(id(), 0, 0);
        log.permitTreatment(start.minusSeconds(1));
        Arrival consent = log.take(start.minusSeconds(1), start, new SplittableRandom(0)).getFirst();
        return List.of(new Arrival.Plan(start.minusSeconds(2), plan), consent);
    }

    /** Everything that arrives from {@code start} on, in order, without end. The same seed gives the same arrivals. */
    public Iterator<Arrival> arrivals(Instant start, long seed) {
        return new Story(start, seed);
    }

    private final class Story implements Iterator<Arrival> {

        private final Log log = new Log(id(), sentTwice, 1);
        private final SplittableRandom random;
        private Instant from;
        private int repetition;
        private @Nullable Iterator<Arrival> current;

        Story(Instant start, long seed) {
            this.from = start;
            this.random = new SplittableRandom(seed ^ ((long) id().hashCode() << 32));
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Arrival next() {
            Iterator<Arrival> arrivals = current;
            while (arrivals == null || !arrivals.hasNext()) {
                arrivals = tell().iterator();
            }
            current = arrivals;
            return arrivals.next();
        }

        private List<Arrival> tell() {
            script.play(log, from, random.split(), repetition++);
            List<Arrival> told = log.take(from, from.plus(period), random.split());
            if (told.isEmpty()) {
                throw new NoSuchElementException("the story of a simulated patient is empty");
            }
            from = from.plus(period);
            return told;
        }
    }
}
