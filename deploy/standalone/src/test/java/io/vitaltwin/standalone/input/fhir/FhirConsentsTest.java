package io.vitaltwin.standalone.input.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.FhirUris;
import io.vitaltwin.schemas.Loinc;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.Decision;
import io.vitaltwin.twin.core.consent.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.vitaltwin.standalone.input.fhir.FhirFiles.NOW;
import static io.vitaltwin.standalone.input.fhir.FhirFiles.parse;
import static io.vitaltwin.standalone.input.fhir.FhirFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Clinical reference section 8.1: what each element of a FHIR R4 Consent becomes, and what is refused. */
class FhirConsentsTest {

    /** The shortest consent; VERB stands for what a test adds to the resource, RULE for what it adds to the root provision. */
    private static final String SHORTEST = """
            {"resourceType": "Consent", "id": "c1", "status": "active", "scope": {"text": "care"}, "category": [{"text": "care"}],
             "patient": {"reference": "Patient/p1"}, VERB
             "provision": {"type": "permit" RULE}}
            """;

    private static String with(String verb, String rule) {
        return SHORTEST.replace("VERB", verb.isEmpty() ? "" : verb + ",").replace("RULE", rule.isEmpty() ? "" : ", " + rule);
    }

    private static String ask(ConsentTimeline timeline, String vital, String purpose, String actor, Stage stage) {
        return switch (timeline.decide(vital, purpose, actor, stage, NOW.toEpochMilli(), NOW.toEpochMilli())) {
            case Decision.Permitted permitted -> "permit";
            case Decision.Denied denied -> denied.reason().name();
        };
    }

    @Test
    void shouldKeepWhoAgreedToWhatAndTheProof() {
        ConsentRecord consent = parse(text("treatment-all")).getFirst();
        assertThat(consent.getPatientId()).isEqualTo("p1");
        assertThat(consent.getConsentId()).isEqualTo("home-monitoring");
        assertThat(consent.getVersionId()).isEqualTo("3");
        assertThat(consent.getStatus()).isEqualTo(ConsentStatus.ACTIVE);
        assertThat(consent.getDateTime()).isEqualTo("2026-03-02T08:00:00Z");
        assertThat(consent.getEffectiveTime()).isEqualTo("2026-03-02T08:00:00Z");
        assertThat(consent.getScope()).isEqualTo("patient-privacy");
        assertThat(consent.getCategories()).containsExactly("59284-0");
        assertThat(consent.getPerformers()).containsExactly("daughter-of-p1");
        assertThat(consent.getSource()).isEqualTo("DocumentReference/scan-17");
        assertThat(consent.getPolicyUri()).isEqualTo("https://clinic.example/wording/7");
        assertThat(consent.getPolicyRule()).isEqualTo("OPTIN");
        assertThat(consent.getVerified()).isTrue();
        assertThat(consent.getVerifiedWith()).isEqualTo("p1");
        assertThat(consent.getVerificationDate()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(consent.toString()).as("what is displayed of a person").doesNotContain("never read");
    }

    @Test
    void shouldPermitEveryVitalForAClassOfObservationUntilTheEndOfTheLastDay() {
        Provision rule = parse(text("treatment-all")).getFirst().getProvisions().getFirst();
        assertThat(rule.getVitals()).isEmpty();
        assertThat(rule.getPurposes()).containsExactly("TREAT");
        assertThat(rule.getPeriodStart()).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(rule.getPeriodEnd()).isEqualTo("2027-03-02T00:00:00Z");
        assertThat(rule.getExceptionTo()).isEqualTo(-1);
    }

    @Test
    void shouldTakeTheBaseRuleFromThePolicyWhereTheRootHasNeitherTypeNorExceptions() {
        ConsentRecord consent = parse(text("research-deny")).getFirst();
        assertThat(consent.getPatientId()).isEqualTo("p1");
        assertThat(consent.getDateTime()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(consent.getProvisions()).singleElement().satisfies(rule -> {
            assertThat(rule.getType()).isEqualTo(ProvisionType.DENY);
            assertThat(rule.getPurposes()).containsExactly("HRESCH", "HMARKT");
        });
        assertThat(parse(with("", "").replace("\"type\": \"permit\"", "\"purpose\": [{\"system\": \"" + FhirUris.ACT_REASON + "\", \"code\": \"TREAT\"}]")
                .replace("\"patient\"", "\"policyRule\": {\"coding\": [{\"code\": \"OPTIN\"}]}, \"patient\"")).getFirst().getProvisions().getFirst()
                .getType()).isEqualTo(ProvisionType.PERMIT);
    }

    @Test
    void shouldPutEachExceptionAfterItsRule() {
        List<Provision> rules = parse(text("nested")).getFirst().getProvisions();
        assertThat(rules).extracting(Provision::getType)
                .containsExactly(ProvisionType.PERMIT, ProvisionType.DENY, ProvisionType.PERMIT, ProvisionType.DENY);
        assertThat(rules).extracting(Provision::getExceptionTo).containsExactly(-1, 0, 1, 0);
        assertThat(rules.get(1).getVitals()).containsExactly("bp_systolic", "bp_diastolic", "bp_mean", "spo2");
        assertThat(rules.get(2).getActors()).containsExactly("heart-team");
        assertThat(rules.get(3).getActions()).containsExactly("DISCLOSE", "CORRECT");
    }

    @ParameterizedTest
    @CsvSource({
            "heart_rate, TREAT, vitaltwin, USE, permit", "spo2, TREAT, vitaltwin, USE, ACTOR_DENIED", "spo2, TREAT, heart-team, USE, permit",
            "bp_mean, TREAT, vitaltwin, COLLECT, ACTOR_DENIED", "heart_rate, TREAT, insurer, DISCLOSE, PURPOSE_DENIED",
            "heart_rate, TREAT, insurer, USE, permit", "heart_rate, HRESCH, vitaltwin, USE, PURPOSE_DENIED"})
    void shouldMeanWhatANestedConsentSays(String vital, String purpose, String actor, Stage stage, String expected) {
        assertThat(ask(FhirFiles.timeline(parse(text("nested"))), vital, purpose, actor, stage)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ETREAT, permit", "TREAT, PURPOSE_DENIED", "HRESCH, PURPOSE_DENIED"})
    void shouldOpenOnlyEmergencies(String purpose, String expected) {
        assertThat(ask(FhirFiles.timeline(parse(text("emergency-only"))), "spo2", purpose, "vitaltwin", Stage.USE)).isEqualTo(expected);
    }

    @Test
    void shouldTakeADataPeriodAsDaysOfTheData() {
        Provision rule = parse(text("data-period")).getFirst().getProvisions().getFirst();
        assertThat(rule.getDataPeriodStart()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(rule.getDataPeriodEnd()).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(rule.getPeriodStart()).isNull();
        assertThat(rule.getPeriodEnd()).isEqualTo("2029-01-01T00:00:00Z");
        assertThat(rule.getActions()).containsExactly("DISCLOSE", "USE");
        assertThat(rule.getVitals()).containsExactly("heart_rate", "steps");
    }

    /** Who denies treatment denies it in an emergency too; who permits it has not been asked about emergencies. */
    @Test
    void shouldDenyEmergenciesWithTreatment() {
        String purpose = "\"purpose\": [{\"system\": \"" + FhirUris.ACT_REASON + "\", \"code\": \"TREAT\"}]";
        assertThat(parse(with("", purpose)).getFirst().getProvisions().getFirst().getPurposes()).containsExactly("TREAT");
        assertThat(parse(with("", purpose).replace("\"permit\"", "\"deny\"")).getFirst().getProvisions().getFirst().getPurposes())
                .containsExactly("TREAT", "ETREAT");
    }

    /** Nobody has a code for RMSSD. */
    @Test
    void shouldKnowTheLoincCodeOfEveryVital() {
        for (Vital vital : Vital.values()) {
            Optional<Loinc> meaning = Loinc.ofVital(vital.id()).flatMap(Loinc::of);
            assertThat(meaning.isPresent()).as(vital.id()).isEqualTo(vital != Vital.HRV_RMSSD);
            meaning.ifPresent(loinc -> assertThat(loinc).isEqualTo(new Loinc(loinc.code(), List.of(vital.id()), false)));
        }
        assertThat(Loinc.all()).flatExtracting(Loinc::vitals).allSatisfy(id -> assertThat(Vital.of(id)).isPresent());
    }

    /** A temperature under the tongue is enough to deny the vital, not to permit it. */
    @Test
    void shouldDenyByANarrowerCodeAndNotPermitByIt() {
        String code = "\"code\": [{\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"8331-1\"}]}]";
        assertThat(parse(with("", code).replace("\"permit\"", "\"deny\"")).getFirst().getProvisions().getFirst().getVitals())
                .containsExactly("body_temperature");
        assertThatThrownBy(() -> parse(with("", code))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.json: Consent.provision.code[0]: permits only a part of body_temperature");
    }

    @ParameterizedTest
    @CsvSource({"draft, DRAFT", "proposed, PROPOSED", "rejected, REJECTED", "inactive, INACTIVE", "entered-in-error, ENTERED_IN_ERROR"})
    void shouldEndAConsentWithoutARule(String status, ConsentStatus expected) {
        String text = with("", "").replace("active", status).replace(",\n \"provision\": {\"type\": \"permit\" }", "");
        assertThat(parse(text).getFirst().getStatus()).isEqualTo(expected);
        assertThat(FhirFiles.permitted(parse(text))).isEmpty();
    }

    @Test
    void shouldWriteWhatIsNotVerifiedAsWhatItIs() {
        ConsentRecord consent = parse(with("\"verification\": [{\"verified\": false}]", "")).getFirst();
        assertThat(consent.getVerified()).isFalse();
        assertThat(FhirFiles.permitted(List.of(consent))).isEmpty();
    }

    @Test
    void shouldReadBundlesAndResolveTheirPatients() {
        String bundle = """
                {"resourceType": "Bundle", "type": "collection", "entry": [
                  {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p7", "name": [{"family": "X"}]}},
                  {"fullUrl": "urn:uuid:2", "resource": %s, "request": {"method": "PUT", "url": "Consent/c1"}},
                  {"fullUrl": "urn:uuid:3", "resource": %s}]}
                """.formatted(with("", "").replace("Patient/p1", "urn:uuid:1"), text("nested"));
        assertThat(parse(bundle)).extracting(consent -> consent.getPatientId() + " " + consent.getConsentId()).containsExactly("p7 c1", "p1 nested");
    }

    @Test
    void shouldReadOneConsentALine() {
        String lines = oneLine("nested") + "\n\n" + oneLine("data-period") + "\n";
        assertThat(parse(lines)).extracting(ConsentRecord::getConsentId).containsExactly("nested", "spring-study");
        assertThatThrownBy(() -> parse(lines + "{\"resourceType\": \"Consent\", \"id\": \"c\"}")).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.json:4: Consent.status: is missing");
    }

    @Test
    void shouldGiveOnePatientThePseudonymOfTheCaller() {
        assertThat(FhirConsents.parse("c.json", text("nested"), Optional.of("x9"), NOW).getFirst().getPatientId()).isEqualTo("x9");
        String other = oneLine("nested") + "\n" + oneLine("data-period").replace("Patient/p1", "Patient/p2");
        assertThatThrownBy(() -> FhirConsents.parse("c.json", other, Optional.of("x9"), NOW)).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.json:2: Consent.patient: is another one than before");
        assertThatThrownBy(() -> FhirConsents.parse("c.json", with("", "").replace("Patient/p1", "Group/all"), Optional.of("x9"), NOW))
                .isInstanceOf(InputException.class).hasMessageContaining("Consent.patient.reference");
    }

    @Test
    void shouldNameTwoConsentsWithoutVersionsApart() {
        List<ConsentRecord> consents = parse(oneLine("nested") + "\n" + oneLine("data-period"));
        assertThat(consents).extracting(ConsentRecord::getVersionId).doesNotHaveDuplicates();
        assertThat(consents).extracting(ConsentRecord::getEffectiveTime).containsOnly(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decision", "grantor", "grantee", "subject", "manager", "controller", "policyBasis", "date"})
    void shouldSayThatR4IsNeeded(String element) {
        assertThatThrownBy(() -> parse(with("\"" + element + "\": \"permit\"", ""))).isInstanceOf(InputException.class)
                .hasMessage("c.json: Consent." + element + ": is an element of FHIR R5; send the consent as FHIR R4");
        assertThatThrownBy(() -> parse(text("r5"))).isInstanceOf(InputException.class).hasMessageContaining("send the consent as FHIR R4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "implicitRules": "urn:x"                                              | Consent.implicitRules: cannot be honoured
            "modifierExtension": [{"url": "urn:x"}]                               | Consent.modifierExtension: cannot be honoured
            "_status": {"extension": [{"url": "urn:x"}]}                          | Consent._status: cannot be honoured
            "colour": "red"                                                       | Consent.colour: is not an element of FHIR R4
            "dateTime": "02.03.2026"                                              | Consent.dateTime: is not a FHIR dateTime
            "dateTime": null                                                      | Consent.dateTime: null is no value
            "dateTime": 2026                                                      | Consent.dateTime: a text is expected
            "policy": [{"uri": "a"}, {"uri": "b"}]                                | Consent.policy[1]: only one wording can be kept
            "policy": {"uri": "a"}                                                | Consent.policy: a list with at least one entry
            "policy": []                                                          | Consent.policy: a list with at least one entry
            "verification": [{"verifiedWith": {"reference": "Patient/p1"}}]       | Consent.verification[0].verified: is missing
            "verification": [{"verified": "yes"}]                                 | Consent.verification[0].verified: true or false
            "verification": [{"verified": true}, {"verified": false}]             | Consent.verification[1]: only one verification
            "verification": [{"verified": true, "verificationDate": "2026-02-31"}] | Consent.verification[0].verificationDate: is not a FHIR
            "performer": [{"reference": "#me"}]                                   | Consent.performer[0].reference: cannot be honoured: it points to a contained
            "performer": [{"display": "Ann"}]                                     | Consent.performer[0]: a reference or an identifier
            "sourceAttachment": {"contentType": "application/pdf", "data": "AA=="} | Consent.sourceAttachment: cannot be kept here
            "policyRule": {"coding": [{"code": "OPTOUT"}]}                        | Consent.provision.type: contradicts policyRule OPTOUT
            "meta": {"security": [{"code": "R"}]}                                 | Consent.meta.security: cannot be honoured
            "meta": {"tag": [{"code": "SUBSETTED"}]}                              | Consent.meta.tag[0]: the resource is not whole
            """)
    void shouldRefuseByThePathWhatItCannotHonour(String verb, String message) {
        assertThatThrownBy(() -> parse(with(verb, ""))).isInstanceOf(InputException.class).hasMessageStartingWith("c.json: " + message)
                .message().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "securityLabel": [{"code": "R"}]                     | .securityLabel: cannot be honoured
            "data": [{"meaning": "instance"}]                    | .data: cannot be honoured
            "modifierExtension": [{"url": "urn:x"}]              | .modifierExtension: cannot be honoured
            "purposes": []                                       | .purposes: is not an element
            "purpose": [{"code": "TREAT"}]                       | .purpose[0]: is not a purpose
            "purpose": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "BIORCH"}] | .purpose[0]: is not a purpose
            "purpose": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason"}] | .purpose[0].code: is missing
            "class": [{"system": "http://hl7.org/fhir/resource-types", "code": "MedicationRequest"}] | .class[0]: cannot be honoured
            "class": [{"system": "urn:x", "code": "Observation"}] | .class[0]: cannot be honoured
            "code": [{"text": "pulse"}]                          | .code[0]: names no observation
            "code": [{"coding": [{"system": "http://snomed.info/sct", "code": "364075005"}]}] | .code[0]: names no observation
            "code": [{"coding": [{"system": "http://loinc.org", "code": "718-7"}]}] | .code[0]: names no observation
            "action": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentaction", "code": "sell"}]}] | .action[0]: is not an action
            "action": [{"text": "use"}]                          | .action[0]: is not an action
            "actor": [{"reference": {"reference": "Device/d"}}]  | .actor[0].role: is missing
            "actor": [{"role": {"coding": [{"code": "PRCP"}]}}]  | .actor[0].reference: is missing
            "actor": [{"role": {"coding": [{"code": "AUT"}]}, "reference": {"reference": "Device/d"}}] | .actor[0].role: cannot be honoured
            "actor": [{"role": {"coding": [{"code": "PRCP"}]}, "reference": {"reference": "#d"}}] | .actor[0].reference.reference: cannot be honoured
            "actor": [{"role": {"coding": [{"code": "PRCP"}]}, "reference": {"reference": "urn:uuid:9"}}] | .actor[0].reference.reference: leads to no
            "period": {"start": "2026-03-02T08:00:00"}           | .period.start: is not a FHIR dateTime
            "period": {"start": "2026-03-02", "end": "2026-03-01"} | .period: ends before it starts
            "period": {}                                         | .period: an object with elements
            "period": {"extension": [{"url": "urn:x"}]}          | .period: start or end is expected
            "dataPeriod": {"from": "2026"}                       | .dataPeriod.from: is not an element
            "provision": [{"type": "permit"}]                    | .provision[0].type: an exception says the opposite
            "provision": [{"action": [{"text": "x"}]}]           | .provision[0].type: is missing; this exception is a deny
            "provision": [{"type": "deny", "provision": [{"type": "permit"}, {"type": "permit", "securityLabel": [{"code": "R"}]}]}] | .provision[0].provision[1].securityLabel: cannot be honoured
            """)
    void shouldRefuseARuleByItsPath(String rule, String message) {
        assertThatThrownBy(() -> parse(with("", rule))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.json: Consent.provision" + message).message().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "id": "c1"                       | "id2": "c1"              | Consent.id: is missing
            "status": "active"               | "status": "not-done"     | Consent.status: is none of R4
            "status": "active"               | "status": ["active"]     | Consent.status: a text is expected
            "scope": {"text": "care"}        | "text": {"status": "x"}  | Consent.scope: is missing
            "patient": {"reference": "Patient/p1"} | "language": "de"   | Consent.patient: is missing
            {"reference": "Patient/p1"}      | [{"reference": "Patient/p1"}, {"reference": "Patient/p2"}] | Consent.patient: an object
            {"reference": "Patient/p1"}      | {"reference": "#p1"}     | Consent.patient.reference: cannot be honoured
            {"reference": "Patient/p1"}      | {"reference": "Group/1"} | Consent.patient.reference: a reference to a Patient
            {"reference": "Patient/p1"}      | {"type": "Group", "reference": "Patient/p1"} | Consent.patient.type: a reference to a Patient
            {"reference": "Patient/p1"}      | {"identifier": {"system": "urn:x"}} | Consent.patient.identifier.value: is missing
            "provision": {"type": "permit" } | "language": "de"         | Consent.provision: is missing
            {"type": "permit" }              | {"type": "maybe"}        | Consent.provision.type: permit or deny
            {"type": "permit" }              | {"provision": [{"type": "deny"}]} | Consent.provision.type: is missing: whether
            {"type": "permit" }              | {"period": {"end": "2027"}} | Consent.provision.type: is missing, and the base policy
            {"type": "permit" }              | [{"type": "permit"}]     | Consent.provision: is a list, as in FHIR R5
            "resourceType": "Consent"        | "resourceType": "Contract" | Contract.resourceType: a Consent, or a Bundle
            """)
    void shouldRefuseABrokenConsent(String good, String bad, String message) {
        String text = with("", "");
        assertThat(text).contains(good);
        assertThatThrownBy(() -> parse(text.replace(good, bad))).isInstanceOf(InputException.class).hasMessageStartingWith("c.json: " + message);
    }

    /** Each version must tell that it is newer than the one before. */
    @ParameterizedTest
    @CsvSource({"2026-03-02T08:00:00Z, 2026-03-02T08:00:01Z, true", "2026-03-02T08:00:01Z, 2026-03-02T08:00:00Z, false",
        "2026-03-02T08:00:00Z, 2026-03-02T08:00:00Z, false", "2026-03-02T08:00:00Z, '', false", "'', 2026-03-02T08:00:00Z, false"})
    void shouldTakeTheHistoryOfAConsentWhoseOrderIsTold(String first, String second, boolean taken) {
        String lines = updated(first) + "\n" + updated(second) + "\n";
        if (taken) {
            assertThat(parse(lines)).hasSize(2).extracting(ConsentRecord::getConsentId).containsOnly(parse(with("", "")).getFirst().getConsentId());
        } else {
            assertThatThrownBy(() -> parse(lines)).isInstanceOf(InputException.class).hasMessageContaining("c.json:2: Consent: this consent is there twice");
        }
    }

    private static String updated(String time) {
        try {
            ObjectNode consent = (ObjectNode) new ObjectMapper().readTree(with("", ""));
            consent.remove("meta");
            if (!time.isEmpty()) {
                consent.putObject("meta").put("lastUpdated", time);
            }
            return consent.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"resourceType": "Bundle", "type": "history", "entry": [{"resource": C}]}                           | Bundle.type: is not a bundle
            {"resourceType": "Bundle", "type": "searchset", "link": [{"relation": "next", "url": "x"}], "entry": [{"resource": C}]} | Bundle.link[0]: there are more pages
            {"resourceType": "Bundle", "type": "collection", "colour": "red", "entry": [{"resource": C}]}       | Bundle.colour: is not an element
            {"resourceType": "Bundle", "type": "transaction", "entry": [{"request": {"method": "DELETE", "url": "x"}}]} | Bundle.entry[0].request.method: cannot be
            {"resourceType": "Bundle", "type": "collection", "implicitRules": "x", "entry": [{"resource": C}]}  | Bundle.implicitRules: cannot be honoured
            {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": C}, {"resource": C}]}       | Bundle.entry[1].resource: Consent: this consent is there twice
            {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": "C"}]}                      | Bundle.entry[0].resource: Resource: an object
            """)
    void shouldRefuseABundleThatMayHideSomething(String bundle, String message) {
        assertThatThrownBy(() -> parse(bundle.replace(": C}", ": " + with("", "") + "}"))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("c.json: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"resourceType\": \"Consent\"", "{\"resourceType\": \"Consent\", \"id\": \"a\", \"id\": \"b\"}", "{} {\"resourceType\": 1}",
            "{\"resourceType\": \"Consent\"}}"})
    void shouldRefuseWhatIsNotJson(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class).hasMessageStartingWith("c.json: not JSON near line 1");
    }

    /** Nested as deep as JSON may be, and deeper than a rule may be. */
    @Test
    void shouldRefuseWhatIsNestedTooDeep() {
        for (int depth : new int[] {20, 400, 5_000}) {
            String open = "";
            StringBuilder rule = new StringBuilder(open);
            for (int i = 0; i < depth; i++) {
                rule.append("\"provision\": [{\"type\": \"").append(i % 2 == 0 ? "deny" : "permit").append("\", ");
            }
            rule.append("\"id\": \"x\"").append("}]".repeat(depth));
            assertThatThrownBy(() -> parse(with("", rule.toString()))).isInstanceOf(InputException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z", "2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
            "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
            "2026-03-02T08:00:00Z, 2026-03-02T08:00:00Z, 2026-03-02T08:00:01Z",
            "2026-03-02T08:00:00+01:00, 2026-03-02T07:00:00Z, 2026-03-02T07:00:01Z",
            "2026-03-02T08:00:00.250Z, 2026-03-02T08:00:00.250Z, 2026-03-02T08:00:00.251Z"})
    void shouldReadATimeAsLongAsItsPrecision(String text, Instant first, Instant next) {
        assertThat(FhirTime.parse(text)).contains(new FhirTime(first, next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "26", "0000", "2026-13", "2025-02-29", "2026-3-2", "2026-03-02T08:00Z", "2026-03-02T24:00:00Z", "2026-03-02T08:00:00",
            "2026-03-02T08:00:60Z", "2026-03-02 08:00:00Z", "2026-03-02T08:00:00+25:00", "+2026", "20260302"})
    void shouldKnowWhatIsNoTime(String text) {
        assertThat(FhirTime.parse(text)).isEmpty();
    }

    private static String oneLine(String name) {
        return Arrays.stream(text(name).split("\n")).map(String::strip).collect(Collectors.joining(" "));
    }
}
