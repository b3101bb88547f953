package io.vitaltwin.testbench.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Markdown as the documents here use. */
record Markdown(Path file, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern OUTSIDE = Pattern.compile("^[a-z]+:.*|^#.*");

    Markdown {
        lines = List.copyOf(lines);
    }

    static Markdown read(Path file) throws IOException {
        return new Markdown(file, Files.readAllLines(file));
    }

    /** Targets of links to files, without the part after {@code #}. */
    List<String> relativeLinks() {
        List<String> links = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINK.matcher(line);
            while (matcher.find()) {
                if (!OUTSIDE.matcher(matcher.group(1)).matches()) {
                    links.add(matcher.group(1).replaceFirst("#.*", ""));
                }
            }
        }
        return links;
    }

    /** Relative links that lead to nothing. */
    List<String> brokenLinks() {
        Path folder = file.toAbsolutePath().getParent();
        return relativeLinks().stream().filter(link -> folder == null || !Files.exists(folder.resolve(link))).toList();
    }

    /** Lines of the fenced blocks in a language, block by block. */
    List<List<String>> blocks(String language) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = null;
        for (String line : lines) {
            if (block == null && line.equals("```" + language)) {
                block = new ArrayList<>();
            } else if (block != null && line.equals("```")) {
                blocks.add(block);
                block = null;
            } else if (block != null) {
                block.add(line);
            }
        }
        return blocks;
    }

    /** First cells of the rows of the table whose head begins with a word, without its head. */
    List<String> firstColumnOf(String head) {
        List<String> cells = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            inside = inside ? line.startsWith("|") : line.startsWith("| " + head + " |");
            if (inside) {
                cells.add(line.split("\\|")[1].strip());
            }
        }
        return cells.isEmpty() ? cells : cells.subList(2, cells.size());
    }
}
