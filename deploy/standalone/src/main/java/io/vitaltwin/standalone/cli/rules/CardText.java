package io.vitaltwin.standalone.cli.rules;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.CustomRule;
import io.vitaltwin.twin.core.rules.Population;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A card as Markdown. */
final class CardText {

    private CardText() {
    }

    static void print(PrintWriter out, RuleSet rules, Card card) {
        out.println("## " + card.title());
        out.println();
        out.println(card.purpose());
        out.println();
        out.println("- **Rule set**: " + rules.version());
        out.println("- **People**: " + card.people());
        out.println("- **Outside**: " + outside(card.population()));
        out.println("- **Devices**: " + card.caps());
        out.println("- **Reference**: CLINICAL.md " + String.join(", ", card.references()));
        out.println();
        out.println("| rule | at most | numbers | source |");
        out.println("|---|---|---|---|");
        for (RuleId id : card.rules()) {
            RuleSet.Entry entry = rules.of(id);
            out.println("| " + id + " | " + entry.priority() + " | " + numbers(RuleData.parameters(id, entry)) + " | " + entry.source() + " |");
        }
        out.println();
        list(out, "Published performance", card.performance().isEmpty() ? List.of("None is known.") : card.performance());
        list(out, "Known gaps", card.gaps());
        list(out, "What it is not", card.not());
    }

    static void print(PrintWriter out, RuleSet rules, CustomRule rule) {
        out.println("## " + rule.id());
        out.println();
        out.println("A rule of this rule set's own. " + rule.text());
        out.println();
        out.println("- **Rule set**: " + rules.version());
        out.println("- **Raises**: `" + rule.when().expression().strip() + "` for " + Duration.ofMillis(rule.forMillis()) + ", at most " + rule.priority());
        out.println("- **Clears**: " + rule.clear().map(clear -> "`" + clear.expression().strip() + "`").orElse("when that no longer holds")
                + " for " + Duration.ofMillis(rule.clearForMillis()));
        out.println("- **Looks at**: " + String.join(", ", rule.vitals().stream().map(Vital::id).toList()));
        out.println("- **People**: " + (rule.conditions().isEmpty() ? "everybody" : "with " + String.join(" or ", rule.conditions().stream().sorted().toList())));
        out.println("- **Outside**: " + outside(rule.population()));
        out.println("- **Devices**: consumer devices alone at most MEDIUM, one level more with a symptom");
        out.println("- **Source**: " + rule.source());
        out.println();
        list(out, "Published performance", List.of("None is known."));
    }

    private static String outside(Population population) {
        List<String> limits = new ArrayList<>();
        if (population.minAge() > 0) {
            limits.add("younger than " + population.minAge() + " years");
        }
        if (population.maxAge() != Population.NO_LIMIT) {
            limits.add("older than " + population.maxAge() + " years");
        }
        limits.addAll(population.excluded());
        if (limits.isEmpty()) {
            return "nobody is known to be outside.";
        }
        return String.join(", ", limits) + ": tagged EXTRAPOLATED" + (population.guideline() ? ", not lowered (a guideline's rule)" : ", at most MEDIUM")
                + ". An age that is not known puts nobody outside.";
    }

    private static String numbers(Map<String, Map<String, Object>> parameters) {
        return String.join(", ", parameters.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().get("value") + " " + one.getValue().get("unit")).toList());
    }

    private static void list(PrintWriter out, String title, List<String> lines) {
        out.println("**" + title + "**");
        out.println();
        lines.forEach(line -> out.println("- " + line));
        out.println();
    }
}
