package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Priority;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A short table that is drawn again and again in the same place of a terminal. */
final class LiveTable implements Screen {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int BAR = 30;
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final int width;
    private Duration next = Duration.ZERO;
    private int drawn;

    /** @param width columns of the terminal; longer lines are cut */
    LiveTable(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void show(Status status) {
        if (status.elapsed().compareTo(next) < 0) {
            return;
        }
        next = status.elapsed().plus(EVERY);
        List<String> lines = lines(status);
        if (drawn > 0) {
            out.printf(UP, drawn);
        }
        out.print(CLEAR_BELOW);
        lines.forEach(line -> out.println(cut(line)));
        out.flush();
        drawn = lines.size();
    }

    private static List<String> lines(Status status) {
        Tally tally = status.tally();
        List<String> lines = new ArrayList<>();
        lines.add(progress(status));
        lines.add(String.format(Locale.ROOT, "story     %s  x%s", status.story().truncatedTo(ChronoUnit.SECONDS), number(status.speed())));
        String turnedAway = status.turnedAway() == 0 ? "" : ", " + status.turnedAway() + " of an erased patient turned away";
        lines.add(String.format(Locale.ROOT, "readings  %d sent, %d refused by consent%s", status.readings(), tally.violations().readings(), turnedAway));
        Summary.Quality quality = tally.quality();
        lines.add(String.format(Locale.ROOT, "quality   %d accept, %d suspect, %d reject", quality.ACCEPT(), quality.SUSPECT(), quality.REJECT()));
        Map<Priority, Integer> open = tally.open();
        lines.add(String.format(Locale.ROOT, "alerts    %d raised; open: %d high, %d medium, %d low, %d info", tally.alerts().raised(),
                open.getOrDefault(Priority.HIGH, 0), open.getOrDefault(Priority.MEDIUM, 0), open.getOrDefault(Priority.LOW, 0),
                open.getOrDefault(Priority.INFO, 0)));
        for (AlertEvent event : tally.newest()) {
            lines.add(String.format(Locale.ROOT, "  %-6s  %-16s  %s", event.getPriority(), event.getPatientId(), event.getText()));
        }
        return lines;
    }

    private static String progress(Status status) {
        String elapsed = minutes(status.elapsed());
        if (status.length().isEmpty()) {
            return "playing   " + elapsed + "  (Ctrl-C stops)";
        }
        Duration length = status.length().get();
        double done = Math.clamp(status.elapsed().toMillis() / (double) length.toMillis(), 0, 1);
        int full = (int) Math.round(done * BAR);
        return "playing   [" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + elapsed + " of " + minutes(length);
    }

    private static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private String cut(String line) {
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
