package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.standalone.input.InputFile.Kind;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The native form of consents: exceptions, proof and broken glasses. */
class ConsentInputTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private static List<ConsentRecord> parse(String text) {
        return InputFile.parse("c.yaml", text, Kind.CONSENTS, NOW).consents();
    }

    @Test
    void shouldPutExceptionsAfterTheirRule() {
        List<Provision> rules = parse("""
                patient: p1
                status: active
                permit:
                  - purpose: TREAT
                    except:
                      - vitals: [spo2]
                        except: [{actor: ward}, {actor: doctor}]
                      - action: predict
                  - purpose: HRESCH
                deny: [{purpose: HMARKT, except: {vital: steps}}]
                """).getFirst().getProvisions();
        assertThat(rules).extracting(Provision::getType).containsExactly(ProvisionType.PERMIT, ProvisionType.DENY, ProvisionType.PERMIT,
                ProvisionType.PERMIT, ProvisionType.DENY, ProvisionType.PERMIT, ProvisionType.DENY, ProvisionType.PERMIT);
        assertThat(rules).extracting(Provision::getExceptionTo).containsExactly(-1, 0, 1, 1, 0, -1, -1, 6);
        assertThat(rules.get(4).getActions()).containsExactly("PREDICT");
        assertThat(rules.get(7).getVitals()).containsExactly("steps");
    }

    @Test
    void shouldTakeThePlaceOfARuleAsTheRecordHasIt() {
        ConsentRecord consent = parse("""
                {"patientId": "p1", "status": "ACTIVE", "provisions": [{"type": "PERMIT", "purposes": ["TREAT"], "exceptionTo": -1},
                 {"type": "DENY", "vitals": ["spo2"], "exceptionTo": 0}, {"type": "PERMIT", "actors": ["ward"], "exceptionTo": 1}]}
                """).getFirst();
        assertThat(consent.getProvisions()).extracting(Provision::getExceptionTo).containsExactly(-1, 0, 1);
        assertThat(ConsentRecords.version(consent, NOW.toEpochMilli()).fault()).isEmpty();
    }

    @Test
    void shouldKeepWhoAgreedAndTheProof() {
        ConsentRecord consent = parse("""
                {patient: p1, status: active, permit: [{}], scope: patient-privacy, category: 59284-0, policyUri: "urn:w:7", policyRule: OPTIN,
                 performer: [daughter], source: DocumentReference/17, verified: true, verifiedWith: p1, verificationDate: 2026-04-30T10:00:00Z,
                 dateTime: 2026-04-30T09:00:00Z}
                """).getFirst();
        assertThat(consent.getScope()).isEqualTo("patient-privacy");
        assertThat(consent.getCategories()).containsExactly("59284-0");
        assertThat(consent.getPolicyRule()).isEqualTo("OPTIN");
        assertThat(consent.getPerformers()).containsExactly("daughter");
        assertThat(consent.getSource()).isEqualTo("DocumentReference/17");
        assertThat(consent.getVerified()).isTrue();
        assertThat(consent.getVerifiedWith()).isEqualTo("p1");
        assertThat(consent.getVerificationDate()).isEqualTo("2026-04-30T10:00:00Z");
        assertThat(ConsentRecords.version(consent, NOW.toEpochMilli()).fault()).isEmpty();
    }

    @Test
    void shouldReadABrokenGlass() {
        ConsentRecord glass = parse("{patient: p1, emergency: {role: physician, actor: dr-1, reason: coma}}").getFirst();
        assertThat(glass.getEmergency()).isEqualTo(new Emergency("physician", "dr-1", "coma"));
        assertThat(glass.getConsentId()).isEqualTo("emergency");
        assertThat(glass.getStatus()).isEqualTo(ConsentStatus.ACTIVE);
        assertThat(glass.getProvisions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {patient: p1, emergency: {role: r, actor: a}}                                          | c.yaml:1: 'reason' is missing
            {patient: p1, emergency: {role: r, actor: ' ', reason: x}}                             | c.yaml:1: a text expected
            {patient: p1, emergency: {role: r, actor: a, reason: x}, permit: [{}]}                 | c.yaml:1: unknown key 'permit'
            {patient: p1, emergency: {role: r, actor: a, reason: x, until: tomorrow}}              | c.yaml:1: unknown key 'until'
            {patient: p1, status: active, permit: [{except: [{type: deny}]}]}                      | c.yaml:1: unknown key 'type'
            {patient: p1, status: active, permit: [{exceptionTo: 0}]}                              | c.yaml:1: unknown key 'exceptionTo'
            {patient: p1, status: active, provisions: [{type: permit, exceptionTo: 0}]}            | c.yaml:1: an exception names an earlier rule by its place, from 0; so far there are 0
            {patient: p1, status: active, provisions: [{type: permit}, {type: permit, exceptionTo: 0}]} | c.yaml:1: an exception says the opposite
            {patient: p1, status: active, provisions: [{type: permit}, {type: deny, exceptionTo: -2}]}  | c.yaml:1: a whole number from -1
            """)
    void shouldNameWhatHasNoMeaning(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class).hasMessageStartingWith(message);
    }

    @Test
    void shouldNestAsDeepAsTheGateTakesIt() {
        String deepest = "{patient: p1, status: active, permit: [{" + "except: [{".repeat(16) + "}]".repeat(16) + "}]}";
        assertThat(ConsentRecords.version(parse(deepest).getFirst(), NOW.toEpochMilli()).fault()).isEmpty();
        String deeper = "{patient: p1, status: active, permit: [{" + "except: [{".repeat(17) + "}]".repeat(17) + "}]}";
        assertThatThrownBy(() -> parse(deeper)).isInstanceOf(InputException.class).hasMessageContaining("nested more than 16 deep");
    }

    @Test
    void shouldTellFhirByItsResourceType() throws Exception {
        Path fhir = Files.writeString(folder.resolve("c.json"), """
                {"resourceType": "Consent", "id": "c1", "status": "active", "scope": {"text": "care"}, "patient": {"reference": "Patient/p1"},
                 "provision": {"type": "permit"}}
                """);
        Path own = Files.writeString(folder.resolve("c.yaml"), "{patient: p2, status: inactive}");
        assertThat(InputFile.readConsents(fhir, Optional.empty(), NOW)).extracting(ConsentRecord::getPatientId).containsExactly("p1");
        assertThat(InputFile.readConsents(fhir, Optional.of("x9"), NOW)).extracting(ConsentRecord::getPatientId).containsExactly("x9");
        assertThat(InputFile.readConsents(own, Optional.empty(), NOW)).extracting(ConsentRecord::getPatientId).containsExactly("p2");
        assertThatThrownBy(() -> InputFile.readConsents(own, Optional.of("x9"), NOW)).isInstanceOf(InputException.class)
                .hasMessage(own + ": --patient is for FHIR; here each consent names its patient itself");
    }
}
