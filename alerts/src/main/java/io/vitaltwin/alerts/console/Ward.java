package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All patients in memory, as topics tell of them, one {@link PatientFile} each. Records of one patient are to be given in the order of their topic by one
 * thread; looking is safe for any. Patients are named as people know them.
 */
public final class Ward {

    /** Key of the team of those who have none. */
    private static final String EVERYBODY_ELSE = "*";
    /** A row that changes by readings alone is told of no oftener. Project default, no source. */
    static final Duration ROUTINE = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Changes changes = new Changes();
    private final Counts counts = new Counts();
    private final Answers answers = new Answers();
    private final Map<String, PatientFile> files = new ConcurrentHashMap<>();
    private final AtomicLong newestAppend = new AtomicLong(Long.MIN_VALUE);
    private volatile String defaultTeam = "";
    /** Patients with a routine change that was not told yet, when one was told last, and who was silent at the last sweep. For the thread that writes. */
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Long> toldMillis = new ConcurrentHashMap<>();
    private final Set<String> silent = new HashSet<>();

    public Ward(InstantSource clock) {
        this.clock = clock;
    }

    public Changes changes() {
        return changes;
    }

    public Counts counts() {
        return counts;
    }

    public Answers answers() {
        return answers;
    }

    /** The clock's time, or that of the newest record where the log is ahead of it, as when a story is played. */
    public Instant now() {
        Instant ofLog = Instant.ofEpochMilli(Math.max(0, newestAppend.get()));
        Instant ofClock = clock.instant();
        return ofLog.isAfter(ofClock) ? ofLog : ofClock;
    }

    /** The newest snapshot of the patient's twin; empty: none is known. */
    public Optional<TwinSnapshot> twin(String patient) {
        return Optional.ofNullable(files.get(patient)).flatMap(PatientFile::twin);
    }

    /** The patient's care plan; empty: none is known. */
    public Optional<PatientContext> plan(String patient) {
        return Optional.ofNullable(files.get(patient)).flatMap(PatientFile::plan);
    }

    Collection<PatientFile> files() {
        return files.values();
    }

    Optional<PatientFile> file(String patient) {
        return Optional.ofNullable(files.get(patient));
    }

    String teamOf(PatientFile.Facts facts) {
        return facts.team().orElse(defaultTeam);
    }

    private PatientFile fileOf(String patient) {
        return files.computeIfAbsent(patient, PatientFile::new);
    }

    /** @param item empty: a tombstone */
    public void worklist(String patient, Optional<WorklistItem> item) {
        List<WorklistAlert> open = item.map(WorklistItem::getAlerts).orElse(List.of());
        open.forEach(alert -> tick(alert.getUpdated()));
        fileOf(patient).open(open);
        tell(patient);
    }

    public void twin(String patient, Optional<TwinSnapshot> snapshot) {
        snapshot.ifPresent(twin -> tick(twin.getAppendTime()));
        Optional<TwinSnapshot> before = fileOf(patient).twin(snapshot);
        counts.twin(before, snapshot);
        waiting.add(patient);
        if (snapshot.isEmpty()) {
            tell(patient);
        }
    }

    /** The newest worklist of the patient cannot be decoded. */
    public void unreadableWorklist(String patient) {
        fileOf(patient).unreadableWorklist();
        tell(patient);
    }

    /** The newest snapshot of the patient cannot be decoded. */
    public void unreadableTwin(String patient) {
        fileOf(patient).unreadableTwin();
        tell(patient);
    }

    public void plan(String patient, Optional<PatientContext> plan) {
        fileOf(patient).plan(plan);
        counts.plan(patient, plan);
        tell(patient);
    }

    public void team(String key, Optional<CareTeam> team) {
        if (key.equals(EVERYBODY_ELSE)) {
            defaultTeam = team.map(CareTeam::getTeam).orElse("");
            files.keySet().forEach(this::tell);
        } else {
            fileOf(key).team(team.map(CareTeam::getTeam));
            tell(key);
        }
    }

    public void alert(String patient, AlertEvent event) {
        tick(event.getAppendTime());
        fileOf(patient).add(event);
        changes.alert(patient, event.getAlertId());
    }

    public void workflow(String patient, AlertWorkflowEvent step) {
        fileOf(patient).add(step);
        answers.give(step);
        changes.alert(patient, step.getAlertId());
    }

    public void notification(String patient, Notification notification) {
        counts.notification(notification);
        if (!notification.getAlertId().isEmpty()) {
            fileOf(patient).add(notification);
            changes.alert(patient, notification.getAlertId());
        }
    }

    public void violation(ConsentViolation violation) {
        counts.violation(violation);
    }

    public void flag(String patient, QualityFlag flag) {
        counts.flag(patient, flag);
    }

    /** What a patient permits has changed. Safe for any thread. */
    public void consent(String patient) {
        if (files.containsKey(patient)) {
            changes.row(patient);
        }
    }

    private void forget(String patient) {
        files.remove(patient);
        toldMillis.remove(patient);
        silent.remove(patient);
        waiting.remove(patient);
        changes.row(patient);
    }

    private void tick(Instant append) {
        newestAppend.accumulateAndGet(append.toEpochMilli(), Math::max);
    }

    private void tell(String patient) {
        waiting.remove(patient);
        toldMillis.put(patient, clock.millis());
        changes.row(patient);
    }

    /** Tells of rows that changed by readings alone, each {@link #ROUTINE} after it was told of last. To be called often by the thread that writes. */
    public void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        long due = clock.millis() - ROUTINE.toMillis();
        for (String patient : List.copyOf(waiting)) {
            if (toldMillis.getOrDefault(patient, Long.MIN_VALUE) <= due) {
                tell(patient);
            }
        }
    }

    /**
     * Tells of rows that changed by time alone, as their devices fell silent, and forgets who is gone or was erased. To be called now and then by the
     * thread that writes, once everything is read.
     */
    public void sweep() {
        Instant now = now();
        files.values().stream().filter(PatientFile::isEmpty).map(PatientFile::patient).toList().forEach(this::forget);
        files.forEach((patient, file) -> {
            boolean is = Rows.isSilent(file.facts(), now);
            if (is ? silent.add(patient) : silent.remove(patient)) {
                tell(patient);
            }
        });
    }
}
