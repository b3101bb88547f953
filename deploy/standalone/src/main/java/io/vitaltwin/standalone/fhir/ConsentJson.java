package io.vitaltwin.standalone.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Loinc;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A version of a consent as Consent resources. FHIR has one root rule where our record may have several that stand on their own, so each root
 * becomes a Consent of its own: several consents are weighed together in the same way, deny before permit, so nothing changes its meaning.
 *
 * @see "HL7 FHIR R4 (4.0.1), Consent"
 */
public final class ConsentJson {

    private static final Set<String> ACTIONS = Set.of("COLLECT", "USE", "DISCLOSE");
    private static final Set<String> SCOPES = Set.of("patient-privacy", "treatment", "research", "adr");
    /** LOINC: patient consent. */
    private static final String CONSENT_DOCUMENT = "59284-0";
    private static final Set<String> BASE_RULES = Set.of("OPTIN", "OPTINR", "OPTOUT", "OPTOUTE");
    private static final int ROOT = -1;

    private ConsentJson() {
    }

    /**
     * At least one resource, in the order of the roots.
     *
     * @param before how many resources an older version of this consent came to: where this one has fewer roots, the others end
     */
    public static List<ObjectNode> of(String patient, Place place, ConsentRecord consent, int before) {
        List<ObjectNode> resources = new ArrayList<>();
        List<Provision> rules = consent.getProvisions();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).getExceptionTo() == ROOT) {
                resources.add(head(patient, place, consent, resources.size(), rules.get(i).getType()).set("provision", provision(rules, i)));
            }
        }
        if (resources.isEmpty()) {
            resources.add(head(patient, place, consent, 0, ProvisionType.PERMIT));
        }
        while (resources.size() < before) {
            resources.add(head(patient, place, consent, resources.size(), ProvisionType.PERMIT).put("status", "inactive"));
        }
        return resources;
    }

    private static ObjectNode head(String patient, Place place, ConsentRecord consent, int root, ProvisionType base) {
        String name = root == 0 ? consent.getConsentId() : consent.getConsentId() + "." + (root + 1);
        ObjectNode node = Fhir.resource("Consent", Fhir.id(name));
        ObjectNode meta = Fhir.object();
        if (!consent.getVersionId().isBlank()) {
            meta.put("versionId", Fhir.id(consent.getVersionId()));
        }
        node.set("meta", meta.put("lastUpdated", Fhir.time(place.append())));
        node.set("extension", extensions(place, consent));
        if (!name.isBlank()) {
            node.set("identifier", Fhir.array(Fhir.identifier("consent", name)));
        }
        node.put("status", status(consent));
        node.set("scope", scope(consent.getScope()));
        node.set("category", categories(consent.getCategories()));
        node.set("patient", Fhir.reference("Patient", patient));
        // FHIR has no place for the time from which a version holds. Who reads only this must not take it for earlier than it is.
        node.put("dateTime", Fhir.time(consent.getEffectiveTime()));
        ArrayNode performers = Fhir.array();
        consent.getPerformers().forEach(performer -> performers.add(Fhir.named("person", performer)));
        Fhir.setUnlessEmpty(node, "performer", performers);
        if (consent.getSource() != null && !consent.getSource().isBlank()) {
            node.set("sourceReference", Fhir.named("source", consent.getSource()));
        }
        policy(node, consent, base);
        verification(node, consent);
        return node;
    }

    /** A broken glass must never come back as a consent: it is written as one that is over. */
    private static String status(ConsentRecord consent) {
        return consent.getEmergency() != null ? "inactive"
                : consent.getStatus() == ConsentStatus.ENTERED_IN_ERROR ? "entered-in-error" : consent.getStatus().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode scope(String scope) {
        return SCOPES.contains(scope) || scope.isEmpty()
                ? Fhir.concept(Fhir.coding(FhirUris.TERMINOLOGY + "consentscope", scope.isEmpty() ? "patient-privacy" : scope))
                : Fhir.word(scope);
    }

    private static ArrayNode categories(List<String> categories) {
        ArrayNode all = Fhir.array();
        categories.stream().filter(Fhir::isCode).forEach(category -> all.add(
                Fhir.concept(Fhir.coding(category.equals(CONSENT_DOCUMENT) ? FhirUris.LOINC : Fhir.WORD, category))));
        return all.isEmpty() ? Fhir.array(Fhir.concept(Fhir.coding(FhirUris.LOINC, CONSENT_DOCUMENT))) : all;
    }

    /** FHIR asks for one of the two. Where the record has neither, the base rule says which: opting in or out. */
    private static void policy(ObjectNode node, ConsentRecord consent, ProvisionType base) {
        if (consent.getPolicyUri() != null && !consent.getPolicyUri().isBlank()) {
            node.set("policy", Fhir.array(Fhir.object().put("uri", consent.getPolicyUri())));
        }
        String rule = consent.getPolicyRule();
        boolean inWords = rule != null && !rule.isBlank() && !BASE_RULES.contains(rule);
        if (inWords) {
            node.set("policyRule", Fhir.object().put("text", rule));
        } else if (rule != null && BASE_RULES.contains(rule) || !node.has("policy")) {
            node.set("policyRule", Fhir.concept(Fhir.coding(FhirUris.ACT_CODE, base == ProvisionType.PERMIT ? "OPTIN" : "OPTOUT")));
        }
    }

    private static void verification(ObjectNode node, ConsentRecord consent) {
        if (consent.getVerified() != null) {
            ObjectNode verification = Fhir.object().put("verified", consent.getVerified());
            if (consent.getVerifiedWith() != null && !consent.getVerifiedWith().isBlank()) {
                verification.set("verifiedWith", Fhir.named("person", consent.getVerifiedWith()));
            }
            if (consent.getVerificationDate() != null) {
                verification.put("verificationDate", Fhir.time(consent.getVerificationDate()));
            }
            node.set("verification", Fhir.array(verification));
        }
    }

    private static ArrayNode extensions(Place place, ConsentRecord consent) {
        ArrayNode extensions = Fhir.array(
                Fhir.extension("record", "valueString", place.label()));
        if (consent.getDateTime() != null) {
            extensions.add(Fhir.extension("consent-agreed", "valueDateTime", Fhir.time(consent.getDateTime())));
        }
        Emergency emergency = consent.getEmergency();
        if (emergency != null) {
            List<ObjectNode> parts = new ArrayList<>();
            parts.add(Fhir.part("role", "valueString", orUnknown(emergency.getRole())));
            parts.add(Fhir.part("actor", "valueString", orUnknown(emergency.getActor())));
            parts.add(Fhir.part("reason", "valueString", orUnknown(emergency.getReason())));
            extensions.add(Fhir.extension("broken-glass", parts));
        }
        return extensions;
    }

    private static String orUnknown(String text) {
        return text.isBlank() ? "not stated" : text;
    }

    /** A rule and the exceptions to it, which may have exceptions themselves. An exception comes after what it is one to, so this ends. */
    private static ObjectNode provision(List<Provision> rules, int place) {
        Provision rule = rules.get(place);
        ObjectNode node = Fhir.object().put("type", rule.getType() == ProvisionType.PERMIT ? "permit" : "deny");
        period(node, "period", rule.getPeriodStart(), rule.getPeriodEnd());
        Fhir.setUnlessEmpty(node, "actor", actors(rule.getActors()));
        Fhir.setUnlessEmpty(node, "action", actions(rule.getActions()));
        Fhir.setUnlessEmpty(node, "purpose", purposes(rule.getPurposes()));
        Fhir.setUnlessEmpty(node, "code", codes(rule.getVitals()));
        period(node, "dataPeriod", rule.getDataPeriodStart(), rule.getDataPeriodEnd());
        ArrayNode exceptions = Fhir.array();
        for (int i = place + 1; i < rules.size(); i++) {
            if (rules.get(i).getExceptionTo() == place) {
                exceptions.add(provision(rules, i));
            }
        }
        Fhir.setUnlessEmpty(node, "provision", exceptions);
        return node;
    }

    /** Ours ends before its end, that of FHIR with it. */
    private static void period(ObjectNode node, String name, @Nullable Instant start, @Nullable Instant end) {
        if (start == null && end == null) {
            return;
        }
        ObjectNode period = Fhir.object();
        if (start != null) {
            period.put("start", Fhir.time(start));
        }
        if (end != null) {
            period.put("end", Fhir.time(end.minusMillis(1)));
        }
        node.set(name, period);
    }

    private static ArrayNode actors(List<String> actors) {
        ArrayNode all = Fhir.array();
        actors.forEach(actor -> {
            ObjectNode node = Fhir.object();
            node.set("role", Fhir.concept(Fhir.coding(FhirUris.TERMINOLOGY + "v3-ParticipationType", "IRCP")));
            node.set("reference", Fhir.named("actor", actor));
            all.add(node);
        });
        return all;
    }

    private static ArrayNode actions(List<String> actions) {
        ArrayNode all = Fhir.array();
        actions.forEach(action -> all.add(ACTIONS.contains(action)
                ? Fhir.concept(Fhir.coding(FhirUris.CONSENT_ACTION, action.toLowerCase(Locale.ROOT))) : Fhir.word(action)));
        return all;
    }

    private static ArrayNode purposes(List<String> purposes) {
        ArrayNode all = Fhir.array();
        purposes.forEach(purpose -> all.add(Fhir.coding(FhirUris.ACT_REASON, purpose)));
        return all;
    }

    private static ArrayNode codes(List<String> vitals) {
        ArrayNode all = Fhir.array();
        vitals.forEach(vital -> all.add(Loinc.ofVital(vital).map(code -> Fhir.concept(Fhir.coding(FhirUris.LOINC, code)))
                .orElseGet(() -> Fhir.concept(Fhir.coding(FhirUris.VITAL, vital)))));
        return all;
    }
}
