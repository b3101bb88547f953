package io.vitaltwin.twin.core.rules;

import java.util.List;

/**
 * What one should know of a rule before one relies on it: a card for one or several rules of a rule set.
 *
 * @param title short name of what the rules watch
 * @param purpose one or two sentences
 * @param people for whom the numbers were made, in words
 * @param population the same as far as a program can check it
 * @param caps what devices of which grade may do, in words
 * @param performance published figures, each with its source; empty: none is known
 * @param gaps what is not known or goes wrong
 * @param not what the rules must not be taken for
 * @param references sections of the clinical reference
 * @see "CLINICAL.md section 8.4 E7"
 */
public record Card(
        List<RuleId> rules,
        String title,
        String purpose,
        String people,
        Population population,
        String caps,
        List<String> performance,
        List<String> gaps,
        List<String> not,
        List<String> references) {

    public Card {
        rules = List.copyOf(rules);
        performance = List.copyOf(performance);
        gaps = List.copyOf(gaps);
        not = List.copyOf(not);
        references = List.copyOf(references);
    }
}
