package io.vitaltwin.alerts.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of one language, with named places such as <code>{link}</code>. Bundled; a test compares the languages. */
final class Sentences {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s\\u2028\\u2029]+");
    private static final Map<Language, Sentences> ALL = loadAll();

    private final Language language;
    private final Map<String, String> templates;

    private Sentences(Language language, Map<String, String> templates) {
        this.language = language;
        this.templates = templates;
    }

    static Sentences in(Language language) {
        return ALL.get(language);
    }

    /** @throws IllegalStateException if the language has no such sentence */
    String of(String key) {
        String template = templates.get(key);
        if (template == null) {
            throw new IllegalStateException("messages_" + language.tag() + ".properties has no " + key);
        }
        return template;
    }

    /** The sentence, or the other where the language has none for it. */
    String of(String key, String otherwise) {
        return templates.getOrDefault(key, otherwise);
    }

    /** The sentence with these words in its places. @throws IllegalStateException if there is no such sentence, or no word for a place */
    String fill(String key, Map<String, String> words) {
        Matcher matcher = PLACE.matcher(of(key));
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String word = words.get(matcher.group(1));
            if (word == null) {
                throw new IllegalStateException("messages_" + language.tag() + ".properties: " + key + " has a place that nothing fills: " + matcher.group());
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(word));
        }
        return matcher.appendTail(text).toString();
    }

    Set<String> keys() {
        return new TreeSet<>(templates.keySet());
    }

    /** Names of the places that a sentence has. */
    Set<String> places(String key) {
        Set<String> places = new TreeSet<>();
        PLACE.matcher(of(key)).results().forEach(place -> places.add(place.group(1)));
        return places;
    }

    /** Without line breaks or control characters: words from outside cannot pretend to be lines of the message. */
    static String oneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    private static Map<Language, Sentences> loadAll() {
        Map<Language, Sentences> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, load(language));
        }
        return all;
    }

    private static Sentences load(Language language) {
        String name = "messages_" + language.tag() + ".properties";
        Properties properties = new Properties();
        try (InputStream in = Sentences.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
        Map<String, String> templates = new HashMap<>();
        properties.forEach((key, text) -> templates.put((String) key, (String) text));
        return new Sentences(language, Map.copyOf(templates));
    }
}
