package io.vitaltwin.schemas;

import org.apache.avro.Schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every schema that was ever released, as {@code schemas.lock} lists them. The files lie beside the lock, one a version, and never
 * change; see RATIONALE.md for how a version is released.
 */
public final class BundledSchemas {

    static final String FOLDER = "/schemas/";
    private static final List<Release> RELEASES = load();

    private BundledSchemas() {
    }

    /**
     * One released version of one subject.
     *
     * @param subject without the topics' prefix, such as {@code readings.v1-value}
     * @param version counts from 1 within the subject
     * @param id what stands in the header of every value that was written with it; for ever
     * @param fingerprint SHA-256 of the file, in hex
     * @param text one line of JSON, docs included: what is registered
     */
    public record Release(String subject, int version, int id, String fingerprint, String text, Schema schema) {

        /** Whether a subject with some prefix, such as {@code vt.readings.v1-value}, is this one. */
        public boolean isOf(String prefixedSubject) {
            return prefixedSubject.endsWith(subject);
        }

        String file() {
            return file(subject, version);
        }

        static String file(String subject, int version) {
            return "released/" + subject + "/v" + version + ".avsc";
        }
    }

    /** All of them, by id. */
    public static List<Release> releases() {
        return RELEASES;
    }

    /** The versions of a subject, oldest first; empty when it is not one of ours. The subject's prefix may be any. */
    public static List<Release> of(String subject) {
        return RELEASES.stream().filter(release -> release.isOf(subject)).toList();
    }

    public static Optional<Release> byId(int id) {
        return id >= 1 && id <= RELEASES.size() ? Optional.of(RELEASES.get(id - 1)) : Optional.empty();
    }

    /** The newest version of this subject that is the same as the schema in all but docs. */
    public static Optional<Release> find(String subject, Schema schema) {
        String essence = SchemaText.essence(schema);
        return of(subject).reversed().stream().filter(release -> SchemaText.essence(release.schema()).equals(essence)).findFirst();
    }

    private static List<Release> load() {
        List<Release> releases = new ArrayList<>();
        for (LockLine line : LockLine.parse(resource("schemas.lock"))) {
            Schema schema = new Schema.Parser().parse(resource(Release.file(line.subject(), line.version())));
            releases.add(new Release(line.subject(), line.version(), line.id(), line.fingerprint(), schema.toString(), schema));
        }
        return List.copyOf(releases);
    }

    static String resource(String name) {
        try (InputStream in = BundledSchemas.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + FOLDER + name + " is missing from the schemas module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + FOLDER + name + " cannot be read", e);
        }
    }
}
