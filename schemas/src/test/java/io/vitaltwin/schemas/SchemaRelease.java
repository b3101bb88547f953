package io.vitaltwin.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Releases what changed in vitaltwin.avdl: writes the next version of each changed subject and adds its line to schemas.lock.
 * Runs only when asked for: {@code mvn -pl schemas test -Dtest=SchemaRelease -Dschemas.release=true}.
 */
class SchemaRelease {

    private static final Path FOLDER = Path.of("src/main/resources/schemas");

    @Test
    @EnabledIfSystemProperty(named = "schemas.release", matches = "true")
    void shouldReleaseWhatChanged() throws IOException {
        int nextId = BundledSchemas.releases().size() + 1;
        for (Topic<? extends SpecificRecord> topic : new Topics("", 1).avro()) {
            Schema current = SpecificData.get().getSchema(topic.type());
            if (BundledSchemas.find(topic.subject(), current).isEmpty()) {
                release(topic, current, nextId++);
            }
        }
    }

    private static void release(Topic<?> topic, Schema current, int id) throws IOException {
        List<Schema> released = BundledSchemas.of(topic.subject()).stream().map(BundledSchemas.Release::schema).toList();
        assertThat(SchemaGate.breaks(topic.compatibility(), current, released)).as(topic.subject()).isEmpty();
        int version = released.size() + 1;
        String text = new ObjectMapper().readTree(SchemaText.published(current)).toPrettyString() + "\n";
        Path file = FOLDER.resolve(BundledSchemas.Release.file(topic.subject(), version));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        var line = new LockLine(topic.subject(), version, id, sha256(text));
        Files.writeString(FOLDER.resolve("schemas.lock"), line.print() + "\n", StandardOpenOption.APPEND);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
