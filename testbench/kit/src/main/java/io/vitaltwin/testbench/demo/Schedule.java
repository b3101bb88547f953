package io.vitaltwin.testbench.demo;

import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.SimPatient;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** What arrives from all patients together, in order of time, without end. Decided by patients, start and seed alone. */
final class Schedule {

    private final PriorityQueue<Line> lines;

    /** One patient's next arrival and those after it. The place in the cast decides between arrivals of one instant. */
    private record Line(Arrival next, int place, Iterator<Arrival> rest) {
    }

    /** @throws IllegalArgumentException if there is no patient */
    Schedule(List<SimPatient> patients, Instant start, long seed) {
        if (patients.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs a patient");
        }
        lines = new PriorityQueue<>(Comparator.comparing((Line line) -> line.next().at()).thenComparing(Line::place));
        for (int place = 0; place < patients.size(); place++) {
            Iterator<Arrival> arrivals = patients.get(place).arrivals(start, seed);
            lines.add(new Line(arrivals.next(), place, arrivals));
        }
    }

    /** When the next arrival is due. */
    Instant nextAt() {
        return lines.element().next().at();
    }

    Arrival next() {
        Line line = lines.remove();
        lines.add(new Line(line.rest().next(), line.place(), line.rest()));
        return line.next();
    }
}
