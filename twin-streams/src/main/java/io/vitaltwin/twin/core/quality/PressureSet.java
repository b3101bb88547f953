package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DQ-04: the blood pressure that one device measured at one moment, while its readings come in one by one and in any order. The one that
 * completes a relation shows what those before it were worth.
 *
 * @see "CLINICAL.md sections 1.2 (bp relational) and 5.2"
 */
final class PressureSet {

    /** Pulse pressure, systolic less diastolic: from 15 to 150 mmHg, both included. */
    private static final long NARROWEST = 15_000;
    private static final long WIDEST = 150_000;

    private final String deviceId;
    private final long atMillis;
    private final long offset;
    private final Map<Vital, Long> values = new EnumMap<>(Vital.class);
    private final Map<Vital, Verdict> told = new EnumMap<>(Vital.class);

    /** @param offset of the record: what another record brought is compared too, but anew */
    PressureSet(String deviceId, long atMillis, long offset) {
        this.deviceId = deviceId;
        this.atMillis = atMillis;
        this.offset = offset;
    }

    static boolean isPressure(Vital vital) {
        return vital == Vital.BP_SYSTOLIC || vital == Vital.BP_DIASTOLIC || vital == Vital.BP_MEAN;
    }

    boolean isOf(String device, long millis, long recordOffset) {
        return atMillis == millis && offset == recordOffset && deviceId.equals(device);
    }

    void put(Vital vital, long milli) {
        values.put(vital, milli);
    }

    /** What the relation to the others that are known says of this reading. ACCEPT: nothing against it. */
    Verdict add(Vital vital, long milli) {
        put(vital, milli);
        Verdict verdict = verdict(vital);
        told.put(vital, verdict);
        return verdict;
    }

    /** What the reading that was added last shows of the others, in the order of vitals; nothing that was said before. */
    List<Revision> revisions(Vital added) {
        List<Revision> revisions = new ArrayList<>(0);
        for (Vital other : values.keySet()) {
            Verdict verdict = verdict(other);
            if (other != added && verdict.compareTo(told.getOrDefault(other, Verdict.ACCEPT)) > 0) {
                told.put(other, verdict);
                revisions.add(new Revision(Optional.of(other), atMillis, atMillis, verdict, Reason.BP_RELATION.bit()));
            }
        }
        return revisions;
    }

    /** A pair that is crossed is none. Of a pair and a mean that do not fit, nobody knows which is wrong. */
    private Verdict verdict(Vital vital) {
        Optional<Long> systolic = value(Vital.BP_SYSTOLIC);
        Optional<Long> diastolic = value(Vital.BP_DIASTOLIC);
        Optional<Long> mean = value(Vital.BP_MEAN);
        Optional<Long> pulse = systolic.flatMap(high -> diastolic.map(low -> high - low));
        boolean ofPair = vital != Vital.BP_MEAN;
        if (ofPair && pulse.filter(width -> width <= 0).isPresent()) {
            return Verdict.REJECT;
        }
        boolean odd = ofPair && pulse.filter(width -> width < NARROWEST || width > WIDEST).isPresent();
        boolean outside = mean.filter(middle -> systolic.filter(high -> middle >= high).isPresent()
                || diastolic.filter(low -> middle <= low).isPresent()).isPresent();
        return odd || outside ? Verdict.SUSPECT : Verdict.ACCEPT;
    }

    private Optional<Long> value(Vital vital) {
        return Optional.ofNullable(values.get(vital));
    }
}
