package io.vitaltwin.alerts.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the page as they lie in the sources. */
final class ConsoleFiles {

    static final Path ROOT = Path.of("src", "main", "resources", "console");

    private ConsoleFiles() {
    }

    static String text(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** Path below the page's folder -> text, of all files of the folder whose name ends so. */
    static Map<String, String> texts(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).collect(Collectors.toMap(file -> ROOT.relativize(file).toString(), ConsoleFiles::read,
                    (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
