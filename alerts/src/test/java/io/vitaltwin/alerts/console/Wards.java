package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Patients who exist nowhere, and a gate that denies what a test says. */
public final class Wards {

    public static final Instant T0 = Instant.parse("2026-11-22T09:30:00Z");
    public static final Visitor NURSE = new Visitor("nurse-anna", Role.NURSE, Set.of("t1"), "");

    static {
        TrustedRecords.trust();
    }

    private Wards() {
    }

    /** Permits everything but the vitals of patients that are in {@code denied} as {@code patient/vital} or {@code patient}. */
    public static final class FakeGate implements ViewGate {

        public final Set<String> denied = ConcurrentHashMap.newKeySet();
        public final Set<String> withoutConsent = ConcurrentHashMap.newKeySet();
        public final List<String> asked = new CopyOnWriteArrayList<>();
        public volatile boolean broken;
        private final List<Consumer<String>> listeners = new ArrayList<>();

        @Override
        public List<Boolean> ask(Visitor visitor, Way way, List<Thing> things) {
            if (broken) {
                throw new Unavailable("no broker", new IllegalStateException("test"));
            }
            things.forEach(thing -> asked.add(visitor.user() + " " + way + " " + thing.patient()));
            return things.stream().map(thing -> thing.basis().stream().map(Basis::vital).noneMatch(vital -> denied.contains(thing.patient() + "/" + vital)
                    || denied.contains(thing.patient()))).toList();
        }

        @Override
        public boolean isInForce(String patient) {
            return !withoutConsent.contains(patient);
        }

        @Override
        public void onChange(Consumer<String> listener) {
            listeners.add(listener);
        }

        public void withdraw(String patient) {
            denied.add(patient);
            listeners.forEach(listener -> listener.accept(patient));
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    public static WorklistAlert alert(String id, Priority priority, Instant raised) {
        return alert(id, "SPO2_CRIT", "SPO2", priority, Lane.PHYSIOLOGICAL, raised, "spo2");
    }

    public static WorklistAlert alert(String id, String rule, String family, Priority priority, Lane lane, Instant raised, String... vitals) {
        return WorklistAlert.newBuilder().setAlertId(id).setRule(rule).setFamily(family).setPriority(priority).setHighest(priority).setLane(lane)
                .setState(WorkflowState.OPEN).setEpisodeStart(raised).setRaised(raised).setUpdated(raised).setText("Oxygen saturation 84 %.")
                .setBasis(Arrays.stream(vitals).map(vital -> new AlertBasis("ox-1", vital, raised)).toList()).build();
    }

    public static WorklistAlert acknowledged(WorklistAlert alert, String by) {
        return WorklistAlert.newBuilder(alert).setState(WorkflowState.ACKNOWLEDGED).setAcknowledgedBy(by).setAcknowledgedAt(alert.getRaised()).build();
    }

    public static Optional<WorklistItem> worklist(String patient, WorklistAlert... alerts) {
        WorklistAlert first = alerts[0];
        return Optional.of(WorklistItem.newBuilder().setAlertId(first.getAlertId()).setPatientId(patient).setRule(first.getRule()).setFamily(first.getFamily())
                .setPriority(first.getPriority()).setLane(first.getLane()).setState(first.getState()).setEpisodeStart(first.getEpisodeStart())
                .setUpdated(first.getUpdated()).setAlerts(List.of(alerts)).build());
    }

    public static TwinVital vital(String id, Object value, String unit, Instant at) {
        return TwinVital.newBuilder().setVital(id).setDeviceId("ox-1").setGrade(DeviceGrade.CONSUMER).setValue(value).setUnit(unit).setEffectiveTime(at).build();
    }

    public static Optional<TwinSnapshot> twin(String patient, Instant append, TwinVital... vitals) {
        return Optional.of(TwinSnapshot.newBuilder().setPatientId(patient).setAppendTime(append).setVitals(List.of(vitals))
                .setFates(new Fates(5L, 1L, 0L, 2L, 0L)).setVerdicts(new VerdictCounts(4L, 1L, 0L)).build());
    }

    /** A device that measures once a minute. */
    public static Optional<PatientContext> plan(String patient) {
        return Optional.of(PatientContext.newBuilder().setPatientId(patient).setDevices(List.of(RegisteredDevice.newBuilder().setDeviceId("ox-1")
                .setKind("finger-oximeter").setGrade(DeviceGrade.CONSUMER).setIntervalMillis(60_000L).build())).build());
    }

    public static Optional<CareTeam> team(String patient, String team) {
        return Optional.of(CareTeam.newBuilder().setPatientId(patient).setTeam(team).setShifts(List.of()).build());
    }

    public static AlertEvent event(String patient, String id, AlertEventType type, Instant at) {
        return AlertEvent.newBuilder().setAlertId(id).setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2").setEvent(type).setPriority(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(at).setEffectiveTime(at).setAppendTime(at).setText("Oxygen saturation 84 %.")
                .setEvidence(List.of(Evidence.newBuilder().setTopic("vt.readings.v1").setPartition(1).setOffset(7).setDeviceId("ox-1").setVital("spo2")
                        .setValue(84.0).setUnit("%").setEffectiveTime(at).build())).setRuleSetVersion("1").build();
    }

    public static AlertWorkflowEvent step(String patient, String alertId, String actionId, WorkflowEventType type, WorkflowState state) {
        return AlertWorkflowEvent.newBuilder().setEventId(alertId + "." + actionId).setAlertId(alertId).setPatientId(patient).setType(type)
                .setStateBefore(WorkflowState.OPEN).setState(state).setTime(T0).setActor("nurse-anna").setActionId(actionId).build();
    }

    /** Two patients of team t1, of whom p1 has a HIGH alert, and one of team t2. */
    public static Ward ward() {
        Ward ward = new Ward(() -> T0);
        for (String patient : List.of("p1", "p2", "p3")) {
            ward.plan(patient, plan(patient));
            ward.team(patient, team(patient, patient.equals("p3") ? "t2" : "t1"));
            ward.twin(patient, twin(patient, T0, vital("spo2", 84.0, "%", T0), vital("heart_rate", 71.0, "/min", T0)));
        }
        ward.alert("p1", event("p1", "a1", AlertEventType.RAISED, T0));
        ward.worklist("p1", worklist("p1", alert("a1", Priority.HIGH, T0)));
        ward.worklist("p3", worklist("p3", alert("a3", Priority.HIGH, T0)));
        return ward;
    }
}
