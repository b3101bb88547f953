package io.vitaltwin.standalone.input.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A code with its system. Versions and displays say nothing more.
 *
 * @param system empty: not stated
 */
record Coding(String system, String code) {

    static Coding of(Element element) {
        element.passOver("version", "display", "userSelected");
        Coding coding = new Coding(element.text("system").orElse(""), element.needText("code", "a code is needed to know what is meant"));
        element.end();
        return coding;
    }

    /** The codings of a CodeableConcept; empty when it is only a text. */
    static List<Coding> ofConcept(Element concept) {
        List<Coding> codings = new ArrayList<>();
        concept.passOver("text");
        concept.children("coding").forEach(coding -> codings.add(of(coding)));
        concept.end();
        return codings;
    }

    /** The first code of a CodeableConcept, else its text. */
    static String wordOf(Element concept) {
        Optional<String> text = concept.text("text");
        return ofConcept(concept).stream().findFirst().map(Coding::code).or(() -> text)
                .orElseThrow(() -> concept.problem("a coding or a text is expected here"));
    }
}
