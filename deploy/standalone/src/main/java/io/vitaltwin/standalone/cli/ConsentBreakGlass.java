package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Care for a patient whose vital interests are at stake and who cannot be asked. */
@Command(name = "break-glass", mixinStandardHelpOptions = true,
        description = "Opens care for 4 hours, whatever the consents say: for the vital interests of a patient who cannot be asked. Always audited;"
                + " the patient is told.")
final class ConsentBreakGlass implements Callable<Integer> {

    private static final String CONSENT_ID = "emergency";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
    private String patient = "";

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "Role of the person who takes the responsibility, such as physician.")
    private String role = "";

    @Option(names = "--actor", paramLabel = "ID", required = true, description = "Pseudonym of that person.")
    private String actor = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, as a code or a short sentence without clinical values.")
    private String reason = "";

    @Override
    public Integer call() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("--role", role);
        told.put("--actor", actor);
        told.put("--reason", reason);
        told.forEach((name, value) -> {
            if (value.isBlank()) {
                throw CliException.wrongCall(name + " is empty; say who takes the responsibility, and why");
            }
        });
        Instant now = InstantSource.system().instant();
        ConsentRecord glass = ConsentRecord.newBuilder().setPatientId(patient).setConsentId(CONSENT_ID).setVersionId(now.toString())
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(now).setEmergency(new Emergency(role, actor, reason)).build();
        RecordMetadata place = RecordWriter.write(cluster, cluster.topics().consents(), List.of(glass), ConsentRecord::getPatientId).getFirst();
        print(Instant.ofEpochMilli(place.timestamp()).plusMillis(io.vitaltwin.twin.core.consent.Emergency.HOLDS_MILLIS));
        return ExitCodes.DONE;
    }

    private void print(Instant until) {
        if (cluster.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("until", until.toString());
            line.put("purposes", List.of("TREAT", "ETREAT"));
            line.put("audited", true);
            line.put("patientIsTold", true);
            cluster.printJson(line);
        } else {
            cluster.out().println("care is open until " + until + ", for TREAT and ETREAT only; it cannot be prolonged, only broken again");
            cluster.out().println("what is done under it is audited under " + role + " " + actor + ", and the patient will be told");
        }
    }
}
