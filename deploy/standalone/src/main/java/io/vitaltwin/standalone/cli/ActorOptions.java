package io.vitaltwin.standalone.cli;

import picocli.CommandLine.Option;

import java.time.Duration;

/** Mixin of every command that does something with an alert: who acts, and how long to wait for the answer. */
final class ActorOptions {

    @Option(names = "--actor", paramLabel = "WHO", defaultValue = "${env:VITALTWIN_ACTOR:-${sys:user.name}}",
            description = "Who acts; stands in the alert's history. Default: ${DEFAULT-VALUE}, the user of this machine.")
    private String actor = "";

    @Option(names = "--patient", paramLabel = "PATIENT", defaultValue = "",
            description = "Pseudonym of the patient. Needed where the alert is not in the worklist any more; else it is found there.")
    private String patient = "";

    @Option(names = "--wait", paramLabel = "DURATION", defaultValue = "15s", converter = Spans.DurationText.class,
            description = "How long to wait for what the workflow says; 0s: not at all. Default: ${DEFAULT-VALUE}.")
    private Duration wait = Duration.ofSeconds(15);

    String actor() {
        return actor;
    }

    /** Empty: not given. */
    String patient() {
        return patient;
    }

    Duration longestWait() {
        return wait;
    }
}
