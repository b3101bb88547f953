package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertAction;
import io.vitaltwin.schemas.AlertOutcome;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.disclosure.Egress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What people do with alerts. */
@Command(name = "alert", mixinStandardHelpOptions = true,
        description = "The worklist, and what people do with alerts. Needs 'run alerts'. Ids may be cut short where no other alert begins so.",
        subcommands = {AlertCommand.ListOpen.class, AlertCommand.Acknowledge.class, AlertCommand.Snooze.class, AlertCommand.Assign.class,
                AlertCommand.Comment.class, AlertCommand.Resolve.class, AlertCommand.Reopen.class, AlertCommand.Undo.class},
        footer = {"", "An information system about alarms: not a medical device and not a primary alarm."})
final class AlertCommand {

    @Command(name = "list", mixinStandardHelpOptions = true,
            description = {"Prints the open alerts, by patient, the most urgent first.",
                    "What no consent covers is withheld and counted; what is shown is written to the patient's disclosure log."})
    static final class ListOpen implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private ViewerOptions viewer = new ViewerOptions();

        @Option(names = "--patient", paramLabel = "PATIENT", defaultValue = "", description = "Of this patient only.")
        private String patient = "";

        @Override
        public Integer call() {
            WorklistLog.Rows worklist = WorklistLog.read(cluster);
            List<Item<WorklistLog.Row>> items = worklist.rows().stream().filter(row -> patient.isEmpty() || row.patient().equals(patient))
                    .map(row -> new Item<>(row.patient(), row.append().toEpochMilli(), Offers.of(row.patient(), row.alert()), row)).toList();
            try (DisclosureGate gate = Gates.open(cluster, Egress.ALERT_LIST, viewer.viewer(), one -> patient.isEmpty() || one.equals(patient))) {
                gate.pass(items).forEach(this::print);
                Gates.tellWithheld(cluster, gate.withheld());
            }
            worklist.unreadable().forEach(problem -> cluster.err().println("vitaltwin: " + problem));
            return worklist.unreadable().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
        }

        private void print(WorklistLog.Row row) {
            WorklistAlert alert = row.alert();
            if (cluster.json()) {
                ObjectNode line = RecordText.json(alert);
                line.put("patientId", row.patient());
                cluster.printJson(line);
                return;
            }
            String who = alert.getAssignee() == null ? "" : "  with " + alert.getAssignee();
            String until = alert.getSnoozedUntil() == null ? "" : " until " + alert.getSnoozedUntil();
            cluster.out().println(row.patient() + "  " + alert.getPriority() + " " + alert.getState() + until + " " + alert.getRule() + "  since " + alert.getRaised()
                    + who + "  " + alert.getAlertId());
            if (!alert.getText().isEmpty()) {
                cluster.out().println("    " + alert.getText());
            }
        }
    }

    /** One action on one alert. */
    abstract static class Action implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private ActorOptions options = new ActorOptions();

        @Parameters(index = "0", paramLabel = "ALERT", description = "Id of the alert, or its beginning.")
        private String alertId = "";

        abstract void describe(AlertAction.Builder action);

        @Override
        public Integer call() {
            Consumer<AlertAction.Builder> details = this::describe;
            return new ActionSender(cluster, options).send(alertId, details);
        }
    }

    @Command(name = "ack", mixinStandardHelpOptions = true, description = "Acknowledges an alert: somebody knows. It reminds while its condition persists.")
    static final class Acknowledge extends Action {

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.ACKNOWLEDGE);
        }
    }

    @Command(name = "snooze", mixinStandardHelpOptions = true,
            description = "Lets an alert come back later: after 24 h at most, HIGH after 60 min. What is worse or opposite breaks through.")
    static final class Snooze extends Action {

        @Option(names = "--for", paramLabel = "DURATION", required = true, converter = Spans.DurationText.class,
                description = "How long, such as 30m or PT2H.")
        private Duration length = Duration.ZERO;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
        private String reason = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.SNOOZE).setUntil(Instant.now().plus(length)).setText(reason);
        }
    }

    @Command(name = "assign", mixinStandardHelpOptions = true, description = "Gives an alert to somebody, who is told. It goes on calling until acknowledged.")
    static final class Assign extends Action {

        @Option(names = "--to", paramLabel = "WHO", required = true, description = "Pseudonym of who is to take over.")
        private String assignee = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.ASSIGN).setAssignee(assignee);
        }
    }

    @Command(name = "comment", mixinStandardHelpOptions = true, description = "Writes a comment into an alert's history.")
    static final class Comment extends Action {

        @Parameters(index = "1", paramLabel = "TEXT", description = "The comment.")
        private String text = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.COMMENT).setText(text);
        }
    }

    @Command(name = "resolve", mixinStandardHelpOptions = true, description = "Ends an alert and says what was found.")
    static final class Resolve extends Action {

        @Option(names = "--outcome", paramLabel = "OUTCOME", required = true,
                description = "${COMPLETION-CANDIDATES}: whether the patient really was as the alert said.")
        private AlertOutcome outcome = AlertOutcome.UNSURE;

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "What was found, in words.")
        private String reason = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.RESOLVE).setOutcome(outcome).setText(reason);
        }
    }

    @Command(name = "reopen", mixinStandardHelpOptions = true, description = "Opens a resolved alert again. It calls from the first step on. Needs --patient.")
    static final class Reopen extends Action {

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
        private String reason = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.REOPEN).setText(reason);
        }
    }

    @Command(name = "undo", mixinStandardHelpOptions = true,
            description = "Takes back one's own action of the last minute. Needs --patient where the action has resolved the alert.")
    static final class Undo extends Action {

        @Parameters(index = "1", paramLabel = "ACTION", description = "Id of the action, as it was printed.")
        private String actionId = "";

        @Override
        void describe(AlertAction.Builder action) {
            action.setKind(ActionKind.UNDO).setUndoes(actionId);
        }
    }
}
