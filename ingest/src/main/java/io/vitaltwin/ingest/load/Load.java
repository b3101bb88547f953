package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.ingest.format.LineParser;
import io.vitaltwin.ingest.format.LineRefused;
import io.vitaltwin.schemas.Reading;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One run over one file: what was counted and what waits to be sent. */
final class Load {

    private final String source;
    private final LineParser parser;
    private final LoadSettings settings;
    private final DeviceProducer producer;
    private final Pace pace;
    private final InstantSource clock;
    private final LoadListener listener;
    private final Remarks remarks = new Remarks();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Refusal.Reason, Long> refused = new EnumMap<>(Refusal.Reason.class);
    private final Map<Remark.Kind, Long> remarked = new EnumMap<>(Remark.Kind.class);
    private @Nullable Duration shift;
    private long sentLines;
    private long readings;
    private long batches;

    private record Waiting(long line, Reading reading) {}

    Load(String source, LineParser parser, LoadSettings settings, DeviceProducer producer, Pace pace, InstantSource clock,
            LoadListener listener) {
        this.source = source;
        this.parser = parser;
        this.settings = settings;
        this.producer = producer;
        this.pace = pace;
        this.clock = clock;
        this.listener = listener;
    }

    LineParser parser() {
        return parser;
    }

    void send(long line, List<Reading> found) throws InterruptedException {
        for (Reading reading : found) {
            shift(reading);
            waiting.add(new Waiting(line, reading));
            if (waiting.size() == settings.readingsPerBatch()) {
                sendRest();
            }
        }
        sentLines += found.isEmpty() ? 0 : 1;
    }

    Refusal refuse(LineRefused why, long line) {
        Refusal refusal = why.at(source, line);
        refused.merge(refusal.reason(), 1L, Long::sum);
        listener.refused(refusal);
        return refusal;
    }

    /** Sends what waits for its batch to fill, when the turn of its last reading has come. */
    void sendRest() throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        pace.await(waiting.getLast().reading().getEffectiveTime());
        Instant now = clock.instant();
        for (Waiting next : waiting) {
            remarks.about(next.reading(), now).ifPresent(kind -> remark(next.line(), kind));
        }
        producer.send(waiting.stream().map(Waiting::reading).toList(), now);
        readings += waiting.size();
        batches++;
        waiting.clear();
    }

    LoadSummary summary(String format) {
        long refusedLines = refused.values().stream().mapToLong(Long::longValue).sum();
        return new LoadSummary(source, format, sentLines + refusedLines, sentLines, refusedLines, refused, readings, batches, remarked);
    }

    private void shift(Reading reading) {
        if (settings.shiftTo().isPresent()) {
            if (shift == null) {
                shift = Duration.between(reading.getEffectiveTime(), settings.shiftTo().get());
            }
            reading.setEffectiveTime(reading.getEffectiveTime().plus(shift));
        }
    }

    private void remark(long line, Remark.Kind kind) {
        remarked.merge(kind, 1L, Long::sum);
        listener.remarked(new Remark(source, line, kind));
    }
}
