package io.vitaltwin.testbench.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The scenarios that come with the program. */
final class Bundled {

    private Bundled() {
    }

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    static Path folder() {
        try {
            URI folder = Objects.requireNonNull(Bundled.class.getResource("/scenarios"), "no scenarios on the class path").toURI();
            return Path.of(folder);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the scenarios are in no folder", e);
        }
    }
}
