package io.vitaltwin.twin.adapter.trial;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.state.TwinState;
import io.vitaltwin.twin.core.trial.AlarmComparison;
import io.vitaltwin.twin.core.trial.AlarmEpisode;
import io.vitaltwin.twin.core.trial.AlarmLog;
import io.vitaltwin.twin.topology.Changes;
import io.vitaltwin.twin.topology.LogRecord;
import io.vitaltwin.twin.topology.PatientFold;
import io.vitaltwin.twin.topology.Written;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What would have been: one patient's log folded twice, as it was and under changes that begin at one time. Until then both are the same twin, so that what it had
 * learned stays. Nothing is written. Not for use by several threads; any number of trials may run beside each other.
 */
public final class VirtualTrial {

    private final PatientFold.Settings settings;

    public VirtualTrial(PatientFold.Settings settings) {
        this.settings = settings;
    }

    /**
     * The twin as it was.
     *
     * @param at append time up to which the log is folded
     * @param snapshot what a query would have answered then; empty: nothing was known of the patient, or the patient was erased
     * @param twin the stored state, with everything that the rules remember; empty where the snapshot is
     * @param origin how far back it rests on the log
     */
    public record Rewound(Instant at, Optional<TwinSnapshot> snapshot, Optional<TwinState> twin, Origin origin) {
    }

    /**
     * How far back the log reaches.
     *
     * @param from append time of the patient's first record that is kept; empty: there is none
     * @param missing what is not known because the log no longer has it, in words for people; empty: nothing is known to be missing
     */
    public record Origin(Optional<Instant> from, List<String> missing) {

        public Origin {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Both runs over the same span. Only alerts that were raised within the span are looked at.
     *
     * @param from append time at which the changes begin, included
     * @param until append time at which both runs end
     * @param was alerts as the log gives them
     * @param would alerts under the changes
     * @param now the twin at the end, as it is
     * @param then the twin at the end, under the changes, with its forecasts
     * @param unknownDevices that the changes name and the care plan does not
     * @param events all alert events of both runs in the span: what the answer rests on
     * @param record how the run without changes compares with what was really raised
     */
    public record Result(
            Instant from, Instant until, List<AlarmEpisode> was, List<AlarmEpisode> would, AlarmComparison comparison,
            Optional<TwinSnapshot> now, Optional<TwinSnapshot> then, List<String> unknownDevices, List<AlertEvent> events, Record record, Origin origin) {

        public Result {
            was = List.copyOf(was);
            would = List.copyOf(would);
            unknownDevices = List.copyOf(unknownDevices);
            events = List.copyOf(events);
        }
    }

    /**
     * The run without changes against the alerts topic.
     *
     * @param same alerts in both
     * @param onlyRecorded alerts that were raised and that the fold does not give
     * @param onlyFolded alerts that the fold gives and that were not raised
     * @param ruleSets versions that decided what was raised
     */
    public record Record(int same, int onlyRecorded, int onlyFolded, Set<String> ruleSets) {
    }

    /** The twin as of that time; at the end of the log or before. */
    public Rewound rewind(PatientHistory history, Instant at) {
        PatientFold fold = new PatientFold(history.patient(), history.partition(), settings, written -> { });
        int next = fold(fold, history, 0, at.toEpochMilli() + 1);
        fold.advanceTo(at.toEpochMilli());
        return new Rewound(at, fold.snapshot(), fold.twin(), origin(history, next));
    }

    /**
     * Runs both.
     *
     * @param from before the end of the history
     */
    public Result run(PatientHistory history, Instant from, Changes changes) {
        Events was = new Events();
        PatientFold asItWas = new PatientFold(history.patient(), history.partition(), settings.withoutSnapshots(), was);
        int next = fold(asItWas, history, 0, from.toEpochMilli());
        asItWas.advanceTo(from.toEpochMilli());
        was.begin();
        Events would = new Events();
        would.begin();
        PatientFold asItWould = asItWas.fork(changes, would);
        List<String> unknown = changes.unknownDevices(asItWas.plan());
        finish(history, next, asItWas, asItWould);
        unknown = asItWas.plan().isPresent() ? common(unknown, changes.unknownDevices(asItWas.plan())) : unknown;
        List<AlertEvent> events = new ArrayList<>(was.events);
        events.addAll(would.events);
        return new Result(from, history.until(), was.episodes(), would.episodes(), AlarmComparison.of(was.episodes(), would.episodes()),
                asItWas.snapshot(), asItWould.snapshot(), unknown, events, record(history, from, was.episodes()), origin(history, history.records().size()));
    }

    /** Folds the rest twice, each fold in a thread of its own: they share nothing but bytes that nobody changes. */
    private static void finish(PatientHistory history, int next, PatientFold one, PatientFold other) {
        CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> finish(history, next, one));
        try {
            finish(history, next, other);
        } finally {
            join(beside);
        }
    }

    private static void finish(PatientHistory history, int next, PatientFold fold) {
        long end = history.until().toEpochMilli();
        fold(fold, history, next, end + 1);
        fold.advanceTo(end);
    }

    private static void join(CompletableFuture<Void> beside) {
        try {
            beside.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : e;
        }
    }

    private static List<String> common(List<String> one, List<String> other) {
        return one.stream().filter(other::contains).toList();
    }

    /** Folds what came before that time. @return index of the next record */
    private static int fold(PatientFold fold, PatientHistory history, int from, long beforeMillis) {
        List<LogRecord> records = history.records();
        int next = from;
        for (; next < records.size() && records.get(next).appendMillis() < beforeMillis; next++) {
            fold.take(records.get(next));
        }
        return next;
    }

    private Origin origin(PatientHistory history, int folded) {
        List<LogRecord> records = history.records().subList(0, folded);
        List<String> missing = new ArrayList<>();
        history.readingsFrom().ifPresent(kept -> missing.add("readings before " + kept + " are no longer kept: what the twin had learned from them is not known"));
        Optional<Instant> plan = records.stream().filter(record -> record.topic().equals(settings.topics().patients().name())).findFirst()
                .map(record -> Instant.ofEpochMilli(record.appendMillis()));
        long before = records.stream().filter(record -> record.topic().equals(settings.topics().readings().name()))
                .filter(record -> plan.isEmpty() || record.appendMillis() < plan.get().toEpochMilli()).count();
        if (before > 0) {
            missing.add(before + " records of readings came before the first care plan that is kept" + plan.map(time -> " (" + time + ")").orElse("")
                    + ": without a plan they are refused; if an older plan was compacted away, they were not refused then");
        }
        return new Origin(records.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(records.getFirst().appendMillis())), missing);
    }

    private static Record record(PatientHistory history, Instant from, List<AlarmEpisode> folded) {
        List<AlertEvent> raised = history.alerts().stream().filter(alert -> alert.getEvent() == AlertEventType.RAISED)
                .filter(alert -> !alert.getAppendTime().isBefore(from) && !alert.getAppendTime().isAfter(history.until())).toList();
        Set<String> recorded = raised.stream().map(AlertEvent::getAlertId).collect(Collectors.toSet());
        Set<String> given = folded.stream().map(AlarmEpisode::alertId).collect(Collectors.toSet());
        int same = (int) recorded.stream().filter(given::contains).count();
        Set<String> versions = raised.stream().map(AlertEvent::getRuleSetVersion).collect(Collectors.toCollection(TreeSet::new));
        return new Record(same, recorded.size() - same, given.size() - same, versions);
    }

    /** The alert events of one run, from the time at which it begins to count. */
    private static final class Events implements Consumer<Written> {

        private final List<AlertEvent> events = new ArrayList<>();
        private final AlarmLog log = new AlarmLog();
        private boolean counts;

        void begin() {
            counts = true;
        }

        @Override
        public void accept(Written written) {
            if (counts) {
                written.as(AlertEvent.class).ifPresent(this::take);
            }
        }

        private void take(AlertEvent alert) {
            events.add(alert);
            Priority priority = Priority.valueOf(alert.getPriority().name());
            switch (alert.getEvent()) {
                case RAISED -> log.raised(new AlarmEpisode(alert.getAlertId(), alert.getRule(), alert.getFamily(), Lane.valueOf(alert.getLane().name()), priority,
                        alert.getEpisodeStart(), alert.getAppendTime(), Optional.empty()));
                case UPGRADED, DOWNGRADED, UPDATED -> log.priority(alert.getAlertId(), priority);
                case CLEARED, INVALIDATED -> log.ended(alert.getAlertId(), alert.getAppendTime());
            }
        }

        List<AlarmEpisode> episodes() {
            return log.episodes();
        }
    }
}
