package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.core.Policy;
import io.vitaltwin.alerts.core.Preview;
import io.vitaltwin.alerts.core.Rota;
import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.standalone.input.CareTeamInput;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.NotifyInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Who is told of an alert, and how. */
@Command(name = "notify", mixinStandardHelpOptions = true, description = "Who is told of an alert, and how.", subcommands = NotifyCommand.Show.class)
final class NotifyCommand {

    @Command(name = "preview", mixinStandardHelpOptions = true,
            description = {"Shows who would be told of an alert that nobody acknowledges, when and by which channel. Sends nothing and needs no cluster.",
                    "Exit status 1: somebody would be told whom no channel reaches."})
    static final class Show implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Option(names = "--teams", paramLabel = "FILE", required = true, description = "Care teams, as for 'care-team apply'.")
        private Path teams = Path.of("");

        @Option(names = "--notify", paramLabel = "FILE", required = true, description = "Channels and contacts, as for 'run alerts'.")
        private Path notify = Path.of("");

        @Option(names = "--priority", paramLabel = "high|medium|low|info", required = true, description = "Of the alert.")
        private Priority priority = Priority.HIGH;

        @Option(names = "--lane", paramLabel = "physiological|technical|administrative", description = "Of the alert. Default: physiological.")
        private Lane lane = Lane.PHYSIOLOGICAL;

        @Option(names = "--patient", paramLabel = "PATIENT", description = "Whose alert it is. Default: of somebody without a team of their own.")
        private String patient = CareTeamInput.EVERYBODY_ELSE;

        @Option(names = "--at", paramLabel = "TIME", description = "When it is raised. Default: now.")
        private @Nullable Instant at;

        @Override
        public Integer call() {
            Contacts contacts = contacts();
            long raised = (at == null ? Instant.now() : at).toEpochMilli();
            boolean reached = true;
            for (Preview.Rung rung : Preview.of(priority, raised, Policy.defaults(), rota())) {
                List<Contacts.Reached> ways = contacts.of(rung.recipient(), priority, lane);
                print(rung, ways);
                reached &= !ways.isEmpty();
            }
            return reached ? ExitCodes.DONE : ExitCodes.FAILED;
        }

        private Rota rota() {
            List<CareTeam> all;
            try {
                all = CareTeamInput.read(teams);
            } catch (InputException e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
            return all.stream().filter(team -> team.getPatientId().equals(patient)).findFirst()
                    .or(() -> all.stream().filter(team -> team.getPatientId().equals(CareTeamInput.EVERYBODY_ELSE)).findFirst())
                    .map(Rota::of).orElseGet(Rota::nobody);
        }

        private Contacts contacts() {
            NotifyInput input = Delivering.read(notify);
            input.channels().forEach(Channel::close);
            return input.contacts();
        }

        private void print(Preview.Rung rung, List<Contacts.Reached> ways) {
            Instant due = Instant.ofEpochMilli(rung.dueMillis());
            if (output.json()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("due", due.toString());
                line.put("step", rung.step().name());
                line.put("recipient", rung.recipient());
                line.put("told", ways.stream().map(way -> Map.of("recipient", way.recipient(), "channel", way.contact().channel(),
                        "language", way.contact().language().tag())).toList());
                output.printJson(line);
                return;
            }
            List<String> told = new ArrayList<>();
            ways.forEach(way -> told.add(way.recipient() + " by " + way.contact().channel() + " (" + way.contact().language().tag() + ")"));
            output.out().println(due + "  " + rung.step() + "  " + rung.recipient() + ": " + (told.isEmpty() ? "NOBODY IS REACHED" : String.join(", ", told)));
        }
    }
}
