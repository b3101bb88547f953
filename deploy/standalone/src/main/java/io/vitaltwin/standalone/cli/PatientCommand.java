package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.InputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/** Care plans and registered devices. */
@Command(name = "patient", mixinStandardHelpOptions = true, description = "Care plans and registered devices.",
        subcommands = PatientCommand.Apply.class)
final class PatientCommand {

    @Command(name = "apply", mixinStandardHelpOptions = true,
            description = "Writes the patients of a file. Each replaces the patient's plan before, whole.")
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "FILE", description = "YAML or JSON: patients and devices.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            List<PatientContext> patients = read(file);
            if (patients.isEmpty()) {
                throw CliException.wrongCall(file + " holds no patients; list them under 'patients:'");
            }
            RecordWriter.write(cluster, cluster.topics().patients(), patients, PatientContext::getPatientId);
            return ExitCodes.DONE;
        }

        private static List<PatientContext> read(Path file) {
            try {
                return InputFile.read(file, InputFile.Kind.PATIENTS, InstantSource.system().instant()).patients();
            } catch (InputException e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
