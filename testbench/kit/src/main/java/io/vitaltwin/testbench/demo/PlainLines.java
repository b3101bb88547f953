package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.Priority;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** One line every few seconds, for logs and pipes. */
final class PlainLines implements Screen {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintWriter out;
    private Duration next = EVERY;

    PlainLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(Status status) {
        if (status.elapsed().compareTo(next) >= 0) {
            out.println(line(status));
            out.flush();
            next = status.elapsed().plus(EVERY);
        }
    }

    static String line(Status status) {
        Map<Priority, Integer> open = status.tally().open();
        String turnedAway = status.turnedAway() == 0 ? "" : ", " + status.turnedAway() + " of an erased patient turned away";
        return String.format(Locale.ROOT, "%s  %d readings, %d alerts raised, open: %d high %d medium %d low, %d readings refused%s",
                status.story().truncatedTo(ChronoUnit.SECONDS), status.readings(), status.tally().alerts().raised(),
                open.getOrDefault(Priority.HIGH, 0), open.getOrDefault(Priority.MEDIUM, 0), open.getOrDefault(Priority.LOW, 0),
                status.tally().violations().readings(), turnedAway);
    }
}
