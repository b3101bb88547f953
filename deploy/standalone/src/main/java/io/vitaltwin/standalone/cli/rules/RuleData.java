package io.vitaltwin.standalone.cli.rules;

import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.CustomRule;
import io.vitaltwin.twin.core.rules.ParameterUnits;
import io.vitaltwin.twin.core.rules.Population;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules as plain maps, for JSON and for people. */
final class RuleData {

    private RuleData() {
    }

    static Map<String, Object> of(RuleSet rules, RuleId id) {
        RuleSet.Entry entry = rules.of(id);
        Map<String, Object> data = head(rules, id.name(), id.family().name(), id.family().lane().name(), entry.priority().name());
        data.put("informationType", entry.predictive() ? "PREDICTIVE" : "DESCRIPTIVE");
        data.put("parameters", parameters(id, entry));
        data.put("text", entry.text());
        data.put("source", entry.source());
        data.put("population", of(entry.population()));
        return data;
    }

    static Map<String, Object> of(RuleSet rules, CustomRule rule) {
        Map<String, Object> data = head(rules, rule.id(), RuleId.CUSTOM.family().name(rule.id()), RuleId.CUSTOM.family().lane().name(),
                rule.priority().name());
        data.put("when", rule.when().expression());
        data.put("for", Duration.ofMillis(rule.forMillis()).toString());
        data.put("clear", rule.clear().map(CustomRule.Condition::expression).orElse("when no longer"));
        data.put("clearFor", Duration.ofMillis(rule.clearForMillis()).toString());
        data.put("vitals", rule.vitals().stream().map(Vital::id).toList());
        data.put("conditions", rule.conditions().stream().sorted().toList());
        data.put("text", rule.text());
        data.put("source", rule.source());
        data.put("population", of(rule.population()));
        return data;
    }

    private static Map<String, Object> head(RuleSet rules, String id, String family, String lane, String priority) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("rule", id);
        data.put("version", rules.version());
        data.put("family", family);
        data.put("lane", lane);
        data.put("priority", priority);
        return data;
    }

    /** By name: value and unit. */
    static Map<String, Map<String, Object>> parameters(RuleId id, RuleSet.Entry entry) {
        Map<String, Map<String, Object>> parameters = new TreeMap<>();
        entry.parameters().forEach((name, milli) -> {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("value", new BigDecimal(BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString()));
            parameter.put("unit", ParameterUnits.of(id, name));
            parameters.put(name, parameter);
        });
        return parameters;
    }

    private static Map<String, Object> of(Population population) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (population.minAge() > 0) {
            data.put("minAge", population.minAge());
        }
        if (population.maxAge() != Population.NO_LIMIT) {
            data.put("maxAge", population.maxAge());
        }
        data.put("excludes", population.excluded());
        data.put("guideline", population.guideline());
        return data;
    }

    static Map<String, Object> of(RuleSet rules, Card card) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", card.title());
        data.put("version", rules.version());
        data.put("purpose", card.purpose());
        data.put("people", card.people());
        data.put("population", of(card.population()));
        data.put("rules", card.rules().stream().map(id -> of(rules, id)).toList());
        data.put("caps", card.caps());
        data.put("performance", card.performance());
        data.put("gaps", card.gaps());
        data.put("not", card.not());
        data.put("references", card.references());
        return data;
    }

    /** One line a key; parameters one line each. */
    static void print(PrintWriter out, Map<String, Object> data) {
        data.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                out.println(key + ":");
                inner.forEach((name, one) -> out.println("  " + name + ": " + words(one)));
            } else {
                out.println(key + ": " + words(value));
            }
        });
    }

    private static String words(Object value) {
        return switch (value) {
            case Map<?, ?> parameter -> parameter.get("value") + " " + parameter.get("unit");
            case List<?> list -> list.isEmpty() ? "none" : String.join(", ", list.stream().map(String::valueOf).toList());
            default -> String.valueOf(value);
        };
    }
}
