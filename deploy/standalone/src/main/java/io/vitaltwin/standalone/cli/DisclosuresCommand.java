package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Disclosure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** What a patient may ask at any time: who has seen what of me. It shows no measured value, so it needs no consent. */
@Command(name = "disclosures", mixinStandardHelpOptions = true,
        description = "Who was shown or sent what about one patient, in which role, for which purpose and when, oldest first.")
final class DisclosuresCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
    private String patient = "";

    private long shown;

    @Override
    public Integer call() {
        try (PatientLog<Disclosure> log = new PatientLog<>(cluster, cluster.topics().disclosures(), patient)) {
            log.forEach(record -> {
                Disclosure disclosure = record.value();
                if (disclosure != null) {
                    print(disclosure);
                }
            });
            if (shown == 0 && !cluster.json()) {
                cluster.out().println("nothing about this patient was shown or sent to anybody");
            }
            return log.unreadable() == 0 ? ExitCodes.DONE : unreadable(log);
        }
    }

    private int unreadable(PatientLog<Disclosure> log) {
        cluster.err().println("vitaltwin: records of this patient in " + log.topic() + " that cannot be decoded: " + log.unreadable());
        return ExitCodes.FAILED;
    }

    private void print(Disclosure disclosure) {
        shown++;
        if (cluster.json()) {
            cluster.printJson(RecordText.json(disclosure));
        } else {
            cluster.out().println(line(disclosure));
        }
    }

    /** Who, in which role, for what, what, and under which consent. */
    private static String line(Disclosure disclosure) {
        String role = disclosure.getRole().isEmpty() ? "" : " (" + disclosure.getRole() + ")";
        String what = disclosure.getVitals().isEmpty() ? "notices without measurements"
                : String.join(", ", disclosure.getVitals()) + ", values: " + disclosure.getCount();
        String consent = disclosure.getConsentVersion().isEmpty() ? "" : ", under consent " + disclosure.getConsentVersion();
        String reason = disclosure.getReason().isEmpty() ? "" : ", because: " + disclosure.getReason();
        return disclosure.getTime() + "  " + disclosure.getActor() + role + " for " + disclosure.getPurpose() + " by " + disclosure.getEgress()
                + ": " + what + consent + reason;
    }
}
