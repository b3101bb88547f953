package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Conformance;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain sentences for people, filled from the templates of the rule set. */
final class Texts {

    static final String EXTRAPOLATED = " This rule was not made for people like this patient: judge with care.";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9]+)}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Texts() {
    }

    /** The rule's sentence with its parameters and these words in place; what is not known stays out. */
    static String fill(RuleSet rules, RuleId rule, Map<String, String> words) {
        RuleSet.Entry entry = rules.of(rule);
        Map<String, String> known = new HashMap<>();
        entry.parameters().forEach((name, milli) -> known.put(name, decimal(milli)));
        known.putAll(words);
        Matcher matcher = PLACEHOLDER.matcher(entry.text());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(known.getOrDefault(matcher.group(1), "")));
        }
        return matcher.appendTail(text).toString();
    }

    /** What a nurse must know about how sure this is. Empty when nothing. */
    static String certainty(int tags) {
        StringBuilder text = new StringBuilder();
        if ((tags & Tag.UNVERIFIED.bit()) != 0) {
            text.append(" Unverified, confirm with a medical device.");
        }
        if ((tags & Tag.REMEASURE.bit()) != 0) {
            text.append(" The measurement is uncertain: measure again with a medical device.");
        }
        if ((tags & Tag.CORROBORATED.bit()) != 0) {
            text.append(" Another measurement or a symptom says the same.");
        }
        return text.toString();
    }

    static String eased(Priority now) {
        return "Better than before, but not over: the priority is now " + now + ".";
    }

    static String ended(String endReason) {
        return switch (endReason) {
            case "" -> "The condition has ended.";
            case "CONSENT_WITHDRAWN" -> "Ended because the patient withdrew consent; what was measured afterwards is not known.";
            case "CONSENT_EXPIRED" -> "Ended because consent has expired; what was measured afterwards is not known.";
            case "CONSENT_CHANGED" -> "Ended because consent no longer covers the measurements; what was measured afterwards is not known.";
            case "RULES_CHANGED" -> "Ended because the rule set changed.";
            case EmergencyRule.END_REASON -> "Ended with the emergency access; what was measured afterwards is not known.";
            case OptOut.END_REASON -> "Ended because the patient does not want to be told of this.";
            case "PLAN_CHANGED" -> "Ended because the care plan changed.";
            default -> "Ended: " + endReason + ".";
        };
    }

    static String device(Grade grade) {
        return switch (grade) {
            case CLINICAL -> "a clinical device";
            case MEDICAL_HOME -> "a medical home device";
            case CONSUMER -> "a consumer device";
            case UNKNOWN -> "a device that is not registered";
        };
    }

    static String value(Value value) {
        return switch (value.kind()) {
            case MEASURED -> measured(value.milli(), value.unit());
            case AT_MOST -> "at or below " + measured(value.milli(), value.unit());
            case AT_LEAST -> "at or above " + measured(value.milli(), value.unit());
            case CODE -> Conformance.codeText(value);
        };
    }

    static String measured(long milli, Unit unit) {
        return decimal(milli) + " " + unit.ucum();
    }

    static String canonical(long milli, Vital vital) {
        return measured(milli, vital.unit());
    }

    static String decimal(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }

    static String span(long millis) {
        long seconds = millis / 1000;
        if (seconds < 120) {
            return seconds + " seconds";
        }
        return seconds < 7200 ? seconds / 60 + " minutes" : seconds / 3600 + " hours";
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
