package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.data.Physionet2012;
import io.vitaltwin.testbench.data.Physionet2012.Observation;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records of the Challenge 2012 as patients. A Glasgow scale below 15 counts as not alert, sedation and tubes included: the set does not tell
 * them apart. The saturation of this set is that of the laboratory and not an oximeter's; it is left out.
 */
final class Physionet2012Ward {

    /** The set's times begin with 0: any day after 2015 will do. */
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long AIR_MILLI = 210;
    private static final long FULLY_AWAKE_MILLI = 15_000;

    private Physionet2012Ward() {
    }

    static List<WardPatient> patients(List<Physionet2012.Stay> stays) {
        return stays.stream().map(Physionet2012Ward::patient).filter(patient -> !patient.readings().isEmpty()).toList();
    }

    private static WardPatient patient(Physionet2012.Stay stay) {
        List<WardReading> readings = stay.observations().stream().flatMap(observation -> reading(observation).stream()).toList();
        long end = readings.isEmpty() ? START : readings.getLast().effectiveMillis();
        return new WardPatient(stay.id(), readings, stay.died(), end, List.of());
    }

    /** Below 0 is the set's word for unknown. */
    private static Optional<WardReading> reading(Observation observation) {
        long milli = observation.milli();
        if (milli < 0) {
            return Optional.empty();
        }
        return switch (observation.parameter()) {
            case "HR" -> number(observation, Bed.MONITOR, Vital.HEART_RATE);
            case "RespRate" -> number(observation, Bed.MONITOR, Vital.RESPIRATORY_RATE);
            case "NISysABP" -> number(observation, Bed.CUFF, Vital.BP_SYSTOLIC);
            case "NIDiasABP" -> number(observation, Bed.CUFF, Vital.BP_DIASTOLIC);
            case "SysABP" -> number(observation, Bed.ARTERIAL_LINE, Vital.BP_SYSTOLIC);
            case "DiasABP" -> number(observation, Bed.ARTERIAL_LINE, Vital.BP_DIASTOLIC);
            case "Temp" -> number(observation, Bed.THERMOMETER, Vital.BODY_TEMPERATURE);
            case "FiO2" -> Optional.of(reading(observation, Bed.NURSE, Vital.O2_FLOW, Values.oxygen(milli > AIR_MILLI)));
            case "GCS" -> Optional.of(reading(observation, Bed.NURSE, Vital.CONSCIOUSNESS,
                    Values.consciousness(milli >= FULLY_AWAKE_MILLI ? 'A' : 'V')));
            default -> Optional.empty();
        };
    }

    private static Optional<WardReading> number(Observation observation, Bed bed, Vital vital) {
        return Optional.of(reading(observation, bed, vital, Values.of(vital, observation.milli())));
    }

    private static WardReading reading(Observation observation, Bed bed, Vital vital, Value value) {
        long at = START + observation.minute() * MINUTE;
        return new WardReading(bed, vital, value, at, at);
    }
}
