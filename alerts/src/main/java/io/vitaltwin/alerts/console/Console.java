package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.console.PatientFile.Facts;
import io.vitaltwin.alerts.console.ViewGate.Thing;
import io.vitaltwin.alerts.console.ViewGate.Way;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.WorklistAlert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one visitor sees of the ward. Whoever is not in the visitor's care does not exist for the visitor. The gate is asked for each alert and each vital
 * before it is in any view. Safe for several threads.
 */
public final class Console {

    private final Ward ward;
    private final ViewGate gate;
    private final String epoch;

    /** @param epoch tells the positions of this run from those of others; no minus in it */
    public Console(Ward ward, ViewGate gate, String epoch) {
        this.ward = ward;
        this.gate = gate;
        this.epoch = epoch;
        gate.onChange(ward::consent);
    }

    public Ward ward() {
        return ward;
    }

    /** {@code EPOCH-SEQUENCE}. */
    public String position(long sequence) {
        return epoch + "-" + sequence;
    }

    /** Empty for a position of another run, and for what is none. */
    public Optional<Long> sequence(String position) {
        int minus = position.lastIndexOf('-');
        if (minus < 0 || !position.substring(0, minus).equals(epoch) || !position.substring(minus + 1).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(position.substring(minus + 1)));
    }

    /** Whether there is such a patient for this visitor. */
    public boolean knows(Visitor visitor, String patient) {
        return ward.file(patient).filter(file -> isFor(visitor, file.facts())).isPresent();
    }

    /** The same for one alert; nothing is shown by this. */
    public boolean knows(Visitor visitor, String patient, String alertId) {
        return knows(visitor, patient) && ward.file(patient).filter(file -> file.knows(alertId)).isPresent();
    }

    private boolean isFor(Visitor visitor, Facts facts) {
        return switch (visitor.role()) {
            case NURSE, PHYSICIAN -> visitor.teams().contains(ward.teamOf(facts)) && isThere(facts);
            case PATIENT -> facts.patient().equals(visitor.patient());
            case OPS, AUDITOR -> false;
        };
    }

    /** Somebody who is only named by an alert of long ago has no row. */
    private static boolean isThere(Facts facts) {
        return facts.plan().isPresent() || facts.twin().isPresent() || !facts.open().isEmpty() || facts.unreadable();
    }

    /** @throws ViewGate.Unavailable when nothing may be shown now */
    public WorklistView worklist(Visitor visitor, WorklistQuery query) {
        long position = ward.changes().position();
        List<String> patients = ward.files().stream().map(PatientFile::facts).filter(facts -> query.fitsTeam(ward.teamOf(facts))).map(Facts::patient).toList();
        List<PatientRow> rows = rows(visitor, Way.API, patients).values().stream().filter(query::fits).sorted(PatientRow.ORDER).toList();
        return new WorklistView(ward.now(), position(position), rows);
    }

    /** Of these patients those that the visitor sees, in their order. @throws ViewGate.Unavailable when nothing may be shown now */
    public Map<String, PatientRow> rows(Visitor visitor, Way way, List<String> patients) {
        List<PatientFile> files = new ArrayList<>();
        List<Facts> seen = new ArrayList<>();
        List<Thing> things = new ArrayList<>();
        for (String patient : patients) {
            ward.file(patient).ifPresent(file -> {
                Facts facts = file.facts();
                if (isFor(visitor, facts)) {
                    files.add(file);
                    seen.add(facts);
                    things.addAll(Rows.things(facts));
                }
            });
        }
        List<Boolean> permitted = gate.ask(visitor, way, things);
        Map<String, PatientRow> rows = new LinkedHashMap<>();
        Instant now = ward.now();
        int next = 0;
        for (int i = 0; i < seen.size(); i++) {
            Facts facts = seen.get(i);
            int end = next + facts.open().size() + facts.vitals().size();
            boolean inForce = !facts.vitals().isEmpty() || gate.isInForce(facts.patient());
            rows.put(facts.patient(), Rows.row(files.get(i), facts, permitted.subList(next, end), inForce, now));
            next = end;
        }
        return rows;
    }

    /** Empty: no such patient for this visitor. @throws ViewGate.Unavailable when nothing may be shown now */
    public Optional<PatientView> patient(Visitor visitor, String patient) {
        return ward.file(patient).flatMap(file -> Optional.ofNullable(rows(visitor, Way.API, List.of(patient)).get(patient))
                .map(row -> Pages.page(file.facts(), row, ward.teamOf(file.facts()), ward.now())));
    }

    /**
     * Empty: no such alert for this visitor, or consent denies showing it.
     *
     * @throws ViewGate.Unavailable when nothing may be shown now
     */
    public Optional<AlertDetail> alert(Visitor visitor, String patient, String alertId) {
        return ward.file(patient).filter(file -> isFor(visitor, file.facts())).flatMap(file -> {
            Story.Told told = file.told(alertId);
            return row(file.facts(), alertId, told).filter(row -> gate.ask(visitor, Way.API, List.of(thing(file.facts(), alertId, told))).getFirst())
                    .map(row -> new AlertDetail(row, told.events().stream().map(AlertDetail.Event::of).toList(),
                            told.workflow().stream().map(AlertDetail.Handled::of).toList(), told.notifications().stream().map(AlertDetail.Told::of).toList()));
        });
    }

    /** Open ones first, then those that are over, the newest first; only what consent permits to show. @throws ViewGate.Unavailable when nothing may be shown now */
    public List<AlertRow> alerts(Visitor visitor, String patient, boolean openOnly) {
        PatientFile file = ward.file(patient).filter(found -> isFor(visitor, found.facts())).orElse(null);
        if (file == null) {
            return List.of();
        }
        Facts facts = file.facts();
        Map<String, Story.Told> stories = new LinkedHashMap<>();
        facts.open().forEach(alert -> stories.put(alert.getAlertId(), file.told(alert.getAlertId())));
        if (!openOnly) {
            file.told().forEach(stories::putIfAbsent);
        }
        List<AlertRow> rows = new ArrayList<>();
        List<Thing> things = new ArrayList<>();
        stories.forEach((id, told) -> row(facts, id, told).ifPresent(row -> {
            rows.add(row);
            things.add(thing(facts, id, told));
        }));
        List<Boolean> permitted = gate.ask(visitor, Way.API, things);
        List<AlertRow> shown = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (permitted.get(i)) {
                shown.add(rows.get(i));
            }
        }
        return shown;
    }

    /** As it stands in the worklist, else as the twin told of it last; empty: nothing was told. */
    private static Optional<AlertRow> row(Facts facts, String alertId, Story.Told told) {
        Optional<WorklistAlert> open = facts.open().stream().filter(alert -> alert.getAlertId().equals(alertId)).findFirst();
        return open.map(alert -> AlertRow.of(facts.patient(), alert))
                .or(() -> told.events().isEmpty() ? Optional.empty() : Optional.of(AlertRow.past(facts.patient(), told.events(), told.handled())));
    }

    /** Rests on all evidence of all events that are shown. */
    private static Thing thing(Facts facts, String alertId, Story.Told told) {
        long append = 0;
        Set<Basis> basis = new HashSet<>();
        for (WorklistAlert alert : facts.open()) {
            if (alert.getAlertId().equals(alertId)) {
                append = alert.getUpdated().toEpochMilli();
                basis.addAll(Rows.thing(facts.patient(), alert).basis());
            }
        }
        for (AlertEvent event : told.events()) {
            append = Math.max(append, event.getAppendTime().toEpochMilli());
            for (Evidence evidence : event.getEvidence()) {
                if (!evidence.getVital().isEmpty()) {
                    basis.add(new Basis(evidence.getDeviceId(), evidence.getVital(), evidence.getEffectiveTime().toEpochMilli()));
                }
            }
        }
        return new Thing(facts.patient(), append, List.copyOf(basis));
    }

    /** The trend without marks of alerts that this visitor may not see. */
    public Trend shown(Visitor visitor, String patient, Trend trend) {
        Set<String> alerts = new HashSet<>();
        alerts(visitor, patient, false).forEach(alert -> alerts.add(alert.alertId()));
        return new Trend(trend.from(), trend.to(), trend.vitals(),
                trend.markers().stream().filter(marker -> marker.alertId() == null || alerts.contains(marker.alertId())).toList());
    }
}
