package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.AlertsMetrics;
import io.vitaltwin.alerts.core.Caseload;
import io.vitaltwin.alerts.core.Outcome;
import io.vitaltwin.alerts.core.Rota;
import io.vitaltwin.alerts.core.Surroundings;
import io.vitaltwin.alerts.core.Workflow;
import io.vitaltwin.alerts.core.Worklist;
import io.vitaltwin.alerts.topology.CaseloadCodec.Stored;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.WorklistItem;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The workflow of the patients of one partition. Timers are decided as of their own time: before each record of a patient what was due until
 * {@link #LOOK_BACK_MILLIS} before it, and of silent patients when stream time has passed it.
 */
final class WorkflowProcessor implements Processor<String, Incoming, String, @Nullable Object> {

    static final String NAME = "workflow";
    static final String EVENTS = "write-alert-workflow";
    static final String WORKLIST = "write-worklist";
    static final String NOTIFICATIONS = "write-notifications";
    static final String DEAD_LETTERS = "write-dead-letters";

    /**
     * Timers look this far back: an alert has the append time of its reading and comes up to that much later than an action of the same time. Nothing here
     * is so urgent that it matters. Project default, no source.
     */
    static final long LOOK_BACK_MILLIS = 5_000;
    /** Ticks that stay away so long were not written: nobody was there. Project default, no source. */
    static final long CLOCK_STOOD_MILLIS = 60_000;

    private static final Duration TIMER_INTERVAL = Duration.ofSeconds(1);
    private static final int LONGEST_KEY = 256;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Workflow workflow;
    private final AvroSerde<CareTeam> teamSerde;
    private final LiveFrom liveFrom;
    private final AlertsMetrics metrics;
    private final Runnable onErasure;
    private ProcessorContext<String, @Nullable Object> context;
    private Caseloads caseloads;
    private Teams teams;
    private long staleUntilMillis;
    private long lastTickMillis;

    WorkflowProcessor(Workflow workflow, AvroSerde<CareTeam> teamSerde, LiveFrom liveFrom, AlertsMetrics metrics, Runnable onErasure) {
        this.onErasure = onErasure;
        this.workflow = workflow;
        this.teamSerde = teamSerde;
        this.liveFrom = liveFrom;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> processorContext) {
        context = processorContext;
        caseloads = new Caseloads(context.getStateStore(WorkflowStores.CASELOADS), context.getStateStore(WorkflowStores.TIMERS));
        teams = new Teams(context.getStateStore(WorkflowStores.TEAMS), teamSerde);
        staleUntilMillis = liveFrom.millis(context.taskId().partition());
        lastTickMillis = staleUntilMillis;
        context.schedule(TIMER_INTERVAL, PunctuationType.STREAM_TIME, streamMillis -> runDue(streamMillis - LOOK_BACK_MILLIS, streamMillis));
    }

    @Override
    public void process(Record<String, Incoming> record) {
        Incoming incoming = record.value();
        String key = record.key();
        if (incoming instanceof Incoming.Tick) {
            tick(record.timestamp());
        } else if (record.headers().lastHeader(Topics.SHADOW_HEADER) != null) {
            deadLetter(record, "SHADOW", "a replay wrote this record: nobody is told of it");
        } else if (incoming instanceof Incoming.Unreadable unreadable) {
            deadLetter(record, unreadable.reason(), unreadable.message());
        } else if (key == null || key.isEmpty() || key.length() > LONGEST_KEY) {
            deadLetter(record, "SCHEMA_INVALID", "the record has no key, or one that is too long: key it by the patient's pseudonym");
        } else if (incoming instanceof Incoming.Team team) {
            onTeam(record, team);
        } else {
            visit(key, incoming, record.timestamp());
            if (incoming instanceof Incoming.Erasure erasure && erasure.ordered()) {
                forget(key);
            }
        }
    }

    /** What is left of a patient whose caseload is gone. Nothing is kept that says that somebody was erased. */
    private void forget(String patient) {
        caseloads.forgetTimers(patient);
        teams.remove(patient);
        onErasure.run();
    }

    /** Where ticks stayed away nobody was there to tell anything: what falls due in that gap is stale. */
    private void tick(long millis) {
        if (lastTickMillis != UNKNOWN && millis - lastTickMillis > CLOCK_STOOD_MILLIS) {
            runDue(lastTickMillis, lastTickMillis);
            staleUntilMillis = Math.max(staleUntilMillis, millis);
        }
        lastTickMillis = Math.max(lastTickMillis, millis);
    }

    private void visit(String patient, Incoming incoming, long nowMillis) {
        Surroundings around = around(patient);
        Stored before = caseloads.of(patient);
        Outcome due = workflow.pass(before.caseload(), nowMillis - LOOK_BACK_MILLIS, around);
        tell(patient, due, nowMillis);
        Outcome taken = switch (incoming) {
            case Incoming.Alert alert -> workflow.take(due.caseload(), alert.event(), nowMillis, around);
            case Incoming.Action action -> workflow.take(due.caseload(), action.action(), nowMillis, around);
            case Incoming.Erasure erasure -> erasure.ordered() ? workflow.erase(due.caseload(), nowMillis, around) : due.nothingMore();
            case Incoming.Team team -> throw new IllegalStateException("a team is no visit");
            case Incoming.Tick tick -> throw new IllegalStateException("a tick is no visit");
            case Incoming.Unreadable unreadable -> throw new IllegalStateException("nothing that can be read is no visit");
        };
        tell(patient, taken, nowMillis);
        close(patient, before, taken.caseload(), around, nowMillis);
    }

    /** Patients whose timers are due, although nothing has come from them. Each pass leaves its patients with later timers or none. */
    private void runDue(long untilMillis, long nowMillis) {
        for (List<String> due = caseloads.due(untilMillis); !due.isEmpty(); due = caseloads.due(untilMillis)) {
            for (String patient : due) {
                Surroundings around = around(patient);
                Stored before = caseloads.of(patient);
                Outcome outcome = workflow.pass(before.caseload(), untilMillis, around);
                tell(patient, outcome, nowMillis);
                close(patient, before, outcome.caseload(), around, nowMillis);
            }
        }
    }

    private void close(String patient, Stored before, Caseload after, Surroundings around, long nowMillis) {
        caseloads.store(patient, before, after, workflow.nextMillis(after, around));
        if (!before.caseload().alerts().equals(after.alerts())) {
            WorklistItem item = Worklist.of(patient, after).orElse(null);
            boolean stood = before.caseload().alerts().values().stream().anyMatch(alert -> !alert.isEnded());
            if (item != null || stood) {
                context.forward(new Record<String, @Nullable Object>(patient, item, nowMillis), WORKLIST);
            }
        }
    }

    private void tell(String patient, Outcome outcome, long nowMillis) {
        outcome.events().forEach(event -> {
            metrics.event(event.getType().name(), event.getRefusal());
            context.forward(new Record<String, @Nullable Object>(patient, event, nowMillis), EVENTS);
        });
        outcome.notices().forEach(notice -> {
            metrics.planned(notice.getStep(), notice.getRecipient().equals(Rota.UNROUTED));
            context.forward(new Record<String, @Nullable Object>(patient, notice, nowMillis), NOTIFICATIONS);
        });
    }

    private Surroundings around(String patient) {
        return new Surroundings(patient, teams.of(patient), staleUntilMillis);
    }

    /** What was due before is told to those who were on duty before. */
    private void onTeam(Record<String, Incoming> record, Incoming.Team incoming) {
        String key = record.key();
        CareTeam team = incoming.team();
        if (team != null && !isUsable(record, key, team)) {
            return;
        }
        boolean ofAll = key.equals(Teams.DEFAULT);
        runDue(record.timestamp() - LOOK_BACK_MILLIS, record.timestamp());
        if (team == null) {
            teams.remove(key);
        } else {
            teams.store(key, incoming.bytes());
        }
        for (String patient : ofAll ? caseloads.patients() : List.of(key)) {
            Stored before = caseloads.of(patient);
            close(patient, before, before.caseload(), around(patient), record.timestamp());
        }
    }

    private boolean isUsable(Record<String, Incoming> record, String key, CareTeam team) {
        if (!team.getPatientId().equals(key)) {
            deadLetter(record, "CARE_TEAM_INVALID", "the care team names another patient than its key");
            return false;
        }
        try {
            Rota.of(team);
            return true;
        } catch (IllegalArgumentException e) {
            deadLetter(record, "CARE_TEAM_INVALID", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void deadLetter(Record<String, Incoming> record, String reason, String message) {
        RecordMetadata from = context.recordMetadata().orElseThrow(() -> new IllegalStateException("a record from no topic"));
        RecordHeaders headers = new RecordHeaders();
        add(headers, "__streams.errors.exception", reason);
        add(headers, "__streams.errors.message", message);
        add(headers, "__streams.errors.topic", from.topic());
        add(headers, "__streams.errors.partition", Integer.toString(from.partition()));
        add(headers, "__streams.errors.offset", Long.toString(from.offset()));
        add(headers, "vitaltwin.reason", reason);
        metrics.dead(reason);
        String key = record.key() == null ? "" : record.key();
        context.forward(new Record<String, @Nullable Object>(key, record.value().bytes(), record.timestamp(), headers), DEAD_LETTERS);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
