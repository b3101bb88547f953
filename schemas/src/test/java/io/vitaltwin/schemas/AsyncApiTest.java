package io.vitaltwin.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.Topic.TimestampType;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The AsyncAPI document of the topics is made of {@link Topics} and the schemas. It is checked in, so that everybody can read it without building; run this test
 * with {@code -Dasyncapi.write=true} to write it anew.
 */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("src", "main", "resources", "asyncapi.yaml");
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";

    @Test
    void shouldBeWhatTheTopicsAre() throws IOException {
        String expected = document(Topics.defaults());
        if (Boolean.getBoolean("asyncapi.write")) {
            Files.writeString(FILE, expected);
        }
        try (InputStream in = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml"), "asyncapi.yaml")) {
            String found = Boolean.getBoolean("asyncapi.write") ? Files.readString(FILE) : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(found).as("asyncapi.yaml is stale: run this test with -Dasyncapi.write=true").isEqualTo(expected);
        }
    }

    @Test
    void shouldNameEveryTopicAndItsSchema() throws IOException {
        String document = document(Topics.defaults());
        for (Topic<?> topic : Topics.defaults().all()) {
            assertThat(document).contains("address: " + topic.name());
        }
        assertThat(document.lines().filter(line -> line.startsWith("        schemaFormat:")).count()).isEqualTo(Topics.defaults().avro().size());
    }

    private static String document(Topics topics) throws JsonProcessingException {
        StringBuilder text = new StringBuilder("""
                # The topics of vitaltwin, under the default prefix. Made of Topics and the schemas; see AsyncApiTest.
                asyncapi: 3.0.0
                info:
                  title: vitaltwin topics
                  version: '1'
                  description: >-
                    Every key is the pseudonym of a patient in UTF-8, unless the schema says otherwise. Values are Avro in the Confluent wire format: a byte 0, a
                    4-byte schema id, the body; subject <topic>-value. Readers of outputs read committed records only. An information system about alarms: not a
                    medical device and not a primary alarm.
                  license:
                    name: Apache-2.0
                defaultContentType: application/vnd.apache.avro
                channels:
                """);
        topics.all().forEach(topic -> text.append(channel(topics, topic)));
        text.append("operations:\n");
        topics.all().forEach(topic -> text.append(operation(topics, topic)));
        text.append("components:\n  messages:\n");
        for (Topic<? extends SpecificRecord> topic : topics.avro()) {
            text.append(message(topic));
        }
        text.append("    DeadLetter:\n      description: Original bytes; the reason is in the headers.\n      contentType: application/octet-stream\n");
        return text.toString();
    }

    private static String id(Topics topics, Topic<?> topic) {
        return topic.name().substring(topics.prefix().length()).replaceFirst("\\.v1$", "");
    }

    private static String nameOf(Topic<?> topic) {
        return topic.type() == byte[].class ? "DeadLetter" : topic.type().getSimpleName();
    }

    private static String channel(Topics topics, Topic<?> topic) {
        StringBuilder text = new StringBuilder("  " + id(topics, topic) + ":\n    address: " + topic.name() + "\n    messages:\n      " + nameOf(topic)
                + ":\n        $ref: '#/components/messages/" + nameOf(topic) + "'\n    bindings:\n      kafka:\n        topic: " + topic.name()
                + "\n        partitions: " + topic.partitions() + "\n        topicConfiguration:\n          cleanup.policy: ["
                + (topic.cleanup() == Topic.Cleanup.COMPACT ? "compact" : "delete") + "]\n");
        text.append("          retention.ms: ").append(topic.retention().map(kept -> String.valueOf(kept.toMillis())).orElse("-1")).append('\n');
        return text.append("        bindingVersion: 0.5.0\n").toString();
    }

    /** What comes in carries the broker's time; what goes out the time of what caused it. */
    private static String operation(Topics topics, Topic<?> topic) {
        boolean in = topic.timestampType() == TimestampType.LOG_APPEND;
        return "  " + (in ? "receive-" : "send-") + id(topics, topic) + ":\n    action: " + (in ? "receive" : "send") + "\n    channel:\n      $ref: '#/channels/"
                + id(topics, topic) + "'\n";
    }

    private static String message(Topic<? extends SpecificRecord> topic) throws JsonProcessingException {
        Schema schema = SpecificData.get().getSchema(topic.type());
        JsonNode node = JSON.readTree(schema.toString());
        strip(node);
        return "    " + nameOf(topic) + ":\n      name: " + nameOf(topic) + "\n      payload:\n"
                + "        schemaFormat: '" + AVRO + "'\n        schema: " + JSON.writeValueAsString(node) + "\n";
    }

    /** What only this project's generated classes need. */
    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
        }
        node.forEach(AsyncApiTest::strip);
    }
}
