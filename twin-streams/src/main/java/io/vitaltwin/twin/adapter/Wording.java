package io.vitaltwin.twin.adapter;

import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that no text about a patient may have: they blame.
 *
 * @see "CLINICAL.md section 8.4 E8"
 */
public final class Wording {

    private static final Pattern BLAMING = Pattern.compile("\\b(non-?complian(t|ce)|failed|refused|lazy|poor adherence)\\b");

    private Wording() {
    }

    /** The first blaming word; empty when there is none. */
    public static Optional<String> blamingWord(String text) {
        Matcher matcher = BLAMING.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    static String checked(RuleSetYaml yaml, Node node) {
        String text = yaml.sentence(node);
        blamingWord(text).ifPresent(word -> {
            throw yaml.problem(node, "a text must not blame the patient: say it without '" + word + "'");
        });
        return text;
    }
}
