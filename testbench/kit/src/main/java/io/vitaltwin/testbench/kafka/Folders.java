package io.vitaltwin.testbench.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that live as long as a command. */
public final class Folders {

    private Folders() {
    }

    /** Deletes a folder and all that is in it. A file that somebody else deletes meanwhile is as good as deleted. */
    public static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(folder)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            try {
                Files.delete(path);
            } catch (NoSuchFileException e) {
                continue; // gone already
            }
        }
    }
}
