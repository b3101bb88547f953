package io.vitaltwin.testbench.bench.ward;

import io.vitaltwin.testbench.bench.ward.StaffLimits.Side;
import io.vitaltwin.testbench.bench.ward.WardPatient.StaffLimit;
import io.vitaltwin.testbench.data.Mimic3Demo;
import io.vitaltwin.testbench.data.Mimic3Demo.Charted;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stays of the MIMIC-III demo as patients. Numbers of items are those of the set's items.csv. Left out: values that the old system calculated
 * from another unit (677, 679), the ventilator's own count of breaths (615, 224690), means of pressures, and levels of consciousness that say
 * nothing about it (sedated, sleeping).
 */
final class Mimic3Ward {

    private Mimic3Ward() {
    }

    static List<WardPatient> patients(Mimic3Demo.Content content) {
        return content.stays().stream().map(Mimic3Ward::patient).filter(patient -> !patient.readings().isEmpty()).toList();
    }

    private static WardPatient patient(Mimic3Demo.Stay stay) {
        long end = stay.died() ? stay.deathMillis() : stay.outMillis();
        Set<Long> flows = new HashSet<>();
        stay.charted().stream().filter(Mimic3Ward::isFlow).forEach(charted -> flows.add(charted.chartMillis()));
        List<WardReading> readings = new ArrayList<>();
        List<StaffLimit> limits = new ArrayList<>();
        for (Charted charted : stay.charted()) {
            side(charted.item()).ifPresent(side -> charted.milli().ifPresent(milli -> limits.add(new StaffLimit(side, charted.chartMillis(), milli))));
            boolean told = isDeliveryDevice(charted) && flows.contains(charted.chartMillis());
            if (charted.chartMillis() <= end && !told) {
                reading(charted).ifPresent(readings::add);
            }
        }
        return new WardPatient(Long.toString(stay.id()), readings, stay.died(), end, limits);
    }

    private static boolean isFlow(Charted charted) {
        return (charted.item() == 470 || charted.item() == 223834) && charted.milli().isPresent();
    }

    private static boolean isDeliveryDevice(Charted charted) {
        return charted.item() == 467 || charted.item() == 226732;
    }

    private static Optional<WardReading> reading(Charted charted) {
        return switch (charted.item()) {
            case 211, 220045 -> number(charted, Bed.MONITOR, Vital.HEART_RATE);
            case 618, 220210 -> number(charted, Bed.MONITOR, Vital.RESPIRATORY_RATE);
            case 646, 220277 -> number(charted, Bed.OXIMETER, Vital.SPO2);
            case 455, 220179 -> number(charted, Bed.CUFF, Vital.BP_SYSTOLIC);
            case 8441, 220180 -> number(charted, Bed.CUFF, Vital.BP_DIASTOLIC);
            case 51, 220050, 225309 -> number(charted, Bed.ARTERIAL_LINE, Vital.BP_SYSTOLIC);
            case 8368, 220051, 225310 -> number(charted, Bed.ARTERIAL_LINE, Vital.BP_DIASTOLIC);
            case 676, 223762 -> number(charted, Bed.THERMOMETER, Vital.BODY_TEMPERATURE);
            case 678, 223761 -> charted.milli().isEmpty() ? Optional.empty()
                    : Optional.of(reading(charted, Bed.THERMOMETER, Vital.BODY_TEMPERATURE, Values.fahrenheit(charted.milli().getAsLong())));
            case 470, 223834 -> number(charted, Bed.NURSE, Vital.O2_FLOW);
            case 467, 226732 -> charted.text().isEmpty() ? Optional.empty()
                    : Optional.of(reading(charted, Bed.NURSE, Vital.O2_FLOW, Values.oxygen(!charted.text().equals("None"))));
            case 432, 226104 -> consciousness(charted.text())
                    .map(letter -> reading(charted, Bed.NURSE, Vital.CONSCIOUSNESS, Values.consciousness(letter)));
            default -> Optional.empty();
        };
    }

    /** Words of both charting systems. Stimulation counts as pain: both score the same. */
    static Optional<Character> consciousness(String words) {
        return switch (words) {
            case "Alert" -> Optional.of('A');
            case "Confused" -> Optional.of('C');
            case "Arouse to Voice", "Lethargic" -> Optional.of('V');
            case "Arouse to Stimul", "Arouse to Stimulation", "Arouse to Pain" -> Optional.of('P');
            case "Unresponsive", "Awake/Unresponsive" -> Optional.of('U');
            default -> Optional.empty();
        };
    }

    private static Optional<WardReading> number(Charted charted, Bed bed, Vital vital) {
        return charted.milli().isEmpty() ? Optional.empty() : Optional.of(reading(charted, bed, vital, Values.of(vital, charted.milli().getAsLong())));
    }

    private static WardReading reading(Charted charted, Bed bed, Vital vital, Value value) {
        return new WardReading(bed, vital, value, charted.chartMillis(), charted.storeMillis());
    }

    private static Optional<Side> side(int item) {
        return Optional.ofNullable(switch (item) {
            case 8549, 220046 -> Side.PULSE_HIGH;
            case 5815, 220047 -> Side.PULSE_LOW;
            case 5820, 223770 -> Side.SATURATION_LOW;
            case 8553, 224161 -> Side.BREATHS_HIGH;
            case 5819, 224162 -> Side.BREATHS_LOW;
            case 8551, 223751 -> Side.PRESSURE_HIGH;
            case 5817, 223752 -> Side.PRESSURE_LOW;
            default -> null;
        });
    }
}
