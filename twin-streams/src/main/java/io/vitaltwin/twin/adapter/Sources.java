package io.vitaltwin.twin.adapter;

import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Set;

/** Where a rule's numbers come from. {@code CR} stands for CLINICAL.md. */
final class Sources {

    private static final String REFERENCE = "CR ";

    private Sources() {
    }

    /** A built-in rule names its sections: "CR 3.0, 3.11.2". A deployment may go on with its own source after a semicolon. */
    static String builtIn(RuleSetYaml yaml, Node node) {
        String source = yaml.sentence(node);
        if (!source.startsWith(REFERENCE)) {
            throw yaml.problem(node, "a source begins with the section of CLINICAL.md, such as CR 3.0; another source may follow after a semicolon");
        }
        return checked(yaml, node, source);
    }

    /** A custom rule may have any source; a section that it names must exist. */
    static String own(RuleSetYaml yaml, Node node) {
        String source = yaml.sentence(node);
        return source.startsWith(REFERENCE) ? checked(yaml, node, source) : source;
    }

    private static String checked(RuleSetYaml yaml, Node node, String source) {
        Set<String> named = ClinicalReference.named(source.substring(REFERENCE.length()).replaceFirst(";.*", ""));
        if (named.isEmpty()) {
            throw yaml.problem(node, "a source begins with the section of CLINICAL.md, such as CR 3.0");
        }
        for (String section : named) {
            if (!ClinicalReference.bundled().has(section)) {
                throw yaml.problem(node, "CLINICAL.md has no section " + section);
            }
        }
        return source;
    }
}
