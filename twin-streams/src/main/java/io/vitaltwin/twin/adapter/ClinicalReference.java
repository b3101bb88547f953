package io.vitaltwin.twin.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of CLINICAL.md: headings such as 3.0, numbered points below one such as 3.12.2, and named rows of a table below one such as
 * 8.4 E7.
 */
public final class ClinicalReference {

    private static final String BUNDLED = "/io/vitaltwin/twin/CLINICAL.md";
    private static final Pattern HEADING = Pattern.compile("^#{2,3} +(.*)$");
    /** A heading may open several sections: "3.6 Fever, 3.7 rate and rhythm". */
    private static final Pattern NUMBER = Pattern.compile("(?:^|, )(\\d+(?:\\.\\d+)?)\\b");
    private static final Pattern POINT = Pattern.compile("^ *(\\d+)\\. ");
    private static final Pattern ROW = Pattern.compile("^\\| *(E\\d+|DQ-\\d+|S\\d+|N\\d+)\\b");
    /** What a source may name: "3.0", "3.12.2", "8.4 E7". */
    private static final Pattern NAMED = Pattern.compile("(?<![\\w.-])(\\d+(?:\\.\\d+){0,2})(?: +(E\\d+))?(?![\\w.]*\\d)");
    private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)");

    private final Set<String> sections = new HashSet<>();

    ClinicalReference(String markdown) {
        Set<String> open = Set.of();
        for (String line : markdown.split("\n")) {
            Matcher heading = HEADING.matcher(line);
            if (heading.find()) {
                open = numbers(heading.group(1));
                sections.addAll(open);
            }
            for (String section : open) {
                add(section + ".", POINT.matcher(line));
                add(section + " ", ROW.matcher(line));
            }
        }
    }

    /** The one that comes with the program. */
    public static ClinicalReference bundled() {
        return Holder.BUNDLED_REFERENCE;
    }

    private static final class Holder {
        private static final ClinicalReference BUNDLED_REFERENCE = read();
    }

    private static ClinicalReference read() {
        try (InputStream in = ClinicalReference.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the program comes without " + BUNDLED);
            }
            return new ClinicalReference(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String prefix, Matcher found) {
        if (found.find()) {
            sections.add(prefix + found.group(1));
        }
    }

    private static Set<String> numbers(String heading) {
        Set<String> numbers = new HashSet<>();
        Matcher matcher = NUMBER.matcher(heading);
        while (matcher.find()) {
            numbers.add(matcher.group(1));
        }
        return numbers;
    }

    public boolean has(String section) {
        return sections.contains(section);
    }

    /** The sections that a text names, such as "3.0, 8.4 E9 (remark)"; what stands in brackets is a remark. */
    public static Set<String> named(String text) {
        Set<String> named = new LinkedHashSet<>();
        Matcher matcher = NAMED.matcher(REMARK.matcher(text).replaceAll(""));
        while (matcher.find()) {
            named.add(matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + " " + matcher.group(2));
        }
        return named;
    }
}
