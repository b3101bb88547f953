package io.vitaltwin.testbench.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a continuous glucose monitor measured, at times after its first reading.
 *
 * @param samples in order of time; at least two
 */
record CgmTrace(List<Sample> samples) {

    static final String HEADER = "timestamp,glucose_value_mg_dl";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * @param after time since the first sample
     * @param value mg/dL as a double, or LO or HI where the sensor was out of range
     */
    record Sample(Duration after, Object value) {
    }

    CgmTrace {
        samples = List.copyOf(samples);
        if (samples.size() < 2) {
            throw new IllegalArgumentException("a glucose trace needs at least two readings");
        }
    }

    Duration length() {
        return samples.getLast().after();
    }

    /** The middle of all spaces between two samples: what the sensor's interval is, however often it was out of reach. */
    Duration interval() {
        List<Duration> spaces = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            spaces.add(samples.get(i).after().minus(samples.get(i - 1).after()));
        }
        spaces.sort(Comparator.naturalOrder());
        return Duration.ofSeconds(Math.max(60, spaces.get(spaces.size() / 2).plusSeconds(30).toMinutes() * 60));
    }

    /**
     * Reads a file of the form {@value #HEADER}.
     *
     * @param source name for messages
     * @param refused is told of each line that is no reading: where and why, never what it says
     * @throws IllegalArgumentException if the header is another or there are fewer than two readings
     */
    static CgmTrace read(BufferedReader in, String source, Consumer<String> refused) throws IOException {
        String header = in.readLine();
        if (header == null || !header.strip().equals(HEADER)) {
            throw new IllegalArgumentException(source + ": is not a glucose file; its first line must be " + HEADER);
        }
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                read(line, source + ":" + number, refused, rows);
            }
        }
        if (rows.size() < 2) {
            throw new IllegalArgumentException(source + ": holds fewer than two readings; leave it out");
        }
        rows.sort(Comparator.comparing(Row::time));
        LocalDateTime first = rows.getFirst().time();
        return new CgmTrace(rows.stream().map(row -> new Sample(Duration.between(first, row.time()), row.value())).toList());
    }

    private record Row(LocalDateTime time, Object value) {
    }

    private static void read(String line, String where, Consumer<String> refused, List<Row> rows) {
        String[] cells = line.split(",", -1);
        if (cells.length != 2) {
            refused.accept(where + ": has " + cells.length + " columns, not 2; left out");
            return;
        }
        try {
            rows.add(new Row(LocalDateTime.parse(cells[0].strip(), TIME), value(cells[1].strip())));
        } catch (DateTimeParseException e) {
            refused.accept(where + ":1: is no time such as 2024-01-31 23:59:00; left out");
        } catch (NumberFormatException e) {
            refused.accept(where + ":2: is no number, Low or High; left out");
        }
    }

    private static Object value(String cell) {
        return switch (cell) {
            case "Low" -> "LO";
            case "High" -> "HI";
            default -> finite(Double.parseDouble(cell));
        };
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not finite");
        }
        return value;
    }
}
