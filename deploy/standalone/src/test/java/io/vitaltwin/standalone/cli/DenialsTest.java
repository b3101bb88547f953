package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What a patient has switched off, version by version. */
class DenialsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Denials NONE = Denials.of(Optional.empty());

    /** As the next command finds it in the log. */
    private static Denials later(Denials denials) {
        return Denials.of(Optional.of(denials.version("p1", "switches", NOW)));
    }

    @Test
    void shouldKeepWhatWasOffBefore() {
        Denials denials = later(later(NONE.with("", List.of("steps"))).with("", List.of("spo2", "steps")));
        ConsentRecord version = denials.version("p1", "switches", NOW);
        assertThat(version.getStatus()).isEqualTo(ConsentStatus.ACTIVE);
        assertThat(version.getProvisions()).singleElement().satisfies(rule -> {
            assertThat(rule.getType()).isEqualTo(ProvisionType.DENY);
            assertThat(rule.getVitals()).containsExactly("spo2", "steps");
            assertThat(rule.getActions()).isEmpty();
            assertThat(rule.getPurposes()).isEmpty();
        });
    }

    @Test
    void shouldEndWhenAllIsOnAgain() {
        Denials denials = later(NONE.with("", List.of("steps", "spo2")));
        assertThat(later(denials.without("", List.of("spo2"))).vitalsByAction().get("")).containsExactly("steps");
        ConsentRecord ended = denials.without("", List.of("spo2", "steps")).version("p1", "switches", NOW);
        assertThat(ended.getStatus()).isEqualTo(ConsentStatus.INACTIVE);
        assertThat(ended.getProvisions()).isEmpty();
        assertThat(Denials.of(Optional.of(ended))).isEqualTo(NONE);
        assertThat(NONE.without("", List.of("spo2"))).isEqualTo(NONE);
    }

    @Test
    void shouldKeepOneKindOfOutputApartFromTheOther() {
        Denials denials = later(later(NONE.with("PREDICT", List.of("spo2"))).with("SCREEN", List.of()));
        assertThat(denials.version("p1", "opt-outs", NOW).getProvisions()).extracting(Provision::getActions, Provision::getVitals)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(List.of("PREDICT"), List.of("spo2")),
                        org.assertj.core.groups.Tuple.tuple(List.of("SCREEN"), List.of()));
        assertThat(later(denials.without("SCREEN", List.of())).vitalsByAction()).containsOnlyKeys("PREDICT");
    }

    /** More is denied than somebody wrote by hand, never less. */
    @Test
    void shouldReadWhatSomebodyWroteByHand() {
        Provision two = Provision.newBuilder().setType(ProvisionType.DENY).setActions(List.of("PREDICT", "SCREEN")).setVitals(List.of("spo2"))
                .setPurposes(List.of("HRESCH")).build();
        Provision one = Provision.newBuilder().setType(ProvisionType.DENY).setActions(List.of("PREDICT")).setVitals(List.of("steps")).build();
        Provision permit = Provision.newBuilder().setType(ProvisionType.PERMIT).build();
        ConsentRecord version = NONE.with("", List.of("spo2")).version("p1", "opt-outs", NOW);
        version.setProvisions(List.of(two, one, permit));
        assertThat(Denials.of(Optional.of(version)).vitalsByAction()).containsOnlyKeys("PREDICT", "SCREEN")
                .containsEntry("PREDICT", java.util.Set.of("spo2", "steps")).containsEntry("SCREEN", java.util.Set.of("spo2"));
    }

    /** All stays all when one is named too; from all one can be taken out. */
    @Test
    void shouldCountAllAsAll() {
        Denials all = later(NONE.with("PREDICT", List.of("spo2"))).with("PREDICT", List.of());
        assertThat(later(all).with("PREDICT", List.of("steps")).vitalsByAction().get("PREDICT")).isEmpty();
        assertThat(later(all).without("PREDICT", List.of("steps")).vitalsByAction().get("PREDICT")).hasSize(Vital.values().length - 1)
                .doesNotContain("steps").contains("spo2");
    }
}
