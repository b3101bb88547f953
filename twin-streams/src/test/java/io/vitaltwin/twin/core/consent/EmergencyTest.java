package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Decision.Denied;
import io.vitaltwin.twin.core.consent.Decision.Permitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Breaking the glass: clinical reference section 8.3.10. Times are minutes. */
class EmergencyTest {

    private static final Emergency COMA = new Emergency("physician", "dr-1", "unconscious");
    private static final int HOLDS = 240;

    private ConsentTimeline timeline = ConsentTimeline.empty();

    private static long at(long minute) {
        return 1_772_409_600_000L + minute * 60_000;
    }

    private EmergencyTest say(long minute, ConsentStatus status, Provision... rules) {
        String version = Integer.toString(timeline.versions().size() + 1);
        timeline = timeline.apply(new ConsentVersion("c", version, status, at(minute), at(minute), List.of(rules)));
        return this;
    }

    private EmergencyTest breakGlass(String version, long minute, Emergency emergency) {
        timeline = timeline.apply(ConsentVersion.brokenGlass("c", version, at(minute), emergency));
        return this;
    }

    private Decision ask(Stage stage, String purpose, long measured, long now) {
        return timeline.decide("spo2", purpose, "vitaltwin", stage, at(measured), at(now));
    }

    private Decision ask(long measured, long now) {
        return ask(Stage.USE, "TREAT", measured, now);
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "249, true", "250, false"})
    void shouldHoldForFourHours(long now, boolean permitted) {
        breakGlass("e1", 10, COMA);
        assertThat(ask(now, now).isPermitted()).isEqualTo(permitted);
        assertThat(timeline.emergencyAt(at(now)).isPresent()).isEqualTo(permitted);
        assertThat(timeline.nextChange(at(9))).isEqualTo(at(10));
        assertThat(timeline.nextChange(at(10))).isEqualTo(at(250));
        assertThat(timeline.nextChange(at(250))).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void shouldOpenCareAndNothingElse(Stage stage) {
        say(0, ConsentStatus.ACTIVE, Provision.deny()).breakGlass("e1", 10, COMA);
        assertThat(ask(stage, "TREAT", 10, 10)).isEqualTo(new Permitted("c/e1"));
        assertThat(ask(stage, "ETREAT", 10, 10)).isEqualTo(new Permitted("c/e1"));
        assertThat(ask(stage, "HRESCH", 10, 10)).isEqualTo(new Denied(ViolationReason.CLASS_DENIED, "c/1"));
    }

    @Test
    void shouldOpenWhatWasMeasuredWhileConsentWasWithdrawn() {
        say(0, ConsentStatus.INACTIVE).breakGlass("e1", 10, COMA);
        assertThat(ask(5, 12)).isEqualTo(new Permitted("c/e1"));
    }

    @Test
    void shouldLeaveToTheConsentWhatItPermitsItself() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).breakGlass("e1", 10, COMA);
        assertThat(ask(20, 20)).isEqualTo(new Permitted("c/1"));
        assertThat(ask(Stage.USE, "ETREAT", 20, 20)).isEqualTo(new Permitted("c/e1"));
        assertThat(timeline.newestLabel()).isEqualTo("c/1");
    }

    /** Everything is then as 8.3 says: what was measured meanwhile was refused by the patient and stays closed under a new consent. */
    @Test
    void shouldBeNoDecisionOfThePatient() {
        say(0, ConsentStatus.INACTIVE).breakGlass("e1", 10, COMA);
        assertThat(ask(20, 10 + HOLDS)).isEqualTo(new Denied(ViolationReason.WITHDRAWN, "c/1"));
        say(300, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(ask(20, 301)).isEqualTo(new Denied(ViolationReason.DATA_PERIOD, "c/3"));
        assertThat(ask(301, 301)).isEqualTo(new Permitted("c/3"));
        timeline = ConsentTimeline.empty();
        breakGlass("e1", 10, COMA).say(300, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(ask(20, 301)).as("no patient had refused it").isEqualTo(new Permitted("c/2"));
    }

    @Test
    void shouldNotChangeTheConsentOfItsName() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).breakGlass("e1", 10, COMA);
        assertThat(ask(10, 10 + HOLDS)).isEqualTo(new Permitted("c/1"));
    }

    /** Sent twice it holds once; a second one has its own four hours, and the first is named as long as it is the only one. */
    @Test
    void shouldNeverGrowLonger() {
        breakGlass("e1", 0, COMA).breakGlass("e1", 200, COMA);
        assertThat(timeline.versions()).hasSize(1);
        assertThat(ask(240, 240).isPermitted()).isFalse();
        breakGlass("e2", 239, COMA);
        assertThat(ask(238, 238)).isEqualTo(new Permitted("c/e1"));
        assertThat(ask(240, 240)).isEqualTo(new Permitted("c/e2"));
        assertThat(ask(478, 478)).isEqualTo(new Permitted("c/e2"));
        assertThat(ask(479, 479).isPermitted()).isFalse();
        assertThat(timeline.emergencyAt(at(239))).map(ConsentVersion::versionId).contains("e2");
    }

    @ParameterizedTest
    @CsvSource({"'', dr-1, coma", "physician, ' ', coma", "physician, dr-1, ''"})
    void shouldOpenNothingWithoutSomebodyWhoTakesTheResponsibility(String role, String actor, String reason) {
        breakGlass("e1", 10, new Emergency(role, actor, reason));
        assertThat(ask(10, 10)).isEqualTo(new Denied(ViolationReason.NO_CONSENT, ""));
        assertThat(timeline.emergencyAt(at(10))).isEmpty();
        assertThat(timeline.versions().getFirst().fault()).isPresent();
        assertThat(ConsentTimeline.decode(timeline.encode())).isEqualTo(timeline);
    }

    @Test
    void shouldSayNothingOfAPersonInText() {
        assertThat(COMA).hasToString("Emergency");
    }
}
