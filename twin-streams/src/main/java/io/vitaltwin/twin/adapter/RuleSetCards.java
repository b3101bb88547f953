package io.vitaltwin.twin.adapter;

import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.Population;
import io.vitaltwin.twin.core.rules.RuleId;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code cards} of a rule set. Each rule is on exactly one card. */
final class RuleSetCards {

    private static final Set<String> KEYS = Set.of(
            "title", "rules", "purpose", "people", "population", "caps", "performance", "gaps", "not", "references");

    private final RuleSetYaml yaml;

    RuleSetCards(RuleSetYaml yaml) {
        this.yaml = yaml;
    }

    List<Card> read(Node section) {
        List<Card> cards = new ArrayList<>();
        Set<RuleId> covered = EnumSet.noneOf(RuleId.class);
        for (Node node : yaml.items(section)) {
            yaml.attempt(() -> card(node, covered)).flatMap(found -> found).ifPresent(cards::add);
        }
        for (RuleId id : RuleId.values()) {
            if (!covered.contains(id)) {
                yaml.note(section, "rule " + id + " has no card: every rule must be on one");
            }
        }
        return cards;
    }

    /** Empty when something of it cannot be used, which is noted. */
    private Optional<Card> card(Node node, Set<RuleId> covered) {
        Map<String, Node> keys = yaml.mapping(node, KEYS);
        List<RuleId> rules = yaml.attempt(() -> rules(yaml.required(node, keys, "rules"), covered)).orElse(List.of());
        Optional<String> title = sentence(node, keys, "title");
        Optional<String> purpose = sentence(node, keys, "purpose");
        Optional<String> people = sentence(node, keys, "people");
        Optional<String> caps = sentence(node, keys, "caps");
        Optional<Population> population = yaml.attempt(() ->
                keys.containsKey("population") ? population(yaml, yaml.required(node, keys, "population")) : Population.ANYBODY);
        Optional<List<String>> references = yaml.attempt(() -> references(yaml.required(node, keys, "references")));
        Optional<List<String>> performance = texts(keys, "performance");
        Optional<List<String>> gaps = yaml.attempt(() -> yaml.texts(yaml.required(node, keys, "gaps")));
        Optional<List<String>> not = yaml.attempt(() -> yaml.texts(yaml.required(node, keys, "not")));
        if (rules.isEmpty() || title.isEmpty() || purpose.isEmpty() || people.isEmpty() || caps.isEmpty() || population.isEmpty()
                || references.isEmpty() || performance.isEmpty() || gaps.isEmpty() || not.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Card(rules, title.get(), purpose.get(), people.get(), population.get(), caps.get(), performance.get(), gaps.get(),
                not.get(), references.get()));
    }

    private Optional<String> sentence(Node card, Map<String, Node> keys, String key) {
        return yaml.attempt(() -> yaml.sentence(yaml.required(card, keys, key)));
    }

    private Optional<List<String>> texts(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        return node == null ? Optional.of(List.of()) : yaml.attempt(() -> yaml.texts(node));
    }

    private List<RuleId> rules(Node node, Set<RuleId> covered) {
        List<RuleId> rules = new ArrayList<>();
        for (Node item : yaml.items(node)) {
            yaml.attempt(() -> RuleSetFile.ruleId(yaml, item)).ifPresent(id -> {
                if (covered.add(id)) {
                    rules.add(id);
                } else {
                    yaml.note(item, "rule " + id + " is on two cards: keep it on one");
                }
            });
        }
        return rules;
    }

    private List<String> references(Node node) {
        List<String> references = yaml.texts(node);
        for (String reference : references) {
            if (!ClinicalReference.bundled().has(reference)) {
                throw yaml.problem(node, "CLINICAL.md has no section " + reference);
            }
        }
        return references;
    }

    /** For whom a rule was made, as far as a program can check it. */
    static Population population(RuleSetYaml yaml, Node node) {
        Map<String, Node> keys = yaml.mapping(node, Set.of("minAge", "maxAge", "excludes", "guideline"));
        int min = keys.containsKey("minAge") ? yaml.wholeNumber("minAge", yaml.required(node, keys, "minAge")) : 0;
        int max = keys.containsKey("maxAge") ? yaml.wholeNumber("maxAge", yaml.required(node, keys, "maxAge")) : Population.NO_LIMIT;
        if (max < min) {
            throw yaml.problem(node, "maxAge must not be below minAge");
        }
        Set<String> excludes = keys.containsKey("excludes") ? Set.copyOf(yaml.texts(yaml.required(node, keys, "excludes"))) : Set.of();
        boolean guideline = keys.containsKey("guideline") && yaml.flag("guideline", yaml.required(node, keys, "guideline"));
        return new Population(min, max, excludes, guideline);
    }
}
