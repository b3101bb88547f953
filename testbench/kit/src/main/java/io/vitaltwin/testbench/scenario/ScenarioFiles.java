package io.vitaltwin.testbench.scenario;

import io.vitaltwin.standalone.cli.CliException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The scenario files that a command line names. */
final class ScenarioFiles {

    private ScenarioFiles() {
    }

    /**
     * A file stands for itself, a folder for all scenarios in it and below it, by name. Each file comes once.
     *
     * @throws CliException when a path does not exist, or holds no scenario
     */
    static List<Path> in(List<Path> paths) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            List<Path> found = in(path);
            if (found.isEmpty()) {
                throw CliException.wrongCall(path + " holds no scenario; give .yaml files, or a folder with some");
            }
            files.addAll(found);
        }
        return List.copyOf(files);
    }

    private static List<Path> in(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw CliException.wrongCall(path + " does not exist; give scenario files or a folder with some");
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted().toList();
        } catch (IOException e) {
            throw CliException.failed("folder " + path + " cannot be read; check its permissions", e);
        }
    }
}
