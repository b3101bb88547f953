package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.ward.StaffLimits.Side;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class StaffLimitsTest {

    @Test
    void shouldAlarmBeyondTheLimitThatIsInForce() {
        // Given a limit of 100 that is raised to 120 after the second hour
        WardPatient patient = Patients.one().hourly(Bed.MONITOR, Vital.HEART_RATE, 110, 110, 95, 110, 121)
                .limit(30, Side.PULSE_HIGH, 100).limit(150, Side.PULSE_HIGH, 120).alive();

        // When
        StaffLimits.Outcome outcome = StaffLimits.count(patient);

        // Then: the first has no limit, the second alarms, the fourth is within the new limit, the fifth alarms
        assertThat(outcome.alarms()).isEqualTo(Map.of(Side.PULSE_HIGH, 2));
        assertThat(outcome.judged()).isEqualTo(Map.of(Side.PULSE_HIGH, 4));
    }

    @Test
    void shouldNotAlarmAtTheLimitItself() {
        WardPatient patient = Patients.one().limit(0, Side.SATURATION_LOW, 90).limit(0, Side.BREATHS_HIGH, 30)
                .at(1, Bed.OXIMETER, Vital.SPO2, 90).at(1, Bed.MONITOR, Vital.RESPIRATORY_RATE, 30).alive();

        assertThat(StaffLimits.count(patient).alarms()).isEmpty();
    }

    @Test
    void shouldHoldTheCuffsLimitAgainstTheCuffOnly() {
        WardPatient patient = Patients.one().limit(0, Side.PRESSURE_LOW, 90).at(1, Bed.ARTERIAL_LINE, Vital.BP_SYSTOLIC, 80)
                .at(2, Bed.CUFF, Vital.BP_SYSTOLIC, 85).alive();

        assertThat(StaffLimits.count(patient).judged()).isEqualTo(Map.of(Side.PRESSURE_LOW, 1));
        assertThat(StaffLimits.count(patient).alarms()).isEqualTo(Map.of(Side.PRESSURE_LOW, 1));
    }
}
