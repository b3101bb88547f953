package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.console.PatientFile.Facts;
import io.vitaltwin.alerts.console.PatientRow.State;
import io.vitaltwin.alerts.console.ViewGate.Thing;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.WorklistAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes rows of facts. Pure. */
final class Rows {

    /** A device that missed three readings is silent: the worklist's own definition of no data. */
    private static final int MISSED = 3;
    /** For devices without a rhythm. Project default, no source. */
    static final Duration WITHOUT_RHYTHM = Duration.ofDays(1);

    private Rows() {
    }

    /** What the gate is asked about a row: its alerts, then its vitals. */
    static List<Thing> things(Facts facts) {
        List<Thing> things = new ArrayList<>();
        facts.open().forEach(alert -> things.add(thing(facts.patient(), alert)));
        facts.vitals().forEach(vital -> things.add(thing(facts, vital)));
        return things;
    }

    static Thing thing(String patient, WorklistAlert alert) {
        return new Thing(patient, alert.getUpdated().toEpochMilli(), alert.getBasis().stream().map(Rows::basis).toList());
    }

    private static Basis basis(AlertBasis basis) {
        return new Basis(basis.getDeviceId(), basis.getVital(), basis.getEffectiveTime().toEpochMilli());
    }

    static Thing thing(Facts facts, TwinVital vital) {
        long append = facts.twin().map(twin -> twin.getAppendTime().toEpochMilli()).orElse(0L);
        return new Thing(facts.patient(), append, List.of(new Basis(vital.getDeviceId(), vital.getVital(), vital.getEffectiveTime().toEpochMilli())));
    }

    /**
     * @param permitted for each of {@link #things}
     * @param inForce whether any consent is
     */
    static PatientRow row(PatientFile file, Facts facts, List<Boolean> permitted, boolean inForce, Instant now) {
        List<AlertRow> alerts = new ArrayList<>();
        for (int i = 0; i < facts.open().size(); i++) {
            if (permitted.get(i)) {
                alerts.add(AlertRow.of(facts.patient(), facts.open().get(i)));
            }
        }
        List<TwinVital> vitals = new ArrayList<>();
        for (int i = 0; i < facts.vitals().size(); i++) {
            if (permitted.get(facts.open().size() + i)) {
                vitals.add(facts.vitals().get(i));
            }
        }
        State state = state(facts, alerts, vitals, inForce, now);
        if (state == State.WITHHELD) {
            vitals.clear();
        }
        return new PatientRow(facts.patient(), alerts.stream().map(AlertRow::priority).min(Enum::compareTo).orElse(null), state,
                alerts.stream().filter(AlertRow::isUnacknowledged).map(AlertRow::raised).min(Instant::compareTo).orElse(null),
                vitals.stream().map(TwinVital::getEffectiveTime).max(Instant::compareTo).orElse(null),
                alerts, vitals.stream().map(VitalNow::of).toList(), spark(file, facts, alerts, vitals).orElse(null));
    }

    /** What is hidden never looks well: an alert that may not be shown, or vitals of which none may be, make the row WITHHELD. */
    private static State state(Facts facts, List<AlertRow> alerts, List<TwinVital> vitals, boolean inForce, Instant now) {
        boolean stands = alerts.stream().anyMatch(alert -> alert.lane() != Lane.ADMINISTRATIVE && !alert.isSilence());
        if (stands) {
            return State.ALERT;
        }
        if (alerts.size() < facts.open().size() || vitals.isEmpty() && !facts.vitals().isEmpty()) {
            return State.WITHHELD;
        }
        if (facts.vitals().isEmpty() && !inForce && !facts.unreadable()) {
            return State.NO_CONSENT;
        }
        if (facts.unreadable() || alerts.stream().anyMatch(AlertRow::isSilence) || isSilent(facts, now)) {
            return State.NO_DATA;
        }
        return alerts.isEmpty() ? State.OK : State.ALERT;
    }

    /** Whether no device is within three of its intervals; a device without a rhythm within a day. */
    static boolean isSilent(Facts facts, Instant now) {
        return newestByDevice(facts).entrySet().stream().noneMatch(device -> {
            Duration age = Duration.between(device.getValue(), now);
            return age.compareTo(silentAfter(facts, device.getKey())) <= 0;
        });
    }

    private static Duration silentAfter(Facts facts, String device) {
        return facts.intervalMillis(device).map(interval -> Duration.ofMillis(interval).multipliedBy(MISSED)).orElse(WITHOUT_RHYTHM);
    }

    /** Effective time of the newest reading of each device. */
    static Map<String, Instant> newestByDevice(Facts facts) {
        Map<String, Instant> newest = new HashMap<>();
        facts.vitals().forEach(vital -> newest.merge(vital.getDeviceId(), vital.getEffectiveTime(), (one, other) -> one.isAfter(other) ? one : other));
        return newest;
    }

    /** Of the vital that the most urgent alert rests on; else of the first that has a number. */
    private static Optional<Spark> spark(PatientFile file, Facts facts, List<AlertRow> alerts, List<TwinVital> shown) {
        Stream<String> ofAlert = alerts.stream().limit(1).map(AlertRow::alertId)
                .flatMap(id -> facts.open().stream().filter(alert -> alert.getAlertId().equals(id)))
                .flatMap(alert -> alert.getBasis().stream()).map(AlertBasis::getVital);
        return Stream.concat(ofAlert, shown.stream().map(TwinVital::getVital))
                .flatMap(id -> shown.stream().filter(vital -> vital.getVital().equals(id)))
                .flatMap(vital -> file.spark(vital.getVital(), silentAfter(facts, vital.getDeviceId()).toMillis()).stream()).findFirst();
    }
}
