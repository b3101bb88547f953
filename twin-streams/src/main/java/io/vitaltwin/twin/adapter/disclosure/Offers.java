package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Offer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a record of a topic rests on, for the gate. */
public final class Offers {

    private Offers() {
    }

    /**
     * @param value null for a tombstone, which only tells that something is gone
     * @throws IllegalArgumentException for a record that no way out knows
     */
    public static Offer of(String patient, @Nullable SpecificRecord value, long appendMillis) {
        return switch (value) {
            case null -> Offer.of(List.of(Datum.notice(appendMillis)));
            case AlertEvent alert -> of(patient, alert);
            case QualityFlag flag -> of(patient, flag);
            case TwinSnapshot twin -> of(patient, twin);
            case Notification notification -> Offer.of(List.of(Datum.notice(notification.getTime().toEpochMilli())));
            default -> throw new IllegalArgumentException("nobody has said what a " + value.getClass().getSimpleName() + " rests on");
        };
    }

    /**
     * Several records as one thing that is shown whole or not at all: each vital of each device with the span of its measurements.
     *
     * @param time of the answer where it rests on nothing that was measured
     */
    public static Offer together(String patient, Collection<? extends SpecificRecord> values, Instant time) {
        Map<List<String>, Datum> spans = new LinkedHashMap<>();
        long measured = 0;
        for (SpecificRecord value : values) {
            Offer offer = of(patient, value, millis(time));
            measured += offer.values();
            offer.data().forEach(datum -> spans.merge(List.of(datum.device(), datum.vital()), datum, (known, more) -> new Datum(known.device(), known.vital(),
                    Math.min(known.fromMillis(), more.fromMillis()), Math.max(known.untilMillis(), more.untilMillis()))));
        }
        return new Offer(spans.isEmpty() ? List.of(Datum.notice(millis(time))) : List.copyOf(spans.values()), measured);
    }

    /** One alert of a worklist: the readings that its text rests on. */
    public static Offer of(String patient, WorklistAlert alert) {
        List<Datum> data = new ArrayList<>();
        for (AlertBasis basis : alert.getBasis()) {
            data.add(Datum.at(AlertId.ofDevice(patient, basis.getDeviceId()), basis.getVital(), millis(basis.getEffectiveTime())));
        }
        return orNotice(data, alert.getUpdated());
    }

    /** One reading of a device. */
    public static Offer of(String patient, String deviceId, Reading reading) {
        return Offer.of(List.of(Datum.at(AlertId.ofDevice(patient, deviceId), reading.getVital(), millis(reading.getEffectiveTime()))));
    }

    /** The readings that it was decided on; without any, or of what the patient said, it is a notice. */
    private static Offer of(String patient, AlertEvent alert) {
        List<Datum> data = new ArrayList<>();
        for (Evidence evidence : alert.getEvidence()) {
            long effective = millis(evidence.getEffectiveTime());
            data.add(evidence.getVital().isEmpty() ? Datum.notice(effective)
                    : Datum.at(AlertId.ofDevice(patient, evidence.getDeviceId()), evidence.getVital(), effective));
        }
        return orNotice(data, alert.getEffectiveTime());
    }

    private static Offer of(String patient, QualityFlag flag) {
        long from = millis(flag.getEffectiveTime());
        long until = flag.getUntilTime() == null ? from : Math.max(from, millis(flag.getUntilTime()));
        return Offer.of(List.of(new Datum(AlertId.ofDevice(patient, flag.getDeviceId()), flag.getVital(), from, until)));
    }

    /** Scores, forecasts and open episodes rest on the vitals that the twin holds: all of them are asked for. */
    private static Offer of(String patient, TwinSnapshot twin) {
        List<Datum> data = new ArrayList<>();
        for (TwinVital vital : twin.getVitals()) {
            data.add(Datum.at(AlertId.ofDevice(patient, vital.getDeviceId()), vital.getVital(), millis(vital.getEffectiveTime())));
        }
        twin.getPatientSays().forEach(said -> data.add(Datum.notice(millis(said.getEffectiveTime()))));
        return orNotice(data, twin.getAppendTime());
    }

    private static Offer orNotice(List<Datum> data, Instant time) {
        return Offer.of(data.isEmpty() ? List.of(Datum.notice(millis(time))) : data);
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }
}
