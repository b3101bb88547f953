package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.InputFile;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What patients permit. */
@Command(name = "consent", mixinStandardHelpOptions = true, description = "What patients permit.",
        subcommands = {ConsentCommand.Apply.class, ConsentCommand.Withdraw.class, ConsentSwitches.Switch.class, ConsentSwitches.OptOut.class,
                ConsentBreakGlass.class, ConsentShow.class})
final class ConsentCommand {

    @Command(name = "apply", mixinStandardHelpOptions = true,
            description = "Writes the consents of a file. The newest version of a consent decides; all versions are kept.")
    static final class Apply implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "FILE",
                description = "YAML or JSON: consents with permit and deny lists. Or FHIR R4 in JSON: a Consent, a Bundle of them, or one a line."
                        + " What cannot be honoured is refused, and then nothing is written.")
        private Path file = Path.of("");

        @Option(names = "--patient", paramLabel = "ID", description = "With FHIR: pseudonym of the patient, whatever the resources say.")
        private @Nullable String patient;

        @Override
        public Integer call() {
            List<ConsentRecord> consents = read(file);
            if (consents.isEmpty()) {
                throw CliException.wrongCall(file + " holds no consents; list them under 'consents:'");
            }
            Instant now = InstantSource.system().instant();
            for (ConsentRecord consent : consents) {
                ConsentRecords.version(consent, now.toEpochMilli()).fault().ifPresent(fault -> cluster.err().println("vitaltwin: consent "
                        + consent.getConsentId() + "/" + consent.getVersionId() + " is written but will permit nothing: " + fault));
            }
            RecordWriter.write(cluster, cluster.topics().consents(), consents, ConsentRecord::getPatientId);
            return ExitCodes.DONE;
        }

        private List<ConsentRecord> read(Path file) {
            if (patient != null && patient.isBlank()) {
                throw CliException.wrongCall("--patient is empty; give the pseudonym of the patient");
            }
            try {
                return InputFile.readConsents(file, Optional.ofNullable(patient), InstantSource.system().instant());
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

        @Option(names = "--consent-id", paramLabel = "ID", description = "Only this consent. Default: all that permit something now.")
        private @Nullable String consentId;

        @Override
        public Integer call() {
            Instant now = InstantSource.system().instant();
            List<ConsentRecord> withdrawals = consentIds().stream().map(id -> ConsentRecord.newBuilder()
                    .setPatientId(patient)
                    .setConsentId(id)
                    .setVersionId(now.toString())
                    .setStatus(ConsentStatus.INACTIVE)
                    .setEffectiveTime(at == null ? now : at)
                    .build()).toList();
            RecordWriter.write(cluster, cluster.topics().consents(), withdrawals, ConsentRecord::getPatientId);
            return ExitCodes.DONE;
        }

        /** What only denies stays: a patient who comes back finds it as it was. */
        private List<String> consentIds() {
            if (consentId != null) {
                return List.of(consentId);
            }
            List<String> permitting = ConsentLog.read(cluster, patient).permitting();
            return permitting.isEmpty() ? List.of(InputFile.DEFAULT_CONSENT) : permitting;
        }
    }
}
