package io.vitaltwin.standalone.input.fhir;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.standalone.input.InputException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One FHIR R4 Consent as one version of a consent.
 *
 * @see "CLINICAL.md section 8.1"
 */
final class ConsentReader {

    private static final Map<String, ConsentStatus> STATUSES = Map.of(
            "draft", ConsentStatus.DRAFT, "proposed", ConsentStatus.PROPOSED, "active", ConsentStatus.ACTIVE, "rejected", ConsentStatus.REJECTED,
            "inactive", ConsentStatus.INACTIVE, "entered-in-error", ConsentStatus.ENTERED_IN_ERROR);

    /** Elements that R4 does not have and R5 has. */
    private static final List<String> OF_R5 = List.of("decision", "grantor", "grantee", "subject", "manager", "controller", "policyBasis",
            "policyText", "regulatoryBasis", "date");

    private final Pseudonyms pseudonyms;
    private final Optional<String> patient;
    private final Instant now;
    private Optional<String> named = Optional.empty();

    /**
     * @param patient pseudonym that is used whatever the resource says; empty: what it says
     * @param now the time of what gives none
     */
    ConsentReader(Pseudonyms pseudonyms, Optional<String> patient, Instant now) {
        this.pseudonyms = pseudonyms;
        this.patient = patient;
        this.now = now;
    }

    /** @param number of the consent in its file, so that two without a version id differ */
    ConsentRecord read(Element consent, int number) {
        refuseR5(consent);
        consent.passOver("resourceType", "language", "text", "contained", "organization");
        ConsentStatus status = status(consent);
        ConsentRecord record = ConsentRecord.newBuilder()
                .setPatientId(patient(consent))
                .setConsentId(consentId(consent))
                .setVersionId(versionId(consent).orElse(now + "-" + number))
                .setStatus(status)
                .setEffectiveTime(now)
                .setScope(Coding.wordOf(consent.child("scope").orElseThrow(() -> consent.problem("scope", "is missing; R4 requires it"))))
                .setCategories(consent.children("category").stream().map(Coding::wordOf).toList())
                .setPerformers(consent.children("performer").stream().map(pseudonyms::of).toList())
                .build();
        consent.time("dateTime").ifPresent(time -> {
            record.setDateTime(time.first());
            record.setEffectiveTime(time.first());
        });
        source(consent, record);
        policy(consent, record);
        verification(consent, record);
        provisions(consent, record);
        consent.end();
        return record;
    }

    private static void refuseR5(Element consent) {
        Optional<String> other = OF_R5.stream().filter(consent::has).findFirst();
        if (other.isPresent()) {
            throw consent.problem(other.get(), "is an element of FHIR R5; send the consent as FHIR R4");
        }
        if (consent.isList("provision")) {
            throw consent.problem("provision", "is a list, as in FHIR R5; send the consent as FHIR R4, with one root provision");
        }
    }

    private static ConsentStatus status(Element consent) {
        String text = consent.needText("status", "R4 requires it");
        ConsentStatus status = STATUSES.get(text);
        if (status == null) {
            throw consent.problem("status", "is none of R4; use one of " + String.join(", ", STATUSES.keySet().stream().sorted().toList()));
        }
        return status;
    }

    /** Whom the resource named, where another pseudonym was used for them. */
    Optional<String> named() {
        return named;
    }

    private String patient(Element consent) {
        Optional<Element> reference = consent.child("patient");
        if (patient.isPresent()) {
            named = reference.map(ConsentReader::overridden);
            return patient.get();
        }
        return pseudonyms.of(reference.orElseThrow(() -> consent.problem("patient", "is missing; name the patient, or give --patient ID")), "Patient");
    }

    /** It may lead nowhere, but not to something that is no patient. */
    private static String overridden(Element reference) {
        Optional<String> literal = reference.text("reference");
        literal.filter(text -> text.contains("/") && !text.contains("Patient/")).ifPresent(text -> {
            throw reference.problem("reference", "a reference to a Patient is expected here");
        });
        return literal.or(() -> reference.child("identifier").map(identifier -> identifier.needText("value", "an identifier without a value names"
                + " nobody"))).orElseThrow(() -> reference.problem("a reference or an identifier is expected here"));
    }

    private static String consentId(Element consent) {
        Optional<String> id = consent.text("id");
        List<Element> identifiers = consent.children("identifier");
        return id.or(() -> identifiers.stream().findFirst().map(identifier -> identifier.needText("value", "it is needed to tell consents apart")))
                .orElseThrow(() -> consent.problem("id", "is missing; give the consent an id or an identifier, so that a later version replaces it"));
    }

    private static Optional<String> versionId(Element consent) {
        Optional<Element> meta = consent.child("meta");
        meta.ifPresent(ConsentReader::checkMeta);
        return meta.flatMap(element -> element.text("versionId"));
    }

    private static void checkMeta(Element meta) {
        meta.passOver("versionId", "lastUpdated", "source", "profile");
        if (meta.has("security")) {
            throw meta.problem("security", "cannot be honoured: records of consents carry no security labels; remove it");
        }
        for (Element tag : meta.children("tag")) {
            if (Coding.of(tag).code().equals("SUBSETTED")) {
                throw tag.problem("the resource is not whole, so a rule may be missing; send all of it");
            }
        }
        meta.end();
    }

    /** Where the signed form is kept; the form itself is not taken. */
    private static void source(Element consent, ConsentRecord record) {
        consent.child("sourceReference").ifPresent(reference -> {
            reference.passOver("display", "type");
            record.setSource(reference.text("reference").or(() -> reference.child("identifier").flatMap(identifier ->
                    identifier.passOver("use", "type", "system", "period", "assigner").text("value")))
                    .orElseThrow(() -> reference.problem("a reference or an identifier is expected here")));
            reference.passOver("identifier").end();
        });
        consent.child("sourceAttachment").ifPresent(attachment -> {
            if (record.getSource() != null || attachment.has("data")) {
                throw attachment.problem("cannot be kept here; keep the form elsewhere, and give its address alone as url or as sourceReference");
            }
            attachment.passOver("contentType", "language", "size", "hash", "title", "creation");
            attachment.text("url").ifPresent(record::setSource);
            attachment.end();
        });
    }

    private static void policy(Element consent, ConsentRecord record) {
        consent.only("policy", "only one wording can be kept; name the one that the patient was shown").ifPresent(policy -> {
            policy.passOver("authority");
            policy.text("uri").ifPresent(record::setPolicyUri);
            policy.end();
        });
        consent.child("policyRule").ifPresent(rule -> record.setPolicyRule(Coding.wordOf(rule)));
    }

    private void verification(Element consent, ConsentRecord record) {
        consent.only("verification", "only one verification can be kept; give the newest").ifPresent(verification -> {
            record.setVerified(verification.flag("verified")
                    .orElseThrow(() -> verification.problem("verified", "is missing; R4 requires it, and a consent without it would be taken for unverified")));
            verification.child("verifiedWith").ifPresent(reference -> record.setVerifiedWith(pseudonyms.of(reference)));
            verification.time("verificationDate").ifPresent(time -> record.setVerificationDate(time.first()));
            verification.end();
        });
    }

    private void provisions(Element consent, ConsentRecord record) {
        Optional<Element> root = consent.child("provision");
        List<Coding> policy = consent.child("policyRule").map(Coding::ofConcept).orElse(List.of());
        root.ifPresent(element -> record.setProvisions(new ProvisionReader(pseudonyms).read(element, policy)));
        if (root.isEmpty() && record.getStatus() == ConsentStatus.ACTIVE) {
            throw consent.problem("provision", "is missing: an active consent without it permits nothing here; say in a root provision with type"
                    + " permit what is permitted");
        }
    }
}
