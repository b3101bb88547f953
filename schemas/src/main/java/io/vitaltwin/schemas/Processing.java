package io.vitaltwin.schemas;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Entry of one topic in the record of processing activities.
 *
 * @param what name of the topic without prefix and version, such as {@code readings}
 * @param activity what is done with it, in one plain sentence
 * @param purposes v3 ActReason codes
 * @param basis the ground on which it may be done
 * @param people whose data it holds
 * @param fields top-level field -> what kind of data it holds; every field of the schema is declared
 * @param writers parts of the program, or systems, that write it
 * @param receivers the ways out that it leaves the cluster by
 * @see "GDPR 30(1); CLINICAL.md section 8.2"
 */
public record Processing(
        String what,
        String activity,
        Set<String> purposes,
        Basis basis,
        List<String> people,
        Map<String, Category> fields,
        List<String> writers,
        List<String> receivers) {

    public Processing {
        purposes = Set.copyOf(purposes);
        people = List.copyOf(people);
        fields = Map.copyOf(fields);
        writers = List.copyOf(writers);
        receivers = List.copyOf(receivers);
    }

    /** Ground of an activity. Only one of them ends with a withdrawal of consent; the patient sees which and why. */
    public enum Basis {
        CONSENT("6(1)(a), 9(2)(a)", "the patient's explicit consent", true),
        CARE("6(1)(b), 9(2)(h)", "provision of care under the care plan", false),
        ACCOUNTABILITY("6(1)(c), 5(2), 7(1)", "duty to show that consent was asked for and kept to", false),
        ERASURE("6(1)(c), 17, 19", "duty to erase and to show it", false),
        NO_PERSON("none", "holds nothing about a person", false);

        private final String articles;
        private final String words;
        private final boolean endsWithConsent;

        Basis(String articles, String words, boolean endsWithConsent) {
            this.articles = articles;
            this.words = words;
            this.endsWithConsent = endsWithConsent;
        }

        /** Articles of the GDPR. */
        public String articles() {
            return articles;
        }

        public String words() {
            return words;
        }

        /** Whether the activity stops when consent is withdrawn. */
        public boolean endsWithConsent() {
            return endsWithConsent;
        }
    }

    /** Kind of data. */
    public enum Category {
        /** Stands for the patient; says nothing without the list that is kept elsewhere. */
        PSEUDONYM("pseudonym of the patient"),
        HEALTH("health data"),
        DEVICE("devices"),
        CONSENT("what the patient agreed to"),
        STAFF("pseudonyms of staff and systems"),
        /** Times, counts, versions, states. */
        RECORD("times, counts and versions");

        private final String words;

        Category(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The categories that occur, in their order. */
    public Set<Category> categories() {
        return new TreeSet<>(fields.values());
    }

    /** Category -> its fields, by name. */
    public Map<Category, Set<String>> byCategory() {
        Map<Category, Set<String>> by = new TreeMap<>();
        fields.forEach((field, category) -> by.computeIfAbsent(category, none -> new TreeSet<>()).add(field));
        return by;
    }
}
