package io.vitaltwin.twin.core.consent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Clinical reference sections 8.3 and 3.12.11. Times are minutes after an arbitrary moment. */
class ConsentTimelineTest {

    private static final long T0 = 1_772_409_600_000L;
    private ConsentTimeline timeline = ConsentTimeline.empty();

    private static long at(long minute) {
        return T0 + minute * 60_000;
    }

    private ConsentTimelineTest say(long minute, ConsentStatus status, Provision... provisions) {
        return say("c", minute, minute, status, provisions);
    }

    private ConsentTimelineTest say(String consent, long known, long effective, ConsentStatus status, Provision... provisions) {
        String version = Integer.toString(timeline.versions().size() + 1);
        timeline = timeline.apply(new ConsentVersion(consent, version, status, at(effective), at(known), List.of(provisions)));
        return this;
    }

    private Decision ask(String vital, String purpose, long measured, long now) {
        return timeline.decide(vital, purpose, "twin", Stage.USE, at(measured), at(now));
    }

    private Decision ask(long measured, long now) {
        return ask("heart_rate", "TREAT", measured, now);
    }

    private static void assertDenied(Decision decision, ViolationReason reason) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Denied.class, denied -> assertThat(denied.reason()).isEqualTo(reason));
    }

    @Test
    void shouldDenyWhenNothingIsKnown() {
        assertDenied(ask(0, 0), ViolationReason.NO_CONSENT);
        assertThat(timeline.newestLabel()).isEmpty();
    }

    /** CR 8.3.4: a replay is new processing, whenever the data were first processed. */
    @Test
    void shouldAskAtOneTimeForEver() {
        say(10, ConsentStatus.ACTIVE, Provision.permit("TREAT")).say(20, ConsentStatus.INACTIVE);
        timeline = timeline.askedAt(at(20));
        assertDenied(ask(12, 12), ViolationReason.WITHDRAWN);
        assertThat(timeline.nextChange(at(0))).isEqualTo(Long.MAX_VALUE);
        timeline = timeline.askedAt(at(19));
        assertThat(ask(12, 12).isPermitted()).isTrue();
        assertThat(ask(12, 30).isPermitted()).isTrue();
        assertThat(timeline).isNotEqualTo(timeline.askedAt(at(20)));
    }

    @Test
    void shouldPermitFromTheMomentTheConsentIsKnown() {
        say(10, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertDenied(ask(9, 9), ViolationReason.NO_CONSENT);
        assertThat(ask(10, 10).isPermitted()).isTrue();
        assertThat(ask(10, 10).consentVersion()).isEqualTo("c/1");
    }

    @ParameterizedTest
    @EnumSource(value = ConsentStatus.class, names = "ACTIVE", mode = EnumSource.Mode.EXCLUDE)
    void shouldPermitNothingUnderAnyOtherStatus(ConsentStatus status) {
        say(0, status, Provision.permit("TREAT"));
        assertThat(ask(5, 5).isPermitted()).isFalse();
    }

    @Test
    void shouldPermitNothingWithoutAProvision() {
        say(0, ConsentStatus.ACTIVE);
        assertDenied(ask(5, 5), ViolationReason.CLASS_DENIED);
    }

    /** 8.3.3: whatever the effective time of the reading, and whatever effective time the withdrawal names. */
    @ParameterizedTest
    @ValueSource(longs = {-60, 30, 500})
    void shouldBlockAWithdrawalByProcessingTime(long named) {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).say("c", 30, named, ConsentStatus.INACTIVE);
        assertThat(ask(29, 29).isPermitted()).isTrue();
        assertDenied(ask(29, 30), ViolationReason.WITHDRAWN);
        assertDenied(ask(31, 31), ViolationReason.WITHDRAWN);
    }

    @Test
    void shouldBeginALaterConsentAtItsEffectiveTime() {
        say("c", 0, 60, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(ask(59, 59).isPermitted()).isFalse();
        assertThat(ask(60, 60).isPermitted()).isTrue();
    }

    /** 8.3.7: a new consent does not open the time that was blocked, unless it says from when on. */
    @Test
    void shouldNotOpenABlockedTimeUnderANewConsent() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).say(30, ConsentStatus.INACTIVE).say(60, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(ask(60, 61).isPermitted()).isTrue();
        assertDenied(ask(45, 61), ViolationReason.DATA_PERIOD);
        assertThat(ask(29, 61).isPermitted()).as("measured while it was permitted").isTrue();
        say(70, ConsentStatus.ACTIVE, Provision.permit("TREAT").forData(at(30), Provision.OPEN_END));
        assertThat(ask(45, 71).isPermitted()).isTrue();
    }

    /** 8.3.8: from now on, also for what was measured before anybody was asked. */
    @Test
    void shouldCoverWhatWasMeasuredBeforeTheFirstDecision() {
        say(60, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(ask(10, 61).isPermitted()).isTrue();
        assertDenied(ask(10, 59), ViolationReason.NO_CONSENT);
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "19, true", "20, false"})
    void shouldHoldADataPeriod(long measured, boolean permitted) {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forData(at(10), at(20)));
        Decision decision = ask(measured, 30);
        assertThat(decision.isPermitted()).isEqualTo(permitted);
        if (!permitted) {
            assertDenied(decision, ViolationReason.DATA_PERIOD);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "19, true", "20, false"})
    void shouldHoldAPeriodOfProcessing(long now, boolean permitted) {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").during(at(10), at(20)));
        assertThat(ask(now, now).isPermitted()).isEqualTo(permitted);
    }

    @Test
    void shouldSayThatAConsentHasExpired() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").during(at(0), at(20)));
        assertDenied(ask(20, 20), ViolationReason.EXPIRED);
    }

    @Test
    void shouldTellPurposeClassAndActorApart() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forVitals("heart_rate"));
        assertDenied(ask("heart_rate", "HRESCH", 5, 5), ViolationReason.PURPOSE_DENIED);
        assertDenied(ask("spo2", "TREAT", 5, 5), ViolationReason.CLASS_DENIED);
        timeline = ConsentTimeline.empty();
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forActors("dashboard"));
        assertDenied(ask(5, 5), ViolationReason.ACTOR_DENIED);
    }

    @Test
    void shouldLetADenyWinWhereverItStands() {
        say("a", 0, 0, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        say("b", 1, 1, ConsentStatus.ACTIVE, Provision.deny("TREAT").forVitals("spo2"));
        assertDenied(ask("spo2", "TREAT", 5, 5), ViolationReason.CLASS_DENIED);
        assertThat(ask("heart_rate", "TREAT", 5, 5).isPermitted()).isTrue();
    }

    @Test
    void shouldCoverNothingByAnActionThatNobodyKnows() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT").forActions("TELEPATHY"));
        assertThat(ask(5, 5).isPermitted()).isFalse();
    }

    @Test
    void shouldChangeNothingWhenAVersionComesTwice() {
        ConsentVersion version = new ConsentVersion("c", "1", ConsentStatus.ACTIVE, at(0), at(0), List.of(Provision.permit("TREAT")));
        ConsentTimeline once = timeline.apply(version);
        ConsentVersion again = new ConsentVersion("c", "1", ConsentStatus.ACTIVE, at(0), at(9), List.of(Provision.permit("TREAT")));
        assertThat(once.apply(again)).isSameAs(once);
    }

    @Test
    void shouldNotDropAWithdrawalThatReusesAVersionId() {
        timeline = timeline.apply(new ConsentVersion("c", "1", ConsentStatus.ACTIVE, at(0), at(0), List.of(Provision.permit("TREAT"))))
                .apply(new ConsentVersion("c", "1", ConsentStatus.INACTIVE, at(5), at(5), List.of()));
        assertDenied(ask(6, 6), ViolationReason.WITHDRAWN);
    }

    /** Versions of different append times give the same timeline in whatever order they come. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNotHangOnTheOrderInWhichVersionsCome(long seed) {
        Random random = new Random(seed);
        List<ConsentVersion> versions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ConsentStatus status = random.nextInt(3) == 0 ? ConsentStatus.INACTIVE : ConsentStatus.ACTIVE;
            Provision provision = random.nextBoolean() ? Provision.permit("TREAT") : Provision.deny("TREAT").forVitals("spo2");
            versions.add(new ConsentVersion("c" + random.nextInt(3), "v" + i, status, at(random.nextInt(100)), at(i * 7L), List.of(provision)));
        }
        ConsentTimeline inOrder = ConsentTimeline.empty();
        for (ConsentVersion version : versions) {
            inOrder = inOrder.apply(version);
        }
        Collections.shuffle(versions, random);
        ConsentTimeline shuffled = ConsentTimeline.empty();
        for (ConsentVersion version : versions) {
            shuffled = shuffled.apply(version);
        }
        assertThat(shuffled).as("seed %d", seed).isEqualTo(inOrder);
        assertThat(ConsentTimeline.decode(shuffled.encode())).isEqualTo(inOrder);
    }

    @Test
    void shouldRefuseDamagedBytes() {
        byte[] bytes = say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT")).timeline.encode();
        bytes[0] = 99;
        assertThatThrownBy(() -> ConsentTimeline.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayNothingOfItsContent() {
        say(0, ConsentStatus.ACTIVE, Provision.permit("TREAT"));
        assertThat(timeline).hasToString("ConsentTimeline[1 versions]");
    }
}
