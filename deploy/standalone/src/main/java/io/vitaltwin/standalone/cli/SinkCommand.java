package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Hands data to a third party: one JSON object a line, each of them permitted and written down before it is handed over. */
@Command(name = "sink", mixinStandardHelpOptions = true,
        description = {"Appends the records of a topic to a file for somebody else, one JSON object a line, as they are committed. Ends with"
                + " Ctrl-C, --max or --timeout.",
                "Nothing goes out without a consent of the patient for this purpose and actor, and everything that does is in the patient's"
                        + " disclosure log."})
final class SinkCommand implements Callable<Integer> {

    /** What can be handed over. */
    enum Source { readings, alerts }

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private FollowOptions options = new FollowOptions();

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "${COMPLETION-CANDIDATES}")
    private Source source = Source.alerts;

    @Option(names = "--purpose", required = true, paramLabel = "CODE", description = "For what: v3 ActReason code, such as HRESCH.")
    private String purpose = "";

    @Option(names = "--actor", required = true, paramLabel = "WHO", description = "Who receives it.")
    private String actor = "";

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "", description = "Role in which, such as researcher.")
    private String role = "";

    @Option(names = "--treating", description = "The receiver treats these patients: needed for the purposes TREAT and ETREAT.")
    private boolean treating;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where to. What is there stays; new lines come after it.")
    private Path file = Path.of("");

    private long written;

    @Override
    public Integer call() {
        options.check();
        Viewer viewer = viewer();
        Topics topics = cluster.topics();
        Egress egress = source == Source.readings ? Egress.SINK_READINGS : Egress.SINK_ALERTS;
        try (Writer out = open(); DisclosureGate gate = Gates.open(cluster, egress, viewer, patient -> true)) {
            boolean allDecoded = switch (source) {
                case readings -> new Follower<>(cluster, topics.readings(), options).follow(batches -> Math.min(batches.size(), send(gate, readings(batches), out)));
                case alerts -> new Follower<>(cluster, topics.alerts(), options).follow(events -> send(gate, alerts(events), out));
            };
            print(gate);
            return allDecoded ? ExitCodes.DONE : ExitCodes.FAILED;
        } catch (IOException | UncheckedIOException e) {
            throw CliException.failed("cannot write to " + file + ": " + e.getMessage(), e);
        }
    }

    private Viewer viewer() {
        Viewer viewer = Gates.viewer(purpose, actor, role);
        if (viewer.treats() && !treating) {
            throw CliException.wrongCall("--purpose " + purpose + " is for those who treat the patients: add --treating if the receiver does,"
                    + " else name the purpose that it is really for, such as HRESCH");
        }
        return viewer;
    }

    private Writer open() {
        try {
            return new BufferedWriter(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw CliException.wrongCall("cannot write to --to " + file + "; name a file in a folder that exists", e);
        }
    }

    /** @return lines written */
    private int send(DisclosureGate gate, List<Item<ObjectNode>> items, Writer out) {
        List<ObjectNode> passed = gate.pass(items);
        try {
            for (ObjectNode line : passed) {
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written += passed.size();
        return passed.size();
    }

    /** One item for each reading: the receiver gets what is permitted of a batch and no more. */
    private static List<Item<ObjectNode>> readings(List<Decoded<ReadingBatch>> records) {
        List<Item<ObjectNode>> items = new ArrayList<>();
        for (Decoded<ReadingBatch> record : records) {
            ReadingBatch batch = record.value();
            String patient = record.key();
            if (batch == null || patient == null) {
                continue;
            }
            for (int index = 0; index < batch.getReadings().size(); index++) {
                Reading reading = batch.getReadings().get(index);
                items.add(new Item<>(patient, record.append().toEpochMilli(), Offers.of(patient, batch.getDeviceId(), reading),
                        line(record, index, batch, reading)));
            }
        }
        return items;
    }

    private static ObjectNode line(Decoded<ReadingBatch> record, int index, ReadingBatch batch, Reading reading) {
        ObjectNode line = record.place();
        line.put("index", index);
        ObjectNode value = RecordText.json(reading);
        value.put("deviceId", batch.getDeviceId());
        line.set("value", value);
        return line;
    }

    private static <T extends SpecificRecord> List<Item<ObjectNode>> alerts(List<Decoded<T>> records) {
        return records.stream().map(record -> {
            Item<Decoded<T>> item = record.item();
            return new Item<>(item.patient(), item.appendMillis(), item.offer(), record.json());
        }).toList();
    }

    private void print(DisclosureGate gate) {
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file.toString());
            line.put("written", written);
            line.put("withheld", gate.withheld());
            cluster.printJson(line);
        } else {
            cluster.out().println(file + ": " + written + " lines written, " + gate.withheld() + " withheld because no consent covers sending them");
        }
    }
}
