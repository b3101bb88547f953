package io.vitaltwin.testbench.readme;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The reader of the documents must see what is wrong in them. */
class MarkdownTest {

    @TempDir
    private Path folder;

    @Test
    void shouldNameTheLinksThatLeadNowhere() throws IOException {
        // Given
        Files.writeString(folder.resolve("there.md"), "x");
        Markdown text = markdown("[a](there.md#part) and [b](missing.md), [c](https://example.org/missing.md), [d](#here)");
        // Then
        assertThat(text.relativeLinks()).containsExactly("there.md", "missing.md");
        assertThat(text.brokenLinks()).containsExactly("missing.md");
    }

    @Test
    void shouldFindTheBlocksOfALanguage() throws IOException {
        // Given
        Markdown text = markdown("```sh\none\n```\n", "```js\n  two\n```", "```sh\nthree\n\n  four\n```");
        // Then
        assertThat(text.blocks("sh")).containsExactly(List.of("one"), List.of("three", "", "  four"));
        assertThat(text.blocks("js")).containsExactly(List.of("  two"));
        assertThat(text.blocks("java")).isEmpty();
    }

    @Test
    void shouldFindTheFirstColumnOfATable() throws IOException {
        // Given
        Markdown text = markdown("| topic | x |\n|---|---|\n| t | 1 |\n\n| command | does |\n|---|---|\n| `a` | b |\n| `c` | d |\n\nend | x |");
        // Then
        assertThat(text.firstColumnOf("command")).containsExactly("`a`", "`c`");
        assertThat(text.firstColumnOf("nothing")).isEmpty();
    }

    private Markdown markdown(String... parts) throws IOException {
        Path file = folder.resolve("x.md");
        Files.writeString(file, String.join("\n", parts));
        return Markdown.read(file);
    }
}
