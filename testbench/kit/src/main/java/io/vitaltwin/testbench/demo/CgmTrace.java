package io.vitaltwin.testbench.demo;

import io.vitaltwin.ingest.format.FileRefused;
import io.vitaltwin.ingest.format.FormatSettings;
import io.vitaltwin.ingest.format.Formats;
import io.vitaltwin.ingest.format.LineParser;
import io.vitaltwin.ingest.format.LineRefused;
import io.vitaltwin.ingest.format.ReadingFormat;
import io.vitaltwin.schemas.Reading;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a continuous glucose monitor measured, at times after its first reading.
 *
 * @param samples in order of time; at least two
 */
record CgmTrace(List<Sample> samples) {

    private static final ReadingFormat FORMAT = Formats.named("glucose-ml").orElseThrow();
    /** How a file of this format begins. */
    static final String HEADER = "timestamp,glucose_value_mg_dl";

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
     * Reads a file of the Glucose-ML collection.
     *
     * @param source name for messages
     * @param refused is told of each line that is no reading: where and why, never what it says
     * @throws IllegalArgumentException if it is no such file or has fewer than two readings
     */
    static CgmTrace read(BufferedReader in, String source, Consumer<String> refused) throws IOException {
        LineParser parser = open(in.readLine(), source);
        List<Reading> readings = new ArrayList<>();
        int number = 1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            try {
                readings.addAll(parser.read(line));
            } catch (LineRefused e) {
                refused.accept(e.at(source, number).toString());
            }
        }
        if (readings.size() < 2) {
            throw new IllegalArgumentException(source + ": holds fewer than two readings; leave it out");
        }
        readings.sort(Comparator.comparing(Reading::getEffectiveTime));
        Instant first = readings.getFirst().getEffectiveTime();
        return new CgmTrace(readings.stream()
                .map(reading -> new Sample(Duration.between(first, reading.getEffectiveTime()), reading.getValue())).toList());
    }

    private static LineParser open(@Nullable String header, String source) {
        try {
            // Only the time between readings matters here, so any zone without summer time will do.
            return FORMAT.open(header == null ? "" : header, new FormatSettings(ZoneOffset.UTC, Optional.empty()));
        } catch (FileRefused e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }
}
