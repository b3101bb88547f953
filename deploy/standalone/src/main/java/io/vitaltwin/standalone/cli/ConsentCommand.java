package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.InputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/** What patients permit. */
@Command(name = "consent", mixinStandardHelpOptions = true, description = "What patients permit.",
        subcommands = {ConsentCommand.Apply.class, ConsentCommand.Withdraw.class})
final class ConsentCommand {

    @Command(name = "apply", mixinStandardHelpOptions = true,
            description = "Writes the consents of a file. The newest version of a consent decides; all versions are kept.")
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "FILE", description = "YAML or JSON: consents with permit and deny lists.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            List<ConsentRecord> consents = read(file);
            if (consents.isEmpty()) {
                throw CliException.wrongCall(file + " holds no consents; list them under 'consents:'");
            }
            RecordWriter.write(cluster, cluster.topics().consents(), consents, ConsentRecord::getPatientId);
            return ExitCodes.DONE;
        }

        private static List<ConsentRecord> read(Path file) {
            try {
                return InputFile.read(file, InputFile.Kind.CONSENTS, InstantSource.system().instant()).consents();
            } catch (InputException e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Command(name = "withdraw", mixinStandardHelpOptions = true,
            description = "Writes a version that permits nothing. Processing stops when the record arrives, whatever --at says.")
    static final class Withdraw implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
        private String patient = "";

        @Option(names = "--at", paramLabel = "TIME", description = "From when on it is meant to hold. Default: now.")
        private @Nullable Instant at;

        @Option(names = "--consent-id", paramLabel = "ID", defaultValue = "monitoring",
                description = "Which consent. Default: ${DEFAULT-VALUE}, the one that 'consent apply' writes when the file names none.")
        private String consentId = "monitoring";

        @Override
        public Integer call() {
            Instant now = InstantSource.system().instant();
            ConsentRecord withdrawal = ConsentRecord.newBuilder()
                    .setPatientId(patient)
                    .setConsentId(consentId)
                    .setVersionId(now.toString())
                    .setStatus(ConsentStatus.INACTIVE)
                    .setEffectiveTime(at == null ? now : at)
                    .build();
            RecordWriter.write(cluster, cluster.topics().consents(), List.of(withdrawal), ConsentRecord::getPatientId);
            return ExitCodes.DONE;
        }
    }
}
