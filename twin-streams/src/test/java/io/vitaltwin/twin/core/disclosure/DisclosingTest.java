package io.vitaltwin.twin.core.disclosure;

import io.vitaltwin.twin.core.consent.ConsentStatus;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Provision;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.consent.ViolationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Times are minutes after an arbitrary moment; consent becomes known at minute 0. */
class DisclosingTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final Viewer NURSE = new Viewer("TREAT", "n1", "nurse");
    private static final Viewer RESEARCH = new Viewer("HRESCH", "lab", "");

    private final List<ConsentVersion> said = new ArrayList<>();

    private static long at(long minute) {
        return T0 + minute * 60_000;
    }

    private DisclosingTest say(String consent, long minute, ConsentStatus status, Provision... rules) {
        said.add(new ConsentVersion(consent, Integer.toString(said.size() + 1), status, at(minute), at(minute), List.of(rules)));
        return this;
    }

    private Outcome decide(Egress egress, Viewer viewer, long now, Offer... offers) {
        ConsentTimeline consents = ConsentTimeline.empty();
        for (ConsentVersion version : said) {
            consents = consents.apply(viewer.read(version));
        }
        return Disclosing.decide(consents, egress, viewer, List.of(offers), at(now));
    }

    private Outcome decide(Viewer viewer, long now, Offer... offers) {
        return decide(Egress.TAIL_ALERTS, viewer, now, offers);
    }

    private static Offer of(String... vitals) {
        return Offer.of(List.of(vitals).stream().map(vital -> Datum.at("d", vital, at(1))).toList());
    }

    @Test
    void shouldShowNothingOfAPatientOfWhomNothingIsKnown() {
        Outcome outcome = decide(NURSE, 5, of("spo2"));
        assertThat(outcome.permitted()).containsExactly(false);
        assertThat(outcome.shown()).isEmpty();
        assertThat(outcome.violations()).containsExactly(
                new Violation("d", "spo2", ViolationReason.NO_CONSENT, "TREAT", "n1", Stage.DISCLOSE, "", at(5), at(5), 1));
    }

    @Test
    void shouldWriteDownWhatIsShownAndUnderWhichConsent() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        Outcome outcome = decide(NURSE, 5, of("spo2", "heart_rate"), of("spo2"));
        assertThat(outcome.permitted()).containsExactly(true, true);
        assertThat(outcome.permittedCount()).isEqualTo(2);
        assertThat(outcome.shown()).containsExactly(new Shown(List.of("heart_rate", "spo2"), 3, "c/1"));
        assertThat(outcome.violations()).isEmpty();
    }

    @Test
    void shouldWithholdWhatRestsOnOneThatIsDeniedAndKeepTheRest() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT"), Provision.deny("TREAT").forVitals("glucose_interstitial"));
        Outcome outcome = decide(NURSE, 5, of("spo2", "glucose_interstitial"), of("spo2"), of("glucose_interstitial"));
        assertThat(outcome.permitted()).containsExactly(false, true, false);
        assertThat(outcome.shown()).containsExactly(new Shown(List.of("spo2"), 1, "c/1"));
        assertThat(outcome.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo(ViolationReason.CLASS_DENIED);
            assertThat(violation.vital()).isEqualTo("glucose_interstitial");
            assertThat(violation.count()).isEqualTo(2);
        });
    }

    @Test
    void shouldShowToWhomItIsPermittedAndToNobodyElse() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(decide(NURSE, 5, of("spo2")).permitted()).containsExactly(true);
        assertThat(decide(RESEARCH, 5, of("spo2")).violations()).extracting(Violation::reason).containsExactly(ViolationReason.PURPOSE_DENIED);
    }

    @ParameterizedTest
    @CsvSource({"9, true", "10, false", "11, false"})
    void shouldStopAtTheWithdrawalWhateverTheEffectiveTime(long now, boolean shown) {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).say("c", 10, ConsentStatus.INACTIVE);
        assertThat(decide(NURSE, now, of("spo2")).permitted()).containsExactly(shown);
    }

    @Test
    void shouldNotShowUnderAConsentThatPermitsUseOnly() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forActions("COLLECT", "USE"));
        assertThat(decide(NURSE, 5, of("spo2")).permitted()).containsExactly(false);
    }

    @ParameterizedTest
    @CsvSource({
            "n1,    nurse, true",      // named by role
            "n1,    '',    false",     // the role is not stated
            "n1,    clerk, false",
            "lab,   nurse, false",     // denied by name, whatever the role
            "ward1, '',    true"})     // named by name
    void shouldKnowAViewerByNameAndByRole(String actor, String role, boolean shown) {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forActors("nurse", "ward1"), Provision.deny().forActors("lab"));
        assertThat(decide(new Viewer("TREAT", actor, role), 5, of("spo2")).permitted()).containsExactly(shown);
    }

    @Test
    void shouldLetTheDenyOfARoleBeatThePermitOfAName() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forActors("n1"), Provision.deny().forActors("nurse"));
        assertThat(decide(NURSE, 5, of("spo2")).permitted()).containsExactly(false);
    }

    @Test
    void shouldShowNoticesToThoseWhoTreatAndToOthersOnlyUnderAGeneralRule() {
        Offer notice = Offer.of(List.of(Datum.notice(at(1))));
        Outcome treated = decide(NURSE, 5, notice);
        assertThat(treated.shown()).containsExactly(new Shown(List.of(), 0, ""));
        assertThat(decide(RESEARCH, 5, notice).permitted()).containsExactly(false);
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("HRESCH").forVitals("spo2"));
        assertThat(decide(RESEARCH, 5, notice).permitted()).containsExactly(false);
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("HRESCH"));
        assertThat(decide(RESEARCH, 5, notice).permitted()).containsExactly(true);
    }

    @Test
    void shouldAskForBothEndsOfARun() {
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forData(at(0), at(10)));
        assertThat(decide(NURSE, 20, Offer.of(List.of(new Datum("d", "spo2", at(2), at(9))))).permitted()).containsExactly(true);
        assertThat(decide(NURSE, 20, Offer.of(List.of(new Datum("d", "spo2", at(2), at(10))))).permitted()).containsExactly(false);
        assertThat(decide(NURSE, 20, Offer.of(List.of(new Datum("d", "spo2", at(-1), at(9))))).permitted()).containsExactly(false);
    }

    @Test
    void shouldTellConsentsApartThatCoverDifferentThings() {
        say("a", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forVitals("spo2"));
        say("b", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forVitals("heart_rate"));
        Outcome outcome = decide(NURSE, 5, of("spo2"), of("heart_rate"), of("heart_rate", "spo2"));
        assertThat(outcome.shown()).containsExactly(new Shown(List.of("spo2"), 1, "a/1"),
                new Shown(List.of("heart_rate", "spo2"), 2, "a/1 b/2"), new Shown(List.of("heart_rate"), 1, "b/2"));
    }

    @ParameterizedTest
    @EnumSource(Egress.class)
    void shouldAskConsentAtEveryWayOutButThePatientsOwn(Egress egress) {
        boolean own = egress == Egress.EXPORT || egress == Egress.API_OWN;
        Outcome outcome = decide(egress, NURSE, 5, of("spo2"));
        assertThat(outcome.permitted()).containsExactly(own);
        assertThat(outcome.shown()).hasSize(own ? 1 : 0);
        assertThat(outcome.violations()).hasSize(own ? 0 : 1);
    }

    /** Whatever is offered: each value is either written down as shown or its offer is withheld with a violation, and never both. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAccountForEveryOffer(long seed) {
        Random random = new Random(seed);
        List<String> vitals = List.of("spo2", "heart_rate", "steps", "body_weight");
        say("c", 0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forVitals("spo2", "heart_rate"), Provision.deny().forVitals("steps"));
        for (int round = 0; round < 200; round++) {
            Offer[] offers = new Offer[1 + random.nextInt(6)];
            for (int i = 0; i < offers.length; i++) {
                offers[i] = of(random.ints(1 + random.nextInt(3), 0, 4).mapToObj(vitals::get).toArray(String[]::new));
            }
            Outcome outcome = decide(NURSE, 5, offers);
            long shown = 0;
            long denied = 0;
            for (int i = 0; i < offers.length; i++) {
                boolean allowed = offers[i].data().stream().allMatch(datum -> List.of("spo2", "heart_rate").contains(datum.vital()));
                assertThat(outcome.permitted().get(i)).as("seed %d, round %d, offer %d", seed, round, i).isEqualTo(allowed);
                shown += allowed ? offers[i].values() : 0;
                denied += offers[i].data().stream().filter(datum -> List.of("steps", "body_weight").contains(datum.vital())).count();
            }
            assertThat(outcome.shown().stream().mapToLong(Shown::values).sum()).isEqualTo(shown);
            assertThat(outcome.violations().stream().mapToLong(Violation::count).sum()).isEqualTo(denied);
        }
    }

    @Test
    void shouldRefuseWhatIsNoViewerAndNoOffer() {
        assertThatThrownBy(() -> new Viewer("treat", "n1", "")).hasMessageContaining("ActReason");
        assertThatThrownBy(() -> new Viewer("TREAT", " ", "")).hasMessageContaining("actor");
        assertThatThrownBy(() -> new Viewer("TREAT", "n1", "a\nb")).hasMessageContaining("role");
        assertThatThrownBy(() -> Offer.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Offer(List.of(Datum.notice(0)), -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Datum("", "spo2", 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
