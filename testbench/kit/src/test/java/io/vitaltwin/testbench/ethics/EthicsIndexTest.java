package io.vitaltwin.testbench.ethics;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of testbench/ETHICS.md names tests that are there, and every behaviour of the reference. */
@Tag("ethics")
class EthicsIndexTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");
    private static final int[] BEHAVIOURS = {4, 4, 4, 3, 4, 3, 3, 3, 4, 5};

    private final Path root = root();
    private final String page = read(root.resolve("testbench/ETHICS.md"));

    @Test
    void shouldNameTestsThatExistAndAreTagged() throws IOException {
        // Given
        Map<String, List<Path>> sources;
        try (Stream<Path> files = Files.walk(root)) {
            sources = files.filter(file -> file.toString().contains("src/test/java") && file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
        }
        List<MatchResult> named = NAMED.matcher(page).results().toList();
        // Then
        assertThat(named).hasSizeGreaterThan(35).allSatisfy(test -> {
            assertThat(sources.getOrDefault(test.group(1), List.of())).as(test.group(1)).singleElement();
            String source = read(sources.get(test.group(1)).getFirst());
            assertThat(source).as(test.group()).contains("void " + test.group(2) + "(").contains("Tag(\"ethics\")");
        });
    }

    @Test
    void shouldSpeakOfEveryBehaviour() {
        for (int problem = 1; problem <= BEHAVIOURS.length; problem++) {
            for (int behaviour = 1; behaviour <= BEHAVIOURS[problem - 1]; behaviour++) {
                assertThat(page).containsPattern("\\bE" + problem + "\\." + behaviour + "\\b");
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("schemas/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the test runs outside the project");
    }
}
