package io.vitaltwin.standalone.input.fhir;

import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Loinc;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Consent.provision with everything in it, as a list in which each rule comes before its exceptions. */
final class ProvisionReader {

    private static final int DEEPEST = io.vitaltwin.twin.core.consent.Provision.DEEPEST;
    private static final Set<String> PERMITTING = Set.of("OPTIN", "OPTINR");
    private static final Set<String> DENYING = Set.of("OPTOUT", "OPTOUTE");

    private final List<Provision> provisions = new ArrayList<>();
    private final Pseudonyms pseudonyms;

    ProvisionReader(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /** @param policy codings of Consent.policyRule */
    List<Provision> read(Element root, List<Coding> policy) {
        read(root, rootType(root, policy), -1, 0);
        return provisions;
    }

    /**
     * The base rule: what the root says, or else what the policy says. They must not contradict each other. Where the root says nothing and has
     * exceptions, consents in use mean different things by it.
     */
    private static ProvisionType rootType(Element root, List<Coding> policy) {
        Optional<ProvisionType> said = type(root);
        if (said.isEmpty() && root.has("provision")) {
            throw root.problem("type", "is missing: whether the rules inside are exceptions to a permit or to a deny must be said; give the root"
                    + " provision the type permit or deny");
        }
        for (Coding coding : policy) {
            Optional<ProvisionType> base = PERMITTING.contains(coding.code()) ? Optional.of(ProvisionType.PERMIT)
                    : DENYING.contains(coding.code()) ? Optional.of(ProvisionType.DENY) : Optional.empty();
            if (base.isPresent() && said.isPresent() && base.get() != said.get()) {
                throw root.problem("type", "contradicts policyRule " + coding.code() + "; let the root provision say what the policy says, and put"
                        + " the exceptions into " + root.path() + ".provision");
            }
            said = said.or(() -> base);
        }
        return said.orElseThrow(() -> root.problem("type", "is missing, and the base policy is not known here; give the root provision the type permit"
                + " or deny, or the consent the policyRule OPTIN or OPTOUT of " + FhirUris.ACT_CODE));
    }

    private static Optional<ProvisionType> type(Element element) {
        return element.text("type").map(text -> switch (text) {
            case "permit" -> ProvisionType.PERMIT;
            case "deny" -> ProvisionType.DENY;
            default -> throw element.problem("type", "permit or deny is expected here");
        });
    }

    private void read(Element element, ProvisionType type, int outer, int depth) {
        if (depth > DEEPEST) {
            throw element.problem("is nested more than " + DEEPEST + " deep; write it with fewer levels");
        }
        Provision provision = Provision.newBuilder().setType(type).setExceptionTo(outer).build();
        int place = provisions.size();
        provisions.add(provision);
        refuseWhatCannotBeHonoured(element);
        bounds(element, "period", provision::setPeriodStart, provision::setPeriodEnd);
        bounds(element, "dataPeriod", provision::setDataPeriodStart, provision::setDataPeriodEnd);
        provision.setPurposes(purposes(element, type));
        provision.setVitals(vitals(element, type));
        provision.setActors(actors(element));
        provision.setActions(actions(element));
        for (Element exception : element.children("provision")) {
            read(exception, exceptionType(exception, type), place, depth + 1);
        }
        element.end();
    }

    private static ProvisionType exceptionType(Element exception, ProvisionType around) {
        String opposite = around == ProvisionType.PERMIT ? "deny" : "permit";
        ProvisionType type = type(exception).orElseThrow(() -> exception.problem("type", "is missing; this exception is a " + opposite));
        if (type == around) {
            throw exception.problem("type", "an exception says the opposite of the rule around it; give it the type " + opposite
                    + ", or put it beside that rule");
        }
        return type;
    }

    private static void refuseWhatCannotBeHonoured(Element element) {
        if (element.has("securityLabel")) {
            throw element.problem("securityLabel", "cannot be honoured: readings carry no security labels; remove it, or name the observations by code");
        }
        if (element.has("data")) {
            throw element.problem("data", "cannot be honoured: readings are no resources that can be referred to; remove it, or limit by code and dataPeriod");
        }
    }

    /** An end includes all of its last day, or of its last second; the bound of a rule is the first instant after it. */
    private static void bounds(Element element, String name, Consumer<Instant> setStart, Consumer<Instant> setEnd) {
        element.child(name).ifPresent(period -> {
            @Nullable FhirTime start = period.time("start").orElse(null);
            @Nullable FhirTime end = period.time("end").orElse(null);
            period.end();
            if (start == null && end == null) {
                throw period.problem("start or end is expected here");
            }
            if (start != null && end != null && !start.first().isBefore(end.next())) {
                throw period.problem("ends before it starts");
            }
            if (start != null) {
                setStart.accept(start.first());
            }
            if (end != null) {
                setEnd.accept(end.next());
            }
        });
    }

    /** Who denies treatment denies it in an emergency too; who permits it has not been asked about emergencies. */
    private static List<String> purposes(Element element, ProvisionType type) {
        Set<String> purposes = new LinkedHashSet<>();
        for (Element coding : element.children("purpose")) {
            Coding found = Coding.of(coding);
            if (!found.system().equals(FhirUris.ACT_REASON) || !Codes.PURPOSES.contains(found.code())) {
                throw coding.problem("is not a purpose that is told apart here; use " + String.join(", ", Codes.PURPOSES) + " of " + FhirUris.ACT_REASON);
            }
            purposes.add(found.code());
            if (type == ProvisionType.DENY && found.code().equals("TREAT")) {
                purposes.add("ETREAT");
            }
        }
        return List.copyOf(purposes);
    }

    /** A class of Observation is every vital: only its codes limit it. */
    private static List<String> vitals(Element element, ProvisionType type) {
        for (Element coding : element.children("class")) {
            Coding found = Coding.of(coding);
            if (!found.system().equals(Codes.RESOURCE_TYPES) || !found.code().equals("Observation")) {
                throw coding.problem("cannot be honoured: only observations are held here; use Observation of " + Codes.RESOURCE_TYPES);
            }
        }
        Set<String> vitals = new LinkedHashSet<>();
        for (Element concept : element.children("code")) {
            vitals.addAll(vitalsOf(concept, type));
        }
        return List.copyOf(vitals);
    }

    /** Several codings of one concept are several words for the same thing. */
    private static Set<String> vitalsOf(Element concept, ProvisionType type) {
        Set<String> vitals = new LinkedHashSet<>();
        boolean narrower = false;
        for (Coding coding : Coding.ofConcept(concept)) {
            Optional<Loinc> loinc = coding.system().equals(FhirUris.LOINC) ? Loinc.of(coding.code()) : Optional.empty();
            loinc.ifPresent(known -> vitals.addAll(known.vitals()));
            narrower |= loinc.isPresent() && loinc.get().isNarrower();
        }
        if (vitals.isEmpty()) {
            throw concept.problem("names no observation that is held here; use a code of " + FhirUris.LOINC + " for a vital");
        }
        if (narrower && type == ProvisionType.PERMIT) {
            throw concept.problem("permits only a part of " + String.join(", ", vitals) + ", which cannot be told apart here; permit the whole"
                    + " vital, or leave it out");
        }
        return vitals;
    }

    private List<String> actors(Element element) {
        List<String> actors = new ArrayList<>();
        for (Element actor : element.children("actor")) {
            Element role = actor.child("role").orElseThrow(() -> actor.problem("role", "is missing; R4 requires it"));
            if (Coding.ofConcept(role).stream().noneMatch(coding -> Codes.ROLES.contains(coding.code()))) {
                throw role.problem("cannot be honoured: it is no role of somebody who gets or processes data; use one of "
                        + String.join(", ", Codes.ROLES.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList()));
            }
            Element reference = actor.child("reference").orElseThrow(() -> actor.problem("reference", "is missing; R4 requires it"));
            actors.add(pseudonyms.of(reference));
            actor.end();
        }
        return actors;
    }

    private static List<String> actions(Element element) {
        Set<String> actions = new LinkedHashSet<>();
        for (Element concept : element.children("action")) {
            Optional<String> action = Coding.ofConcept(concept).stream().filter(coding -> coding.system().equals(FhirUris.CONSENT_ACTION))
                    .flatMap(coding -> Codes.action(coding.code().toLowerCase(Locale.ROOT)).stream()).findFirst();
            actions.add(action.orElseThrow(() -> concept.problem("is not an action that is known here; use collect, access, use, disclose or"
                    + " correct of " + FhirUris.CONSENT_ACTION)));
        }
        return List.copyOf(actions);
    }
}
