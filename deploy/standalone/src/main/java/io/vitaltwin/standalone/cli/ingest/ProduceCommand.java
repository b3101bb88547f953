package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.format.LineRefused;
import io.vitaltwin.ingest.format.ReadingText;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.standalone.cli.ClusterOptions;
import io.vitaltwin.standalone.cli.ExitCodes;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One reading, typed by hand. */
@Command(name = "produce", mixinStandardHelpOptions = true, description = "Sends one reading.")
public final class ProduceCommand implements Callable<Integer> {

    private final InstantSource clock = InstantSource.system();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(names = "--vital", required = true, paramLabel = "VITAL", description = "Such as heart_rate, spo2, glucose_interstitial.")
    private String vital = "";

    @Option(names = "--value", required = true, paramLabel = "VALUE", description = "A number, LO, HI, or a code with --unit code.")
    private String value = "";

    @Option(names = "--unit", required = true, paramLabel = "UCUM", description = "Unit of the value, such as /min, %%, mg/dL, Cel.")
    private String unit = "";

    @Option(names = "--time", paramLabel = "TIME", description = "When it was measured, ISO 8601, UTC unless it says. Default: now.")
    private @Nullable String time;

    @Option(names = "--context", paramLabel = "CONTEXT", defaultValue = "UNKNOWN",
            description = "What the patient was doing: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ActivityContext context = ActivityContext.UNKNOWN;

    @Override
    public Integer call() {
        Reading reading = reading();
        try (Writer writer = Writer.open(cluster)) {
            CompletableFuture<RecordMetadata> sent =
                    writer.device(options.stream(), options.firstSequence()).send(List.of(reading), clock.instant());
            writer.flush();
            print(sent.join());
            return ExitCodes.DONE;
        } catch (CompletionException e) {
            throw CliException.failed("the reading was not taken: " + e.getCause().getMessage(), e);
        }
    }

    private Reading reading() {
        try {
            return ReadingText.parse(time == null ? clock.instant().toString() : time, vital, value, unit, context);
        } catch (LineRefused e) {
            throw CliException.wrongCall(e.getMessage(), e);
        }
    }

    private void print(RecordMetadata place) {
        if (cluster.json()) {
            var json = new LinkedHashMap<String, Object>();
            json.put("topic", place.topic());
            json.put("partition", place.partition());
            json.put("offset", place.offset());
            cluster.printJson(json);
        } else {
            cluster.out().println("sent to " + place.topic() + ", partition " + place.partition() + ", offset " + place.offset());
        }
    }
}
