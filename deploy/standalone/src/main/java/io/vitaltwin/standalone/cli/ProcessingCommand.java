package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Processing;
import io.vitaltwin.schemas.ProcessingRegister;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** The record of processing activities, from the topic catalogue and the settings alone; asks no cluster. */
@Command(name = "processing", mixinStandardHelpOptions = true,
        description = "Record of processing activities (GDPR 30): for each topic what, whose, for what, on which ground, by whom, for how long, how kept safe.")
final class ProcessingCommand implements Callable<Integer> {

    /** How a person wants to read it. */
    enum Shape { text, markdown }

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; --output json goes before it. Default: ${DEFAULT-VALUE}.")
    private Shape shape = Shape.text;

    @Override
    public Integer call() {
        List<Topic<?>> topics = cluster.topics().all();
        if (cluster.json()) {
            topics.forEach(topic -> cluster.printJson(data(topic, entry(topic))));
            return ExitCodes.DONE;
        }
        PrintWriter out = cluster.out();
        if (shape == Shape.markdown) {
            out.println("# Record of processing activities");
        }
        topics.forEach(topic -> print(out, topic));
        return ExitCodes.DONE;
    }

    private static Processing entry(Topic<?> topic) {
        return ProcessingRegister.of(topic).orElseThrow(() -> new IllegalStateException("topic " + topic.name() + " is processed for nothing"));
    }

    private void print(PrintWriter out, Topic<?> topic) {
        boolean markdown = shape == Shape.markdown;
        out.println();
        out.println(markdown ? "## `" + topic.name() + "`" : topic.name());
        if (markdown) {
            out.println();
            out.println("| | |");
            out.println("|---|---|");
        }
        lines(topic, entry(topic)).forEach((name, text) ->
                out.println(markdown ? "| " + name + " | " + text.replace("|", "\\|") + " |" : String.format("  %-12s %s", name, text)));
    }

    private Map<String, String> lines(Topic<?> topic, Processing entry) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("activity", entry.activity());
        lines.put("purpose", String.join(", ", entry.purposes().stream().sorted().toList()));
        lines.put("basis", "GDPR " + entry.basis().articles() + ": " + entry.basis().words()
                + (entry.basis().endsWithConsent() ? "; ends when consent is withdrawn" : "; does not end with consent"));
        lines.put("people", entry.people().isEmpty() ? "none" : String.join(", ", entry.people()));
        entry.byCategory().forEach((category, fields) -> lines.put(category.name().toLowerCase(Locale.ROOT),
                category.words() + ": " + fields.stream().map(field -> field + " (" + doc(topic, field) + ")").collect(Collectors.joining("; "))));
        lines.put("written by", String.join(", ", entry.writers()));
        lines.put("leaves by", entry.receivers().isEmpty() ? "nothing" : String.join(", ", entry.receivers()));
        lines.put("kept", kept(topic));
        lines.put("where", "the Kafka cluster at " + cluster.bootstrapServer() + (topic.cleanup() == Topic.Cleanup.COMPACT ? ", newest record of each key" : ""));
        lines.put("safeguards", String.join("; ", safeguards()));
        return lines;
    }

    private Map<String, Object> data(Topic<?> topic, Processing entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", topic.name());
        data.put("activity", entry.activity());
        data.put("purposes", entry.purposes().stream().sorted().toList());
        data.put("basis", Map.of("articles", entry.basis().articles(), "ground", entry.basis().words(), "endsWithConsent", entry.basis().endsWithConsent()));
        data.put("people", entry.people());
        Map<String, Object> fields = new TreeMap<>();
        entry.fields().forEach((field, category) -> fields.put(field, Map.of("category", category.words(), "meaning", doc(topic, field))));
        data.put("fields", fields);
        data.put("writers", entry.writers());
        data.put("receivers", entry.receivers());
        data.put("kept", kept(topic));
        data.put("where", cluster.bootstrapServer());
        data.put("safeguards", safeguards());
        return data;
    }

    /** The schema's own words, without the full stop. */
    private static String doc(Topic<?> topic, String field) {
        if (!SpecificRecord.class.isAssignableFrom(topic.type())) {
            return "as it came";
        }
        Schema.Field declared = SpecificData.get().getSchema(topic.type()).getField(field);
        String doc = declared == null || declared.doc() == null ? "" : declared.doc().strip();
        return doc.endsWith(".") ? doc.substring(0, doc.length() - 1) : doc;
    }

    private static String kept(Topic<?> topic) {
        String span = topic.retention().map(duration -> duration.toDays() + " days").orElse("for ever");
        if (topic.cleanup() == Topic.Cleanup.COMPACT) {
            return topic.retention().isPresent() ? "until replaced for " + span + ", or erased for good" : "until replaced, or erased for good";
        }
        return span;
    }

    private List<String> safeguards() {
        Object protocol = cluster.clientProperties().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
        boolean sealed = cluster.privacySettings().isPresent();
        return List.of(sealed ? "keyed by a random alias of the pseudonym" : "keyed by pseudonym",
                sealed ? "sealed with AES-256-GCM under a key for each patient, destroyed by erase" : "lies in the clear: see --encryption", "denied unless consent permits", "written exactly once", "no person or value in logs, metrics and headers",
                "clients connect by " + protocol + (protocol.equals("PLAINTEXT") ? ", not encrypted on the way: set security.protocol in --command-config" : ""));
    }
}
