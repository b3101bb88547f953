package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.CareTeam;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.standalone.input.CareTeamInput;
import io.vitaltwin.standalone.input.InputException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Who is told of whose alerts. */
@Command(name = "care-team", mixinStandardHelpOptions = true, description = "Who is told of whose alerts, and at which hours.",
        subcommands = CareTeamCommand.Apply.class)
final class CareTeamCommand {

    @Command(name = "apply", mixinStandardHelpOptions = true,
            description = {"Writes the care teams of a file. Each replaces the patient's team before, whole.",
                    "The team of patient \"*\" is for all who have none; it is written to every partition."})
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "FILE", description = "YAML or JSON: teams with their shifts.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            List<CareTeam> teams = read(file);
            if (teams.isEmpty()) {
                throw CliException.wrongCall(file + " holds no care teams; list them under 'teams:'");
            }
            Topic<CareTeam> topic = cluster.topics().careTeams();
            RecordWriter.writeRecords(cluster, topic, producer -> teams.stream().flatMap(team -> records(topic, producer, team).stream()).toList());
            return ExitCodes.DONE;
        }

        private static List<ProducerRecord<String, CareTeam>> records(Topic<CareTeam> topic, Producer<String, byte[]> producer, CareTeam team) {
            if (!team.getPatientId().equals(CareTeamInput.EVERYBODY_ELSE)) {
                return List.of(new ProducerRecord<>(topic.name(), team.getPatientId(), team));
            }
            List<ProducerRecord<String, CareTeam>> copies = new ArrayList<>();
            for (PartitionInfo partition : producer.partitionsFor(topic.name())) {
                copies.add(new ProducerRecord<>(topic.name(), partition.partition(), team.getPatientId(), team));
            }
            return copies;
        }

        private static List<CareTeam> read(Path file) {
            try {
                return CareTeamInput.read(file);
            } catch (InputException e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
