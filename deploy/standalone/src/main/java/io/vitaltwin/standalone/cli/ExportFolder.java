package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of one export. They are written into a folder beside the one that was asked for, which is only there once all of them are whole: see
 * {@link #publish}. Closed without that, nothing is left.
 */
final class ExportFolder implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path target;
    private final Path staging;
    private final boolean fhir;
    private final boolean csv;
    private final Map<String, ExportFile> open = new TreeMap<>();
    private final List<ExportFile.Written> written = new ArrayList<>();

    /** @throws CliException if the folder is there already and not empty, or cannot be made */
    ExportFolder(Path target, boolean fhir, boolean csv) {
        this.target = target.toAbsolutePath().normalize();
        this.staging = this.target.resolveSibling(this.target.getFileName() + ".partial");
        this.fhir = fhir;
        this.csv = csv;
        try {
            if (Files.exists(this.target) && !isEmptyFolder(this.target)) {
                throw CliException.wrongCall("--to " + target + " is there already and not empty; name a new folder");
            }
            delete(staging);
            Files.createDirectories(staging);
        } catch (IOException e) {
            throw CliException.wrongCall("--to " + target + " cannot be made: " + e.getMessage() + "; name another folder", e);
        }
    }

    /** One resource, into the file of its type. */
    void resource(ObjectNode resource) throws IOException {
        if (fhir) {
            file(resource.get("resourceType").asText() + ".ndjson", "").record(line(resource));
        }
    }

    /** One row, into a file whose first line names the columns. */
    void row(String name, List<String> columns, List<String> fields) throws IOException {
        if (csv) {
            file(name + ".csv", CsvText.line(columns)).record(CsvText.line(fields));
        }
    }

    void text(String name, String text) throws IOException {
        file(name, text);
    }

    private ExportFile file(String name, String head) throws IOException {
        ExportFile file = open.get(name);
        if (file == null) {
            file = new ExportFile(staging.resolve(name));
            file.head(head);
            open.put(name, file);
        }
        return file;
    }

    /** Closes all files that were begun, in the order of their names. */
    List<ExportFile.Written> finish() throws IOException {
        for (ExportFile file : open.values()) {
            written.add(file.finish());
        }
        open.clear();
        return List.copyOf(written);
    }

    /** Makes the folder appear. */
    void publish() throws IOException {
        Files.deleteIfExists(target);
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        try {
            for (ExportFile file : open.values()) {
                file.close();
            }
            delete(staging);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + staging + " cannot be removed; remove it by hand, it holds data of a patient", e);
        }
    }

    private static String line(ObjectNode resource) {
        try {
            return JSON.writeValueAsString(resource) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resource cannot be written as JSON", e);
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
