package io.vitaltwin.standalone.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.standalone.cli.ExitCodes;
import io.vitaltwin.twin.core.rules.Card;
import io.vitaltwin.twin.core.rules.CustomRule;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Model and threshold cards, made from the rule set: nothing is written twice. */
@Command(name = "cards", mixinStandardHelpOptions = true,
        description = "What to know of a rule before relying on it: purpose, people, numbers, published performance, gaps, what it is not.")
final class CardsCommand implements Callable<Integer> {

    /** A document for people, or one JSON object a line for programs. */
    enum Format { markdown, json }

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private RulesCommand.Source source = new RulesCommand.Source();

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "markdown", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.markdown;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RULE", description = "Only the card of this rule. Default: all cards.")
    private String rule = "";

    @Override
    public Integer call() {
        RuleSet rules = source.read();
        List<Card> cards = rules.cards().stream().filter(card -> rule.isEmpty() || isOn(card)).toList();
        List<CustomRule> own = rules.custom().all().stream().filter(one -> rule.isEmpty() || one.id().equals(rule)).toList();
        if (cards.isEmpty() && own.isEmpty()) {
            throw RulesCommand.unknown(rule, rules);
        }
        PrintWriter out = out();
        if (format == Format.json) {
            cards.forEach(card -> out.println(json(RuleData.of(rules, card))));
            own.forEach(one -> out.println(json(RuleData.of(rules, one))));
        } else {
            cards.forEach(card -> CardText.print(out, rules, card));
            own.forEach(one -> CardText.print(out, rules, one));
            out.println("An information system about alarms: not a medical device and not a primary alarm.");
        }
        return ExitCodes.DONE;
    }

    private boolean isOn(Card card) {
        return card.rules().stream().map(RuleId::name).anyMatch(rule::equals);
    }

    private PrintWriter out() {
        if (command == null) {
            throw new IllegalStateException("options used outside a command");
        }
        return command.commandLine().getOut();
    }

    private static String json(Map<String, Object> data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card cannot be written as JSON", e);
        }
    }
}
