package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.state.TwinState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static io.vitaltwin.twin.core.rules.RuleBench.HOUR;
import static io.vitaltwin.twin.core.rules.RuleBench.MINUTE;
import static io.vitaltwin.twin.core.rules.RuleBench.millis;
import static org.assertj.core.api.Assertions.assertThat;

/** CR 5.2 DQ-22, one patient's side of it. */
class SharedDeviceRuleTest {

    private static final String OXIMETER = "oxi1";

    private final RuleBench bench = RuleBench.adult();
    private final Feed saturation = bench.feed(OXIMETER, "finger-oximeter", Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1));

    private void told(String device, long from, long until, long append) {
        SharedDeviceRule.onTold(bench.twin(), device, millis(from), millis(until), millis(append));
    }

    /** Lets all happen that is due until then, as the twin's timers do. @return what was doubted afterwards, as {@code device vital from-until} */
    private List<String> until(long second) {
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
        List<SharedDeviceRule.Doubted> doubted = new java.util.ArrayList<>();
        for (long due = bench.twin().parts().nextDue(); due <= millis(second); due = bench.twin().parts().nextDue()) {
            doubted.addAll(SharedDeviceRule.doubt(bench.twin(), due));
            Rules.onDue(bench.turn(RuleBench.second(due)), due);
        }
        bench.turn(second);
        return doubted.stream().map(one -> one.stream().deviceId() + " " + one.stream().vital().id() + " "
                + RuleBench.second(one.revision().fromMillis()) + "-" + RuleBench.second(one.revision().untilMillis())).toList();
    }

    @Test
    void shouldTellOnceAndSayWhatToDo() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(60);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60");
        AlertChange alert = bench.alert(0);
        assertThat(alert.familyName()).isEqualTo("DATA_QUALITY:oxi1");
        assertThat(alert.rule().family().lane()).isEqualTo(Lane.TECHNICAL);
        assertThat(alert.episodeStartMillis()).isEqualTo(millis(0));
        assertThat(alert.text()).startsWith("The finger-oximeter oxi1 measured somebody else within a day").contains("record in both care plans");
        assertThat(alert.evidence()).singleElement().satisfies(proof -> {
            assertThat(proof.point().verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(Reason.DEVICE_SHARED.in(proof.point().reasons())).isTrue();
        });
        told(OXIMETER, 0, 25 * HOUR, HOUR);
        until(2 * HOUR);
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void shouldEndWhenTheSpanHasPassed() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        told(OXIMETER, 0, 25 * HOUR, HOUR);
        until(25 * HOUR);
        assertThat(bench.log()).hasSize(1);
        until(25 * HOUR + 1);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60", "CLEARED DEVICE_SHARED LOW " + 25 * HOUR);
        assertThat(bench.alert(1).effectiveMillis()).isEqualTo(millis(25 * HOUR) + 1);
        assertThat(bench.twin().parts().nextDue()).as("late readings are still in doubt").isEqualTo(millis(73 * HOUR) + 1);
        until(80 * HOUR);
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
        assertThat(bench.twin().parts().find(io.vitaltwin.twin.core.quality.SharedSpans.TYPE)).hasValueSatisfying(spans -> assertThat(spans.isEmpty()).isTrue());
    }

    /** Somebody recorded who has the device. */
    @Test
    void shouldEndAtOnceWhenTheDoubtIsTakenBack() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(HOUR);
        told(OXIMETER, 0, -1, HOUR);
        until(HOUR);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60", "CLEARED DEVICE_SHARED LOW " + HOUR);
        assertThat(bench.twin().parts().nextDue()).isEqualTo(Parts.NEVER);
    }

    @Test
    void shouldTellOfASpanThatIsOverNothingButTheFlags() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 30 * HOUR);
        assertThat(until(30 * HOUR)).containsExactly("oxi1 spo2 0-0");
        assertThat(bench.log()).isEmpty();
    }

    /** Known readings are from minute 0 to 10; what lies before the span was this patient's own. */
    @ParameterizedTest
    @CsvSource({"0, 3600, 0-600", "120, 3600, 120-600", "120, 240, 120-240", "600, 3600, 600-600"})
    void shouldDoubtWhatIsKnownOfTheSpan(long from, long until, String span) {
        for (int minute = 0; minute <= 10; minute++) {
            saturation.at(minute * MINUTE, 97);
        }
        told(OXIMETER, from, until, 660);
        assertThat(until(660)).containsExactly("oxi1 spo2 " + span);
    }

    @Test
    void shouldDoubtNothingThatCameBeforeTheSpan() {
        saturation.at(0, 97);
        told(OXIMETER, 1, HOUR, 60);
        assertThat(until(60)).isEmpty();
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void shouldDoubtOnlyWhatALongerSpanAdds() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 2 * HOUR, 60);
        assertThat(until(60)).hasSize(1);
        saturation.at(3 * HOUR, 97);
        told(OXIMETER, 0, 4 * HOUR, 3 * HOUR);
        assertThat(until(3 * HOUR)).containsExactly("oxi1 spo2 7200-10800");
    }

    @Test
    void shouldLeaveOtherDevicesAlone() {
        saturation.at(0, 97);
        bench.feed("oxi2", "finger-oximeter", Vital.SPO2, Grade.MEDICAL_HOME, Duration.ofMinutes(1)).at(0, 97);
        told(OXIMETER, 0, HOUR, 60);
        assertThat(until(60)).hasSize(1);
    }

    @Test
    void shouldTellOfEachDevice() {
        saturation.at(0, 97);
        bench.feed("cuff1", "cuff", Vital.BP_SYSTOLIC, Grade.MEDICAL_HOME, Duration.ofHours(12)).at(0, 120);
        told(OXIMETER, 0, HOUR, 60);
        told("cuff1", 0, 2 * HOUR, 61);
        until(2 * HOUR + 1);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60", "RAISED DEVICE_SHARED LOW 61",
                "CLEARED DEVICE_SHARED LOW 3600", "CLEARED DEVICE_SHARED LOW 7200");
        assertThat(bench.alerts()).extracting(AlertChange::key).containsExactly(OXIMETER, "cuff1", OXIMETER, "cuff1");
    }

    /** What was low while the device may have been on somebody else's finger raises nothing afterwards. */
    @Test
    void shouldNotRaiseWhatWasFoundLater() {
        saturation.at(0, 88).at(60, 88);
        told(OXIMETER, 0, HOUR, 90);
        until(90);
        saturation.suspect(120, 88);
        saturation.suspect(180, 88);
        saturation.suspect(240, 88);
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 90");
    }

    @Test
    void shouldEndWithTheLastConsent() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(60);
        bench.twin().monitored(true);
        bench.twin(bench.twin().withoutMeasurements());
        ConsentRule.onCovered(bench.turn(120), Set.of(), false, "CONSENT_WITHDRAWN", millis(120));
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60", "CLEARED DEVICE_SHARED LOW 120", "RAISED CONSENT_WITHDRAWN INFO 120");
        assertThat(bench.alert(1).endReason()).isEqualTo("CONSENT_WITHDRAWN");
    }

    @Test
    void shouldNotEndWithOneOfSeveralVitals() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(60);
        ConsentRule.onCovered(bench.turn(120), Set.of(Vital.HEART_RATE), false, "CONSENT_CHANGED", millis(120));
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void shouldTakeADisputeOfEachDevice() {
        saturation.at(0, 97);
        assertThat(bench.dispute(10, RuleId.DEVICE_SHARED)).isFalse();
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(60);
        assertThat(bench.dispute(120, RuleId.DEVICE_SHARED)).isTrue();
        assertThat(bench.log()).containsExactly("RAISED DEVICE_SHARED LOW 60", "UPDATED DEVICE_SHARED LOW 120");
        assertThat(bench.alert(1).key()).isEqualTo(OXIMETER);
    }

    @Test
    void shouldStandBesideANoticeOfNoDevice() {
        saturation.at(0, 97);
        told(OXIMETER, 0, 24 * HOUR, 60);
        until(60);
        Episodes.raise(bench.turn(70), new Raise(RuleId.DATA_QUALITY, Priority.LOW, millis(70), millis(70), 0, "x", List.of()));
        bench.twin(TwinState.decode(bench.twin().encode(TwinState.scratch())));
        assertThat(bench.twin().episode(Family.DATA_QUALITY)).isPresent();
        assertThat(bench.twin().episode(Family.DATA_QUALITY, OXIMETER)).hasValueSatisfying(episode -> assertThat(episode.holds(RuleId.DEVICE_SHARED)).isTrue());
        Episodes.release(bench.turn(80), RuleId.DATA_QUALITY, millis(80), List.of());
        assertThat(bench.twin().episode(Family.DATA_QUALITY, OXIMETER)).isPresent();
    }
}
