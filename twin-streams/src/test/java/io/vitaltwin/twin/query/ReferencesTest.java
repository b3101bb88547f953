package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReferencesTest {

    static {
        TrustedRecords.trust();
    }

    private static PatientContext.Builder context(String... vitals) {
        return PatientContext.newBuilder().setPatientId("p").setMonitor(List.of(vitals).stream()
                .map(vital -> MonitoredVital.newBuilder().setVital(vital).build()).toList());
    }

    private static Plan plan(PatientContext context) {
        return Twins.STORES.plan(Optional.of(context));
    }

    private static Trend.Limits limits(Double low, Double high) {
        return new Trend.Limits(Optional.ofNullable(low), Optional.ofNullable(high));
    }

    @Test
    void shouldDrawTheLimitsOfTheRulesWithThePatientsOwnNumbers() {
        assertThat(References.limits(plan(context("spo2", "heart_rate").build()), Vital.SPO2)).contains(limits(91.0, null));
        assertThat(References.limits(plan(context("heart_rate").build()), Vital.HEART_RATE)).contains(limits(40.0, 131.0));
        assertThat(References.limits(plan(context("heart_rate").setRules(Map.of("HR_TACHY_REST", Map.of("on", 110.0))).build()), Vital.HEART_RATE))
                .contains(limits(40.0, 110.0));
        assertThat(References.limits(plan(context("spo2").setSpo2Scale(2).setOxygen("oxygen").build()), Vital.SPO2)).contains(limits(87.0, 97.0));
        assertThat(References.limits(plan(context("spo2").setSpo2Scale(2).setOxygen("air").build()), Vital.SPO2)).contains(limits(87.0, null));
    }

    @Test
    void shouldDrawNoLimitsWhereNoneAreInForce() {
        assertThat(References.limits(plan(context("spo2").build()), Vital.HEART_RATE)).isEmpty();
        assertThat(References.limits(Twins.STORES.plan(Optional.empty()), Vital.SPO2)).isEmpty();
        assertThat(References.limits(plan(context("steps").build()), Vital.STEPS)).isEmpty();
    }

    private static TwinSnapshot twin(TwinBaseline... baselines) {
        TwinVital vital = TwinVital.newBuilder().setVital("heart_rate").setDeviceId("d").setValue(70.0).setUnit("/min").setEffectiveTime(Twins.T0).setSigma(2.0)
                .setBaselines(List.of(baselines)).build();
        return TwinSnapshot.newBuilder().setPatientId("p").setAppendTime(Twins.T0).setVitals(List.of(vital)).setFates(new Fates(0L, 0L, 0L, 0L, 0L))
                .setVerdicts(new VerdictCounts(0L, 0L, 0L)).build();
    }

    @ParameterizedTest
    @CsvSource({"13, false, false", "14, false, true", "1, true, true"})
    void shouldShowWhatIsUsualOnceItRestsOnEnoughDays(int days, boolean given, boolean shown) {
        assertThat(References.personal(twin(new TwinBaseline(ActivityContext.REST, 62.0, 2.0, days, given)), Vital.HEART_RATE).isPresent()).isEqualTo(shown);
    }

    @Test
    void shouldShowTheBaselineOfMostDaysAndLearnedOnesFirst() {
        TwinSnapshot twin = twin(new TwinBaseline(ActivityContext.SLEEP, 55.0, 2.0, 20, false), new TwinBaseline(ActivityContext.REST, 62.0, 2.0, 28, false),
                new TwinBaseline(ActivityContext.LIGHT, 80.0, 2.0, 90, true));
        assertThat(References.personal(twin, Vital.HEART_RATE)).contains(new Trend.Personal(53.104, 62, 70.896));
        assertThat(References.personal(twin, Vital.SPO2)).isEmpty();
        assertThat(References.personal(twin(new TwinBaseline(ActivityContext.REST, 62.0, 0.0, 28, false)), Vital.HEART_RATE)).as("never narrower than the measurement")
                .contains(new Trend.Personal(59, 62, 65));
    }

    @Test
    void shouldCallItAGapAfterThreeMissingReadingsOrTwoSpans() {
        RegisteredDevice device = RegisteredDevice.newBuilder().setDeviceId("d").setKind("patch").setVitals(List.of("heart_rate")).setIntervalMillis(30_000L).build();
        Plan plan = plan(PatientContext.newBuilder().setPatientId("p").setDevices(List.of(device)).build());
        assertThat(References.gapAfterMillis(plan, Vital.HEART_RATE, List.of("d"), 0, 0)).isEqualTo(90_000);
        assertThat(References.gapAfterMillis(plan, Vital.HEART_RATE, List.of("d"), 0, 60_000)).isEqualTo(120_000);
        assertThat(References.gapAfterMillis(plan, Vital.HEART_RATE, List.of("unknown"), 0, 0)).as("a minute where nothing is registered").isEqualTo(180_000);
        assertThat(References.gapAfterMillis(plan, Vital.HEART_RATE, List.of(), 0, 0)).isZero();
    }
}
