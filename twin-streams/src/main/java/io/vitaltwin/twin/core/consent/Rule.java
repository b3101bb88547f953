package io.vitaltwin.twin.core.consent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A provision in its place among the others: inside which rule it is an exception, and which exceptions it has itself. */
final class Rule {

    /** Project default, no source: deeper than any policy in use, and a bound on the work of one decision. */
    static final int DEEPEST = 16;

    private final Provision provision;
    private final @Nullable Rule outer;
    private final List<Rule> exceptions = new ArrayList<>(0);

    private Rule(Provision provision, @Nullable Rule outer) {
        this.provision = provision;
        this.outer = outer;
    }

    /** In the order of the list. @param provisions without {@link #fault} */
    static Rule[] nested(List<Provision> provisions) {
        Rule[] rules = new Rule[provisions.size()];
        for (int i = 0; i < rules.length; i++) {
            Provision provision = provisions.get(i);
            Rule outer = provision.exceptionTo() == Provision.ALONE ? null : rules[provision.exceptionTo()];
            rules[i] = new Rule(provision, outer);
            if (outer != null) {
                outer.exceptions.add(rules[i]);
            }
        }
        return rules;
    }

    /** What is left of a list that is not understood: no permit, and each denial without its limits and exceptions from other rules. */
    static Rule[] denialsAlone(List<Provision> provisions) {
        return provisions.stream().filter(provision -> provision.type() == Provision.Type.DENY)
                .map(provision -> new Rule(provision, null)).toArray(Rule[]::new);
    }

    /** Why a list of rules has no meaning; empty when it has one. */
    static Optional<String> fault(List<Provision> provisions) {
        int[] depths = new int[provisions.size()];
        for (int i = 0; i < depths.length; i++) {
            int outer = provisions.get(i).exceptionTo();
            if (outer == Provision.ALONE) {
                continue;
            }
            if (outer < 0 || outer >= i) {
                return Optional.of("rule " + i + " is an exception to rule " + outer + ": name an earlier one");
            }
            if (provisions.get(outer).type() == provisions.get(i).type()) {
                return Optional.of("rule " + i + " has the type of rule " + outer + ", to which it is an exception: give it the other type");
            }
            depths[i] = depths[outer] + 1;
            if (depths[i] > DEEPEST) {
                return Optional.of("rule " + i + " is nested more than " + DEEPEST + " deep: write it with fewer levels");
            }
        }
        return Optional.empty();
    }

    Provision provision() {
        return provision;
    }

    boolean isDeny() {
        return provision.type() == Provision.Type.DENY;
    }

    /** The rule within whose limits this one is an exception; null when it stands alone. */
    @Nullable Rule outer() {
        return outer;
    }

    /** In the order of the list. */
    List<Rule> exceptions() {
        return exceptions;
    }

    /** Within the periods of processing of this rule and of all around it. */
    boolean isLiveAt(long processingMillis) {
        for (Rule rule = this; rule != null; rule = rule.outer) {
            if (!rule.provision.isLiveAt(processingMillis)) {
                return false;
            }
        }
        return true;
    }

    /** One of the periods of processing, of this rule or of one around it, is over. */
    boolean hasEndedAt(long processingMillis) {
        for (Rule rule = this; rule != null; rule = rule.outer) {
            if (rule.provision.periodEnd() <= processingMillis) {
                return true;
            }
        }
        return false;
    }

    /** Whether a permit, or a permit around it, says itself from when on data are covered. */
    boolean namesDataStart() {
        for (Rule rule = this; rule != null; rule = rule.outer) {
            if (!rule.isDeny() && rule.provision.namesDataStart()) {
                return true;
            }
        }
        return false;
    }
}
