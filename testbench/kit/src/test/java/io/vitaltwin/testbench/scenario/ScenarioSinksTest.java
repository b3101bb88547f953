package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.vitaltwin.testbench.scenario.Stories.TEN_READINGS;
import static io.vitaltwin.testbench.scenario.Stories.plan;
import static io.vitaltwin.testbench.scenario.Stories.twins;
import static org.assertj.core.api.Assertions.assertThat;

/** A sink asks for ten readings, one a minute. */
class ScenarioSinksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "TREAT  | [{at: PT0S, patient: p1, status: active, permit: [{purpose: TREAT}]}]                                      | 10 | NO_CONSENT",
        "HRESCH | [{at: PT0S, patient: p1, status: active, permit: [{purpose: TREAT}]}]                                      | 0  | PURPOSE_DENIED",
        "HRESCH | [{at: PT0S, patient: p1, status: active, permit: [{purpose: HRESCH}], deny: [{vitals: [spo2]}]}]             | 0  | CLASS_DENIED",
        "HRESCH | [{at: PT0S, patient: p1, status: active, permit: [{purpose: HRESCH}]}, {at: PT5M, patient: p1, status: inactive}] | 5 | WITHDRAWN",
        "HRESCH | []                                                                                                         | 0  | NO_CONSENT"})
    void shouldReceiveWhatIsPermittedAtThatMomentAndNothingElse(String purpose, String consents, long received, ViolationReason reason) {
        // Given
        ScenarioPlan plan = plan(TEN_READINGS + "sinks: [{id: lab, purpose: " + purpose + "}]\nconsents: " + consents + "\n");
        // When
        Observed observed = Sinks.ask(plan, twins());
        // Then
        assertThat(observed.disclosures().stream().mapToLong(Disclosure::getCount).sum()).isEqualTo(received);
        assertThat(observed.disclosures()).allSatisfy(entry ->
                assertThat(List.of(entry.getActor(), entry.getPurpose(), entry.getEgress(), entry.getPatientId()))
                        .containsExactly("lab", purpose, Egress.SCENARIO_SINK.word(), "p1"));
        assertThat(observed.violations().stream().mapToLong(ConsentViolation::getCount).sum()).isEqualTo(10 - received);
        assertThat(observed.violations()).allSatisfy(violation -> {
            assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE);
            assertThat(violation.getReason()).isEqualTo(reason);
        });
    }
}
