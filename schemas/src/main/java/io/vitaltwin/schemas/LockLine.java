package io.vitaltwin.schemas;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code schemas.lock}: subject without prefix, version, id, SHA-256 of the file. Lines are only ever added at the end:
 * the id is the place of the line, so an id once given stands for the same schema for ever.
 */
record LockLine(String subject, int version, int id, String fingerprint) {

    private static final String FORM = "schemas.lock line %d: expected 'subject version id sha256', ids counting from 1 without holes";

    /** @throws IllegalStateException naming the line that breaks the form or the order */
    static List<LockLine> parse(String text) {
        List<LockLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            LockLine parsed = parseLine(line, number);
            long versionsBefore = lines.stream().filter(before -> before.subject.equals(parsed.subject)).count();
            if (parsed.id != lines.size() + 1 || parsed.version != versionsBefore + 1) {
                throw new IllegalStateException(FORM.formatted(number));
            }
            lines.add(parsed);
        }
        return List.copyOf(lines);
    }

    private static LockLine parseLine(String line, int number) {
        String[] words = line.split(" ");
        if (words.length != 4 || !words[1].matches("[1-9]\\d{0,6}") || !words[2].matches("[1-9]\\d{0,6}") || !words[3].matches("[0-9a-f]{64}")) {
            throw new IllegalStateException(FORM.formatted(number));
        }
        return new LockLine(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
    }

    String print() {
        return subject + " " + version + " " + id + " " + fingerprint;
    }
}
